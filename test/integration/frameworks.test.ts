// Models built by real frameworks, and productions that are behind: what `driftwatch snapshot --run` is for.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandEnvironment } from '../../local/model/command-environment.ts';
import { type PostgresServer, startPostgres } from '../../local/postgres.ts';
import { driftwatch, driftwatchSucceeds } from '../e2e/command.ts';
import { pythonPrograms } from './python-environment.ts';

let programs: string;
let production: PostgresServer;
let output: string;

beforeAll(async () => {
  programs = await pythonPrograms([
    'alembic==1.18.4',
    'SQLAlchemy==2.0.48',
    'Django==5.2.12',
    'psycopg[binary]==3.3.3',
  ]);
  production = await startPostgres({ major: 15 });
  output = await mkdtemp(join(tmpdir(), 'driftwatch-frameworks-'));
});
afterAll(async () => {
  await production.stop();
  await rm(output, { recursive: true });
});

const folderOf = (framework: string) => fileURLToPath(new URL(`frameworks/${framework}`, import.meta.url));

/** Brings a database of production to some state, as its operators would have. */
async function migrate(framework: string, command: string, database: string): Promise<{ url: string; said: string }> {
  const url = await production.createDatabase(database);
  const { password } = new URL(url);
  const { host, port } = production;
  const given = { host, port, user: 'postgres', password, database };
  const { stdout } = await promisify(execFile)('/bin/sh', ['-c', command], {
    cwd: folderOf(framework),
    env: commandEnvironment({ PATH: `${programs}:${process.env.PATH}`, PYTHONDONTWRITEBYTECODE: '1' }, given),
  });
  return { url, said: stdout };
}

/** The model as a pipeline builds it, on production's major. */
async function model(framework: string, name: string, ...from: string[]): Promise<string> {
  const file = join(output, `${name}.json`);
  const ended = await driftwatchSucceeds(['snapshot', ...from, '--like', production.url(), '--out', file], {
    environment: { PATH: `${programs}:${process.env.PATH}`, PYTHONDONTWRITEBYTECODE: '1' },
    folder: folderOf(framework),
  });
  expect(ended.stderr).toMatch(/Starting PostgreSQL 15 \(as postgres:/);
  return file;
}

async function differences(expected: string, actual: string): Promise<string[]> {
  const { stdout } = await driftwatch(['diff', expected, actual, '--format', 'json']);
  const { drift } = JSON.parse(stdout) as { drift: { verb: string; subject: string; attribute: string | null }[] };
  return drift.map(({ verb, subject, attribute }) => [verb, subject, ...(attribute ? [attribute] : [])].join(' '));
}

describe('SQLAlchemy and Alembic', () => {
  const upgrade = 'alembic upgrade';

  test('what a production that missed a migration lacks', async () => {
    const [built, behind, current] = await Promise.all([
      model('alembic', 'head', '--run', `${upgrade} head`),
      migrate('alembic', `${upgrade} 0001`, 'behind'),
      migrate('alembic', `${upgrade} head`, 'current'),
    ]);
    expect(await differences(built, current.url)).toEqual([]);
    expect((await differences(built, behind.url)).sort()).toEqual([
      'missing public.charges.code',
      'missing public.charges.report_id',
      'missing public.forensic_reports',
      // With the column of that type.
      'missing public.report_state',
    ]);
  });

  test('the SQL that it writes instead of running it makes the same model', async () => {
    const { said } = await migrate('alembic', `${upgrade} head --sql`, 'unused');
    await writeFile(join(output, 'offline.sql'), said);
    const [ran, read] = await Promise.all([
      model('alembic', 'ran', '--run', `${upgrade} head`),
      model('alembic', 'read', '--sql', join(output, 'offline.sql')),
    ]);
    expect(await differences(ran, read)).toEqual([]);
  });

  test('the models themselves make the same, the table of the migrations aside', async () => {
    const [models, migrated] = await Promise.all([
      model('alembic', 'models', '--run', 'python models.py'),
      migrate('alembic', `${upgrade} head`, 'migrated'),
    ]);
    expect(await differences(models, migrated.url)).toEqual(['unexpected public.alembic_version']);
  });
});

describe('Django', () => {
  const named = 'DB_HOST=$PGHOST DB_PORT=$PGPORT DB_NAME=$PGDATABASE DB_USER=$PGUSER DB_PASSWORD=$PGPASSWORD';
  const manage = `${named} DJANGO_SETTINGS_MODULE=settings python -m django`;

  test('what a production with a pending migration lacks', async () => {
    const [built, behind, current] = await Promise.all([
      model('django', 'django', '--run', `${manage} migrate`),
      migrate(
        'django',
        `${manage} migrate shop 0001 && ${manage} migrate auth && ${manage} migrate contenttypes`,
        'late',
      ),
      migrate('django', `${manage} migrate`, 'django'),
    ]);
    expect(await differences(built, current.url)).toEqual([]);
    expect((await differences(built, behind.url)).sort()).toEqual([
      'missing public.shop_tenant.tags',
      'missing public.shop_tenant.tenant_is_named',
    ]);
  });

  test('a command that is not told where its variables come from says what it lacks', async () => {
    const command = 'DJANGO_SETTINGS_MODULE=settings python -m django migrate';
    const ended = await driftwatch(['snapshot', '--run', command, '--out', join(output, 'never.json')], {
      environment: { PATH: `${programs}:${process.env.PATH}`, PYTHONDONTWRITEBYTECODE: '1' },
      folder: folderOf('django'),
    });
    expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/KeyError: 'DB_HOST'\n/) });
    expect(ended.stderr).toMatch(/what reads other variables gets them in the command: --run 'DB_HOST=\$PGHOST/);
  });
});
