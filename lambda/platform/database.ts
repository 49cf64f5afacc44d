// Connections to monitored databases: where to and as whom (settings, secret or IAM token), how far encrypted, and what
// to do when refused. Secrets rotate, so a refused sign-in is tried once more with a fresh secret if that says
// something new, and never again: repeated refusals lock accounts.
import type { DatabaseSettings } from '../config/database.ts';
import { EdgeError } from '../errors.ts';
import { addressOf, databaseError, databaseTimeout, encryptionMayBeWhy } from './database-errors.ts';
import { type Endpoint, parseDatabaseSecret } from './database-secret.ts';
import { openSession, untilAborted } from './database-session.ts';
import type { DatabaseSession, Databases, Heap, Secrets } from './ports.ts';
import { encryptions } from './tls.ts';

type WithSecret = Extract<DatabaseSettings, { secret: string }>;
type WithIam = Extract<DatabaseSettings, { iam: true }>;

export interface DatabasesOptions {
  secrets: Secrets;
  /** Asked for room while answers come. @default nobody is asked */
  heap?: Heap;
}

export function createDatabases({ secrets, heap }: DatabasesOptions): Databases {
  return {
    async connect(settings, { signal }) {
      const connectTo = (to: Endpoint): Promise<DatabaseSession> => sessionWith(to, settings, signal, heap);
      if ('iam' in settings) return connectTo(await endpointWithToken(settings, signal));
      const endpoint = await endpointFromSecret(secrets, settings, { signal });
      try {
        return await connectTo(endpoint);
      } catch (error) {
        if (!(error instanceof EdgeError) || error.reason !== 'authentication') throw error;
        const rotated = await endpointFromSecret(secrets, settings, { signal, fresh: true });
        if (rotated.user === endpoint.user && rotated.password === endpoint.password) throw error;
        return await connectTo(rotated);
      }
    },
  };
}

/** Tries the ways of encrypting that the mode allows; what the last one met is what is reported. */
async function sessionWith(
  to: Endpoint,
  { tls }: DatabaseSettings,
  signal: AbortSignal,
  heap: Heap | undefined,
): Promise<DatabaseSession> {
  const [first, ...others] = await encryptions(tls, to.host);
  let attempt = openSession(to, first, signal, heap);
  for (const other of others) {
    attempt = attempt.catch((error: unknown) => {
      // Not after a wrong password, where libpq would send it a second time.
      if (!encryptionMayBeWhy(error)) throw error;
      return openSession(to, other, signal, heap);
    });
  }
  return attempt.catch((error: unknown) => {
    throw databaseError(error, to, 'waiting for PostgreSQL');
  });
}

async function endpointFromSecret(
  secrets: Secrets,
  settings: WithSecret,
  options: { signal: AbortSignal; fresh?: boolean },
): Promise<Endpoint> {
  const source = `the secret ${settings.secret}`;
  const said = parseDatabaseSecret(await secrets.read(settings.secret, options), source);
  const { host = said.host, port = said.port ?? 5432, database = said.database, user = said.user } = settings;
  if (host && database && user) return { host, port, database, user, password: said.password };
  const missing = Object.entries({ host, database, user }).flatMap(([field, value]) => (value ? [] : [field]));
  throw new EdgeError('invalid', `${source} does not say ${missing.join(', ')}, and neither do the settings`, {
    remedy: `Add ${missing.map((field) => `database.${field}`).join(', ')} to the settings of the target, or to the secret.`,
  });
}

// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html
async function endpointWithToken(settings: WithIam, signal: AbortSignal): Promise<Endpoint> {
  const { host, port, database, user, region } = settings;
  const { Signer } = await import('@aws-sdk/rds-signer');
  const signer = new Signer({ hostname: host, port, username: user, ...(region === undefined ? {} : { region }) });
  const to = { host, port, database, user };
  try {
    const password = await untilAborted(signer.getAuthToken(), signal, () => databaseTimeout(to, 'connecting'));
    return { ...to, password };
  } catch (error) {
    if (error instanceof EdgeError) throw error;
    throw new EdgeError('authentication', `no IAM token could be made for ${user} at ${addressOf(to)}`, {
      remedy: 'Give this process AWS credentials and a region, or set database.region.',
      cause: error,
    });
  }
}
