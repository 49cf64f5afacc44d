// Connects to the target's database and makes one round trip. Gathers facts only; a failure is a fact with its stage.
import type { DatabaseSettings } from '../../config/database.ts';
import type { EdgeReason } from '../../errors.ts';
import type { CollectContext } from '../../monitor/check.ts';
import { type SignIn, signIn } from '../../monitor/database-sign-in.ts';
import type { Refusal } from '../../monitor/refused-credentials.ts';
import type { DatabaseCheckSettings } from './settings.ts';

type Answer = { answered: true; connectMs: number; roundTripMs: number; serverVersion: number };

export type DatabaseEvidence =
  | Answer
  | {
      answered: false;
      /** As signIn has it; `cut`: the time of the run was up before that of the database. */
      stage: Extract<SignIn<never>, { ok: false }>['stage'] | 'cut';
      reason: EdgeReason;
      message: string;
      remedy: string;
      /** Set when credentials were refused, in this run or in an earlier one that still counts. */
      refusal: Refusal | null;
    };

type Context = CollectContext<DatabaseCheckSettings>;

export async function collect(context: Context): Promise<DatabaseEvidence> {
  const result = await signIn(context, (database) => answerWithin(context, database));
  if (result.ok) return result.value;
  const { error, refusal } = result;
  const stage = result.stage === 'database' && context.signal.aborted ? 'cut' : result.stage;
  return { answered: false, stage, reason: error.reason, message: error.message, remedy: error.remedy, refusal };
}

/** A round trip within the time that the settings allow. */
async function answerWithin({ settings, ports, signal }: Context, database: DatabaseSettings): Promise<Answer> {
  const answered = new AbortController();
  const limit = new AbortController();
  void ports.clock.sleep(settings.answerWithin, AbortSignal.any([signal, answered.signal])).then(
    () => limit.abort(),
    () => undefined,
  );
  try {
    return await roundTrip(database, ports, AbortSignal.any([signal, limit.signal]));
  } finally {
    answered.abort();
  }
}

async function roundTrip(
  database: DatabaseSettings,
  { clock, databases }: Pick<Context['ports'], 'clock' | 'databases'>,
  signal: AbortSignal,
): Promise<Answer> {
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
