// Signing in to a target's database by the rule that refused credentials are tried once a day at most: every check that
// connects does it through here, and remembers the refusal it is given.

import type { DatabaseSettings } from '../config/database.ts';
import { EdgeError } from '../errors.ts';
import { minuteOf } from '../point-in-time.ts';
import type { CollectContext } from './check.ts';
import { lastRefusal, type Refusal, stillHolds, triedAgainFrom } from './refused-credentials.ts';

export type SignIn<Value> =
  | { ok: true; value: Value }
  | {
      ok: false;
      /**
       * `credentials`: they could not be read, so nothing was tried at the database; `held`: they were refused before,
       * so nothing was tried; `database`: what was tried there failed.
       */
      stage: 'credentials' | 'held' | 'database';
      error: EdgeError;
      /** Set when credentials were refused, in this run or in an earlier one that still counts. */
      refusal: Refusal | null;
    };

type Context = Pick<CollectContext<unknown>, 'target' | 'database' | 'memory' | 'ports' | 'signal'>;

/** @param use connects and does what it came for; its EdgeErrors become values, everything else is thrown */
export async function signIn<Value>(
  context: Context,
  use: (database: DatabaseSettings) => Promise<Value>,
): Promise<SignIn<Value>> {
  const { database, ports, signal, target } = context;
  if (database === undefined) {
    const message = `the target ${target} has no database in the settings`;
    return failed('credentials', new EdgeError('missing', message, { remedy: 'Give the target a "database".' }), null);
  }
  // An IAM token is made anew each time: there is no password to refuse and no account to lock.
  if (!('secret' in database)) return attempt(() => use(database));

  const last = lastRefusal(context.memory) ?? null;
  const aboutNow = async (fresh: boolean) => ({
    place: `the database of ${target}`,
    credentials: database.secret,
    secretVersion: (await ports.secrets.version?.(database.secret, { fresh, signal })) ?? null,
  });
  try {
    if (last && stillHolds(last, ports.clock.now(), await aboutNow(true))) return failed('held', held(last), last);
    // Read here as well, into the same cache, since a secret that cannot be read says nothing of the database.
    await ports.secrets.read(database.secret, { signal });
  } catch (error) {
    return failed('credentials', error, last);
  }
  const result = await attempt(() => use(database));
  if (result.ok || result.error.reason !== 'authentication') return result;
  const refusedAt = ports.clock.now().toISOString();
  // What was refused is what the cache holds now: a sign-in that is refused reads the secret again.
  return { ...result, refusal: { ...(await aboutNow(false)), refusedAt, said: result.error.message } };
}

async function attempt<Value>(use: () => Promise<Value>): Promise<SignIn<Value>> {
  try {
    return { ok: true, value: await use() };
  } catch (error) {
    return failed('database', error, null);
  }
}

function held(refusal: Refusal): EdgeError {
  const message = `${refusal.said}, on ${minuteOf(refusal.refusedAt)}; since repeated refusals lock accounts, the next attempt is made from ${triedAgainFrom(refusal)}`;
  return new EdgeError('authentication', message, {
    remedy: `Bring the secret ${refusal.credentials} and the password of its role together again.`,
  });
}

function failed(stage: 'credentials' | 'held' | 'database', error: unknown, refusal: Refusal | null) {
  if (!(error instanceof EdgeError)) throw error;
  return { ok: false, stage, error, refusal } as const;
}
