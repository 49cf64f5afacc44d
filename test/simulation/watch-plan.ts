// The watches in one simulated life, of about every third: when they are started, stopped and superseded, when their
// ticks come, and what the outside does to all of that. Drawn from a seed of their own: the rest of a life is the same
// with and without them. Each is over early enough in a calm for its report to be told by the end of that.
import { type SeededRandom, seededRandom } from '../support/seeded-random.ts';
import { type Era, eraAt, type PlannedProcess, processAt } from './eras.ts';
import type { Plan, PlannedRun } from './plan.ts';

const minute = 60_000;

export interface PlannedWatch extends PlannedProcess {
  at: number;
  version: string;
  /** The deployment, where that is said. @default when it is started, by the clock of that machine */
  deployedAt: number | undefined;
  forMs: number;
  everyMs: number;
}

export type PlannedStop = PlannedProcess & { at: number };

export interface PlannedWatches {
  watches: readonly PlannedWatch[];
  stops: readonly PlannedStop[];
  ticks: readonly PlannedRun[];
}

/** Between the end of a watch and the moment by which everything has to have been told. */
const leftMs = 25 * minute;
const longestMs = 60 * minute;

export function watchesOf(seed: number, eras: readonly Era[], settledAt: Plan['settledAt']): PlannedWatches {
  const random = seededRandom(seed + 0x5eed_0000);
  const watches: PlannedWatch[] = [];
  const stops: PlannedStop[] = [];
  const ticks: PlannedRun[] = [];
  if (random.below(3) !== 0) return { watches, stops, ticks };
  const stretches = settledAt.map(({ at }, index) => ({
    from: settledAt[index - 1]?.at ?? 10 * minute,
    to: at - leftMs,
  }));
  for (const { from, to } of stretches) {
    const own = Array.from({ length: random.below(3) }, () => watchIn(from, to, eras, random));
    watches.push(...own.flatMap((watch) => (random.below(3) === 0 ? [watch, again(watch, eras, random)] : [watch])));
    for (const watch of own.filter(() => random.below(4) === 0)) {
      const at = watch.at + random.below(watch.forMs);
      stops.push({ at, ...processAt(at, eras, random) });
    }
    const first = Math.min(...own.map(({ at }) => at));
    const last = Math.max(...own.map(({ at, forMs }) => at + forMs));
    if (own.length > 0) ticks.push(...ticksBetween(first, last + 20 * minute, eras, random));
  }
  // Of a target that the settings do not have nobody starts or stops one, and no round is handed out.
  const isThere = ({ settings }: PlannedProcess) => settings.checks.length > 0;
  return { watches: watches.filter(isThere), stops: stops.filter(isThere), ticks: ticks.filter(isThere) };
}

function watchIn(from: number, to: number, eras: readonly Era[], random: SeededRandom): PlannedWatch {
  const forMs = random.pick([10, 20, 40, 60]) * minute;
  const at = from + 5 * minute + random.below(to - longestMs - from - 5 * minute);
  return {
    at,
    version: `1.${random.below(3)}.0`,
    deployedAt: random.below(2) === 0 ? undefined : at - random.below(5 * minute),
    forMs,
    everyMs: Math.max(forMs / random.pick([5, 10]), 2 * minute),
    ...processAt(at, eras, random),
  };
}

/** A pipeline that repeats itself, or a person who got no answer. */
function again(watch: PlannedWatch, eras: readonly Era[], random: SeededRandom): PlannedWatch {
  const at = watch.at + random.below(3 * minute);
  return { ...watch, at, ...processAt(at, eras, random) };
}

/** One a minute. In chaos some do not come, and some come twice. */
function ticksBetween(from: number, to: number, eras: readonly Era[], random: SeededRandom): PlannedRun[] {
  const times = Array.from({ length: Math.ceil((to - from) / minute) }, (_, index) => Math.ceil(from / minute) + index);
  return times.flatMap((time): PlannedRun[] => {
    const comes = () => {
      const at = time * minute + random.below(20_000);
      return { at, watchTick: true as const, checks: [], ...processAt(at, eras, random) };
    };
    if (eraAt(time * minute, eras).calm) return [comes()];
    return Array.from({ length: random.pick([0, 1, 1, 1, 1, 2]) }, comes);
  });
}
