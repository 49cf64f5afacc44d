import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EdgeError } from '../../lambda/errors.ts';
import { parseDatabaseSecret } from '../../lambda/platform/database-secret.ts';
import { databaseFromUrl } from '../../lambda/platform/database-url.ts';

const planted = 'Tr0ub4dor-planted';

function failureOf(act: () => unknown): EdgeError {
  try {
    act();
  } catch (error) {
    if (error instanceof EdgeError) return error;
  }
  throw new Error('expected an EdgeError');
}

describe('what a secret says', () => {
  test.each([
    ['a URL', 'postgres://u:p@h:6543/d', { host: 'h', port: 6543, database: 'd', user: 'u', password: 'p' }],
    ['the other scheme', 'postgresql://u:p@h/d', { host: 'h', database: 'd', user: 'u', password: 'p' }],
    ['a driver in the scheme', 'postgresql+psycopg2://u:p@h/d', { host: 'h', database: 'd', user: 'u', password: 'p' }],
    [
      'percent-encoding',
      'postgres://a%40b:p%2Fw%23%25@h/my%20db',
      { host: 'h', database: 'my db', user: 'a@b', password: 'p/w#%' },
    ],
    [
      'parameters of a framework',
      'postgres://u:p@h/d?schema=public&connection_limit=5',
      { host: 'h', database: 'd', user: 'u', password: 'p' },
    ],
    [
      'parameters in place of parts',
      'postgres:///?host=h&port=6543&dbname=d&user=u&password=p',
      { host: 'h', port: 6543, database: 'd', user: 'u', password: 'p' },
    ],
    ['a socket folder', 'postgres://u:p@%2Fvar%2Frun/d', { host: '/var/run', database: 'd', user: 'u', password: 'p' }],
    [
      'a socket folder as parameter',
      'postgres://u:p@/d?host=/var/run',
      { host: '/var/run', database: 'd', user: 'u', password: 'p' },
    ],
    [
      'an IPv6 address',
      'postgres://u:p@[::1]:6543/d',
      { host: '::1', port: 6543, database: 'd', user: 'u', password: 'p' },
    ],
    ['white space around', '  postgres://u:p@h/d\n', { host: 'h', database: 'd', user: 'u', password: 'p' }],
    ['parts left out', 'postgres://h', { host: 'h' }],
    [
      'what RDS writes',
      '{"username":"u","password":"p","engine":"postgres","host":"h","port":5433,"dbname":"d","dbInstanceIdentifier":"i"}',
      { host: 'h', port: 5433, database: 'd', user: 'u', password: 'p' },
    ],
    ['what RDS manages itself', '{"username":"u","password":"p"}', { user: 'u', password: 'p' }],
    [
      'Aurora, a port as text',
      '{"username":"u","password":"p","engine":"aurora-postgresql","port":"5433"}',
      { port: 5433, user: 'u', password: 'p' },
    ],
    ['empty fields', '{"username":"u","password":"","host":""}', { user: 'u' }],
  ])('%s', (_, secret, endpoint) => {
    expect(parseDatabaseSecret(secret, 'the secret x')).toEqual(endpoint);
  });

  test.each([
    ['a bare password', planted, 'the secret x is neither a postgres URL nor JSON'],
    ['another database', `mysql://u:${planted}@h/d`, 'the secret x is neither a postgres URL nor JSON'],
    ['broken JSON', `{"password": ${planted}}`, 'the secret x starts like JSON and is not valid JSON'],
    ['wrong types', `{"username": 5, "password": ["${planted}"]}`, 'the secret x has an unusable username, password'],
    ['another engine', `{"engine": "mysql", "password": "${planted}"}`, 'the secret x has an unusable engine'],
    ['a port that is none', `{"port": "${planted}"}`, 'the secret x has an unusable port'],
    ['a raw # in the password', `postgres://u:${planted}#1@h/d`, 'the secret x is not a valid postgres URL'],
    ['a raw % in the password', `postgres://u:${planted}%zz@h/d`, 'the secret x is not a valid postgres URL'],
    ['several hosts', `postgres://u:${planted}@h1:1,h2:2/d`, 'the secret x is not a valid postgres URL'],
    ['a port out of range', `postgres://u:${planted}@h/d?port=70000`, 'the secret x is not a valid postgres URL'],
  ])('refuses %s, without repeating it', (_, secret, message) => {
    const error = failureOf(() => parseDatabaseSecret(secret, 'the secret x'));
    expect(error).toMatchObject({ reason: 'invalid', message });
    expect(error.remedy).toContain('percent-encoded');
    expect(inspect(error, { depth: 10 })).not.toContain(planted);
  });

  test('any user, password and database come through a URL that encodes them', () => {
    const part = fc.string({ minLength: 1, unit: 'grapheme' });
    fc.assert(
      fc.property(
        part,
        part,
        part.filter((name) => name !== '.' && name !== '..'),
        (user, password, database) => {
          const url = `postgres://${[user, password].map(encodeURIComponent).join(':')}@h/${encodeURIComponent(database)}`;
          expect(parseDatabaseSecret(url, 'x')).toEqual({ host: 'h', user, password, database });
        },
      ),
    );
  });
});

describe('a database given as a URL', () => {
  test('the password is in the secret alone', async () => {
    const { settings, secrets } = databaseFromUrl(`postgres://u:${planted}@h:6543/d?schema=public`);
    expect(settings).toEqual({
      secret: 'given-url',
      host: 'h',
      port: 6543,
      database: 'd',
      user: 'u',
      tls: { mode: 'prefer' },
    });
    expect(parseDatabaseSecret(await secrets.read('given-url'), 'x').password).toBe(planted);
    await expect(secrets.read('another')).rejects.toMatchObject({ reason: 'missing' });
  });

  test('what it leaves out is what libpq assumes', async () => {
    const environment = { PGPASSWORD: planted };
    const { settings, secrets } = databaseFromUrl('postgres://u@', { environment });
    expect(settings).toMatchObject({ host: 'localhost', port: 5432, database: 'u', user: 'u' });
    expect(await secrets.read('given-url')).toContain(planted);
    expect(await databaseFromUrl('postgres://u@h').secrets.read('given-url')).toBe('{}');
  });

  const root = new URL('../../package.json', import.meta.url).pathname;
  test.each([
    ['', { mode: 'prefer' }],
    ['?ssl=true', { mode: 'require' }],
    ['?sslmode=disable', { mode: 'disable' }],
    ['?sslmode=verify-full', { mode: 'verify-full' }],
    ['?sslrootcert=system', { mode: 'verify-full' }],
    [`?sslmode=prefer&sslrootcert=${root}`, { mode: 'prefer' }],
    [`?sslmode=require&sslrootcert=${root}`, { mode: 'require', ca: expect.stringContaining('"driftwatch"') }],
    [`?sslmode=verify-ca&sslrootcert=${root}`, { mode: 'verify-ca', ca: expect.stringContaining('"driftwatch"') }],
  ])('encryption of %j', (parameters, tls) => {
    expect(databaseFromUrl(`postgres://u@h/d${parameters}`).settings.tls).toEqual(tls);
  });

  test.each([
    [`postgres://:${planted}@h/d`, 'the database URL names no user'],
    [planted, 'the database URL is not a postgres URL'],
    [`postgres://u:${planted}@h/d?sslmode=no-verify`, 'the database URL has an unknown sslmode'],
    [`postgres://u:${planted}@h/d?sslmode=verify-ca`, 'sslmode=verify-ca needs an sslrootcert'],
    [
      `postgres://u:${planted}@h/d?sslmode=require&sslrootcert=system`,
      'sslrootcert=system is too little for sslmode=require',
    ],
    [
      `postgres://u:${planted}@h/d?sslmode=require&sslrootcert=/nowhere.pem`,
      'the certificate file /nowhere.pem (sslrootcert) cannot be read',
    ],
  ])('refused, without the password (%#)', (url, message) => {
    const error = failureOf(() => databaseFromUrl(url));
    expect(error.message).toBe(message);
    expect(inspect(error, { depth: 10 })).not.toContain(planted);
  });
});
