// A schedule as one short text: what a tick carries, what names a schedule's metric, and how the two find the checks
// they are for. Two schedules have the same key exactly when they are the same.
import type { DurationText } from './duration.ts';
import type { Schedule } from './settings.ts';

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const;

/** `every 5m` (in its largest whole unit), or `cron 0 3 * * ? * in Europe/Berlin`. */
export function scheduleKey(schedule: Schedule): string {
  if ('cron' in schedule) return `cron ${schedule.cron.trim().split(/\s+/).join(' ')} in ${schedule.timeZone}`;
  return `every ${durationText(schedule.every)}`;
}

function durationText(ms: number): DurationText {
  for (const [unit, size] of units) if (ms % size === 0) return `${ms / size}${unit}`;
  throw new RangeError(`a schedule's interval is a whole number of milliseconds, not ${ms}`);
}
