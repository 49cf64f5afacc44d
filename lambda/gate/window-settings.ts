// When deployments are allowed, as people write it: by the clock on the wall of a time zone, and by the calendar.
import * as z from 'zod';
import { timeZone } from '../config/time-zone.ts';

/** As the days of a week are counted from a Sunday. */
export const weekDays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

const time = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'expected a time of the day, such as "09:30"');
const date = z.iso.date({ error: 'expected a day, such as "2026-12-24"' });

const open = z
  .strictObject({
    /** Days of the week on which it begins. @default every day, or those of `dates` alone */
    days: z.array(z.enum(weekDays)).min(1).optional(),
    /** Single days on which it begins, such as `2026-12-05`. @default none */
    dates: z.array(date).min(1).optional(),
    /** @default '00:00' */
    from: time.default('00:00'),
    /** Not included; at or before `from` it is a time of the next day. @default '24:00' */
    to: time.default('24:00'),
  })
  .refine(({ from, to }) => from !== to && from !== '24:00', {
    path: ['to'],
    error: 'expected another time than "from"; without both, a whole day is open',
  });

const frozen = z
  .strictObject({
    /** The first day. */
    from: date,
    /** The last day. @default the first one */
    to: date.optional(),
    /** Shown to whoever wants to deploy. */
    reason: z.string().trim().min(1).max(200),
  })
  .refine(({ from, to }) => to === undefined || from <= to, { path: ['to'], error: 'expected no day before "from"' });

export const changeWindow = z
  .strictObject({
    /** @default the settings' own `timeZone` */
    timeZone: timeZone.optional(),
    /** When deployments are allowed. @default always */
    open: z.array(open).min(1).max(50).optional(),
    /** Days without deployments, whatever is open. @default none */
    frozen: z.array(frozen).max(200).default([]),
  })
  .refine((window) => window.open !== undefined || window.frozen.length > 0, {
    error: 'expected times that are "open", or days that are "frozen"',
  });

export type ChangeWindow = z.output<typeof changeWindow>;
