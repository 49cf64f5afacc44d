// How notices name checks, what is the matter with them, and times.
import { expect, test } from 'vitest';
import {
  capital,
  effects,
  ended,
  fullTime,
  pointInTime,
  sinceWhen,
  spoken,
  troubled,
} from '../../../lambda/monitor/notice/wording.ts';
import { at, noon } from '../builders.ts';

const entry = (check: string, about: 'failing' | 'unverified' | 'cut-off' | 'memory' = 'failing', reason = 'x') => ({
  check,
  about,
  reason,
});

test.each([
  ['probe:login', 'login'],
  ['backup:nightly', 'backup nightly'],
  ['schema', 'schema'],
  ['backup:probe:x', 'backup probe:x'],
])('%s is spoken as %s', (check, name) => {
  expect(spoken(check)).toBe(name);
});

test('what is the matter is a clause for each kind of matter, with every name in it', () => {
  expect(troubled([entry('schema')])).toEqual(['schema is failing']);
  expect(troubled([entry('schema'), entry('probe:login')], 'still ')).toEqual(['schema and login are still failing']);
  expect(
    troubled([
      entry('a'),
      entry('b', 'unverified'),
      entry('c'),
      entry('d'),
      entry('e', 'unverified'),
      entry('monitor', 'cut-off'),
      entry('monitor', 'memory'),
    ]),
  ).toEqual([
    'a, c and d are failing',
    'b and e cannot be verified',
    'nothing of it can be reached',
    "Driftwatch's memory of it could not be read",
  ]);
  expect(troubled([entry('monitor', 'cut-off'), entry('b', 'unverified')], 'still ')).toEqual([
    'still nothing of it can be reached',
    'b still cannot be verified',
  ]);
});

test('what is over is a clause for each way to be over', () => {
  expect(
    ended([
      entry('a'),
      entry('b'),
      entry('c', 'unverified'),
      entry('d', 'unverified', 'check-removed'),
      entry('e', 'failing', 'check-removed'),
    ]),
  ).toEqual(['a and b are all right again', 'c is verified again', 'd and e are no longer checked']);
  expect(ended([entry('monitor', 'cut-off', 'reached-again')])).toEqual(['it can be reached again']);
  expect(ended([entry('monitor', 'cut-off', 'cannot-tell')])).toEqual(['it may be in reach again']);
});

test('what it breaks is said of each impact', () => {
  expect(effects(['availability', 'breaks-reads', 'breaks-writes', 'integrity'])).toBe(
    'users cannot use it; queries that read fail; queries that write fail; wrong data can get in',
  );
  expect(effects(['security', 'recovery', 'monitoring', 'performance', 'cosmetic'])).toBe(
    'it is less protected than it should be; there may be nothing to restore from; other trouble can go unseen; it is slower than it should be; none on what runs',
  );
});

test('times have their date when it is not the day', () => {
  expect(pointInTime(noon, at(60))).toBe('12:00 UTC');
  expect(pointInTime(noon, at(12 * 60))).toBe('2026-11-20 12:00 UTC');
  expect(fullTime('2026-11-20T02:55:03.120Z')).toBe('2026-11-20 02:55:03 UTC');
});

test('since when, and how long ago from a minute on', () => {
  expect(sinceWhen(noon, '2026-11-20T12:00:59.999Z')).toBe('since 12:00 UTC');
  expect(sinceWhen(noon, at(1))).toBe('since 12:00 UTC (1 min ago)');
  expect(sinceWhen(noon, at(45))).toBe('since 12:00 UTC (45 min ago)');
});

test('a sentence begins with a capital', () => {
  expect(capital('schema is failing')).toBe('Schema is failing');
  expect(capital('')).toBe('');
});
