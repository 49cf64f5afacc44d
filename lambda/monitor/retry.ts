// Trying again at the edge: which failures pass by themselves, and how long to wait. Clock and randomness are parameters.
import { EdgeError, type EdgeReason } from '../errors.ts';
import type { Clock } from '../platform/ports.ts';

const passing: ReadonlySet<EdgeReason> = new Set(['conflict', 'timeout', 'unreachable', 'unavailable']);

/** Whether the same call may succeed a moment later. */
export function mayPass(error: unknown): error is EdgeError {
  return error instanceof EdgeError && passing.has(error.reason);
}

export interface Patience {
  clock: Clock;
  /** 0 to 1, exclusive. */
  random: () => number;
  /** No wait ends after this. */
  deadline: Date;
  attempts: number;
  firstDelayMs: number;
}

/** Calls until it succeeds, fails for good, or patience ends; rejects with the last error. */
export async function withRetries<T>(patience: Patience, call: (attempt: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call(attempt);
    } catch (error) {
      if (!mayPass(error) || attempt >= patience.attempts || !(await backOff(patience, attempt))) throw error;
    }
  }
}

const longestDelayMs = 3_000;

/** Waits, twice as long each time, between half of it and all of it; false when that would pass the deadline. */
async function backOff({ clock, random, deadline, firstDelayMs }: Patience, attempt: number): Promise<boolean> {
  const delay = Math.min(longestDelayMs, firstDelayMs * 2 ** (attempt - 1)) * (0.5 + random() / 2);
  if (clock.now().getTime() + delay >= deadline.getTime()) return false;
  await clock.sleep(delay);
  return true;
}
