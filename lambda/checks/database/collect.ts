// Connects to the target's database and makes one round trip. Gathers facts only; a failure is a fact with its stage.
import type { DatabaseSettings } from '../../config/database.ts';
import { EdgeError, type EdgeReason } from '../../errors.ts';
import type { CollectContext } from '../../monitor/check.ts';
import { lastRefusal, minuteOf, type Refusal, stillHolds, triedAgainFrom } from '../../monitor/refused-credentials.ts';
import type { DatabaseCheckSettings } from './settings.ts';

export type DatabaseEvidence =
  | { answered: true; connectMs: number; roundTripMs: number; serverVersion: number }
  | {
      answered: false;
      /**
       * `credentials`: they could not be read, so nothing was tried at the database; `cut`: the time of the run was up
       * before that of the database; `held`: the credentials were refused before, so nothing was tried.
       */
      stage: 'credentials' | 'database' | 'cut' | 'held';
      reason: EdgeReason;
      message: string;
      remedy: string;
      /** Set when credentials were refused, in this run or in an earlier one that still counts. */
      refusal: Refusal | null;
    };

type Context = CollectContext<DatabaseCheckSettings>;
type Stage = Extract<DatabaseEvidence, { answered: false }>['stage'];

export async function collect(context: Context): Promise<DatabaseEvidence> {
  const { database, ports, signal, target } = context;
  if (database === undefined) {
    const message = `the target ${target} has no database in the settings`;
    return failed('credentials', new EdgeError('missing', message, { remedy: 'Give the target a "database".' }), null);
  }
  // An IAM token is made anew each time: there is no password to refuse and no account to lock.
  if (!('secret' in database)) return connectWithin(context, database);

  const last = lastRefusal(context.memory) ?? null;
  const aboutNow = async (fresh: boolean) => ({
    place: `the database of ${target}`,
    credentials: database.secret,
    secretVersion: (await ports.secrets.version?.(database.secret, { fresh, signal })) ?? null,
  });
  try {
    if (last && stillHolds(last, ports.clock.now(), await aboutNow(true))) return held(last);
    // Read here as well, into the same cache, since a secret that cannot be read says nothing of the database.
    await ports.secrets.read(database.secret, { signal });
  } catch (error) {
    return failed('credentials', error, last);
  }
  const evidence = await connectWithin(context, database);
  if (evidence.answered || evidence.reason !== 'authentication') return evidence;
  const refusedAt = ports.clock.now().toISOString();
  // What was refused is what the cache holds now: a sign-in that is refused reads the secret again.
  return { ...evidence, refusal: { ...(await aboutNow(false)), refusedAt, said: evidence.message } };
}

/** A round trip within the time that the settings allow, or what kept it from working. */
async function connectWithin(
  { settings, ports, signal }: Context,
  database: DatabaseSettings,
): Promise<DatabaseEvidence> {
  const answered = new AbortController();
  const limit = new AbortController();
  void ports.clock.sleep(settings.answerWithin, AbortSignal.any([signal, answered.signal])).then(
    () => limit.abort(),
    () => undefined,
  );
  try {
    return await roundTrip(database, ports, AbortSignal.any([signal, limit.signal]));
  } catch (error) {
    return failed(signal.aborted ? 'cut' : 'database', error, null);
  } finally {
    answered.abort();
  }
}

async function roundTrip(
  database: DatabaseSettings,
  { clock, databases }: Pick<CollectContext<never>['ports'], 'clock' | 'databases'>,
  signal: AbortSignal,
): Promise<DatabaseEvidence> {
  const started = clock.now().getTime();
  const session = await databases.connect(database, { signal });
  try {
    const connected = clock.now().getTime();
    await session.queryAll(['select 1'], signal);
    const ended = clock.now().getTime();
    return {
      answered: true,
      connectMs: connected - started,
      roundTripMs: ended - connected,
      serverVersion: session.serverVersion,
    };
  } finally {
    await session.close();
  }
}

function held(refusal: Refusal): DatabaseEvidence {
  return {
    answered: false,
    stage: 'held',
    reason: 'authentication',
    message: `${refusal.said}, on ${minuteOf(refusal.refusedAt)}; since repeated refusals lock accounts, the next attempt is made from ${triedAgainFrom(refusal)}`,
    remedy: `Bring the secret ${refusal.credentials} and the password of its role together again.`,
    refusal,
  };
}

function failed(stage: Stage, error: unknown, refusal: Refusal | null): DatabaseEvidence {
  if (!(error instanceof EdgeError)) throw error;
  return { answered: false, stage, reason: error.reason, message: error.message, remedy: error.remedy, refusal };
}
