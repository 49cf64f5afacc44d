// A snapshot that two readings in a row give: one that crosses somebody's DDL can show a state that never was, and nobody
// will read it a second time before it counts.
import { EdgeError } from '../lambda/errors.ts';
import type { DatabaseSession } from '../lambda/platform/ports.ts';
import type { ReadOptions, Snapshot } from '../lambda/postgres/snapshot.ts';
import type { Platform } from './platform.ts';
import { takeSnapshot } from './side.ts';

/** Readings until two in a row agree, and the pause after two that did not. */
const attempts = 6;
const pauseMs = 2_000;

/**
 * @param connect opens a session for one reading
 * @param source names the database in messages
 * @throws EdgeError as takeSnapshot does, and `unavailable` when no two readings agree
 */
export async function takeSteadySnapshot(
  connect: () => Promise<DatabaseSession>,
  source: string,
  options: ReadOptions,
  { clock, signal }: Pick<Platform, 'clock'> & { signal: AbortSignal },
): Promise<Snapshot> {
  const read = async () => {
    const session = await connect();
    return takeSnapshot(session, source, { ...options, now: clock.now(), signal, reconnect: connect }).finally(() =>
      session.close(),
    );
  };
  let before: Snapshot | undefined;
  for (let attempt = 1; ; attempt += 1) {
    const last = attempt === attempts;
    const taken = await read().catch((error: unknown) => {
      if (last || !isBeingChanged(error)) throw error;
      return undefined;
    });
    if (taken && taken.factsHash === before?.factsHash) return taken;
    if (last) {
      throw new EdgeError('unavailable', `The schema of ${source} changed between any two of ${attempt} readings.`, {
        remedy: 'Try again when no migration is running.',
      });
    }
    if (before || !taken) await clock.sleep(pauseMs, signal);
    before = taken;
  }
}

/** Something was locked, or was not answered in time. */
function isBeingChanged(error: unknown): boolean {
  return error instanceof EdgeError && error.reason === 'unavailable';
}
