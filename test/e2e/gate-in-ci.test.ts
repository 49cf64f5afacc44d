// docs/github-actions-gate.yml: its shell steps, as written, over the embedded world. A deployment that the gate stops,
// and the same one again once what was wrong is mended.
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MonitorInput } from '../../lambda/config/index.ts';
import { migrate } from '../../local/application/migrations.ts';
import { addUser } from '../../local/application/users.ts';
import { startWorld, type World } from '../../local/world.ts';
import { withClient } from '../postgres/databases.ts';
import { driftwatchSucceeds } from './command.ts';
import { bucket } from './watched-world.ts';
import { fillIn, jobVariables, type RanStep, runSteps, shellSteps } from './workflow.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const installing = 'Install Driftwatch';

let world: World;
let workspace: string;
let production: string;
let workflow: string;

beforeAll(async () => {
  workflow = await readFile(join(project, 'docs/github-actions-gate.yml'), 'utf8');
  world = await startWorld();
  world.s3.createBucket('backups');
  world.s3.createBucket(bucket);
  production = await world.postgres.createDatabase('production');
  await migrate(production, '1.4.0');
  await addUser(production, { username: 'admin', password: 'a password of their own' });
  world.secrets.put('pap-api/database', production);
  const { url } = await world.deploy({ version: '1.4.0', databaseUrl: production });
  workspace = await mkdtemp(join(tmpdir(), 'driftwatch-workspace-'));
  await checkOut(url);
  // As the workflow does it: a model that was built otherwise would differ by that.
  const files = ['001-tenants-and-users', '002-policies', '003-enforcement'].flatMap((file) => [
    '--sql',
    `migrations/${file}.sql`,
  ]);
  const publish = ['--publish', '--model', 'pap-api', '--application-version', '1.4.0', '--bucket', bucket];
  await driftwatchSucceeds(['snapshot', ...files, ...publish], { folder: workspace, environment: world.environment });
});
afterAll(async () => {
  await world.stop();
  await rm(workspace, { recursive: true, force: true });
});

/** What the steps that are not shell give: the two repositories. */
async function checkOut(applicationUrl: string): Promise<void> {
  const inside = (...parts: string[]) => join(workspace, ...parts);
  await mkdir(inside('driftwatch'));
  // Installed, which takes the network: see the test of what is not run.
  for (const name of ['cli', 'lambda', 'local', 'node_modules', 'package.json']) {
    await symlink(join(project, name), inside('driftwatch', name));
  }
  await writeFile(
    inside('driftwatch', 'driftwatch.config.ts'),
    `export default ${JSON.stringify(settings(applicationUrl))};`,
  );
  await symlink(join(project, 'local/migrations'), inside('migrations'));
  // What the application's own process is started with is none of ours.
  const variables = [
    'DATABASE_URL=postgres://app@db/app',
    'SECRET_KEY=9f2c77a1',
    'NODE_OPTIONS=--require=./not-there.js',
  ];
  await writeFile(inside('.env.production'), variables.join('\n'));
  await mkdir(inside('bin'));
  const client = JSON.stringify(join(project, 'node_modules/pg/lib/index.js'));
  const apply = `const { default: pg } = await import(${client});
const client = new pg.Client({ connectionString: process.env.PRODUCTION_URL });
await client.connect();
await client.query((await import('node:fs')).readFileSync('migrations/004-api-keys.sql', 'utf8'));
await client.end();`;
  await writeFile(inside('bin/migrate.mjs'), apply);
  await writeFile(inside('bin/migrate'), '#!/bin/sh\nexec node bin/migrate.mjs\n');
  await writeFile(inside('bin/deploy'), '#!/bin/sh\ntouch deployed-$VERSION\n');
  for (const name of ['migrate', 'deploy']) await chmod(inside('bin', name), 0o755);
}

const settings = (url: string): MonitorInput => ({
  name: 'control-core',
  targets: {
    'pap-api': {
      environment: 'production',
      database: { secret: 'pap-api/database', tls: { mode: 'disable' } },
      checks: {
        schema: { model: 'pap-api', version: 'probe:health' },
        'backup:nightly': { bucket: 'backups', key: 'backup_prod_*.sql' },
        'probe:health': { url: `${url}/health`, version: 'version' },
        'probe:login': { url: `${url}/auth/login`, login: { credentials: 'pap-api/monitor' } },
      },
      gate: {
        environment: { required: ['DATABASE_URL', 'SECRET_KEY'], forbidden: { CC_DROP_TABLES: 'true' } },
        defaultCredentials: { credentials: 'env:DEFAULT_ADMIN' },
      },
    },
  },
});

function run(): Promise<RanStep[]> {
  const values = {
    'vars.DRIFTWATCH_BUCKET': bucket,
    'inputs.version': '1.5.0',
    'secrets.DEFAULT_ADMIN': JSON.stringify({ username: 'admin', password: 'admin' }),
  };
  const job = Object.entries(jobVariables(workflow)).map(([name, text]) => [name, fillIn(text, values)]);
  const environment = {
    ...world.environment,
    HOME: workspace,
    PATH: [dirname(process.execPath), process.env.PATH ?? ''].join(delimiter),
    GITHUB_STEP_SUMMARY: join(workspace, 'summary.md'),
    PRODUCTION_URL: production,
    ...Object.fromEntries(job),
  };
  const steps = shellSteps(workflow).filter(({ name }) => name !== installing);
  return runSteps(steps, { workspace, environment, values });
}

function backUp(hoursAgo: number): void {
  const lastModified = new Date(Date.now() - hoursAgo * 3_600_000);
  world.s3.put('backups', 'backup_prod_1.sql', Buffer.alloc(2_000), { lastModified });
}

const read = (name: string) => readFile(join(workspace, name), 'utf8');
const columns = () =>
  withClient(production, async (client) => {
    const { rows } = await client.query(`select attname from pg_attribute where attname like 'api_key%'`);
    return rows.length;
  });

test('all shell steps are run here but the one that installs', () => {
  const steps = shellSteps(workflow);
  expect(steps.filter(({ name }) => name === installing).map(({ script }) => script)).toEqual(['npm ci']);
  expect(steps.length).toBe(workflow.match(/^ {8}run:/gm)?.length);
  expect(steps.every(({ script }) => script !== '' && !script.includes(`\${{`))).toBe(true);
});

test('a stale backup stops the deployment, before anything is changed, and the verdict is shown', {
  timeout: 90_000,
}, async () => {
  backUp(5);
  const ran = await run();
  expect(ran.map(({ name, code }) => `${name}: ${code}`)).toEqual([
    'Build the schema of the new version: 0',
    'Gate: 1',
    'Show the verdict: 0',
  ]);
  expect(await read('summary.md')).toMatch(/^## ❌ `pap-api` \(`production`\) must not be deployed\n/);
  expect(await read('gate.xml')).toContain('failures="1"');
  expect(await columns()).toBe(0);
  await expect(read('deployed-1.5.0')).rejects.toThrow('ENOENT');
});

// Seven steps in processes of their own, one after the other.
test('with a backup it goes through: migrated, with nothing left to change, published, deployed', {
  timeout: 90_000,
}, async () => {
  backUp(0.2);
  const ran = await run();
  expect(ran.map(({ name, code, output }) => (code === 0 ? name : output))).toEqual([
    'Build the schema of the new version',
    'Gate',
    'Show the verdict',
    'Migrate',
    'Gate after the migrations, with nothing left to change',
    'Publish the schema of the new version',
    'Deploy',
  ]);
  expect(ran[1]?.output).toContain('2 changes to production for pap-api@1.5.0 (2 safe)');
  expect(ran[4]?.output).toMatch(/nothing to change for pap-api@1\.5\.0/);
  expect(ran[4]?.output).toContain('2 changes of the new version are there already');
  expect(world.s3.keys(bucket, 'snapshots/')).toContain('snapshots/pap-api/1.5.0.json');
  expect(await read('deployed-1.5.0')).toBe('');
});
