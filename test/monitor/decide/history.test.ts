// What digests and baselines are made of, where outcomes come late or many.
import { expect, test } from 'vitest';
import { addToHistory, type History } from '../../../lambda/monitor/decide/history.ts';
import type { Outcome } from '../../../lambda/monitor/outcome.ts';
import { fail, finding, pass } from '../builders.ts';

const nothing: History = { hours: [], days: [] };

function measured(minutes: number, value: number): Outcome {
  const outcome = pass('probe:health', minutes);
  return { ...outcome, judgement: { ...outcome.judgement, measures: [{ name: 'latency', value, unit: 'ms' }] } };
}

test('the smallest, the largest and the sum, in whatever order they come', () => {
  const [hour] = addToHistory(nothing, [measured(1, 20), measured(2, 5), measured(3, 50), measured(4, 30)]).hours;
  expect(hour?.checks['probe:health']?.measures.latency).toEqual({ unit: 'ms', n: 4, sum: 105, min: 5, max: 50 });
});

test('a late outcome joins its hour, and takes nothing from other hours and checks', () => {
  const first = addToHistory(nothing, [pass('schema', 0), pass('backup', 0), pass('schema', 120)]);
  const { hours } = addToHistory(first, [fail('schema', 59, [finding()])]);
  expect(hours.map(({ start, checks }) => [start, Object.keys(checks), checks.schema?.fail])).toEqual([
    ['2026-11-20T12', ['schema', 'backup'], 1],
    ['2026-11-20T14', ['schema'], 0],
  ]);
  expect(first.hours[0]?.checks.schema?.fail).toBe(0);
});

test('what is older than all that is kept is not kept', () => {
  const full = addToHistory(
    nothing,
    Array.from({ length: 30 }, (_, hour) => pass('schema', hour * 60)),
  );
  const { hours } = addToHistory(full, [pass('schema', -60)]);
  expect(hours).toEqual(full.hours);
});
