import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestGapMs, silenceWindow } from '../../infra/silence.ts';
import { parseDuration } from '../../lambda/config/duration.ts';
import type { Schedule } from '../../lambda/config/settings.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const every = (text: string): Schedule => ({ every: parseDuration(text) });
const cron = (text: string): Schedule => ({ cron: text, timeZone: 'Europe/Berlin' });

describe('longestGapMs', () => {
  it.each<[string, Schedule, number | undefined]>([
    ['a rate', every('15m'), 15 * minute],
    ['every day at three', cron('0 3 * * ? *'), day],
    ['the question mark first', cron('0 3 ? * * *'), day],
    ['every quarter of an hour', cron('0/15 * * * ? *'), 15 * minute],
    ['twice a day, unevenly', cron('30 6,18 * * ? *'), 12 * hour],
    ['office hours', cron('0 8-17 * * ? *'), 15 * hour],
    ['weekdays, over the weekend', cron('0 8 ? * MON-FRI *'), 3 * day],
    ['weekdays by number: 1 is Sunday', cron('0 8 ? * 2-6 *'), 3 * day],
    ['two days of the week', cron('0 8 ? * TUE,thu *'), 5 * day],
    ['once a week', cron('0 8 ? * SUN *'), 7 * day],
    ['extra white space', cron('  0  3 * * ?  *'), day],
    ['the first of the month', cron('0 3 1 * ? *'), undefined],
    ['the last weekday of the month', cron('0 3 LW * ? *'), undefined],
    ['the second Monday', cron('0 3 ? * 2#2 *'), undefined],
    ['the last Friday', cron('0 3 ? * 6L *'), undefined],
    ['one month', cron('0 3 * JAN ? *'), undefined],
    ['one year', cron('0 3 * * ? 2027'), undefined],
    ['minutes that do not exist', cron('60 3 * * ? *'), undefined],
    ['a range that runs backwards', cron('0 3 ? * FRI-MON *'), undefined],
    ['a step of nothing', cron('0/0 3 * * ? *'), undefined],
    ['five fields', cron('0 3 * * *'), undefined],
    ['no cron at all', cron('at noon'), undefined],
  ])('%s', (_name, schedule, expected) => {
    expect(longestGapMs(schedule)).toBe(expected);
  });

  it('is the longest time between two firings, counted minute by minute', () => {
    const numbers = (least: number, most: number) =>
      fc.uniqueArray(fc.integer({ min: least, max: most }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(numbers(0, 59), numbers(0, 23), numbers(1, 7), (minutes, hours, weekdays) => {
        const firings = Array.from({ length: 14 * 24 * 60 }, (_, index) => index).filter(
          (index) =>
            minutes.includes(index % 60) &&
            hours.includes(Math.floor(index / 60) % 24) &&
            weekdays.includes((Math.floor(index / (24 * 60)) % 7) + 1),
        );
        const gaps = firings.slice(1).map((firing, index) => firing - (firings[index] as number));
        expect(longestGapMs(cron(`${minutes} ${hours} ? * ${weekdays} *`))).toBe(Math.max(...gaps) * minute);
      }),
      { numRuns: 30 },
    );
  });
});

describe('silenceWindow', () => {
  it.each<[string, Schedule, { periodMs: number; periods: number } | undefined]>([
    ['a run missed and ten minutes for short cadences', every('1m'), { periodMs: 5 * minute, periods: 3 }],
    ['five minutes', every('5m'), { periodMs: 5 * minute, periods: 3 }],
    ['a quarter of an hour', every('15m'), { periodMs: 5 * minute, periods: 6 }],
    ['an hour', every('1h'), { periodMs: hour, periods: 2 }],
    ['six hours, and three for retries', every('6h'), { periodMs: hour, periods: 9 }],
    ['a day', every('1d'), { periodMs: hour, periods: 27 }],
    ['a day on the clock, which may be 25 hours long', cron('0 3 * * ? *'), { periodMs: hour, periods: 28 }],
    ['a weekend', cron('0 8 ? * MON-FRI *'), { periodMs: hour, periods: 76 }],
    ['six days', every('6d'), { periodMs: hour, periods: 147 }],
    ['a week: more than CloudWatch looks back', every('7d'), undefined],
    ['a week on the clock', cron('0 8 ? * SUN *'), undefined],
    ['a month', cron('0 3 1 * ? *'), undefined],
  ])('%s', (_name, schedule, expected) => {
    expect(silenceWindow(schedule)).toEqual(expected);
  });

  it('is longer than the cadence and within what CloudWatch accepts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 * 24 * 60 }), (minutes) => {
        const window = silenceWindow(every(`${minutes}m`));
        if (window === undefined) {
          expect(minutes * minute).toBeGreaterThan(7 * day - 4 * hour);
          return;
        }
        const { periodMs, periods } = window;
        expect(periodMs * periods).toBeGreaterThanOrEqual(minutes * minute + 10 * minute);
        expect(periodMs * periods).toBeLessThanOrEqual(periodMs < hour ? day : 7 * day);
        expect(periodMs % minute).toBe(0);
      }),
    );
  });
});
