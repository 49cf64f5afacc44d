// How bad a finding is, beside others.
import { expect, test } from 'vitest';
import { isAtLeast, severities, worstFirst, worstSeverity } from '../../lambda/monitor/finding.ts';

test('a severity is at least itself and every milder one', () => {
  const pairs = severities.flatMap((severity) =>
    severities.flatMap((minimum) => (isAtLeast(severity, minimum) ? [`${severity} ${minimum}`] : [])),
  );
  expect(pairs).toEqual([
    'critical critical',
    'critical warning',
    'critical info',
    'warning warning',
    'warning info',
    'info info',
  ]);
});

test('the worst of several counts, of none there is none', () => {
  expect(worstSeverity([{ severity: 'info' }, { severity: 'critical' }, { severity: 'warning' }])).toBe('critical');
  expect(worstSeverity([])).toBeUndefined();
});

test('severity comes before impact, and what is equal in both keeps its order', () => {
  const some = [
    { severity: 'warning', impact: 'availability', name: 'a' },
    { severity: 'critical', impact: 'cosmetic', name: 'b' },
    { severity: 'critical', impact: 'availability', name: 'c' },
    { severity: 'critical', impact: 'cosmetic', name: 'd' },
    { severity: 'info', impact: 'availability', name: 'e' },
  ] as const;
  expect(worstFirst(some).map(({ name }) => name)).toEqual(['c', 'b', 'd', 'a', 'e']);
});
