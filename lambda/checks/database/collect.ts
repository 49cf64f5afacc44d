// Connects to the target's database and makes one round trip. Gathers facts only; a failure is a fact with its stage.
import type { DatabaseSettings } from '../../config/database.ts';
import { EdgeError, type EdgeReason } from '../../errors.ts';
import type { CollectContext } from '../../monitor/check.ts';
import type { DatabaseCheckSettings } from './settings.ts';

export type DatabaseEvidence =
  | { answered: true; connectMs: number; roundTripMs: number; serverVersion: number }
  | {
      answered: false;
      /**
       * `credentials`: they could not be read, so nothing was tried at the database; `cut`: the time of the run was up
       * before that of the database.
       */
      stage: 'credentials' | 'database' | 'cut';
      reason: EdgeReason;
      message: string;
      remedy: string;
    };

export async function collect(context: CollectContext<DatabaseCheckSettings>): Promise<DatabaseEvidence> {
  const { database, settings, ports, signal } = context;
  if (database === undefined) {
    const message = `the target ${context.target} has no database in the settings`;
    return failed('credentials', new EdgeError('missing', message, { remedy: 'Give the target a "database".' }));
  }
  try {
    // Read here as well, from the same cache, since a secret that cannot be read says nothing of the database.
    if ('secret' in database) await ports.secrets.read(database.secret, { signal });
  } catch (error) {
    return failed('credentials', error);
  }
  const answered = new AbortController();
  const limit = new AbortController();
  void ports.clock.sleep(settings.answerWithin, AbortSignal.any([signal, answered.signal])).then(
    () => limit.abort(),
    () => undefined,
  );
  try {
    return await roundTrip(database, ports, AbortSignal.any([signal, limit.signal]));
  } catch (error) {
    return failed(signal.aborted ? 'cut' : 'database', error);
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

function failed(stage: 'credentials' | 'database' | 'cut', error: unknown): DatabaseEvidence {
  if (!(error instanceof EdgeError)) throw error;
  return { answered: false, stage, reason: error.reason, message: error.message, remedy: error.remedy };
}
