// When a maintenance window is open: by the calendar as EventBridge reads it, in its own zone, over changes of the clock.
import { describe, expect, test } from 'vitest';
import { parseDuration } from '../../../lambda/config/duration.ts';
import type { MaintenanceWindow } from '../../../lambda/config/settings.ts';
import { windowAt } from '../../../lambda/monitor/decide/maintenance.ts';

const hour = parseDuration('1h');
const by = (
  cron: string,
  more: { lasts?: typeof hour; timeZone?: string; checks?: string[] } = {},
): MaintenanceWindow => ({
  cron,
  timeZone: 'UTC',
  lasts: hour,
  reason: 'reindex',
  ...more,
});
const open = (window: MaintenanceWindow, time: string, check = 'schema') =>
  windowAt([window], check, new Date(time))?.until;

describe('by the calendar', () => {
  test.each([
    ['0 2 * * ? *', '2026-11-28T02:00:00Z', '2026-11-28T03:00:00.000Z'],
    ['0 2 * * ? *', '2026-11-28T02:59:59Z', '2026-11-28T03:00:00.000Z'],
    ['0 2 * * ? *', '2026-11-28T03:00:00Z', undefined],
    ['0 2 * * ? *', '2026-11-28T01:59:59Z', undefined],
    // 28 November 2026 is a Saturday: day 7 for EventBridge.
    ['0 2 ? * 7 *', '2026-11-28T02:30:00Z', '2026-11-28T03:00:00.000Z'],
    ['0 2 ? * 6 *', '2026-11-28T02:30:00Z', undefined],
    ['0 2 ? * L *', '2026-11-28T02:30:00Z', '2026-11-28T03:00:00.000Z'],
    ['0 2 ? * 7L *', '2026-11-28T02:30:00Z', '2026-11-28T03:00:00.000Z'],
    ['0 2 ? * 7L *', '2026-11-21T02:30:00Z', undefined],
    ['0 2 ? * SAT#4 *', '2026-11-28T02:30:00Z', '2026-11-28T03:00:00.000Z'],
    ['0 2 ? * 7#4 *', '2026-11-28T02:30:00Z', '2026-11-28T03:00:00.000Z'],
    ['0 2 ? * 7#3 *', '2026-11-28T02:30:00Z', undefined],
    ['0 2 ? * MON-FRI *', '2026-11-27T02:30:00Z', '2026-11-27T03:00:00.000Z'],
    ['0 2 ? * 2-6 *', '2026-11-28T02:30:00Z', undefined],
    ['0 2 ? * 1/6 *', '2026-11-28T02:30:00Z', '2026-11-28T03:00:00.000Z'],
    ['0/30 2 * * ? *', '2026-11-28T02:45:00Z', '2026-11-28T03:30:00.000Z'],
    ['0 2 L * ? *', '2026-11-30T02:30:00Z', '2026-11-30T03:00:00.000Z'],
    ['0 2 29W * ? *', '2026-11-30T02:30:00Z', '2026-11-30T03:00:00.000Z'],
    ['0 2 1/9 NOV ? 2026-2027', '2026-11-28T02:30:00Z', '2026-11-28T03:00:00.000Z'],
    ['0 2 * * ? 2027', '2026-11-28T02:30:00Z', undefined],
    // Steps run to the end of what they step through, and not beyond it.
    ['29/30 2 * * ? *', '2026-11-28T02:59:30Z', '2026-11-28T03:59:00.000Z'],
    ['0 11/12 * * ? *', '2026-11-28T23:30:00Z', '2026-11-29T00:00:00.000Z'],
    ['0 2 28/3 * ? *', '2026-12-31T02:30:00Z', '2026-12-31T03:00:00.000Z'],
    ['0 2 * 2/10 ? *', '2026-12-01T02:30:00Z', '2026-12-01T03:00:00.000Z'],
    ['0 2 * * ? 2020/3', '2026-11-28T02:30:00Z', '2026-11-28T03:00:00.000Z'],
    ['0 2 * * ? 2020/4', '2026-11-28T02:30:00Z', undefined],
    ['0,15/30 2 * * ? *', '2026-11-28T02:46:00Z', '2026-11-28T03:45:00.000Z'],
    ['0 2 ? * 1,7 *', '2026-11-28T02:30:00Z', '2026-11-28T03:00:00.000Z'],
    ['0 2 ? * 1,7 *', '2026-11-29T02:30:00Z', '2026-11-29T03:00:00.000Z'],
    ['0 2 ? * 2,6 *', '2026-11-28T02:30:00Z', undefined],
    ['0 2 ? * 2-7/5 *', '2026-11-28T02:30:00Z', '2026-11-28T03:00:00.000Z'],
    ['0 2 ? * SATL *', '2026-11-28T02:30:00Z', '2026-11-28T03:00:00.000Z'],
    ['0 2 ? * 5 *', '2026-11-26T02:30:00Z', '2026-11-26T03:00:00.000Z'],
    ['0 2 ? * 4 *', '2026-11-25T02:30:00Z', '2026-11-25T03:00:00.000Z'],
    ['0 2 ? * 3 *', '2026-11-24T02:30:00Z', '2026-11-24T03:00:00.000Z'],
    ['0 2 ? * 2 *', '2026-11-23T02:30:00Z', '2026-11-23T03:00:00.000Z'],
    ['0 2 ? * 6 *', '2026-11-27T02:30:00Z', '2026-11-27T03:00:00.000Z'],
    ['0 2 ? * 3 *', '2026-11-25T02:30:00Z', undefined],
    ['0 2 ? * 4 *', '2026-11-26T02:30:00Z', undefined],
    ['0 2 ? * 5 *', '2026-11-27T02:30:00Z', undefined],
    ['0 2 ? * L *', '2026-11-27T02:30:00Z', undefined],
    ['0 2 ? * FRIL *', '2026-11-27T02:30:00Z', '2026-11-27T03:00:00.000Z'],
    ['0 2 ? * FRIL *', '2026-11-20T02:30:00Z', undefined],
    ['0 2 ? * 2-7/5 *', '2026-11-25T02:30:00Z', undefined],
  ])('%s at %s', (cron, time, until) => {
    expect(open(by(cron), time)).toBe(until);
  });

  test('a window that began the day before is still open', () => {
    expect(open(by('0 22 * * ? *', { lasts: parseDuration('6h') }), '2026-11-28T03:59:00Z')).toBe(
      '2026-11-28T04:00:00.000Z',
    );
  });

  test('it follows the clocks of its zone, and lasts as long as it says while they change', () => {
    const berlin = by('0 1 * * ? *', { timeZone: 'Europe/Berlin', lasts: parseDuration('3h') });
    expect(open(berlin, '2026-10-24T23:30:00Z')).toBe('2026-10-25T02:00:00.000Z');
    expect(open(berlin, '2026-10-26T00:30:00Z')).toBe('2026-10-26T03:00:00.000Z');
    expect(open(berlin, '2026-10-25T23:30:00Z')).toBeUndefined();
  });
});

test('of occurrences that overlap, the last one counts', () => {
  expect(open(by('0/20 2 * * ? *'), '2026-11-28T02:40:00Z')).toBe('2026-11-28T03:40:00.000Z');
});

test('one that has a beginning and an end is open from the one to the other', () => {
  const once: MaintenanceWindow = { from: '2026-11-28T10:00:00Z', until: '2026-11-28T12:00:00Z', reason: 'router' };
  expect(open(once, '2026-11-28T09:59:59.999Z')).toBeUndefined();
  expect(open(once, '2026-11-28T10:00:00Z')).toBe('2026-11-28T12:00:00.000Z');
  expect(open(once, '2026-11-28T11:59:59.999Z')).toBe('2026-11-28T12:00:00.000Z');
  expect(open(once, '2026-11-28T12:00:00Z')).toBeUndefined();
});

describe('whom it is about', () => {
  const once: MaintenanceWindow = {
    from: '2026-11-28T10:00:00.000Z',
    until: '2026-11-28T12:00:00.000Z',
    reason: 'router',
    checks: ['probe', 'backup:nightly'],
  };
  test.each([
    ['probe:login', '2026-11-28T12:00:00.000Z'],
    ['probe', '2026-11-28T12:00:00.000Z'],
    ['backup:nightly', '2026-11-28T12:00:00.000Z'],
    ['backup:weekly', undefined],
    ['schema', undefined],
  ])('%s', (check, until) => {
    expect(open(once, '2026-11-28T11:00:00Z', check)).toBe(until);
    expect(open(once, '2026-11-28T12:00:00Z', check)).toBeUndefined();
  });

  test('of several, the one that lasts longest counts', () => {
    const longer = { ...once, until: '2026-11-28T13:00:00.000Z', reason: 'both' };
    expect(windowAt([once, longer, by('0 11 * * ? *')], 'probe', new Date('2026-11-28T11:00:00Z'))).toEqual({
      reason: 'both',
      until: '2026-11-28T13:00:00.000Z',
    });
  });
});
