// A session over a real server: what it gives, how it ends, and that nothing of it is left behind.
import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { EdgeError } from '../../lambda/errors.ts';
import { createDatabases } from '../../lambda/platform/database.ts';
import { versionNumber } from '../../lambda/platform/database-session.ts';
import type { DatabaseSession } from '../../lambda/platform/ports.ts';
import { useDatabase } from '../support/postgres.ts';
import { connect, eventually, failureOf, plain, planted, secretsSaying } from './monitored-database.ts';
import { fakeServer } from './tls-postgres.ts';

const db = useDatabase();
const role = `monitor_${randomUUID().slice(0, 8)}`;
const monitorUrl = (): string => db.urlFor(role, planted);

beforeAll(() => db.query(`create role ${role} login password '${planted}'`));
afterAll(() => db.query(`drop owned by ${role}; drop role ${role}`));

async function backends(name: string): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity where usename = '${name}'`,
  );
  return row?.count ?? -1;
}

describe('a session', () => {
  let session: DatabaseSession;
  beforeEach(async () => {
    session = await connect(secretsSaying(monitorUrl()));
    return () => session.close();
  });

  test('knows the version of the server without asking', async () => {
    const [rows] = await session.queryAll([`select current_setting('server_version_num')::int as version`]);
    expect(session.serverVersion).toBe(rows?.[0]?.version);
  });

  test('gives the rows of every statement, in order', async () => {
    expect(await session.queryAll([])).toEqual([]);
    expect(await session.queryAll(['select 1 as a'])).toEqual([[{ a: 1 }]]);
    expect(
      await session.queryAll([
        'begin isolation level repeatable read read only',
        `set local search_path = ''`,
        'select 1 as a -- with a comment at its end',
        'select 2 as b where false',
        `select x, null as nothing from (values ('it''s; fine'), ('🐘')) as t(x)`,
        'commit',
      ]),
    ).toEqual([
      [],
      [],
      [{ a: 1 }],
      [],
      [
        { x: `it's; fine`, nothing: null },
        { x: '🐘', nothing: null },
      ],
      [],
    ]);
  });

  test('sends them as one message', async () => {
    const [first, second] = await session.queryAll(['select now() as at', 'select pg_sleep(0.01), now() as at']);
    expect(first?.[0]?.at).toEqual(second?.[0]?.at);
  });

  test('is read-only, named, and bounded in time', async () => {
    const settings = ['default_transaction_read_only', 'application_name', 'client_encoding', 'statement_timeout'];
    const rows = await session.queryAll(settings.map((name) => `show ${name}`));
    expect(rows.flat().map((row) => Object.values(row)[0])).toEqual(['on', 'driftwatch', 'UTF8', '10min']);
    const error = await failureOf(session.queryAll(['create temp table t (id int)']));
    expect(error.message).toContain('read-only transaction (SQLSTATE 25006)');
  });

  test('ends when there is no room for its rows', async () => {
    const full = new EdgeError('unavailable', 'there is no room', { remedy: 'Make some.' });
    const heap = {
      need: () => {
        throw full;
      },
    };
    const secrets = { read: async () => monitorUrl() };
    const narrow = await createDatabases({ secrets, heap }).connect(plain, { signal: AbortSignal.timeout(5_000) });
    const asked = narrow.queryAll(['select * from generate_series(1, 1000000)'], undefined, () => undefined);
    expect(await failureOf(asked)).toBe(full);
    expect(await failureOf(narrow.queryAll(['select 1']))).toBe(full);
  });

  test('is thrown away after an error', async () => {
    const error = await failureOf(session.queryAll(['begin', 'select * from not_there', 'commit']));
    expect(error).toMatchObject({ reason: 'invalid' });
    expect(error.message).toContain('relation "not_there" does not exist (SQLSTATE 42P01)');
    expect(await failureOf(session.queryAll(['select 1']))).toBe(error);
    await eventually(() => backends(role)).toBe(0);
  });

  test('refuses an answer that does not fit the question', async () => {
    expect((await failureOf(session.queryAll(['select 1; select 2']))).message).toContain(
      '1 statements were sent and 2',
    );
  });

  test('says which permission is missing', async () => {
    await db.query('create table hidden (id int)');
    const error = await failureOf(session.queryAll(['select * from hidden']));
    expect(error).toMatchObject({ reason: 'denied' });
    expect(error.message).toContain('permission denied for table hidden');
  });

  test('says that a lock is held', async () => {
    await db.query('begin; create table locked (id int); grant select on locked to public; commit');
    await db.query('begin; lock table locked');
    const error = await failureOf(session.queryAll([`set lock_timeout = '20ms'`, 'select * from locked']));
    await db.query('rollback');
    expect(error).toMatchObject({ reason: 'unavailable' });
    expect(error.message).toContain('canceling statement due to lock timeout');
  });

  test('may be closed twice', async () => {
    await session.close();
    await session.close();
    await eventually(() => backends(role)).toBe(0);
  });
});

describe('deadlines', () => {
  test.each([
    ['before the first step', () => {}],
    ['when nothing is answered', () => {}],
    ['when only the wish for TLS is answered', (socket: Socket) => socket.once('data', () => socket.write('S'))],
  ])('%s', async (when, serve) => {
    const server = await fakeServer(serve);
    const deadline = new AbortController();
    if (when === 'before the first step') deadline.abort();
    const tls = when.includes('TLS') ? ({ mode: 'verify-full' } as const) : plain.tls;
    const secrets = secretsSaying(`postgres://u:${planted}@127.0.0.1:${server.port}/d`);
    const connecting = failureOf(connect(secrets, { ...plain, tls }, deadline.signal));
    if (when !== 'before the first step') {
      await eventually(() => server.connections.open).toBe(1);
      deadline.abort();
      const error = await connecting;
      expect(error.message).toMatch(/^127\.0\.0\.1:\d+\/d accepted the connection and did not answer in time$/);
    }
    expect(await connecting).toMatchObject({ reason: 'timeout' });
    await eventually(() => server.connections.open).toBe(0);
    await server.close();
  });

  test('a query that runs on is stopped, at the server too', async () => {
    const session = await connect(secretsSaying(monitorUrl()));
    const deadline = new AbortController();
    const asking = failureOf(session.queryAll(['select pg_sleep(100)'], deadline.signal));
    const running = async (): Promise<unknown[]> =>
      db.query(`select 1 from pg_stat_activity where usename = '${role}' and query like 'select pg_sleep%'`);
    await eventually(running).toHaveLength(1);
    deadline.abort();
    expect(await asking).toMatchObject({
      reason: 'timeout',
      message: expect.stringContaining('did not finish the query in time'),
    });
    await eventually(() => backends(role)).toBe(0);
  });

  test('two sessions do not wait for each other', async () => {
    const [slow, quick] = await Promise.all([
      connect(secretsSaying(monitorUrl())),
      connect(secretsSaying(monitorUrl())),
    ]);
    const deadline = new AbortController();
    const asking = failureOf(slow.queryAll(['select pg_sleep(100)'], deadline.signal));
    expect(await quick.queryAll(['select 1 as a'])).toEqual([[{ a: 1 }]]);
    deadline.abort();
    await asking;
    await quick.close();
  });

  test('a server that is killed while it works', async () => {
    const session = await connect(secretsSaying(monitorUrl()));
    const asking = failureOf(session.queryAll(['select pg_sleep(101)']));
    const ours = `from pg_stat_activity where usename = '${role}' and query = 'select pg_sleep(101)'`;
    await eventually(() => db.query(`select 1 ${ours}`)).toHaveLength(1);
    await db.query(`select pg_terminate_backend(pid) ${ours}`);
    expect(await asking).toMatchObject({ reason: 'unavailable' });
    await session.close();
  });
});

test('a session whose server went away between two queries says so at the next', async () => {
  const session = await connect(secretsSaying(monitorUrl()));
  await db.query(`select pg_terminate_backend(pid) from pg_stat_activity where usename = '${role}'`);
  await eventually(() => backends(role)).toBe(0);
  expect(await failureOf(session.queryAll(['select 1']))).toMatchObject({
    reason: expect.stringMatching(/^un(reachable|available)$/),
  });
});

test.each([
  ['18.4', 180004],
  ['15.18 (Debian 15.18-1.pgdg120+1)', 150018],
  ['18beta1', 180000],
  ['9.6.24', 90624],
  ['unknown', 0],
])('version %s is %i', (text, number) => {
  expect(versionNumber(text)).toBe(number);
});
