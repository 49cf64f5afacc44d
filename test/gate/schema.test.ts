// What a deployment would change in a real PostgreSQL, told apart from what differs there already, and what is allowed.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectPorts } from '../../lambda/functions/ports.ts';
import type { GateInput } from '../../lambda/gate/rule.ts';
import type { GateWritten } from '../../lambda/gate/settings.ts';
import { captureFolder, captureKey } from '../../lambda/monitor/memory/captures.ts';
import { createSnapshotStore } from '../../lambda/monitor/memory/snapshots.ts';
import { createObjectStore } from '../../lambda/platform/object-store.ts';
import { readCatalog } from '../../lambda/postgres/read-catalog.ts';
import { encodeSnapshot, makeSnapshot, type Snapshot } from '../../lambda/postgres/snapshot.ts';
import { type LocalS3, startS3 } from '../../local/s3.ts';
import { openSession } from '../postgres/databases.ts';
import { startHttpServer } from '../support/http-server.ts';
import { useDatabase } from '../support/postgres.ts';
import { inputFor, type TargetWritten, type Told, verdictOf } from './gate-input.ts';

const build = useDatabase();
const production = useDatabase();
const database = { secret: 'env:DATABASE', tls: { mode: 'disable' } } as const;

let s3: LocalS3;
let ports: GateInput['ports'];
let application: string;
let running = '';
let model = 0;

beforeAll(async () => {
  s3 = await startS3();
  s3.createBucket('memory');
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  ports = {
    ...connectPorts({ DATABASE: production.url }).ports,
    objects: createObjectStore({ client: { endpoint: s3.url, region: 'eu-central-1', credentials } }),
  };
  const server = await startHttpServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ version: running }));
  });
  application = server.url;
});
afterAll(() => s3.close());

const fresh = 'drop schema public cascade; create schema public';

async function snapshotOf(
  sql: string,
  applicationVersion?: string,
  takenAt = new Date('2026-11-28T06:00:00Z'),
): Promise<Snapshot> {
  await build.query(`${fresh}; ${sql}`);
  const session = await openSession(build.url);
  const { facts, serverVersion } = await readCatalog(session).finally(() => session.close());
  return makeSnapshot({
    scope: ['structure'],
    facts,
    serverVersion,
    options: {},
    source: 'database',
    takenAt: takenAt.toISOString(),
    takenBy: '0',
    ...(applicationVersion !== undefined && { applicationVersion }),
  });
}

interface Deployment {
  /** Schemas of versions that were published, in their order. */
  published?: Record<string, string>;
  /** What is there; @default as the last version published */
  there?: string;
  /** The schema of the new version; without it, the newest published one is new. */
  next?: string;
  nextVersion?: string;
  /** What the health probe says; @default no probe is asked */
  runs?: string;
  rule?: Exclude<GateWritten['schema'], false>;
  check?: object;
  more?: Partial<GateInput>;
}

async function gate({ published = {}, there, next, nextVersion, runs, rule, check, more }: Deployment): Promise<Told> {
  model += 1;
  const name = `model-${model}`;
  const store = createSnapshotStore(ports.objects, 'memory');
  for (const [version, sql] of Object.entries(published)) {
    await store.publish(name, version, await snapshotOf(sql), new Date());
  }
  await production.query(`${fresh}; ${there ?? Object.values(published).at(-1) ?? ''}`);
  const snapshot = next === undefined ? undefined : await snapshotOf(next, nextVersion);
  running = runs ?? '';
  const checks: TargetWritten['checks'] = {
    schema: { model: name, ...(runs !== undefined && { version: 'probe:health' }), ...check },
    'probe:health': { url: `${application}/health`, version: 'version' },
  };
  const given = snapshot && { from: 'snapshot' as const, source: 'next.json', load: async () => snapshot };
  return verdictOf(
    'schema',
    inputFor(
      { database, checks, ...(rule && { gate: { schema: rule } }) },
      { ports, bucket: 'memory', ...(given && { model: given }), ...more },
    ),
  );
}

const users = 'create table users (id bigint primary key, email text not null, plan text)';
const noBackup = { needsBackup: 'never' } as const;

// What a team that migrates with Prisma calls safe, potentially destructive, and dangerous.
describe('a change that a new version makes', () => {
  const orders = `${users}; create table orders (id bigint primary key, user_id bigint, total int)`;
  test.each<[string, string, string]>([
    [
      'adds a column with a default',
      `alter table users add country text not null default 'DE'`,
      'safe: add column users.country',
    ],
    ['adds a table', 'create table invoices (id int)', 'safe: add table invoices'],
    ['adds a non-unique index', 'create index orders_user on orders (user_id)', 'safe: add index orders_user'],
    [
      'adds a foreign key',
      'alter table orders add foreign key (user_id) references users',
      'safe: add constraint orders.orders_user_id_fkey',
    ],
    [
      'changes a type',
      'alter table orders alter total type bigint',
      'risky: change type of column orders.total from integer to bigint',
    ],
    ['adds a unique constraint', 'alter table users add unique (email)', 'risky: add constraint users.users_email_key'],
    ['removes a column', 'alter table users drop plan', 'destructive: remove column users.plan'],
    ['removes a table', 'drop table orders', 'destructive: remove table orders'],
  ])('%s', async (_name, migration, told) => {
    const { status, details } = await gate({
      published: { '1.0.0': orders },
      next: `${orders}; ${migration}`,
      rule: noBackup,
    });
    expect(details[0]).toContain(told);
    expect(status).toBe(told.startsWith('destructive') ? 'fail' : 'pass');
  });
});

describe('what is allowed', () => {
  const published = { '1.0.0': users };
  const next = { safe: `${users}; create table t (id int)`, destructive: users.replace(', plan text', '') };
  test.each<[string, NonNullable<Deployment['rule']>, string, Told['status'], string]>([
    [
      'nothing',
      { allow: 'nothing' },
      next.safe,
      'fail',
      '1 change to production for next.json (1 safe): nothing may be left to change',
    ],
    [
      'risky ones, and one loses data',
      {},
      next.destructive,
      'fail',
      '1 change to production for next.json (1 destructive): one is worse than risky',
    ],
    ['safe ones', { allow: 'safe' }, next.safe, 'pass', '1 change to production for next.json (1 safe)'],
    [
      'all, with a backup',
      { allow: 'destructive' },
      next.destructive,
      'fail',
      '1 change to production for next.json (1 destructive): destructive changes need a fresh backup, and the rule backup is off',
    ],
    [
      'all, without a backup',
      { allow: 'destructive', ...noBackup },
      next.destructive,
      'pass',
      '1 change to production for next.json (1 destructive)',
    ],
    [
      'safe ones, with a backup',
      { needsBackup: 'safe' },
      next.safe,
      'fail',
      '1 change to production for next.json (1 safe): safe changes need a fresh backup, and the rule backup is off',
    ],
  ])('%s', async (_name, rule, schema, status, summary) => {
    expect(await gate({ published, next: schema, rule })).toMatchObject({ status, summary });
  });
});

describe('what differs already', () => {
  const published = { '1.0.0': users };
  const withTable = `${users}; create table t (id int)`;
  test('is told as such, and is no change of the deployment', async () => {
    const there = `${users}; create table left_behind (id int); alter table users drop email`;
    const { status, summary, details, remedy } = await gate({ published, there, next: withTable });
    expect(status).toBe('fail');
    expect(summary).toBe(
      '1 change to production for next.json (1 safe); 2 differences that production has already: production is not what version 1.0.0 says, in 1 difference',
    );
    expect(details).toEqual([
      'safe: add table t (with column t.id). Adds an empty table.',
      'critical: already in production: users.email is missing: every query that selects it fails',
      'info: already in production: table left_behind is in production only: the model does not know it; nothing that the application does needs it',
      'note: held to version 1.0.0, the last one published before',
    ]);
    expect(remedy).toContain('A migration that was missed or a change made by hand');
  });

  test('may be allowed, ignored or accepted as in the schema check', async () => {
    const there = `${users}; alter table users drop plan; create table events_p1 (id int)`;
    expect(await gate({ published, there, next: withTable })).toMatchObject({ status: 'fail' });
    expect(await gate({ published, there, next: withTable, rule: { drift: 'allow' } })).toMatchObject({
      status: 'pass',
    });
    const rules = [{ object: 'public.users*', severity: 'ignore' }];
    expect(await gate({ published, there, next: withTable, check: { rules } })).toMatchObject({ status: 'pass' });
  });

  test('and that the new version has too is a change that was made before', async () => {
    const there = `${users}; alter table users add phone text not null`;
    const next = `${there}; create table t (id int)`;
    expect(await gate({ published, there, next })).toMatchObject({
      status: 'pass',
      summary: '1 change to production for next.json (1 safe)',
      details: [expect.anything(), expect.anything(), 'note: 1 change of the new version is there already'],
    });
    expect(await gate({ published, there, next: there, rule: { allow: 'nothing' } })).toMatchObject({ status: 'pass' });
  });

  test('from the version that runs, not from one that was only published', async () => {
    const both = { '1.0.0': users, '1.1.0': withTable };
    const told = await gate({
      published: both,
      there: users,
      runs: '1.0.0',
      next: `${withTable}; create table u (id int)`,
    });
    expect(told).toMatchObject({ status: 'pass', summary: '2 changes to production for next.json (2 safe)' });
    expect(told.details.at(-1)).toBe('note: held to version 1.0.0, which runs now');
  });

  test('the migration that was missed: the version that runs needs what production lacks', async () => {
    const told = await gate({
      published: { '1.0.0': users, '1.1.0': withTable },
      there: users,
      runs: '1.1.0',
      next: withTable,
    });
    expect(told).toMatchObject({ status: 'fail' });
    expect(told.summary).toContain('nothing to change for next.json');
    expect(told.details[0]).toContain('already in production: table t is missing');
  });
});

test('a version that runs and was never published leaves open what differs from it', async () => {
  const published = { '1.0.0': users };
  const next = `${users}; create table t (id int)`;
  expect(await gate({ published, runs: '1.0.1', next })).toMatchObject({
    status: 'unknown',
    summary: expect.stringContaining('version 1.0.1 runs, and without its model nobody can say'),
  });
  expect(await gate({ published, runs: '1.0.1', next, rule: { drift: 'allow' } })).toMatchObject({ status: 'pass' });
});

describe('a capture of production', () => {
  const published = { '1.0.0': users };
  const check = { capture: { maxAge: '1h' } };
  const next = `${users}; create table t (id int)`;
  const capture = async (takenAt: Date) => {
    const snapshot = await snapshotOf(`${users}; create table left_behind (id int)`, undefined, takenAt);
    const key = captureKey(captureFolder('pap-api'), snapshot.takenAt, snapshot.contentHash);
    s3.put('memory', key, Buffer.from(encodeSnapshot(snapshot)));
  };
  test('is judged in the place of a database that cannot be reached', async () => {
    await capture(new Date());
    const told = await gate({ published, next, check, more: { ports: { ...ports, databases: undefined as never } } });
    expect(told).toMatchObject({ status: 'pass', summary: expect.stringContaining('1 change to production') });
    expect(told.details).toEqual([
      expect.stringContaining('safe: add table t'),
      expect.stringContaining('info: already in production: table left_behind'),
      expect.anything(),
      expect.stringMatching(/^note: production as captured in s3:\/\/memory\/captures\/pap-api\//),
    ]);
  });
  test('that is older than the settings allow is not verified', async () => {
    for (const key of s3.keys('memory', 'captures/')) s3.delete('memory', key);
    await capture(new Date(Date.now() - 3 * 3_600_000));
    expect(await gate({ published, next, check })).toMatchObject({
      status: 'unknown',
      summary: expect.stringMatching(/: production was captured 3 h ago, at most 1 h are allowed$/),
    });
  });
  test('that is not there is not verified', async () => {
    for (const key of s3.keys('memory', 'captures/')) s3.delete('memory', key);
    expect(await gate({ published, next, check })).toMatchObject({
      status: 'unknown',
      summary: 'not verified: there is no capture of production at s3://memory/captures/pap-api/',
    });
    const more = { bucket: undefined };
    expect(await gate({ next, check, more })).toMatchObject({ status: 'unknown', remedy: 'Name it: --bucket.' });
  });
});

describe('which model counts', () => {
  const published = { '1.0.0': users, '1.1.0': `${users}; create table t (id int)` };
  test('the newest that is published, when no other is named', async () => {
    expect(await gate({ published, there: users })).toMatchObject({
      status: 'pass',
      summary: expect.stringMatching(/^1 change to production for model-\d+@1\.1\.0 \(1 safe\)$/),
      details: [expect.anything(), 'note: held to version 1.0.0, the last one published before'],
    });
  });
  test('the version that is named', async () => {
    const more = { model: { from: 'bucket' as const, version: '1.0.0' } };
    expect((await gate({ published, there: users, more })).summary).toMatch(/^nothing to change for model-\d+@1\.0\.0/);
  });
  test('a version that is not published is not verified, whatever stands in it', async () => {
    const version = '1.0.0"; rm -rf / #$(id)';
    const told = await gate({ published, more: { model: { from: 'bucket', version } } });
    expect(told).toMatchObject({
      status: 'unknown',
      summary: expect.stringContaining(`not the version ${version} of the model`),
      remedy: expect.stringContaining('--model'),
    });
  });
  test('without a bucket all that differs is a change, and that is said', async () => {
    const told = await gate({
      published,
      there: `${users}; create table old (id int)`,
      next: users,
      more: { bucket: undefined },
    });
    expect(told).toMatchObject({
      status: 'fail',
      details: [
        expect.stringMatching(/^destructive: remove table old/),
        expect.stringContaining('no earlier model is known'),
      ],
    });
    const given = await gate({ more: { bucket: undefined } });
    expect(given).toMatchObject({ status: 'unknown', summary: 'not verified: no model of the new version was given' });
  });
  test('nothing published is not verified', async () => {
    expect(await gate({})).toMatchObject({
      status: 'unknown',
      summary: expect.stringContaining('no version of the model'),
    });
  });
});

describe('schemas of tenants', () => {
  const tenant = (name: string, more = '') =>
    `create schema ${name}; create table ${name}.bookings (id int, note text ${more})`;
  const check = { tenants: [{ schemas: 'tenant_*', as: 'template_tenant' }] };
  const there = `drop schema if exists tenant_a, tenant_b cascade; ${tenant('tenant_a')}; ${tenant('tenant_b')}`;
  const reset = 'drop schema if exists template_tenant cascade';
  afterAll(() => production.query('drop schema if exists tenant_a, tenant_b cascade'));

  test.each<[string, string, Told['status'], string]>([
    [
      'a column more',
      `${reset}; ${tenant('template_tenant', ', phone text')}`,
      'pass',
      'safe: add column template_tenant.bookings.phone (in 2 tenants)',
    ],
    [
      'a column less',
      `${reset}; create schema template_tenant; create table template_tenant.bookings (id int)`,
      'fail',
      'destructive: remove column template_tenant.bookings.note (in 2 tenants)',
    ],
  ])('are changed as the model is: %s', async (_name, next, status, told) => {
    const published = { '1.0.0': `${reset}; ${tenant('template_tenant')}` };
    const verdict = await gate({ published, there, next, check, rule: noBackup });
    expect(verdict.details[0]).toContain(told);
    expect(verdict.status).toBe(status);
  });
});

test('a database that refuses the password is not verified', async () => {
  const wrong = {
    ...ports,
    ...connectPorts({ DATABASE: production.urlFor('nobody_known', 'wrong') }).ports,
    objects: ports.objects,
  };
  const told = await gate({ published: { '1.0.0': users }, more: { ports: wrong } });
  expect(told).toMatchObject({ status: 'unknown', summary: expect.stringMatching(/^not verified: .*password/) });
});

test('several schema checks and none named is not verified; none at all is off', async () => {
  const two = { schema: { model: 'a' }, 'schema:b': { model: 'b' } };
  expect(await verdictOf('schema', inputFor({ database, checks: two }))).toMatchObject({ status: 'unknown' });
  expect(await verdictOf('schema', inputFor({}))).toMatchObject({ status: 'off' });
});
