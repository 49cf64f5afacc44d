// The machine's own clock behind the Clock port.
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from './ports.ts';

export function createClock(): Clock {
  return {
    now: () => new Date(),
    async sleep(ms, signal) {
      try {
        await wait(ms, undefined, signal && { signal });
      } catch (error) {
        // Node wraps the signal's reason into an error of its own.
        throw signal?.aborted ? signal.reason : error;
      }
    },
  };
}
