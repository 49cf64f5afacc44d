import { expect, test } from 'vitest';
import { confirmDrift } from '../../lambda/postgres/confirm.ts';
import type { Comparison, DriftEntry } from '../../lambda/postgres/drift.ts';

const entry = (subject: string, actual: string): DriftEntry => ({
  kind: 'column',
  subject,
  verb: 'changed',
  attribute: 'type',
  expected: 'integer',
  actual,
});
const comparison = (...drift: DriftEntry[]): Comparison => ({ drift, notVerified: [], equal: 3 });

test('what both readings tell is drift', () => {
  const steady = entry('t.a', 'text');
  expect(confirmDrift(comparison(steady), comparison(steady))).toEqual(comparison(steady));
});

test.each([
  ['only the first reading tells', comparison(entry('t.a', 'text')), comparison()],
  ['only the second reading tells', comparison(), comparison(entry('t.a', 'text'))],
  ['both tell otherwise', comparison(entry('t.a', 'text')), comparison(entry('t.a', 'json'))],
])('what %s is not verified', (_, first, second) => {
  expect(confirmDrift(first, second)).toEqual({
    drift: [],
    notVerified: [{ kind: 'column', subject: 't.a', reason: 'it was being changed while it was read' }],
    equal: 3,
  });
});
