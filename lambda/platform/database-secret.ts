// What a database secret says: a postgres URL, or JSON as RDS and its rotation functions write it. Pure. An error
// names the field that is missing or wrong; it never repeats what the secret holds, nor keeps it as its cause.
import * as z from 'zod';
import { EdgeError } from '../errors.ts';

/** Everything but the encryption that a connection needs. */
export interface Endpoint {
  /** A name, an address, or the folder of a Unix socket. */
  host: string;
  port: number;
  database: string;
  user: string;
  /** Absent when nothing says it: an error only if the server asks for one. */
  password?: string | undefined;
}

type PartialEndpoint = { [Field in keyof Endpoint]?: Endpoint[Field] | undefined };

const text = z
  .string()
  .transform((value) => value || undefined)
  .optional();

// https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
const rdsSecret = z.object({
  engine: z
    .string()
    .regex(/postgres/i)
    .optional(),
  username: text,
  password: text,
  host: text,
  port: z.coerce.number().int().min(1).max(65_535).optional(),
  dbname: text,
});

// Applications write their driver into the scheme: postgresql+psycopg2://, postgresql+asyncpg://.
const scheme = /^postgres(ql)?(\+[a-z0-9]+)?:\/\//i;

/**
 * @param source names the secret in errors: "the secret prod/pap-api/database"
 * @throws EdgeError `invalid`
 */
export function parseDatabaseSecret(secret: string, source: string): PartialEndpoint {
  const content = secret.trim();
  if (content.startsWith('{')) return parseJson(content, source);
  if (!scheme.test(content)) throw invalid(`${source} is neither a postgres URL nor JSON`);
  return parseUrl(content, source).endpoint;
}

function parseJson(content: string, source: string): PartialEndpoint {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    throw invalid(`${source} starts like JSON and is not valid JSON`);
  }
  const parsed = rdsSecret.safeParse(value);
  if (!parsed.success) {
    const fields = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.')))];
    throw invalid(`${source} has an unusable ${fields.join(', ')}`);
  }
  const { username: user, password, host, port, dbname: database } = parsed.data;
  return { host, port, database, user, password };
}

/**
 * A connection URL as libpq documents it, one host only. Of its parameters, those that say where to and who are read
 * into the endpoint; the others are given as they are.
 * https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS
 *
 * @throws EdgeError `invalid`
 */
export function parseUrl(
  content: string,
  source: string,
): { endpoint: PartialEndpoint; parameters: ReadonlyMap<string, string> } {
  if (!scheme.test(content)) throw invalid(`${source} is not a postgres URL`);
  try {
    // A URL with a user and no host is fine for libpq, and not for WHATWG: .invalid never exists (RFC 2606).
    const url = new URL(
      content.replace(scheme, 'postgres://').replace(/^(postgres:\/\/[^/?#]*@)(?=[/?]|$)/, '$1none.invalid'),
    );
    const parameters = new Map(url.searchParams);
    const part = (value: string): string | undefined => decodeURIComponent(value) || undefined;
    const host = url.hostname === 'none.invalid' ? undefined : part(url.hostname.replace(/^\[(.*)\]$/, '$1'));
    const port = parameters.get('port') ?? url.port;
    return {
      endpoint: {
        host: parameters.get('host') ?? host,
        port: port === '' ? undefined : z.coerce.number().int().min(1).max(65_535).parse(port),
        database: parameters.get('dbname') ?? part(url.pathname.slice(1)),
        user: parameters.get('user') ?? part(url.username),
        password: parameters.get('password') ?? part(url.password),
      },
      parameters,
    };
  } catch {
    // What URL, decodeURIComponent and zod throw quotes the URL.
    throw invalid(`${source} is not a valid postgres URL`);
  }
}

function invalid(message: string): EdgeError {
  return new EdgeError('invalid', message, {
    remedy:
      'Store postgres://user:password@host:port/database with special characters percent-encoded (one host only), or JSON with username, password, host, port and dbname.',
  });
}
