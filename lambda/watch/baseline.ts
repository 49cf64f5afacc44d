// What the measures of a target usually were, and which of them are no longer there. Pure; knows no measure by name, so
// that those of checks that do not exist yet are compared as well.
//
// The rule: a measure changed when its mean since the deployment lies outside the range of its hourly means before (the
// outermost tenth left away), by more than a quarter of its mean before, half of that range, and what its unit is worth.
import type { Bucket, CheckSums, History } from '../monitor/decide/history.ts';
import type { Change, Usual } from './watch.ts';

const fewestRuns = 3;
const fewestBuckets = 3;

/** Less than this is never a change. */
const leastOf: Readonly<Record<string, number>> = { ms: 10, s: 60, bytes: 1_024, count: 1, days: 2, ratio: 0.02 };

type Sums = CheckSums['measures'][string];

/** Of the hours before the deployment; where those are too few, of the days; of what there is when that is all. */
export function usualMeasures(history: History, startedAt: string): Usual[] {
  const hour = startedAt.slice(0, 'yyyy-mm-ddThh'.length);
  const day = startedAt.slice(0, 'yyyy-mm-dd'.length);
  const hours = sumsOf(history.hours.filter(({ start }) => start < hour));
  const days = sumsOf(history.days.filter(({ start }) => start < day));
  const now = sumsOf(history.hours.filter(({ start }) => start === hour));
  const keys = new Set([...hours.keys(), ...days.keys(), ...now.keys()]);
  return [...keys].sort().flatMap((key) => {
    const candidates = [hours, days, now].map((each) => each.get(key) ?? []);
    const found =
      candidates.find(({ length }) => length >= fewestBuckets) ?? candidates.find(({ length }) => length > 0);
    const [check, name] = JSON.parse(key) as [string, string];
    return found ? [{ check, name, ...usualOf(found) }] : [];
  });
}

function sumsOf(buckets: readonly Bucket[]): Map<string, Sums[]> {
  const found = new Map<string, Sums[]>();
  for (const { checks } of buckets) {
    for (const [check, { measures }] of Object.entries(checks)) {
      for (const [name, sums] of Object.entries(measures)) {
        const key = JSON.stringify([check, name]);
        found.set(key, [...(found.get(key) ?? []), sums]);
      }
    }
  }
  return found;
}

function usualOf(all: readonly Sums[]): Omit<Usual, 'check' | 'name'> {
  const unit = all.at(-1)?.unit ?? '';
  // A measure whose unit was another one is another measure.
  const sums = all.filter((one) => one.unit === unit);
  const n = sums.reduce((total, one) => total + one.n, 0);
  const mean = sums.reduce((total, one) => total + one.sum, 0) / n;
  const means = sums.map((one) => one.sum / one.n).sort((left, right) => left - right);
  const away = Math.floor(means.length / 10);
  const [low, high] =
    means.length >= fewestBuckets
      ? [means[away] ?? mean, means[means.length - 1 - away] ?? mean]
      : [Math.min(...sums.map(({ min }) => min)), Math.max(...sums.map(({ max }) => max))];
  return { unit, n, mean, low, high };
}

/** @returns how many could be compared, and the changed ones, the greatest change first */
export function compareMeasures(
  before: readonly Usual[],
  checks: Readonly<Record<string, CheckSums>>,
): { compared: number; changes: Change[] } {
  const pairs = before.flatMap((usual): Change[] => {
    const sums = checks[usual.check]?.measures[usual.name];
    if (!sums || sums.unit !== usual.unit || Math.min(sums.n, usual.n) < fewestRuns) return [];
    return [{ ...usual, since: sums.sum / sums.n, sinceN: sums.n }];
  });
  const changes = pairs.filter(isChange).sort((left, right) => extent(right) - extent(left));
  return { compared: pairs.length, changes };
}

function isChange({ unit, mean, low, high, since }: Change): boolean {
  const slack = Math.max(Math.abs(mean) / 4, (high - low) / 2, leastOf[unit] ?? 0);
  return since > high + slack || since < low - slack;
}

function extent({ mean, since }: Change): number {
  return mean === 0 ? Number.POSITIVE_INFINITY : Math.abs(since - mean) / Math.abs(mean);
}
