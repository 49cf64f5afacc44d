import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Milliseconds, parseDuration } from '../../lambda/config/duration.ts';
import { scheduleKey } from '../../lambda/config/schedule-key.ts';

test.each([
  [{ every: parseDuration('5m') }, 'every 5m'],
  [{ every: parseDuration('60m') }, 'every 1h'],
  [{ every: parseDuration('90m') }, 'every 90m'],
  [{ every: parseDuration('24h') }, 'every 1d'],
  [{ cron: ' 0  3 * * ? * ', timeZone: 'Europe/Berlin' }, 'cron 0 3 * * ? * in Europe/Berlin'],
])('%j is "%s"', (schedule, key) => {
  expect(scheduleKey(schedule)).toBe(key);
});

test('intervals have the same key exactly when they are the same', () => {
  const interval = fc.integer({ min: 1, max: 999_999_999 });
  fc.assert(
    fc.property(interval, interval, (left, right) => {
      const keyOf = (ms: number) => scheduleKey({ every: ms as Milliseconds });
      expect(keyOf(left) === keyOf(right)).toBe(left === right);
      expect(parseDuration(keyOf(left).replace('every ', ''))).toBe(left);
    }),
  );
});
