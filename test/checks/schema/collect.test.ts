// What a schema check collects, on a real PostgreSQL and published snapshots over the S3 protocol.
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { collect } from '../../../lambda/checks/schema/collect.ts';
import type { SchemaEvidence } from '../../../lambda/checks/schema/evidence.ts';
import { schema } from '../../../lambda/checks/schema/index.ts';
import { judge } from '../../../lambda/checks/schema/judge.ts';
import { schemaSettings } from '../../../lambda/checks/schema/settings.ts';
import { connectPorts } from '../../../lambda/functions/ports.ts';
import type { CollectContext } from '../../../lambda/monitor/check.ts';
import { createAcceptedStates } from '../../../lambda/monitor/memory/accepted.ts';
import { createSnapshotStore, type SnapshotStore } from '../../../lambda/monitor/memory/snapshots.ts';
import { createObjectStore } from '../../../lambda/platform/object-store.ts';
import { withinScope } from '../../../lambda/postgres/one-scope.ts';
import { readCatalog } from '../../../lambda/postgres/read-catalog.ts';
import { makeSnapshot } from '../../../lambda/postgres/snapshot.ts';
import { ownVocabulary } from '../../../lambda/postgres/vocabulary.ts';
import { type LocalS3, startS3 } from '../../../local/s3.ts';
import { useDatabase } from '../../support/postgres.ts';

type Settings = ReturnType<typeof schemaSettings.parse>;

const database = useDatabase();
const databaseSettings = { secret: 'env:DATABASE', tls: { mode: 'disable' } } as const;
const now = new Date('2026-11-20T12:00:00Z');
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

let s3: LocalS3;
let ports: CollectContext<Settings>['ports'];
let store: SnapshotStore;

beforeAll(async () => {
  s3 = await startS3();
  s3.createBucket('memory');
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  ports = {
    ...connectPorts({ DATABASE: database.url }).ports,
    clock: { now: () => now, sleep: () => Promise.resolve() },
    objects: createObjectStore({ client: { endpoint: s3.url, region: 'eu-central-1', credentials } }),
  };
  store = createSnapshotStore(ports.objects, 'memory');
  await publishSteps();
});
beforeEach(() => bringTo('2.0.0'));
afterAll(() => s3.close());

const steps: Record<string, string> = {
  '1.0.0': 'create table users (id int primary key)',
  '2.0.0': 'create table users (id int primary key, email text)',
  '3.0.0': 'create table users (id int primary key, email text, phone text)',
};

async function bringTo(version: string): Promise<void> {
  await database.query(`drop table if exists users; ${steps[version]}`);
}

/** Of `settled`, 2.0.0 has been current for a day; of `deploying`, 3.0.0 for ten minutes. */
async function publishSteps(): Promise<void> {
  for (const [version, hoursAgo] of [
    ['1.0.0', 48],
    ['2.0.0', 24],
    ['3.0.0', 0],
  ] as const) {
    await bringTo(version);
    const session = await ports.databases.connect(databaseSettings, { signal: AbortSignal.timeout(5_000) });
    const { facts, serverVersion } = await readCatalog(session).finally(() => session.close());
    const takenAt = now.toISOString();
    const snapshot = makeSnapshot({
      scope: ['structure'],
      facts,
      serverVersion,
      options: {},
      source: 'database',
      takenAt,
      takenBy: '0',
    });
    const published = new Date(now.getTime() - hoursAgo * 3_600_000);
    if (version !== '3.0.0') await store.publish('settled', version, snapshot, published);
    await store.publish('deploying', version, snapshot, version === '3.0.0' ? minutesAgo(10) : published);
  }
}

type Asked = Partial<Pick<CollectContext<Settings>, 'memory' | 'onDemand'>> & { running?: string } & Record<
    string,
    unknown
  >;

function collectFor(model: string, { running, memory, onDemand, ...more }: Asked = {}): Promise<SchemaEvidence> {
  return collect({
    target: 'pap-api',
    check: 'schema',
    settings: schemaSettings.parse({ model, ...more, ...(running !== undefined && { version: 'probe:health' }) }),
    database: databaseSettings,
    runningVersion: { version: running ?? '1.0.0', seenAt: now.toISOString() },
    memoryBucket: 'memory',
    signal: AbortSignal.timeout(10_000),
    ports,
    memory,
    ...(onDemand !== undefined && { onDemand }),
  });
}

const subjects = (evidence: SchemaEvidence) =>
  evidence.state === 'compared' ? evidence.drift.map(({ verb, subject }) => `${verb} ${subject}`) : evidence.state;

test('without a version in the settings the newest published snapshot counts, whatever a probe saw', async () => {
  expect(await collectFor('settled')).toMatchObject({
    state: 'compared',
    model: { version: '2.0.0', chosenBy: 'newest published' },
    drift: [],
    notVerified: [],
    pending: null,
  });
});

test('the snapshot of the running version counts, and a version that is not published is told', async () => {
  expect(await collectFor('settled', { running: '2.0.0' })).toMatchObject({
    model: { version: '2.0.0', chosenBy: 'running version' },
    drift: [],
  });
  expect(await collectFor('settled', { running: '9.9.9' })).toEqual({
    state: 'version not published',
    model: 'settled',
    running: { version: '9.9.9', seenAt: now.toISOString() },
    newest: '2.0.0',
  });
});

test('a model nobody published is told', async () => {
  expect(await collectFor('unheard-of')).toEqual({ state: 'nothing published', model: 'unheard-of' });
});

test('drift comes with the SQL that repairs it', async () => {
  await bringTo('1.0.0');
  const evidence = await collectFor('settled');
  expect(subjects(evidence)).toEqual(['missing public.users.email']);
  expect(evidence).toMatchObject({
    repair: [{ sql: 'ALTER TABLE public.users ADD COLUMN email text;', class: 'safe' }],
  });
});

test('with no version known, production may lag behind a snapshot that was just published', async () => {
  expect(await collectFor('deploying')).toMatchObject({
    model: { version: '3.0.0' },
    drift: [{ subject: 'public.users.phone', verb: 'missing' }],
    pending: { version: '2.0.0', side: 'previous', until: minutesAgo(-20).toISOString(), drift: [] },
  });
});

test('a version that runs ahead of its schema is never excused', async () => {
  expect(await collectFor('deploying', { running: '3.0.0' })).toMatchObject({
    drift: [{ subject: 'public.users.phone', verb: 'missing' }],
    pending: null,
  });
});

test('an old version may still run on a schema that was migrated for the next', async () => {
  await bringTo('3.0.0');
  expect(await collectFor('deploying', { running: '2.0.0' })).toMatchObject({
    drift: [{ subject: 'public.users.phone', verb: 'unexpected' }],
    pending: { version: '3.0.0', side: 'next', drift: [] },
  });
});

test('what equals neither of the two is drift, however new the snapshot is', async () => {
  await bringTo('1.0.0');
  const evidence = await collectFor('deploying');
  expect(evidence).toMatchObject({ pending: { version: '2.0.0', drift: [{ subject: 'public.users.email' }] } });
  const settings = schemaSettings.parse({ model: 'deploying' });
  expect(judge(evidence, { target: 'pap-api', check: 'schema', settings, now })).toMatchObject({ status: 'fail' });
});

test('what counts is repaired by itself: what is ignored stays as it is', async () => {
  await database.query('alter table users drop column email; create table events_p1 (id int)');
  const rules = [{ kind: 'table', object: 'public.events_p*', verb: 'unexpected', severity: 'ignore' }];
  const evidence = await collectFor('settled', { rules });
  expect(subjects(evidence)).toEqual(['unexpected public.events_p1', 'missing public.users.email']);
  expect(evidence).toMatchObject({
    repair: [
      { sql: 'ALTER TABLE public.users ADD COLUMN email text;' },
      { sql: 'DROP TABLE public.events_p1;', class: 'destructive' },
    ],
  });
  await database.query('drop table events_p1');
});

test('a table that somebody has locked is not verified, and does not hold the check up', async () => {
  const holder = new pg.Client({ connectionString: database.url });
  await holder.connect();
  try {
    await holder.query('begin; lock table users in access exclusive mode');
    expect(await collectFor('settled')).toMatchObject({
      drift: [],
      notVerified: [{ kind: 'table', subject: 'public.users' }],
      pending: null,
    });
  } finally {
    await holder.end();
  }
});

test('refused credentials are told, remembered, and not tried again that day', async () => {
  const wrong = connectPorts({ DATABASE: database.urlFor('nobody_we_know', 'not the password') }).ports;
  const context = {
    target: 'pap-api',
    check: 'schema',
    settings: schemaSettings.parse({ model: 'settled' }),
    database: databaseSettings,
    runningVersion: undefined,
    memoryBucket: 'memory',
    signal: AbortSignal.timeout(10_000),
    ports: { ...ports, secrets: wrong.secrets, databases: wrong.databases },
  };
  const first = await collect(context);
  expect(first).toMatchObject({ state: 'credentials refused', refusal: { credentials: 'env:DATABASE' } });
  const unreachable = { connect: () => Promise.reject(new Error('it connected')) };
  const again = await collect({
    ...context,
    memory: schema.remember?.(first),
    ports: { ...context.ports, databases: unreachable },
  });
  expect(again).toMatchObject({ state: 'credentials refused', message: expect.stringContaining('the next attempt') });
  expect(JSON.stringify([first, again])).not.toContain('not the password');
  expect(judge(again, { ...context, now })).toMatchObject({ status: 'unknown' });
});

describe('a catalog that has not changed', () => {
  const isUnchanged = (evidence: SchemaEvidence) =>
    evidence.state === 'compared' && evidence.production.from === 'database' && evidence.production.unchanged;
  const readAndRemembered = async () => {
    const memory = schema.remember?.(await collectFor('settled'));
    expect(memory).toMatchObject({ readAt: now.toISOString() });
    return memory;
  };

  test('is not read again, and its verdict stands, with the time of the reading', async () => {
    const first = await collectFor('settled');
    const memory = schema.remember?.(first);
    const second = await collectFor('settled', { memory });
    expect(isUnchanged(first)).toBe(false);
    expect(isUnchanged(second)).toBe(true);
    expect(second).toMatchObject({
      ...first,
      production: { readAt: now.toISOString() },
      readMs: 0,
      databaseMs: expect.any(Number),
    });
    expect(schema.remember?.(second)).toEqual(memory);
    expect(
      judge(second, { target: 'pap-api', check: 'schema', settings: schemaSettings.parse({ model: 'settled' }), now }),
    ).toMatchObject({
      status: 'pass',
      summary: expect.stringMatching(
        /^\d+ objects equal to settled@2\.0\.0, unchanged since the full read of 2026-11-20 12:00 UTC;/,
      ),
    });
  });

  test('keeps its differences, by the same names and with their repair', async () => {
    await bringTo('1.0.0');
    const first = await collectFor('settled');
    const second = await collectFor('settled', { memory: schema.remember?.(first) });
    expect(isUnchanged(second)).toBe(true);
    expect(second).toMatchObject({
      drift: [{ id: expect.stringMatching(/^[0-9a-f]{10}$/), subject: 'public.users.email' }],
    });
    if (first.state !== 'compared' || second.state !== 'compared') return;
    expect([second.drift, second.repair]).toEqual([first.drift, first.repair]);
  });

  test('is read when somebody asks, after a while, and when the clock went back', async () => {
    const memory = await readAndRemembered();
    expect(isUnchanged(await collectFor('settled', { memory, onDemand: true }))).toBe(false);
    const readAt = (hoursAgo: number) => ({ ...(memory as object), readAt: minutesAgo(hoursAgo * 60).toISOString() });
    expect(isUnchanged(await collectFor('settled', { memory: readAt(5) }))).toBe(true);
    expect(isUnchanged(await collectFor('settled', { memory: readAt(6) }))).toBe(false);
    expect(isUnchanged(await collectFor('settled', { memory: readAt(-1) }))).toBe(false);
  });

  test('is read when anything else that the verdict rests on changed', async () => {
    const memory = await readAndRemembered();
    expect(isUnchanged(await collectFor('settled', { memory, running: '1.0.0' }))).toBe(false);
    expect(isUnchanged(await collectFor('settled', { memory, fullReadEvery: '1h' }))).toBe(false);
    const states = createAcceptedStates(ports.objects, 'memory');
    const section = {
      acceptedAt: now.toISOString(),
      acceptedBy: 'ada',
      reason: 'r',
      takenBy: '0',
      serverVersion: 180_000,
      vocabulary: {},
      facts: [],
    };
    await states.store('pap-api', { grants: section }, await states.load('pap-api'));
    expect(isUnchanged(await collectFor('settled', { memory }))).toBe(false);
    s3.delete('memory', 'accepted/pap-api.json');
    expect(isUnchanged(await collectFor('settled', { memory }))).toBe(true);
  });

  test('is no longer unchanged after DDL', async () => {
    const memory = await readAndRemembered();
    await database.query('alter table users add column extra int');
    const evidence = await collectFor('settled', { memory });
    expect(isUnchanged(evidence)).toBe(false);
    expect(subjects(evidence)).toEqual(['unexpected public.users.extra']);
  });

  test('is not remembered when it was not verified, or when there is too much to keep', async () => {
    const evidence = await collectFor('settled');
    if (evidence.state !== 'compared') throw new Error(evidence.state);
    const locked = { kind: 'table', subject: 'public.users', reason: 'locked' };
    const large = {
      id: '0123456789',
      kind: 'table',
      subject: 'public.t',
      verb: 'changed' as const,
      expected: null,
      actual: 'x'.repeat(20_000),
    };
    expect(schema.remember?.({ ...evidence, notVerified: [locked] })).toBeUndefined();
    expect(schema.remember?.({ ...evidence, drift: [large] })).toBeUndefined();
    const pending = { version: '1.0.0', side: 'previous' as const, until: now.toISOString(), drift: [] };
    expect(schema.remember?.({ ...evidence, pending })).toBeUndefined();
  });
});

test('roles go by other names in production', async () => {
  await database.query('create role model_reader; create role prod_reader');
  const policy = (role: string) => `create policy p on users to ${role}`;
  await database.query(policy('model_reader'));
  const session = await ports.databases.connect(databaseSettings, { signal: AbortSignal.timeout(5_000) });
  const { facts, serverVersion } = await readCatalog(session).finally(() => session.close());
  const content = {
    facts,
    serverVersion,
    options: {},
    source: 'database' as const,
    takenAt: now.toISOString(),
    takenBy: '0',
  };
  await store.publish('with-policy', '1.0.0', makeSnapshot({ ...content, scope: ['structure'] }), now);
  await database.query(`drop policy p on users; ${policy('prod_reader')}`);
  expect(subjects(await collectFor('with-policy'))).toEqual(['changed public.users.p']);
  expect(subjects(await collectFor('with-policy', { roles: { model_reader: 'prod_reader' } }))).toEqual([]);
  await database.query('drop policy p on users; drop role model_reader; drop role prod_reader');
});

test('of a state accepted with another Driftwatch, only what both can say is compared, and that is told', async () => {
  await database.query('create role outdated; grant select on users to outdated');
  const states = createAcceptedStates(ports.objects, 'memory');
  const session = await ports.databases.connect(databaseSettings, { signal: AbortSignal.timeout(5_000) });
  const { facts, serverVersion } = await readCatalog(session).finally(() => session.close());
  const vocabulary = structuredClone(ownVocabulary) as Record<string, string[]>;
  const stamp = { acceptedAt: now.toISOString(), acceptedBy: 'ada', reason: 'r', takenBy: '0.0.1', serverVersion };
  const accept = async (said: Record<string, string[]>) =>
    states.store(
      'pap-api',
      { grants: { ...stamp, vocabulary: said, facts: withinScope(facts, 'grants') } },
      await states.load('pap-api'),
    );
  await accept(vocabulary);
  await database.query('revoke select on users from outdated');
  expect(subjects(await collectFor('settled', { scope: ['grants'] }))).toEqual(['changed public.users']);
  await accept({ ...vocabulary, table: (vocabulary.table ?? []).filter((name) => name !== 'grants') });
  const evidence = await collectFor('settled', { scope: ['grants'] });
  expect(subjects(evidence)).toEqual([]);
  const settings = schemaSettings.parse({ model: 'settled' });
  expect(judge(evidence, { target: 'pap-api', check: 'schema', settings, now }).summary).toContain(
    'grants accepted with another Driftwatch and compared in part: accept again',
  );
  s3.delete('memory', 'accepted/pap-api.json');
  await database.query('drop role outdated');
});

test('an accepted state that cannot be read keeps nobody from comparing the structure', async () => {
  s3.put('memory', 'accepted/pap-api.json', '{"formatVersion":2}');
  const evidence = await collectFor('settled');
  s3.delete('memory', 'accepted/pap-api.json');
  expect(evidence).toMatchObject({ state: 'compared', drift: [], held: { accepted: [], unreadable: {} } });
  const context = { target: 'pap-api', check: 'schema', settings: schemaSettings.parse({ model: 'settled' }), now };
  expect(judge(evidence, context)).toMatchObject({
    status: 'unknown',
    reason: expect.stringContaining('accepted/pap-api.json is not an accepted state'),
  });
  expect(schema.remember?.(evidence)).toBeUndefined();
});

test('a target without a database is refused with what to do', async () => {
  const context = {
    target: 't',
    check: 'schema',
    memoryBucket: 'memory',
    runningVersion: undefined,
    database: undefined,
  };
  const settings = schemaSettings.parse({ model: 'settled' });
  await expect(collect({ ...context, settings, ports, signal: AbortSignal.timeout(5_000) })).rejects.toMatchObject({
    reason: 'missing',
    remedy: expect.stringContaining('database'),
  });
});
