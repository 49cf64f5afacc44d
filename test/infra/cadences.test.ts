import { expect, it } from 'vitest';
import { cadencesOf } from '../../infra/cadences.ts';
import { parseDuration } from '../../lambda/config/duration.ts';
import { checkWith, settingsWith, targetWith } from './support.ts';

const daily = { cron: '0 3 * * ? *', timeZone: 'Europe/Berlin' };
const utc = { cron: '0 3 * * ? *', timeZone: 'UTC' };

it('makes one cadence of every kind and schedule, whatever the order of the settings', () => {
  const a = targetWith(
    'a',
    checkWith('schema'),
    checkWith('probe:login', { schedule: { every: parseDuration('5m') } }),
    checkWith('probe:health', { schedule: { every: parseDuration('300s') } }),
    checkWith('backup:nightly', { schedule: daily }),
  );
  const b = targetWith('b', checkWith('schema'), checkWith('backup:nightly', { schedule: utc }));
  const expected = [
    { kind: 'backup', schedule: daily, key: 'cron 0 3 * * ? * in Europe/Berlin', targets: ['a'] },
    { kind: 'backup', schedule: utc, key: 'cron 0 3 * * ? * in UTC', targets: ['b'] },
    { kind: 'probe', schedule: { every: 300_000 }, key: 'every 5m', targets: ['a'] },
    { kind: 'schema', schedule: { every: 900_000 }, key: 'every 15m', targets: ['a', 'b'] },
  ];
  expect(cadencesOf(settingsWith(a, b))).toEqual(expected);
  expect(cadencesOf(settingsWith(b, { ...a, checks: a.checks.toReversed() }))).toEqual(expected);
});

it('makes none of no targets', () => {
  expect(cadencesOf(settingsWith())).toEqual([]);
});
