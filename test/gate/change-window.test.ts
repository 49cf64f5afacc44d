// When deployments are allowed: hours on the wall of a zone, over midnight, across the days on which clocks are set, and
// days that are frozen.
import { expect, test } from 'vitest';
import type { GateWritten } from '../../lambda/gate/settings.ts';
import { inputFor, verdictOf } from './gate-input.ts';

type Written = NonNullable<Exclude<GateWritten['changeWindow'], false>>;

function at(now: string, changeWindow: Written, zone = 'Europe/Berlin') {
  const clock = { now: () => new Date(now), sleep: () => new Promise<void>(() => undefined) };
  return verdictOf('changeWindow', inputFor({ gate: { changeWindow } }, { ports: { clock } }, { timeZone: zone }));
}

const office = {
  open: [{ days: ['mon', 'tue', 'wed', 'thu'] as const, from: '09:00', to: '16:00' }],
} as unknown as Written;
const nights: Written = { open: [{ days: ['fri'], from: '22:00', to: '04:00' }] };

test('open and closed are told with the time there, and the next opening', async () => {
  expect(await at('2026-11-26T08:00:00Z', office)).toMatchObject({
    status: 'pass',
    summary: 'open: it is Thursday 2026-11-26 09:00 (Europe/Berlin)',
  });
  expect(await at('2026-11-26T15:00:00Z', office)).toMatchObject({
    status: 'fail',
    summary: 'closed: it is Thursday 2026-11-26 16:00 (Europe/Berlin), outside the hours that are open',
    remedy: 'It opens on Monday 2026-11-30 09:00 (Europe/Berlin).',
  });
});

test.each<[string, string, Written, 'pass' | 'fail']>([
  ['a second before it opens', '2026-11-26T07:59:59Z', office, 'fail'],
  ['a second before it closes', '2026-11-26T14:59:59Z', office, 'pass'],
  ['the evening of the day it begins', '2026-11-27T21:30:00Z', nights, 'pass'],
  ['the morning after, which is another day', '2026-11-28T02:59:00Z', nights, 'pass'],
  ['the evening after', '2026-11-28T21:30:00Z', nights, 'fail'],
  ['the morning of the day it begins', '2026-11-27T02:00:00Z', nights, 'fail'],
  [
    'another zone than that of the settings',
    '2026-11-26T20:00:00Z',
    { ...office, timeZone: 'America/New_York' },
    'pass',
  ],
  ['a single day', '2026-12-05T10:00:00Z', { open: [{ dates: ['2026-12-05'] }] }, 'pass'],
  ['the day after a single day', '2026-12-06T10:00:00Z', { open: [{ dates: ['2026-12-05'] }] }, 'fail'],
  [
    'a single day beside weekdays',
    '2026-12-05T10:00:00Z',
    { open: [{ days: ['mon'], dates: ['2026-12-05'] }] },
    'pass',
  ],
  [
    'nothing but days that are frozen',
    '2026-11-28T12:00:00Z',
    { frozen: [{ from: '2026-12-20', reason: 'x' }] },
    'pass',
  ],
  [
    'the first minute of a frozen day there',
    '2026-12-19T23:00:00Z',
    { frozen: [{ from: '2026-12-20', reason: 'x' }] },
    'fail',
  ],
  [
    'the last minute of a frozen day there',
    '2026-12-20T22:59:59Z',
    { frozen: [{ from: '2026-12-20', reason: 'x' }] },
    'fail',
  ],
])('%s', async (_name, now, written, status) => {
  expect(await at(now, written)).toMatchObject({ status });
});

test('a freeze closes what is open, says why, and ends', async () => {
  const frozen = [{ from: '2026-12-21', to: '2027-01-03', reason: 'end of the year' }];
  expect(await at('2026-12-22T10:00:00Z', { ...office, frozen })).toMatchObject({
    status: 'fail',
    summary:
      'closed: it is Tuesday 2026-12-22 11:00 (Europe/Berlin), frozen until the end of 2027-01-03 (end of the year)',
    remedy: 'It opens on Monday 2027-01-04 09:00 (Europe/Berlin).',
  });
});

test('the night that a freeze ends in opens at midnight', async () => {
  const written: Written = {
    open: [{ from: '22:00', to: '04:00' }],
    frozen: [{ from: '2026-12-24', reason: 'holidays' }],
  };
  expect(await at('2026-12-24T22:30:00Z', written)).toMatchObject({
    status: 'fail',
    remedy: 'It opens on Friday 2026-12-25 00:00 (Europe/Berlin).',
  });
});

// Berlin: 2026-03-29 02:00 becomes 03:00, 2026-10-25 03:00 becomes 02:00.
test.each<[string, string, string, string, 'pass' | 'fail']>([
  ['before clocks are set forward', '2026-03-29T00:59:00Z', '01:30', '03:30', 'pass'],
  ['after clocks are set forward', '2026-03-29T01:15:00Z', '01:30', '03:30', 'pass'],
  ['after clocks are set forward, and closed', '2026-03-29T01:30:00Z', '01:30', '03:30', 'fail'],
  ['an hour that this day does not have', '2026-03-29T01:00:00Z', '02:00', '03:00', 'fail'],
  ['an hour that this day has twice, once', '2026-10-25T00:30:00Z', '02:00', '03:00', 'pass'],
  ['an hour that this day has twice, again', '2026-10-25T01:30:00Z', '02:00', '03:00', 'pass'],
  ['after both', '2026-10-25T02:00:00Z', '02:00', '03:00', 'fail'],
])('%s', async (_name, now, from, to, status) => {
  expect(await at(now, { open: [{ from, to }] })).toMatchObject({ status });
});

test('the next opening on the day after clocks are set is at the hour that the wall shows', async () => {
  const written: Written = { open: [{ from: '09:00', to: '10:00' }] };
  expect(await at('2026-03-28T20:00:00Z', written)).toMatchObject({
    remedy: 'It opens on Sunday 2026-03-29 09:00 (Europe/Berlin).',
  });
});

test('one that never opens again says so', async () => {
  expect(await at('2026-12-06T10:00:00Z', { open: [{ dates: ['2026-12-05'] }] })).toMatchObject({
    status: 'fail',
    remedy: 'By the settings it does not open within 400 days: correct "changeWindow".',
  });
});

test('without times in the settings it is off', async () => {
  expect(await verdictOf('changeWindow', inputFor({}))).toMatchObject({ status: 'off' });
});
