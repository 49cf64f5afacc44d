// Wall clocks and instants: what a date written in some time zone means, through Intl's zone data. A wall time is told
// as the milliseconds that would be that date and time in UTC.

/** What the wall clock of the zone shows at the instant, to the second. */
export function wallTime(instant: Date, timeZone: string): number {
  const shown: Record<string, number> = {};
  for (const { type, value } of formatFor(timeZone).formatToParts(instant)) shown[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/**
 * The first and the last instant at which the wall clock of the zone shows this time: two when clocks were set back
 * over it. A time that clocks were set forward over is read as if they had not been.
 */
export function instantsOf(wall: number, timeZone: string): { first: Date; last: Date } {
  const dayMs = 86_400_000;
  const offsets = [wall - dayMs, wall + dayMs].map((near) => wallTime(new Date(near), timeZone) - near);
  const instants = offsets.map((offset) => wall - offset);
  const shown = instants.filter((instant) => wallTime(new Date(instant), timeZone) === wall);
  const chosen = shown.length > 0 ? shown : instants.slice(0, 1);
  return { first: new Date(Math.min(...chosen)), last: new Date(Math.max(...chosen)) };
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making one is slow, and a bucket has thousands of keys. */
function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(timeZone, made);
  return made;
}
