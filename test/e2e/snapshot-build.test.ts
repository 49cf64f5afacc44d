// A model built by a command or from SQL files, as a pipeline does it: what the command sees, what is said when it
// fails, and that nothing is left behind when it is stopped.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeSnapshot, type Snapshot } from '../../lambda/postgres/snapshot.ts';
import { startWorld, type World } from '../../local/world.ts';
import { accepts } from '../support/accepts.ts';
import { driftwatch, type Ended, main } from './command.ts';

let world: World;
let folder: string;
const bucket = 'driftwatch';

const inFolder = (name: string) => join(folder, name);
const run = (args: string[], environment: Record<string, string> = {}): Promise<Ended> =>
  driftwatch(args, { environment: { ...world.environment, ...environment }, folder });
const loaded = async (name: string): Promise<Snapshot> => decodeSnapshot(await readFile(inFolder(name), 'utf8'), name);
const ids = ({ facts }: Snapshot, kind: string) => facts.filter((fact) => fact.kind === kind).map(({ id }) => id);

/** A migration as applications write it, without a framework. */
const migration = `
import pg from ${JSON.stringify(import.meta.resolve('pg'))};
const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
await client.connect();
await client.query('CREATE DATABASE another');
await client.query('CREATE ROLE app_owner; CREATE EXTENSION citext');
await client.query('CREATE TABLE users (id int PRIMARY KEY, email citext); ALTER TABLE users OWNER TO app_owner');
await client.end();
const seen = Object.entries(process.env).filter(([name]) => /^(PG|DATABASE_)/.test(name));
const { writeFileSync } = await import('node:fs');
writeFileSync('seen.json', JSON.stringify(Object.fromEntries(seen)));
`;

beforeAll(async () => {
  world = await startWorld();
  world.s3.createBucket(bucket);
  folder = await mkdtemp(join(tmpdir(), 'driftwatch-build-'));
  await writeFile(inFolder('migrate.mjs'), migration);
  await writeFile(inFolder('roles.sql'), 'CREATE ROLE reader;\n');
  await mkdir(inFolder('migrations'));
  await writeFile(inFolder('migrations/1_a.sql'), 'CREATE TABLE orders (id int);\n');
  await writeFile(inFolder('migrations/2_b.sql'), 'GRANT SELECT ON orders TO reader; GRANT UPDATE ON orders TO other;');
  await writeFile(inFolder('migrations/2_b.down.sql'), 'DROP TABLE orders;');
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await world.stop();
});

const migrate = `"${process.execPath}" migrate.mjs`;

describe('snapshot --run', () => {
  test('gives the command an empty database of its own, and nothing of another one', async () => {
    const leaks = { PGSERVICE: 'production', PGSSLMODE: 'require', PGHOST: 'db.example.com', PGOPTIONS: '-c x=1' };
    const ended = await run(['snapshot', '--run', migrate, '--out', 'run.json', '--database', 'shop'], leaks);
    expect(ended).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^\d+ objects of PostgreSQL 18\.\d+ written to run\.json\n$/),
      stderr: expect.stringMatching(
        /^Starting PostgreSQL 18 \(the newest there is; --postgres <major>, .*\) \.\.\.\nRunning .*migrate\.mjs \.\.\.\n$/,
      ),
    });
    const snapshot = await loaded('run.json');
    expect(snapshot).toMatchObject({ source: 'command', scope: ['structure'] });
    expect(ids(snapshot, 'table')).toEqual(['public.users']);
    expect(JSON.stringify(snapshot.facts)).not.toContain('app_owner');
    const { PGPORT, PGPASSWORD, ...seen } = JSON.parse(await readFile(inFolder('seen.json'), 'utf8'));
    expect(seen).toEqual({
      DATABASE_URL: `postgresql://postgres:${PGPASSWORD}@127.0.0.1:${PGPORT}/shop`,
      PGHOST: '127.0.0.1',
      PGUSER: 'postgres',
      PGDATABASE: 'shop',
    });
    expect(await accepts(Number(PGPORT))).toBe(false);
  });

  test('shows what the command said, in order, and how it ended', async () => {
    const command = 'echo one; echo two >&2; echo three; exit 7';
    const ended = await run(['snapshot', '--run', command, '--out', 'never.json']);
    expect(ended.stderr).toMatch(
      /\none\ntwo\nthree\nerror: The command ended with 7: echo one[^\n]*\nIts output is above\. It has to use DATABASE_URL/,
    );
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    await expect(stat(inFolder('never.json'))).rejects.toThrow('ENOENT');
  });

  test('warns when nothing came out, and publishes nothing then', async () => {
    const publish = ['--publish', '--model', 'empty', '--bucket', bucket, '--application-version', '1.0.0'];
    const ended = await run(['snapshot', '--run', 'true', '--out', 'empty.json', ...publish]);
    expect(ended.stderr).toMatch(/warning: .*no table in the database\. Did it connect elsewhere\?/);
    expect(ended.stderr).toMatch(/error: Nothing was published/);
    expect(ended).toMatchObject({ code: 2, stdout: expect.stringContaining('written to empty.json') });
    expect(world.s3.keys(bucket, 'snapshots/empty')).toEqual([]);
  });
});

describe('snapshot --sql', () => {
  test('says where the tables are when they are elsewhere', async () => {
    await writeFile(inFolder('elsewhere.sql'), '\\c postgres\nCREATE TABLE t ();\n');
    const ended = await run(['snapshot', '--sql', 'elsewhere.sql', '--out', 'elsewhere.json']);
    expect(ended.stderr).toMatch(
      /warning: the files left no table .* There are tables in postgres: --database postgres reads/,
    );
  });

  test('applies files and folders, then the command, and says what it did beside', async () => {
    const args = ['--sql', 'roles.sql', '--sql', 'migrations', '--run', migrate, '--scope', 'structure,grants'];
    const { code, stderr } = await run(['snapshot', ...args, '--out', 'sql.json']);
    expect(stderr).toMatch(/^Left out: migrations\/2_b\.down\.sql: it undoes a migration\n/);
    expect(stderr).toMatch(/Applying 3 SQL files, roles\.sql first[\s\S]*were made: other\nRunning /);
    expect(code).toBe(0);
    const snapshot = await loaded('sql.json');
    expect(ids(snapshot, 'table')).toEqual(['public.orders', 'public.users']);
    expect(snapshot.scope).toEqual(['structure', 'grants']);
    const orders = snapshot.facts.find(({ kind, id }) => kind === 'table' && id === 'public.orders');
    expect(orders?.attributes).toMatchObject({ grants: { reader: 'SELECT', other: 'UPDATE' } });
    expect(orders?.attributes).not.toHaveProperty('owner');
  });

  test('is built on the major of production, or says that it cannot be', async () => {
    const like = await run(['snapshot', '--sql', 'migrations', '--like', world.postgres.url(), '--out', 'like.json']);
    expect(like.stderr).toMatch(
      /^Left out.*\nAsking postgres:.* for its version \.\.\.\nStarting PostgreSQL 18 \(as postgres:/,
    );
    const checks = { schema: { model: 'app' } };
    const database = { secret: 'env:PRODUCTION', tls: { mode: 'disable' } };
    const settings = { name: 'demo', targets: { api: { environment: 'production', database, checks } } };
    await writeFile(inFolder('settings.json'), JSON.stringify(settings));
    const named = (target: string) =>
      run(
        ['snapshot', '--sql', 'migrations', '--target', target, '--config', 'settings.json', '--out', 'target.json'],
        {
          PRODUCTION: world.postgres.url(),
        },
      );
    expect(await named('api')).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(
        /^Left out.*\nAsking the database of api for its version \.\.\.\nStarting PostgreSQL 18 \(as target api\)/,
      ),
    });
    expect(await named('apo')).toMatchObject({ code: 2, stderr: expect.stringContaining('did you mean "api"?') });
    await writeFile(inFolder('old.sql'), '-- Dumped from database version 9.6.24\n');
    const old = await run(['snapshot', '--sql', 'old.sql', '--out', 'never.json']);
    expect(old).toMatchObject({ code: 2, stderr: expect.stringMatching(/PostgreSQL 9, and the embedded .* 13 to 18/) });
  });

  test('says what is wrong with a file', async () => {
    await writeFile(inFolder('bad.sql'), 'SELECT 1;\nCREATE TABEL t ();\n');
    const ended = await run(['snapshot', '--sql', 'bad.sql', '--out', 'never.json']);
    expect(ended).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/error: bad\.sql:2: syntax error .*\(42601\)\n {2}in: CREATE TABEL t \(\)\n/),
    });
  });
});

test.each<[string[], RegExp]>([
  [['--out', 'x.json'], /Say where the model comes from: --run/],
  [['--run', 'true', '--from', 'postgres://a@b/c', '--out', 'x.json'], /name one or the other/],
  [['--run', 'true'], /Say where it goes: --out/],
  [['--from', 'postgres://a@b/c', '--postgres', '15', '--out', 'x.json'], /--postgres is for a database that is made/],
  [['--run', 'true', '--postgres', '12', '--out', 'x.json'], /Allowed: 13, 14, 15, 16, 17, 18/],
  [['--run', 'true', '--scope', 'structure,all', '--out', 'x.json'], /"all" is none of structure, owners/],
  [['--run', 'true', '--publish', '--bucket', bucket, '--application-version', '1'], /--model/],
  [['--run', 'true', '--publish', '--bucket', bucket, '--model', 'm'], /which version it is: --application-version/],
  [['--run', 'true', '--model', 'm', '--out', 'x.json'], /add --publish/],
])('%j is wrong usage, and starts nothing', async (args, said) => {
  const ended = await run(['snapshot', ...args]);
  expect(ended.stderr).toMatch(said);
  expect(ended.stderr).not.toMatch(/Starting/);
  expect(ended.code).toBe(64);
});

describe('published in one go', () => {
  const build = (file: string, version: string, ...more: string[]) => {
    const where = ['--publish', '--model', 'shop', '--bucket', bucket, '--application-version', version];
    return run(['snapshot', '--sql', file, ...where, ...more]);
  };

  test('versions are listed and shown, and current only goes back on purpose', async () => {
    await writeFile(inFolder('v1.sql'), 'CREATE TABLE a (x int);');
    await writeFile(inFolder('v2.sql'), 'CREATE TABLE a (x int); CREATE TABLE b (y int);');
    expect((await build('v1.sql', '1.0.0', '--commit', 'aaa111', '--out', 'v1.json')).stdout).toMatch(
      /written to v1\.json\nshop@1\.0\.0 is published in driftwatch and current\n$/,
    );
    expect((await build('v2.sql', '1.1.0', '--out', 'v2.json')).stdout).toMatch(
      /^\d+ objects .* written to v2\.json\nshop@1\.1\.0 is published in driftwatch and current\n$/,
    );
    const publish = (file: string, version: string, ...more: string[]) =>
      run(['snapshot', 'publish', file, '--model', 'shop', '--version', version, ...more], {
        DRIFTWATCH_BUCKET: bucket,
      });
    expect((await publish('v1.json', '1.0.0')).stdout).toBe(
      'shop@1.0.0 is published in driftwatch; 1.1.0, which is newer, stays current (--back makes the older version current)\n',
    );
    expect((await publish('v2.json', '1.0.0')).stderr).toMatch(
      /already published, with other facts[\s\S]*driftwatch diff s3:/,
    );

    const listed = await run(['snapshot', 'list', '--bucket', bucket, '--model', 'shop']);
    expect(listed).toMatchObject({ code: 0, stderr: '' });
    const time = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d UTC`;
    expect(listed.stdout).toMatch(
      new RegExp(
        String.raw`^MODEL +VERSION +PUBLISHED +COMMIT +OBJECTS +POSTGRESQL\n` +
          String.raw`shop +1\.1\.0 +current +${time} +\d+ +18\.\d\n` +
          String.raw`shop +1\.0\.0 +previous +${time} +aaa111 +\d+ +18\.\d\n$`,
      ),
    );
    expect((await publish('v2.json', '0.9.0', '--back')).stdout).toBe(
      'shop@0.9.0 is published in driftwatch and current again, in place of a newer version\n',
    );
  });

  test('a version that cannot be read is listed as that', async () => {
    world.s3.put(bucket, 'snapshots/damaged/1.0.0.json', '{"formatVersion":2,');
    const listed = await run(['snapshot', 'list', '--bucket', bucket, '--model', 'damaged', '--format', 'json']);
    expect(listed).toMatchObject({ code: 2, stderr: expect.stringMatching(/^damaged@1\.0\.0: .* is cut off/) });
    expect(JSON.parse(listed.stdout)).toMatchObject({
      bucket,
      versions: [{ version: '1.0.0', role: null, objects: null }],
    });
  });

  test('of many versions the newest are listed, unless all are asked for', async () => {
    for (let version = 1; version <= 22; version += 1) {
      world.s3.put(bucket, `snapshots/many/1.0.${version}.json`, await readFile(inFolder('v2.json')));
    }
    const some = await run(['snapshot', 'list', '--bucket', bucket, '--model', 'many']);
    expect(some.stderr).toBe('2 older versions of many are left out: --all lists them\n');
    expect(some.stdout.trimEnd().split('\n')).toHaveLength(21);
    const all = await run(['snapshot', 'list', '--bucket', bucket, '--model', 'many', '--all', '--format', 'json']);
    expect(JSON.parse(all.stdout).versions).toHaveLength(22);
    const none = await run(['snapshot', 'list', '--bucket', bucket, '--model', 'nobody']);
    expect(none).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Nothing is published .* for model nobody/) });
  });

  test('what is in a snapshot is shown, from a file or by its model', async () => {
    const file = await run(['snapshot', 'show', 'v2.json']);
    expect(file.stdout).toMatch(
      /^v2\.json\n {2}application +1\.1\.0\n[\s\S]*SQL files \(--sql\)[\s\S]*\n {2}table +2\n/,
    );
    const model = await run(['snapshot', 'show', 'shop', '--version', '1.0.0', '--bucket', bucket, '--format', 'json']);
    expect(JSON.parse(model.stdout)).toMatchObject({
      name: 'shop@1.0.0 in driftwatch',
      commit: 'aaa111',
      source: 'sql-files',
      scope: ['structure'],
      kinds: { table: 1, column: 1 },
    });
    const missing = await run(['snapshot', 'show', '--model', 'shop', '--version', '7', '--bucket', bucket]);
    expect(missing).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/as shop@7\.\n`driftwatch snapshot list`/),
    });
    const nothing = await run(['snapshot', 'show', 'nowhere.json']);
    expect(nothing).toMatchObject({ code: 2, stderr: expect.stringMatching(/nowhere\.json could not be read/) });
  });
});

describe('stopped while the command runs', () => {
  // In the background as well; one of them is deaf to being asked.
  const busy = (name: string) =>
    `echo $PGPORT > ${name}.port; (${name === 'SIGTERM' ? "trap '' TERM; " : ''}while :; do echo >> ${name}.beat; sleep 0.1; done) & echo ready; wait`;

  test.concurrent.for(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
    'by %s, nothing is left running',
    async (signal, { expect }) => {
      const args = [main, 'snapshot', '--run', busy(signal), '--out', `${signal}.json`];
      const child: ChildProcess = spawn(process.execPath, args, {
        cwd: folder,
        env: { PATH: process.env.PATH ?? '' },
        stdio: 'ignore',
      });
      const beats = () =>
        stat(inFolder(`${signal}.beat`)).then(
          ({ size }) => size,
          () => 0,
        );
      await expect.poll(beats, { timeout: 30_000 }).toBeGreaterThan(2);
      const port = Number(await readFile(inFolder(`${signal}.port`), 'utf8'));
      expect(await accepts(port)).toBe(true);
      const ended = once(child, 'exit');
      child.kill(signal);
      expect((await ended)[0]).toBe(signal === 'SIGKILL' ? null : 2);
      await expect.poll(() => accepts(port), { timeout: 20_000 }).toBe(false);
      const last = await beats();
      await sleep(500);
      expect(await beats()).toBe(last);
      await expect(stat(inFolder(`${signal}.json`))).rejects.toThrow('ENOENT');
    },
  );
});
