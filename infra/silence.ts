// How far apart the firings of a schedule can be, and from that how long its silence may last before CloudWatch calls
// it missed. Pure. A schedule whose gaps CloudWatch cannot look back over gets no dead-man alarm, never a wrong one.
import type { Schedule } from '../lambda/config/settings.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** How a silence is watched: so many periods, each without a heartbeat. */
export interface SilenceWindow {
  periodMs: number;
  periods: number;
}

/**
 * The window after which silence means a missed run: the longest regular gap and an allowance for retries and slow runs.
 * @returns undefined when it would pass CloudWatch's limit: period times periods is at most 7 days, and at most 1 day
 *   for periods under an hour (PutMetricAlarm, `Period`)
 */
export function silenceWindow(schedule: Schedule): SilenceWindow | undefined {
  const gap = longestGapMs(schedule);
  if (gap === undefined) return undefined;
  // A clock that goes back an hour in the schedule's time zone makes one gap an hour longer.
  const clockChange = 'cron' in schedule ? hour : 0;
  const allowance = Math.min(Math.max(gap, 10 * minute), 3 * hour) + clockChange;
  const window = gap + allowance;
  const periodMs = window <= hour ? 5 * minute : hour;
  const periods = Math.ceil(window / periodMs);
  return periodMs * periods <= 7 * day ? { periodMs, periods } : undefined;
}

/** @returns undefined when it is not known to be at most a week */
export function longestGapMs(schedule: Schedule): number | undefined {
  if ('every' in schedule) return schedule.every;
  const firings = weeklyFirings(schedule.cron);
  if (firings === undefined) return undefined;
  return Math.max(
    ...firings.map((firing, index) => {
      const next = firings[index + 1] ?? (firings[0] as number) + 7 * day;
      return next - firing;
    }),
  );
}

/** Milliseconds into a week that starts on Sunday, in order; undefined for a cron that is not the same every week. */
function weeklyFirings(cron: string): number[] | undefined {
  const [minutes, hours, dayOfMonth, month, dayOfWeek, year] = cron.trim().split(/\s+/);
  if (!isAny(dayOfMonth) || !isAny(month) || !isAny(year)) return undefined;
  const minuteValues = numbersIn(minutes, 0, 59);
  const hourValues = numbersIn(hours, 0, 23);
  const dayValues = numbersIn(dayOfWeek?.toUpperCase().replace(/[A-Z]{3}/g, dayNumber), 1, 7);
  if (!minuteValues || !hourValues || !dayValues) return undefined;
  const firings = dayValues.flatMap((weekday) =>
    hourValues.flatMap((atHour) =>
      minuteValues.map((atMinute) => (weekday - 1) * day + atHour * hour + atMinute * minute),
    ),
  );
  return firings.length > 0 ? firings : undefined;
}

const dayNames = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

function dayNumber(name: string): string {
  const index = dayNames.indexOf(name);
  return index < 0 ? name : String(index + 1);
}

function isAny(field: string | undefined): boolean {
  return field === '*' || field === '?';
}

/** The numbers a cron field stands for, in order; undefined for one with `L`, `W`, `#` or anything else unheard of. */
function numbersIn(field: string | undefined, least: number, most: number): number[] | undefined {
  if (field === undefined) return undefined;
  const numbers = new Set<number>();
  for (const part of field.split(',')) {
    const match = /^(?:(\*|\?)|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part);
    if (!match) return undefined;
    const [, any, first, last, step] = match;
    const from = any ? least : Number(first);
    const to = any || (step !== undefined && last === undefined) ? most : Number(last ?? first);
    const by = Number(step ?? 1);
    if (from < least || to > most || from > to || by < 1) return undefined;
    for (let value = from; value <= to; value += by) numbers.add(value);
  }
  return [...numbers].sort((left, right) => left - right);
}
