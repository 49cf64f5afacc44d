import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DatabaseSettings } from '../../lambda/config/database.ts';
import { EdgeError } from '../../lambda/errors.ts';
import { createDatabases } from '../../lambda/platform/database.ts';
import { versionNumber } from '../../lambda/platform/database-session.ts';
import type { DatabaseSession, Secrets } from '../../lambda/platform/ports.ts';
import { useDatabase } from '../support/postgres.ts';
import { errorResponse, type FakeServer, fakeServer } from './tls-postgres.ts';

const db = useDatabase();
const planted = `planted-${randomUUID()}`;
const role = `monitor_${randomUUID().slice(0, 8)}`;

beforeAll(async () => {
  await db.query(
    `create role ${role} login password '${planted}'; create role ${role}_idle nologin password '${planted}'`,
  );
});
afterAll(async () => {
  await db.query(`drop owned by ${role}; drop role ${role}, ${role}_idle`);
});

/** Secrets whose text is the one given: the first time, the second time, and so on; the last one stays. */
function secretsSaying(...texts: string[]): Secrets & { reads: ('fresh' | 'kept')[] } {
  const reads: ('fresh' | 'kept')[] = [];
  return {
    reads,
    async read(_, { fresh = false } = {}) {
      reads.push(fresh ? 'fresh' : 'kept');
      return texts[Math.min(reads.length, texts.length) - 1] ?? '';
    },
  };
}

const plain = { secret: 'prod/db', tls: { mode: 'disable' } } as const satisfies DatabaseSettings;

function connect(
  secrets: Secrets,
  settings: DatabaseSettings = plain,
  signal: AbortSignal = new AbortController().signal,
): Promise<DatabaseSession> {
  return createDatabases({ secrets }).connect(settings, { signal });
}

async function failureOf(promise: Promise<unknown>): Promise<EdgeError> {
  const error: unknown = await promise.then(
    () => new Error('it succeeded'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof EdgeError)) throw new Error(`expected an EdgeError, got ${inspect(error)}`);
  expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(planted);
  expect(error.remedy).toMatch(/[.]$/);
  return error;
}

const monitorUrl = (): string => db.urlFor(role, planted);

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

  test('is thrown away after an error', async () => {
    const error = await failureOf(session.queryAll(['begin', 'select * from not_there', 'commit']));
    expect(error).toMatchObject({ reason: 'invalid' });
    expect(error.message).toContain('relation "not_there" does not exist (SQLSTATE 42P01)');
    expect(await failureOf(session.queryAll(['select 1']))).toBe(error);
    await expect.poll(() => backends(role)).toBe(0);
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
    await expect.poll(() => backends(role)).toBe(0);
  });
});

async function backends(name: string): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity where usename = '${name}'`,
  );
  return row?.count ?? -1;
}

describe('refused by the server', () => {
  test.each<[string, string, () => string | Promise<string>, EdgeError['reason'], RegExp]>([
    ['a wrong password', '', () => db.urlFor(role, 'not it'), 'authentication', /refused the password of monitor_/],
    [
      'no password',
      '',
      () => monitorUrl().replace(`:${planted}`, ''),
      'authentication',
      /asks for a password, and neither/,
    ],
    [
      'a role that may not log in',
      '',
      () => db.urlFor(`${role}_idle`, planted),
      'authentication',
      /not permitted to log in/,
    ],
    [
      'an unknown role',
      '',
      () => db.urlFor('nobody_here', planted),
      'authentication',
      /refused the password of nobody_here/,
    ],
    [
      'an unknown database',
      '',
      () => monitorUrl().replace(db.name, 'not_there'),
      'missing',
      /has no database "not_there"/,
    ],
    [
      'a role without CONNECT',
      'revoke connect on database @ from public',
      monitorUrl,
      'denied',
      /denied it to monitor_.*permission denied for database/,
    ],
    [
      'a role with too many connections',
      `alter role ${role} connection limit 0`,
      monitorUrl,
      'unavailable',
      /cannot serve now: too many connections for role/,
    ],
    [
      'a database that takes no connections',
      '',
      () => monitorUrl().replace(db.name, 'template0'),
      'unavailable',
      /"template0" is not currently accepting connections/,
    ],
  ])('%s', async (_, prepare, url, reason, message) => {
    if (prepare) await db.query(prepare.replace('@', db.name));
    const error = await failureOf(connect(secretsSaying(await url())));
    await db.query(`grant connect on database ${db.name} to public; alter role ${role} connection limit -1`);
    expect(error.reason).toBe(reason);
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(/127\.0\.0\.1:\d+\/|asks for a password/);
  });

  let server: FakeServer;
  afterAll(() => server.close());

  test.each<[string, Buffer | string, EdgeError['reason'], RegExp]>([
    [
      'a server that starts',
      errorResponse('57P03', 'the database system is starting up'),
      'unavailable',
      /starting up/,
    ],
    ['a server that stops', errorResponse('57P01', 'terminating connection'), 'unavailable', /terminating connection/],
    ['a full disk', errorResponse('53100', 'could not extend file'), 'unavailable', /could not extend file/],
    [
      'PgBouncer',
      errorResponse('08P01', 'unsupported startup parameter: options'),
      'invalid',
      /is a pooler or proxy that does not take the options/,
    ],
    [
      'RDS Proxy',
      errorResponse('0A000', 'Feature not supported: RDS Proxy currently doesn\u2019t support command-line options.'),
      'invalid',
      /is a pooler or proxy/,
    ],
    [
      'a server that repeats the password',
      errorResponse('XX000', `who said ${planted}?`),
      'invalid',
      /who said \*\*\*\?/,
    ],
    ['a web server', 'HTTP/1.1 400 Bad Request\r\n\r\n', 'unreachable', /the connection was cut/],
    ['a server that hangs up', '', 'unreachable', /the connection was cut/],
  ])('%s', async (_, answer, reason, message) => {
    await server?.close();
    server = await fakeServer((socket) => socket.once('data', () => socket.end(answer)));
    const error = await failureOf(connect(secretsSaying(`postgres://u:${planted}@127.0.0.1:${server.port}/d`)));
    expect(error.reason).toBe(reason);
    expect(error.message).toMatch(message);
    await expect.poll(() => server.connections.open).toBe(0);
  });
});

describe('not reached', () => {
  test.each([
    [
      'nothing listens',
      'postgres://u:p@127.0.0.1:1/d',
      /127\.0\.0\.1:1\/d was not reached: nothing listens on that port/,
    ],
    [
      'no such name',
      'postgres://u:p@nowhere.invalid/d',
      /nowhere\.invalid:5432\/d was not reached: its host name does not/,
    ],
    ['no such socket', 'postgres://u:p@%2Fnowhere/d', /\/nowhere:5432\/d was not reached: there is no such socket/],
  ])('%s', async (_, url, message) => {
    const error = await failureOf(connect(secretsSaying(url)));
    expect(error).toMatchObject({ reason: 'unreachable', message: expect.stringMatching(message) });
  });

  test('the secret says too little', async () => {
    const error = await failureOf(connect(secretsSaying(`{"username":"u","password":"${planted}"}`)));
    expect(error).toMatchObject({
      reason: 'invalid',
      message: 'the secret prod/db does not say host, database, and neither do the settings',
    });
    expect(error.remedy).toContain('database.host, database.database');
  });
});

test('settings win over the secret, which fills in the rest', async () => {
  const { hostname, port, pathname } = new URL(db.url);
  const secret = JSON.stringify({ username: role, password: planted, host: 'nowhere.invalid', dbname: 'not_there' });
  const settings = { ...plain, host: hostname, port: Number(port), database: pathname.slice(1) };
  const session = await connect(secretsSaying(secret), settings);
  expect(await session.queryAll(['select current_user::text as me'])).toEqual([[{ me: role }]]);
  await session.close();
});

describe('secrets that rotate', () => {
  test('a refused sign-in is tried once more with the fresh secret', async () => {
    const secrets = secretsSaying(db.urlFor(role, 'the old one'), monitorUrl());
    const session = await connect(secrets);
    await session.close();
    expect(secrets.reads).toEqual(['kept', 'fresh']);
  });

  test('and not a third time', async () => {
    const secrets = secretsSaying(db.urlFor(role, 'old'), db.urlFor(role, 'new and wrong'), monitorUrl());
    expect(await failureOf(connect(secrets))).toMatchObject({ reason: 'authentication' });
    expect(secrets.reads).toEqual(['kept', 'fresh']);
  });

  test('and not at all when the secret is the same, nor after another failure', async () => {
    const server = await fakeServer((socket) => socket.once('data', () => socket.end(errorResponse('28P01', 'no'))));
    const same = secretsSaying(`postgres://u:p@127.0.0.1:${server.port}/d`);
    expect(await failureOf(connect(same))).toMatchObject({ reason: 'authentication' });
    expect([same.reads, server.connections.had]).toEqual([['kept', 'fresh'], 1]);
    await server.close();

    const missing = secretsSaying(monitorUrl().replace(db.name, 'not_there'));
    expect(await failureOf(connect(missing))).toMatchObject({ reason: 'missing' });
    expect(missing.reads).toEqual(['kept']);
  });
});

describe('deadlines', () => {
  test.each([
    ['before the first step', () => {}],
    ['when nothing is answered', () => {}],
    [
      'when only the wish for TLS is answered',
      (socket: import('node:net').Socket) => socket.once('data', () => socket.write('S')),
    ],
  ])('%s', async (when, serve) => {
    const server = await fakeServer(serve);
    const deadline = new AbortController();
    if (when === 'before the first step') deadline.abort();
    const tls = when.includes('TLS') ? ({ mode: 'verify-full' } as const) : plain.tls;
    const secrets = secretsSaying(`postgres://u:${planted}@127.0.0.1:${server.port}/d`);
    const connecting = failureOf(connect(secrets, { ...plain, tls }, deadline.signal));
    if (when !== 'before the first step') {
      await expect.poll(() => server.connections.open).toBe(1);
      deadline.abort();
      const error = await connecting;
      expect(error.message).toMatch(/^127\.0\.0\.1:\d+\/d accepted the connection and did not answer in time$/);
    }
    expect(await connecting).toMatchObject({ reason: 'timeout' });
    await expect.poll(() => server.connections.open).toBe(0);
    await server.close();
  });

  test('a query that runs on is stopped, at the server too', async () => {
    const session = await connect(secretsSaying(monitorUrl()));
    const deadline = new AbortController();
    const asking = failureOf(session.queryAll(['select pg_sleep(100)'], deadline.signal));
    const running = async (): Promise<unknown[]> =>
      db.query(`select 1 from pg_stat_activity where usename = '${role}' and query like 'select pg_sleep%'`);
    await expect.poll(running).toHaveLength(1);
    deadline.abort();
    expect(await asking).toMatchObject({
      reason: 'timeout',
      message: expect.stringContaining('did not finish the query in time'),
    });
    await expect.poll(() => backends(role)).toBe(0);
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
    const asking = failureOf(session.queryAll(['select pg_sleep(100)']));
    await expect
      .poll(() => db.query(`select pg_terminate_backend(pid) from pg_stat_activity where usename = '${role}'`))
      .toHaveLength(1);
    expect(await asking).toMatchObject({ reason: 'unavailable' });
    await session.close();
  });
});

test('a session whose server went away between two queries says so at the next', async () => {
  const session = await connect(secretsSaying(monitorUrl()));
  await db.query(`select pg_terminate_backend(pid) from pg_stat_activity where usename = '${role}'`);
  await expect.poll(() => backends(role)).toBe(0);
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
