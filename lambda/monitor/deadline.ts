// Work that must not hold anybody up: it gets a signal that aborts at its deadline, and is left behind when it ignores
// it. The clock is a parameter; no timer outlives the call.
import type { Clock } from '../platform/ports.ts';

/** Why a timer ends that nobody needs any more; without a reason of our own, every call would pay for an exception. */
const over = Symbol('over');

/**
 * @param late makes the error with which the work is aborted, and with which this rejects, when `ms` have passed
 * @returns what the work gives; rejects with its error, with `late()`, or with the outer signal's reason
 */
export async function withDeadline<T>(
  clock: Clock,
  ms: number,
  late: () => Error,
  work: (signal: AbortSignal) => Promise<T>,
  outer?: AbortSignal,
): Promise<T> {
  const abort = new AbortController();
  const settled = new AbortController();
  const ended = new Promise<never>((_, reject) => {
    const end = (reason: unknown) => {
      abort.abort(reason);
      reject(reason);
    };
    const onOuter = () => end(outer?.reason);
    if (outer?.aborted) onOuter();
    outer?.addEventListener('abort', onOuter, { once: true, signal: settled.signal });
    clock.sleep(Math.max(0, ms), settled.signal).then(
      () => end(late()),
      () => undefined,
    );
  });
  try {
    return await Promise.race([ended, work(abort.signal)]);
  } finally {
    settled.abort(over);
    // Whichever lost the race may still reject, with nobody waiting.
    ended.catch(() => undefined);
  }
}
