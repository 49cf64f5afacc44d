// Connects to the target's database and makes one round trip. Gathers facts only; a failure is a fact with its stage.
import { EdgeError, type EdgeReason } from '../../errors.ts';
import type { CollectContext } from '../../monitor/check.ts';
import type { DatabaseCheckSettings } from './settings.ts';

export type DatabaseEvidence =
  | { answered: true; connectMs: number; roundTripMs: number; serverVersion: number }
  | {
      answered: false;
      /** `credentials`: they could not be read, so nothing was tried at the database. */
      stage: 'credentials' | 'database';
      reason: EdgeReason;
      message: string;
      remedy: string;
    };

export async function collect(context: CollectContext<DatabaseCheckSettings>): Promise<DatabaseEvidence> {
  const { database, ports, signal } = context;
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
  try {
    const started = ports.clock.now().getTime();
    const session = await ports.databases.connect(database, { signal });
    try {
      const connected = ports.clock.now().getTime();
      await session.queryAll(['select 1'], signal);
      const ended = ports.clock.now().getTime();
      return {
        answered: true,
        connectMs: connected - started,
        roundTripMs: ended - connected,
        serverVersion: session.serverVersion,
      };
    } finally {
      await session.close();
    }
  } catch (error) {
    return failed('database', error);
  }
}

function failed(stage: 'credentials' | 'database', error: unknown): DatabaseEvidence {
  if (!(error instanceof EdgeError)) throw error;
  return { answered: false, stage, reason: error.reason, message: error.message, remedy: error.remedy };
}
