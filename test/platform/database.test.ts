// Getting a session or being told why not: servers that refuse, servers that are not there, secrets that rotate.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EdgeError } from '../../lambda/errors.ts';
import { useDatabase } from '../support/postgres.ts';
import { connect, eventually, failureOf, plain, planted, secretsSaying } from './monitored-database.ts';
import { errorResponse, type FakeServer, fakeServer } from './tls-postgres.ts';

const db = useDatabase();
const role = `monitor_${randomUUID().slice(0, 8)}`;

beforeAll(async () => {
  await db.query(
    `create role ${role} login password '${planted}'; create role ${role}_idle nologin password '${planted}'`,
  );
});
afterAll(async () => {
  await db.query(`drop owned by ${role}; drop role ${role}, ${role}_idle`);
});

const monitorUrl = (): string => db.urlFor(role, planted);

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
    await eventually(() => server.connections.open).toBe(0);
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
