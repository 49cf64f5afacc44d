// What counts as a changed measure: the rule of baseline.ts, at its edges.
import { expect, test } from 'vitest';
import type { Measure } from '../../lambda/monitor/check.ts';
import { addToHistory, type History } from '../../lambda/monitor/decide/history.ts';
import { compareMeasures, usualMeasures } from '../../lambda/watch/baseline.ts';
import { at, noon, pass } from '../monitor/builders.ts';

type Unit = Measure['unit'];

/** One value every ten minutes, by the hour; `hour` counts from noon. */
function past(values: readonly number[], unit: Unit = 'ms', firstHour = -values.length): History {
  return values.reduce<History>(
    (history, value, index) => {
      const outcomes = [0, 10, 20, 30, 40, 50].map((minutes) => {
        const outcome = pass('probe:login', (firstHour + index) * 60 + minutes);
        return { ...outcome, judgement: { ...outcome.judgement, measures: [{ name: 'total', value, unit }] } };
      });
      return addToHistory(history, outcomes);
    },
    { hours: [], days: [] },
  );
}

const sums = (mean: number, unit: Unit = 'ms', n = 10) => ({
  'probe:login': {
    pass: n,
    fail: 0,
    unknown: 0,
    measures: { total: { unit, n, sum: mean * n, min: mean, max: mean } },
  },
});

test('a baseline is of the hours before the deployment, that of the deployment left out', () => {
  const history = past([60, 50, 70, 900], 'ms', -3);
  expect(usualMeasures(history, at(30))).toEqual([
    { check: 'probe:login', name: 'total', unit: 'ms', n: 18, mean: 60, low: 50, high: 70 },
  ]);
});

test('one hour in ten may be out of the ordinary', () => {
  const history = past([60, 60, 60, 60, 60, 4_000, 60, 60, 60, 60]);
  expect(usualMeasures(history, noon)).toMatchObject([{ low: 60, high: 60 }]);
});

test('where there are too few hours the days are taken, and what there is when there are none', () => {
  const days = past([60, 61, 62], 'ms', -72);
  const spread = {
    hours: [],
    days: ['2026-11-17', '2026-11-18', '2026-11-19'].map((start) => ({ start, checks: days.days[0]?.checks ?? {} })),
  };
  expect(usualMeasures(spread, noon)).toMatchObject([{ n: 54, mean: 61 }]);
  expect(usualMeasures(past([60], 'ms', 0), at(55))).toMatchObject([{ n: 6, mean: 60 }]);
  expect(usualMeasures({ hours: [], days: [] }, noon)).toEqual([]);
});

test.each<[string, readonly number[], number, Unit, boolean]>([
  ['within what was usual', [50, 60, 70], 69, 'ms', false],
  ['outside of it by less than a quarter', [60, 60, 60], 74, 'ms', false],
  ['outside of it by more than a quarter', [60, 60, 60], 76, 'ms', true],
  ['less by more than a quarter', [60, 60, 60], 44, 'ms', true],
  ['outside of a wide range, by less than half of it', [100, 150, 200], 249, 'ms', false],
  ['outside of a wide range, by more', [100, 150, 200], 251, 'ms', true],
  ['a few milliseconds of little', [4, 4, 4], 13, 'ms', false],
  ['one of none', [0, 0, 0], 1, 'count', false],
  ['several of none', [0, 0, 0], 3, 'count', true],
  ['a day less until a certificate ends', [3, 3, 3], 2, 'days', false],
  ['a rate of success that falls', [0.99, 0.99, 0.99], 0.7, 'ratio', true],
])('%s', (_, before, since, unit, changed) => {
  const { compared, changes } = compareMeasures(usualMeasures(past(before, unit), noon), sums(since, unit));
  expect(compared).toBe(1);
  expect(changes).toHaveLength(changed ? 1 : 0);
});

test('too few runs, another unit and what is no longer measured are not compared', () => {
  const usual = usualMeasures(past([60, 60, 60]), noon);
  expect(compareMeasures(usual, sums(900, 'ms', 2))).toEqual({ compared: 0, changes: [] });
  expect(compareMeasures(usual, sums(900, 's'))).toEqual({ compared: 0, changes: [] });
  expect(compareMeasures(usual, {})).toEqual({ compared: 0, changes: [] });
});

test('the greatest change comes first', () => {
  const [usual] = usualMeasures(past([60, 60, 60]), noon);
  if (!usual) throw new Error('no baseline');
  const measures = (total: number, other: number) => {
    const [login] = Object.values(sums(total));
    const [second] = Object.values(sums(other));
    return { 'probe:login': { ...login, measures: { total: login?.measures.total, other: second?.measures.total } } };
  };
  const { changes } = compareMeasures([usual, { ...usual, name: 'other' }], measures(120, 10) as never);
  expect(changes.map(({ name }) => name)).toEqual(['total', 'other']);
});
