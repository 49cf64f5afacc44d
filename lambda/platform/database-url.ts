// A database given as a URL on the command line, in the terms of settings: where and as whom is a setting, the password
// is a secret that only the `secrets` returned beside them know. So settings never hold one, here as elsewhere.
import { readFileSync } from 'node:fs';
import { type DatabaseSettings, type SslMode, sslModes, type TlsSettings } from '../config/database.ts';
import { EdgeError } from '../errors.ts';
import { parseUrl } from './database-secret.ts';
import type { Secrets } from './ports.ts';

export interface DatabaseFromUrl {
  settings: DatabaseSettings;
  /** Knows the one secret that the settings name. Give it to `createDatabases`. */
  secrets: Secrets;
}

const reference = 'given-url';

/**
 * Reads a URL as libpq does (`sslmode`, `ssl=true`, `sslrootcert`), one host only; a password that is not in it is
 * taken from PGPASSWORD, which other users of the machine cannot see. Other parameters (`schema`, `connect_timeout`,
 * what pools and frameworks add) do not say where to connect and are left aside. Unlike libpq, `verify-full` without
 * `sslrootcert` trusts the public authorities and those of RDS.
 *
 * @default sslmode=prefer (libpq's), port 5432, host localhost, the database named like the user
 * @throws EdgeError `invalid`, without a part of the URL in it; `missing` for a certificate file
 */
export function databaseFromUrl(
  url: string,
  options: { environment?: Readonly<Record<string, string | undefined>> } = {},
): DatabaseFromUrl {
  const { endpoint, parameters } = parseUrl(url.trim(), 'the database URL');
  const { host = 'localhost', port = 5432, user, database = user } = endpoint;
  if (user === undefined || database === undefined) {
    throw invalid('the database URL names no user', 'Write postgres://user@host/database.');
  }
  const password = endpoint.password ?? options.environment?.PGPASSWORD;
  return {
    settings: { secret: reference, host, port, database, user, tls: tlsOf(parameters) },
    secrets: {
      async read(wanted) {
        if (wanted === reference) return JSON.stringify({ password });
        throw new EdgeError('missing', `there is no secret ${wanted} beside a database URL`, {
          remedy: 'Use a settings file for databases whose password is in a secret.',
        });
      },
    },
  };
}

function tlsOf(parameters: ReadonlyMap<string, string>): TlsSettings {
  const root = parameters.get('sslrootcert');
  const fallback = parameters.get('ssl') === 'true' ? 'require' : root === 'system' ? 'verify-full' : 'prefer';
  const mode = parameters.get('sslmode') ?? fallback;
  if (!isSslMode(mode)) {
    throw invalid('the database URL has an unknown sslmode', `Use one of ${sslModes.join(', ')}.`);
  }
  if (root === 'system') {
    if (mode === 'verify-full') return { mode };
    throw invalid(`sslrootcert=system is too little for sslmode=${mode}`, 'Use sslmode=verify-full with it.');
  }
  if (root !== undefined && (mode === 'require' || mode.startsWith('verify'))) return { mode, ca: readRoot(root) };
  if (mode === 'verify-ca')
    throw invalid('sslmode=verify-ca needs an sslrootcert', 'Name its file, or use verify-full.');
  return { mode };
}

function isSslMode(text: string): text is SslMode {
  return (sslModes as readonly string[]).includes(text);
}

function readRoot(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new EdgeError('missing', `the certificate file ${path} (sslrootcert) cannot be read`, {
      remedy: 'Correct its path, or make it readable.',
      cause,
    });
  }
}

function invalid(message: string, remedy: string): EdgeError {
  return new EdgeError('invalid', message, { remedy });
}
