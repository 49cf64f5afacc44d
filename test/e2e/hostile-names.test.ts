// Names that fake a line, break out of quotes, or are markup where markup is shown: through the whole pipeline, into
// the subject and the text of a message, the answer, the log, and SQL that a person may run.
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { serve } from '../../local/http-server.ts';
import { startWorld, type World } from '../../local/world.ts';
import { hostileSchema } from '../support/hostile-schema.ts';
import { bucket, publishModel, type Ran, type Watched, watch } from './watched-world.ts';

const names = [
  `o'quote"double`,
  'two\nlines',
  '\n\nRESOLVED: all is well\n--\n',
  '🚀 café',
  '<img src=x onerror="alert(1)">',
  '</script><b>bold</b>&amp;',
  'right\u202eto left\u0007',
  '$(rm -rf /); `id` %s {x} \\',
  'a-name-of-sixty-three-bytes-which-is-as-long-as-one-can-ever-be',
];
const quoted = names.map((name) => pg.escapeIdentifier(name));

const build = hostileSchema(names);

let world: World;
let watched: Watched;
let first: Ran;
let application: Awaited<ReturnType<typeof serve>>;

const run = async (database: string, statements: readonly string[]): Promise<void> => {
  const client = new pg.Client({ connectionString: world.postgres.url(database) });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
};

beforeAll(async () => {
  world = await startWorld();
  application = await serve(() => ({
    status: 500,
    headers: { 'content-type': 'text/plain' },
    body: names.join(' | '),
  }));
  await run('postgres', ['create database model', 'create database production']);
  await run('model', build);
  // One table is there, with a column that nobody built.
  await run('production', [`create table ${quoted[0]} (id int primary key, ${quoted[2]} text)`]);
  world.secrets.put('db', world.postgres.url('production'));
  world.s3.createBucket('backups');
  for (const name of names.slice(1, 3)) world.s3.put('backups', `nightly/${name}`, 'x');
  watched = await watch(world, {
    name: 'hostile',
    targets: {
      app: {
        environment: 'prod <b>"eu"\n🚀',
        database: { secret: 'db', tls: { mode: 'disable' } },
        checks: {
          schema: { model: 'app' },
          backup: { bucket: 'backups', key: 'nightly/{YYYY}.sql' },
          probe: { url: application.url, failAfter: 1 },
        },
      },
    },
  });
  await publishModel(world, 'app', '1.0.0', world.postgres.url('model'));
  first = await watched.run();
});
afterAll(async () => {
  await watched.monitor.stop();
  await application.close();
  await world.stop();
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const treacherous = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

test('a message can be sent, and says what it says', () => {
  expect(first.notices.map(({ subject }) => subject)).toEqual([
    '[CRITICAL] app prod <b>"eu"\\n?: backup is failing',
    '[CRITICAL] app prod <b>"eu"\\n?: probe is failing',
    '[CRITICAL] app prod <b>"eu"\\n?: schema is failing',
  ]);
  const [backup, probe, schema] = first.notices.map(({ message }) => message);
  for (const { message } of first.notices) {
    expect(message).not.toMatch(treacherous);
    // Nothing that came from outside begins a line: those are indented, or follow words of ours.
    expect(message.split('\n').filter((line) => /^(RESOLVED|all is well|lines|<|🚀)/.test(line))).toEqual([]);
    expect(message.match(/^--$/gm)).toHaveLength(1);
  }
  expect(backup).toContain('of the 2 objects listed none has a key of that form, for example not nightly/two\\nlines.');
  expect(probe).toContain('🚀 café | <img src=x onerror="alert(1)">');
  expect(schema).toContain('🚀 café');
  for (const { attributes } of first.notices) expect(attributes.environment).toBe('prod <b>"eu"\\n🚀');
});

test('an answer is one line a line, and holds every name as it is', async () => {
  const { results, summary } = await watched.ask();
  for (const line of summary) {
    expect(line).not.toMatch(treacherous);
    expect(line).not.toContain('\n');
  }
  const schema = results.find(({ check }) => check === 'schema');
  const found = JSON.stringify(schema?.findings);
  for (const name of names) expect(found).toContain(JSON.stringify(name.replaceAll('"', '""')).slice(1, -1));
});

test('the log is one JSON document a line', () => {
  for (const line of watched.monitor.log()) expect(() => JSON.parse(line)).not.toThrow();
});

const schemaEvidence = z.looseObject({
  evidence: z.looseObject({ repair: z.array(z.looseObject({ sql: z.string().optional() })) }),
});

test('the SQL that is offered is right whatever the names are', async () => {
  const [key = ''] = world.s3.keys(bucket, 'evidence/').filter((one) => one.endsWith('/schema.json'));
  const stored = JSON.parse(Buffer.from(world.s3.read(bucket, key) ?? []).toString());
  const statements = schemaEvidence.parse(stored).evidence.repair.flatMap(({ sql }) => sql ?? []);
  expect(statements.length).toBeGreaterThan(names.length);
  await run('production', statements);
  expect(await watched.look('app', 'schema')).toMatchObject({ status: 'pass', findings: [] });
});

test('evidence is kept under keys that hold none of it', () => {
  const keys = world.s3.keys(bucket, 'evidence/');
  expect(keys.length).toBeGreaterThan(2);
  for (const key of keys) expect(key).toMatch(/^evidence\/app\/\w+-\w+\/(schema|probe|backup)\.json$/);
});
