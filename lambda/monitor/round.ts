// What a round of a watch does beside a run: it finds out whether the target is (still) watched, begins a watch that was
// asked for and did not reach the state, and closes the record of one that is over.
import { failureFields } from '../errors.ts';
import type { Telemetry } from '../platform/ports.ts';
import type { WatchRequest } from '../watch/watch.ts';
import type { MemoryPlace, Recalled } from './memory/memory.ts';
import type { TargetState } from './memory/state.ts';
import { closeWatchRecord, readWatchRecord } from './memory/watch-records.ts';

/** Whether the target is watched, and the watch to begin first. The record is read only when the state knows of none. */
export async function planRound(
  place: MemoryPlace,
  target: string,
  recalled: Recalled,
): Promise<{ watched: boolean; begin?: WatchRequest }> {
  const state = recalled.kind === 'state' ? recalled.state : undefined;
  if (state?.watching) return { watched: true };
  const { record } = await readWatchRecord(place, target);
  if (!record || record.over) return { watched: false };
  const { watch } = record;
  const isEnded = state?.lastWatch && Date.parse(state.lastWatch.startedAt) >= Date.parse(watch.startedAt);
  return isEnded ? { watched: false } : { watched: true, begin: watch };
}

/**
 * After the report of a watch that is over was sent, or is known to wait in the outbox. When it cannot be written, the
 * next tick comes back to it.
 */
export async function endRound(
  place: MemoryPlace,
  { target, watching, lastWatch }: TargetState,
  telemetry: Telemetry,
): Promise<void> {
  if (watching || !lastWatch) return;
  try {
    await closeWatchRecord(place, target, lastWatch);
  } catch (error) {
    telemetry.warn('the record of a watch that is over could not be closed; the next tick does', {
      target,
      ...failureFields(error),
    });
  }
}
