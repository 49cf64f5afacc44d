// How often each check ran and how it went, by the hour and by the day: what digests and baselines are made of.
// Pure. Bounded: old buckets fall out as new ones come.
import * as z from 'zod';
import type { Outcome } from '../outcome.ts';

const keptHours = 30;
const keptDays = 15;

const count = z.int().nonnegative();

const measureSums = z.object({ unit: z.string(), n: count, sum: z.number(), min: z.number(), max: z.number() });

export const checkSums = z.object({
  pass: count,
  fail: count,
  unknown: count,
  measures: z.record(z.string(), measureSums),
});
export type CheckSums = z.output<typeof checkSums>;

const bucket = z.object({
  /** Where it begins: `2026-11-20T11` or `2026-11-20`, in UTC. */
  start: z.string(),
  checks: z.record(z.string(), checkSums),
});
export type Bucket = z.output<typeof bucket>;

/** Buckets in order of time. */
export const history = z.object({ hours: z.array(bucket), days: z.array(bucket) });
export type History = z.output<typeof history>;

/** Adds every outcome to the hour and the day in which it was collected. */
export function addToHistory(past: History, outcomes: readonly Outcome[]): History {
  return outcomes.reduce<History>(
    ({ hours, days }, outcome) => ({
      hours: addTo(hours, outcome.collectedAt.slice(0, 'yyyy-mm-ddThh'.length), outcome, keptHours),
      days: addTo(days, outcome.collectedAt.slice(0, 'yyyy-mm-dd'.length), outcome, keptDays),
    }),
    past,
  );
}

function addTo(buckets: readonly Bucket[], start: string, outcome: Outcome, kept: number): Bucket[] {
  const at = buckets.findIndex((candidate) => candidate.start >= start);
  const found = buckets[at];
  const before = found?.start === start ? found : { start, checks: {} };
  const after = {
    start,
    checks: { ...before.checks, [outcome.check]: addOutcome(before.checks[outcome.check], outcome) },
  };
  const position = at < 0 ? buckets.length : at;
  return buckets.toSpliced(position, before === found ? 1 : 0, after).slice(-kept);
}

export function addOutcome(sums: CheckSums | undefined, outcome: Outcome): CheckSums {
  const { status, measures } = outcome.judgement;
  const next = { pass: 0, fail: 0, unknown: 0, ...sums, measures: { ...sums?.measures } };
  next[status] += 1;
  for (const { name, unit, value } of measures) {
    if (!Number.isFinite(value)) continue;
    const { n, sum, min, max } = next.measures[name] ?? { n: 0, sum: 0, min: value, max: value };
    next.measures[name] = { unit, n: n + 1, sum: sum + value, min: Math.min(min, value), max: Math.max(max, value) };
  }
  return next;
}
