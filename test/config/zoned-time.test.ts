import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantsOf, wallTime } from '../../lambda/config/zoned-time.ts';

const wall = (text: string) => Date.parse(`${text}Z`);

describe('wallTime', () => {
  test.each([
    ['2026-07-01T12:00:00Z', 'Europe/Berlin', '2026-07-01T14:00:00'],
    ['2026-01-01T12:00:00Z', 'Europe/Berlin', '2026-01-01T13:00:00'],
    ['2026-01-01T12:00:00Z', 'UTC', '2026-01-01T12:00:00'],
    ['2026-01-01T12:00:00Z', 'Asia/Kathmandu', '2026-01-01T17:45:00'],
    ['2026-01-01T12:00:00Z', 'Pacific/Kiritimati', '2026-01-02T02:00:00'],
    ['2026-01-01T00:00:00Z', 'America/New_York', '2025-12-31T19:00:00'],
  ])('of %s in %s is %s', (instant, zone, shown) => {
    expect(wallTime(new Date(instant), zone)).toBe(wall(shown));
  });
});

describe('instantsOf', () => {
  test.each([
    ['an ordinary time', '2026-07-01T14:00:00', '2026-07-01T12:00:00Z', '2026-07-01T12:00:00Z'],
    ['the hour that clocks repeat', '2026-10-25T02:30:00', '2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'],
    ['the hour that clocks skip', '2026-03-29T02:30:00', '2026-03-29T01:30:00Z', '2026-03-29T01:30:00Z'],
  ])('of %s in Berlin', (_what, shown, first, last) => {
    expect(instantsOf(wall(shown), 'Europe/Berlin')).toEqual({ first: new Date(first), last: new Date(last) });
  });

  test('gives back every instant that a wall clock shows', () => {
    const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe');
    const instants = fc.date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(zones, instants, (zone, date) => {
        const instant = Math.floor(date.getTime() / 1_000) * 1_000;
        const { first, last } = instantsOf(wallTime(new Date(instant), zone), zone);
        expect([first.getTime(), last.getTime()]).toContain(instant);
      }),
    );
  });
});
