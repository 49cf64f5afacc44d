// Maintenance windows as people write them: by the calendar (`cron` and how long) or once (`from` and `until`), in a time
// zone. Read into instants where there is nothing to repeat.
import { Cron } from 'croner';
import * as z from 'zod';
import { cron } from './cron.ts';
import { duration, parseDuration } from './duration.ts';
import type { MaintenanceWindow } from './settings.ts';
import { timeZone } from './time-zone.ts';

const longestWindow = parseDuration('7d');

const moment = z.iso.datetime({
  local: true,
  offset: true,
  error: 'expected a date and time such as "2026-12-01T22:00", in `timeZone` unless it names an offset',
});

export const maintenanceWindow = z
  .strictObject({
    /** Begins by the calendar: minutes, hours, day of month, month, day of week, year. */
    cron: cron.optional(),
    /** Of `cron`: how long it lasts, at most 7d. */
    lasts: duration.refine((ms) => ms >= 60_000 && ms <= longestWindow, { error: 'expected "1m" to "7d"' }).optional(),
    /** Happens once: local time in `timeZone` (`2026-12-01T22:00`), or with an offset. */
    from: moment.optional(),
    until: moment.optional(),
    /** Of all of these. @default the settings' own `timeZone` */
    timeZone: timeZone.optional(),
    /** Shown to whoever asks why nothing is told. */
    reason: z.string().trim().min(1).max(200),
    /** Ids or kinds of checks. @default everything */
    checks: z.array(z.string().min(1)).min(1).optional(),
  })
  .check((context) => {
    const { cron, lasts, from, until } = context.value;
    const repeats = cron !== undefined || lasts !== undefined;
    const once = from !== undefined || until !== undefined;
    const whole = repeats ? cron !== undefined && lasts !== undefined : from !== undefined && until !== undefined;
    if (whole && repeats !== once) return;
    context.issues.push({
      code: 'custom',
      message: 'expected either "cron" and "lasts", or "from" and "until"',
      input: context.value,
    });
  });
type Written = z.output<typeof maintenanceWindow>;

/** @returns the window, or what is wrong with it as the rest of a sentence */
export function windowOf(written: Written, ownTimeZone: string): MaintenanceWindow | string {
  const { reason, checks, cron, lasts, from, until, timeZone: zone = ownTimeZone } = written;
  const common = { reason, checks };
  if (cron !== undefined && lasts !== undefined) return { ...common, cron, lasts, timeZone: zone };
  const begin = instant(from ?? '', zone);
  const end = instant(until ?? '', zone);
  return Date.parse(begin) < Date.parse(end) ? { ...common, from: begin, until: end } : 'expected "until" after "from"';
}

/** A local time becomes the instant at which clocks of that zone show it; one that they skip, the instant after. */
function instant(text: string, zone: string): string {
  if (/(Z|[+-]\d\d:?\d\d)$/.test(text)) return new Date(text).toISOString();
  const seconds = /T\d\d:\d\d$/.test(text) ? `${text}:00` : text;
  const at = new Cron(seconds, { timezone: zone }).nextRun(new Date(0));
  return (at ?? new Date(Number.NaN)).toISOString();
}
