import { expect, test } from 'vitest';
import { type Impact, impacts, type Severity } from '../../../lambda/monitor/finding.ts';
import {
  countByImpact,
  countBySeverity,
  groupByImpact,
  impactHeading,
  severityCounts,
} from '../../../lambda/monitor/notice/impact-groups.ts';

const finding = (severity: Severity, impact: Impact, subject: string) => ({ severity, impact, subject });

const some = [
  finding('info', 'cosmetic', 'a'),
  finding('warning', 'breaks-reads', 'b'),
  finding('critical', 'integrity', 'c'),
  finding('info', 'integrity', 'd'),
  finding('critical', 'breaks-writes', 'e'),
  finding('critical', 'integrity', 'f'),
];

test('the worst finding decides which group comes first, then what the group breaks', () => {
  expect(
    groupByImpact(some).map(({ impact, findings }) => [impact, ...findings.map(({ subject }) => subject)]),
  ).toEqual([
    ['breaks-writes', 'e'],
    ['integrity', 'c', 'f', 'd'],
    ['breaks-reads', 'b'],
    ['cosmetic', 'a'],
  ]);
  expect(groupByImpact([])).toEqual([]);
});

test('counts say how many of each there are', () => {
  expect(groupByImpact(some)[1]?.counts).toEqual({ critical: 2, warning: 0, info: 1 });
  expect(severityCounts(countBySeverity(some))).toBe('3 critical, 1 warning, 2 info');
  expect(severityCounts(countBySeverity([]))).toBe('');
  expect(countByImpact(some)).toEqual({ 'breaks-reads': 1, 'breaks-writes': 1, integrity: 3, cosmetic: 1 });
});

test('every impact has a heading of its own', () => {
  expect(new Set(impacts.map(impactHeading)).size).toBe(impacts.length);
});
