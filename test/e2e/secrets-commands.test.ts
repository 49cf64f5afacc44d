// Secrets given to the driftwatch command in every way there is, right and wrong, and all that it prints and writes
// searched for them.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../local/application/migrations.ts';
import { startWorld, type World } from '../../local/world.ts';
import { driftwatch } from './command.ts';
import { createGarden, type Text } from './plants.ts';

const { plant, search } = createGarden();
const right = plant('password of the database');

let world: World;
let folder: string;
const said: Text[] = [];

/** A planted secret without the signs that have a meaning somewhere. */
const plain = (name: string) => plant(name).replaceAll(/[^a-z0-9]/g, '');

const url = (password: string, database = 'production', { port = world.postgres.port, query = '' } = {}) =>
  `postgres://watcher:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}${query}`;

/** A URL with a password of its own, where none is expected. */
const elsewhere = (name: string) => `postgres://me:${plain(`password in ${name}`)}@db.example.com/app`;

const inFolder = (name: string) => join(folder, name);

interface Scenario {
  args: () => string[];
  code: number;
  says: RegExp;
}
const snapshot = (from: () => string, code: number, says: RegExp, out = 'never.json'): Scenario => ({
  args: () => ['snapshot', '--from', from(), '--out', inFolder(out)],
  code,
  says,
});
const check = (config: string, code: number, says: RegExp, ...more: string[]): Scenario => ({
  args: () => ['check', '--config', inFolder(config), '--bucket', 'driftwatch', ...more],
  code,
  says,
});

const literal = plain('password in settings');
const target = (content: unknown) =>
  JSON.stringify({ name: 'm', targets: { a: { environment: 't', ...Object(content) } } });
const settingsFiles: Record<string, string> = {
  'good.json': target({ database: { secret: 'env:WRONG_DATABASE_URL', tls: { mode: 'disable' } } }),
  'url.ts': `export default ${target({ database: { secret: `postgres://me:${literal}@h/d` } })};`,
  'password.ts': `export default ${target({ database: { secret: 'x', password: literal } })};`,
  'where-none-goes.json': target({ dsn: `postgres://me:${literal}@h/d`, nested: { password: literal } }),
  'name.json': JSON.stringify({ name: `postgres://me:${literal}@h/d`, targets: {} }),
  'header.json': target({
    checks: {
      probe: { url: `https://me:${literal}@h/?token=${literal}`, headers: { authorization: `Bearer ${literal}` } },
    },
  }),
  'cut-off.json': `{"name":"m","targets":{"a":{"database":{"password":"${literal}`,
  'wrong-quote.json': `{"name":"m","password":'${literal}'}`,
  'syntax.ts': `const password = '${literal}' as;\nexport default { password };`,
  'throwing.ts': `throw new Error('cannot connect to postgres://me:${literal}@h/d');`,
};

const scenarios: Record<string, Scenario> = {
  'a snapshot': snapshot(() => url(right), 0, /objects of PostgreSQL/, 'model.json'),
  'a snapshot with PGPASSWORD': snapshot(
    () => `postgres://watcher@127.0.0.1:${world.postgres.port}/old`,
    0,
    /objects of PostgreSQL/,
    'old.json',
  ),
  'a wrong password': snapshot(() => url(plant('wrong password')), 2, /refused the password of watcher/),
  'no such database': snapshot(() => url(right, 'nowhere'), 2, /no database "nowhere"/),
  'no TLS': snapshot(() => url(right, 'old', { query: '?sslmode=verify-full' }), 2, /does not offer TLS/),
  'an odd sslmode': snapshot(() => url(right, 'old', { query: `?sslmode=${plain('sslmode')}` }), 2, /unknown sslmode/),
  'an odd port': snapshot(() => url(right, 'old', { port: 99_999 }), 2, /not a valid postgres URL/),
  'a place that is a database': {
    args: () => ['snapshot', '--from', url(right), '--out', url(right)],
    code: 64,
    says: /--out is a file/,
  },
  'a difference': { args: () => ['diff', url(right), url(right, 'old')], code: 1, says: /2 differences/ },
  'a difference as JSON': {
    args: () => ['diff', url(right), url(right, 'old'), '--format', 'json'],
    code: 1,
    says: /"drift": \[/,
  },
  'a connection string': {
    args: () => ['diff', `host=h user=me password=${plain('password in a string')}`, 'x'],
    code: 2,
    says: /could not be read/,
  },
  'another kind of database': {
    args: () => ['diff', `mysql://me:${plain('password of MySQL')}@h/d`, 'x'],
    code: 64,
    says: /not mysql/,
  },
  'half an address': {
    args: () => ['diff', `s3://key:${plain('key of S3')}@bucket`, 'x'],
    code: 64,
    says: /is not s3:\/\/bucket\/key/,
  },
  'a misspelt option': {
    args: () => ['snapshot', `--form=${elsewhere('an option')}`, '--out', 'x'],
    code: 64,
    says: /unknown option '--form=/,
  },
  'a URL for a command': { args: () => [elsewhere('a command')], code: 64, says: /unknown command 'postgres:/ },
  'a URL for a format': {
    args: () => ['diff', 'a', 'b', '--format', elsewhere('a format')],
    code: 64,
    says: /Allowed choices are text, json/,
  },
  'one URL too many': {
    args: () => ['diff', 'a', 'b', elsewhere('an argument')],
    code: 64,
    says: /too many arguments/,
  },
  'a URL for a target': check('good.json', 2, /no target "postgres:/, '--target', elsewhere('a target')),
  'a check': check('good.json', 2, /UNKNOWN database: .*refused the password/),
  'a check as JSON': check('good.json', 2, /"status": "unknown"/, '--format', 'json'),
  'settings with a URL': check('url.ts', 2, /targets\.a\.database\.secret\n.*a secret never stands in settings/),
  'settings with a password': check('password.ts', 2, /targets\.a\.database\.password/),
  'settings with secrets where none go': check('where-none-goes.json', 2, /targets\.a\.dsn/),
  'settings with a URL for a name': check('name.json', 2, /name\n.*a secret never stands in settings/),
  'settings with a header': check('header.json', 2, /headers\.authorization\n.*a secret never stands in settings/),
  'settings that are cut off': check('cut-off.json', 2, /is not valid JSON/),
  'settings with a wrong quote': check('wrong-quote.json', 2, /is not valid JSON/),
  'settings that do not parse': check('syntax.ts', 2, /could not be evaluated/),
  'settings that throw': check('throwing.ts', 2, /could not be evaluated: cannot connect/),
};

beforeAll(async () => {
  world = await startWorld();
  world.s3.createBucket('driftwatch');
  folder = await mkdtemp(join(tmpdir(), 'driftwatch-e2e-'));
  for (const [name, content] of Object.entries(settingsFiles)) await writeFile(inFolder(name), content);
  await migrate(await world.postgres.createDatabase('production'), '1.5.0');
  await migrate(await world.postgres.createDatabase('old'), '1.4.0');
  const admin = new pg.Client({ connectionString: world.postgres.url() });
  await admin.connect();
  await admin.query(`create role watcher login password ${pg.escapeLiteral(right)}`);
  await admin.end();
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await world.stop();
});

async function run(what: string, args: readonly string[]): Promise<{ code: number; printed: string }> {
  const { code, stdout, stderr } = await driftwatch(args, {
    folder,
    environment: {
      ...world.environment,
      WRONG_DATABASE_URL: url(plant('wrong password in the environment')),
      PGPASSWORD: right,
      AWS_ACCESS_KEY_ID: plain('access key id'),
      AWS_SECRET_ACCESS_KEY: plant('secret access key'),
      AWS_SESSION_TOKEN: plain('session token'),
    },
  });
  const printed = `${stdout}\n${stderr}`;
  said.push({ place: `what is printed of ${what}`, text: printed });
  return { code, printed };
}

test.concurrent.each(Object.entries(scenarios))('%s', { timeout: 90_000 }, async (what, { args, code, says }) => {
  const ended = await run(what, args());
  expect(ended.printed).toMatch(says);
  expect(ended.code).toBe(code);
});

test('nothing that was printed or written holds a secret', async () => {
  expect(said).toHaveLength(Object.keys(scenarios).length);
  for (const name of ['model.json', 'old.json']) {
    said.push({ place: name, text: await readFile(inFolder(name), 'utf8') });
  }
  expect(search(said)).toEqual([]);
});

test('a secret that nobody can know for one is found', async () => {
  const { code } = await run('a file', ['diff', `${plain('a file name')}.json`, 'x']);
  expect(code).toBe(2);
  expect(search(said)).toEqual([expect.stringMatching(/^a file name in what is printed of a file/)]);
});
