// Targets that bring the functions to every place where they could say a secret: sign-ins to databases and
// applications that work, that are refused, and that go wrong in the ways there are.
import type { MonitorInput } from '../../lambda/config/index.ts';

type Target = MonitorInput['targets'][string];

export interface Scenario {
  target: Target;
  /** What is in Secrets Manager for it, by name. */
  secrets: Record<string, string>;
  /** What its check says: that it was brought where it should go. */
  says: RegExp;
  /** All is as it should be, and nobody is told. @default false */
  well?: boolean;
}

export interface DatabasePlaces {
  /** Ports of PostgreSQL, of one with TLS, and of what repeats passwords. */
  ports: { plain: number; tls: number; repeating: number };
  passwords: { right: string; wrong: string; bare: string };
}

/** Of a role `watcher` that may read the databases `production` and `old`. */
export function databaseScenarios({ ports, passwords }: DatabasePlaces): Record<string, Scenario> {
  const url = (more: { password?: string; database?: string; port?: number } = {}): string => {
    const { password = passwords.right, database = 'production', port = ports.plain } = more;
    return `postgres://watcher:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
  };
  const host = { host: '127.0.0.1', port: ports.plain, dbname: 'production' };
  const asRds = JSON.stringify({ username: 'watcher', password: passwords.right, ...host });
  const comparing = { checks: { schema: { model: 'app' } } };

  const signIns: Record<string, { secret: string; says: RegExp; more?: Partial<Target>; well?: true }> = {
    well: { secret: url(), says: /objects equal/, more: comparing, well: true },
    drifted: { secret: url({ database: 'old' }), says: /4 differences/, more: comparing },
    'as-rds-writes-it': { secret: asRds, says: /^connected/, well: true },
    'wrong-password': { secret: url({ password: passwords.wrong }), says: /refused the password of watcher/ },
    'no-such-database': { secret: url({ database: 'nowhere' }), says: /no database "nowhere"/ },
    'no-tls': { secret: url(), says: /does not offer TLS/, more: { database: { secret: 'db-no-tls' } } },
    untrusted: {
      secret: url({ database: 'postgres', port: ports.tls }),
      says: /certificate of an authority that is not trusted/,
      more: { database: { secret: 'db-untrusted' } },
    },
    repeating: { secret: url({ port: ports.repeating }), says: /no such password: \*\*\*/ },
    'nobody-listens': { secret: url({ port: 1 }), says: /nothing listens on that port/ },
    'half-a-json': { secret: `{"username":"watcher","password":"${passwords.bare}`, says: /not valid JSON/ },
    'a-wrong-port': { secret: url({ port: 99_999 }), says: /not a valid postgres URL/ },
    'only-the-password': { secret: passwords.right, says: /neither a postgres URL nor JSON/ },
    'the-wrong-json': { secret: JSON.stringify({ password: { value: passwords.right } }), says: /unusable password/ },
    'from-environment': { secret: '', says: /^connected/, more: inEnvironment('DATABASE_URL'), well: true },
    'wrong-in-environment': { secret: '', says: /refused the password/, more: inEnvironment('WRONG_DATABASE_URL') },
  };
  return Object.fromEntries(
    Object.entries(signIns).map(([name, { secret, says, more, well = false }]) => [
      `db-${name}`,
      {
        target: { environment: 'test', database: { secret: `db-${name}`, tls: { mode: 'disable' } }, ...more },
        secrets: { [`db-${name}`]: secret },
        says,
        well,
      },
    ]),
  );
}

function inEnvironment(variable: string): Partial<Target> {
  return { database: { secret: `env:${variable}`, tls: { mode: 'disable' } } };
}

export interface ApplicationPlaces {
  /** The careless application. */
  url: string;
  password: string;
  apiKey: string;
  bare: string;
}

export function probeScenarios({ url, password, apiKey, bare }: ApplicationPlaces): Record<string, Scenario> {
  const credentials = JSON.stringify({ username: 'monitor', password });
  const login = (name: string, says: RegExp, more: { form?: true; call?: true; secret?: string } = {}): Scenario => ({
    target: probing({
      url: `${url}/${name}/login`,
      headers: { 'x-api-key': { secret: 'env:API_KEY' } },
      login: {
        credentials: `login-${name}`,
        ...(more.form && { encoding: 'form' }),
        ...(more.call && { call: { url: `${url}/${name}/me`, expect: {} } }),
      },
    }),
    secrets: { [`login-${name}`]: more.secret ?? credentials },
    says,
  });
  const withKey = (name: string, says: RegExp, expect: object = {}): Scenario => ({
    target: probing({
      url: `${url}/key/${name}`,
      headers: { 'x-api-key': { secret: `key-${name}` } },
      version: 'version',
      expect,
    }),
    secrets: { [`key-${name}`]: apiKey },
    says,
  });
  return {
    'probe-well': { ...login('well', /answered as expected/, { call: true }), well: true },
    'probe-refusing': login('refusing', /refused the credentials/),
    'probe-echoing': login('echoing', /500 instead of 200.*It said: cannot handle/),
    'probe-page': login('page', /500 instead of 200.*It said: Error/, { form: true }),
    'probe-away': login('away', /redirect to http:\/\/localhost/),
    'probe-created': login('created', /201 instead of 200/),
    'probe-elsewhere': login('elsewhere', /without a token at access_token/),
    'probe-leaking': login('leaking', /503 instead of 200.*refresh_token/),
    'probe-afterwards': login('afterwards', /me answered 500 instead of 200/, { call: true }),
    'probe-cut-off': login('cut-off', /does not hold JSON/, { secret: `{"username":"monitor","password":"${bare}` }),
    'probe-misspelt': login('misspelt', /does not hold JSON/, { secret: JSON.stringify({ passwort: password }) }),
    'probe-broken': withKey('broken', /500 instead of 200/),
    'probe-health': withKey('health', /should satisfy status/, { json: ["status == 'healthy'", "session == 'none'"] }),
    'probe-version': { ...withKey('version', /answered as expected/), well: true },
    'probe-text': withKey('text', /contain/, { contains: ['all right'] }),
  };
}

type Probe = NonNullable<NonNullable<Target['checks']>['probe']>;

function probing(probe: Probe): Target {
  return { environment: 'test', checks: { probe: { ...probe, failAfter: 1 } } };
}
