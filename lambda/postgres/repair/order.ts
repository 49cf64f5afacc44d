// Puts statements in an order in which they can run. Knows objects by key and name only.
import type { FactKey } from '../fact.ts';
import type { Draft } from './draft.ts';
import type { NoRepair, RepairedEntry } from './statement.ts';

/** Statements that run together, with what they do to objects, by key. */
export interface Step {
  entry: RepairedEntry;
  drafts: Draft[];
  /** Lower is earlier, where nothing else decides. */
  rank: number;
  creates: readonly FactKey[];
  removes: readonly FactKey[];
  /** Changes, without taking away. Nothing waits for changes of a table itself: its parts are objects of their own. */
  alters: readonly FactKey[];
  /** Must exist, in its final form, before. */
  needs: Iterable<FactKey>;
  /** No longer used after: what removes it waits for this. */
  releases: Iterable<FactKey>;
  /** Relation, type and routine names that are free after, or must be free before. */
  frees: readonly string[];
  takes: readonly string[];
  /** What gives such a name away before, where nothing else helps. */
  evasions?: ReadonlyMap<string, Draft>;
  /** Keys of what its `removes` depended on. */
  leaves: Iterable<FactKey>;
  /** Differences that come of it, and stay. */
  results: readonly NoRepair[];
  /** An earlier step of the same object. */
  after?: Step;
}

/** Stable: what may run at the same time keeps the order of rank, then of the list. A circle is cut at its lowest rank. */
export function inOrder(steps: readonly Step[], partOf: (key: FactKey) => FactKey | undefined): Step[] {
  const evading = withEvasions(steps, partOf);
  const byRank = evading.toSorted((left, right) => left.rank - right.rank);
  const placeOf = new Map(byRank.map((step, place) => [step, place]));
  const waitsFor = dependenciesBetween(evading, partOf);
  const blocks = new Map<Step, Step[]>(evading.map((step) => [step, []]));
  for (const [step, others] of waitsFor) for (const other of others) blocks.get(other)?.push(step);

  const sorted = new Set<Step>();
  const free: number[] = [];
  const release = (step: Step): void => insertDescending(free, placeOf.get(step) ?? 0);
  for (const step of byRank) if (waitsFor.get(step)?.size === 0) release(step);
  let cut = 0;
  while (sorted.size < evading.length) {
    const next = byRank[free.pop() ?? cut++];
    if (!next || sorted.has(next)) continue;
    sorted.add(next);
    for (const blocked of blocks.get(next) ?? []) {
      const before = waitsFor.get(blocked);
      before?.delete(next);
      if (before?.size === 0 && !sorted.has(blocked)) release(blocked);
    }
  }
  return [...sorted];
}

/** Where what frees a name has to wait for what takes it, the name is given away by a step of its own. */
function withEvasions(steps: readonly Step[], partOf: (key: FactKey) => FactKey | undefined): Step[] {
  const freers = index(steps, (step) => [...(step.evasions?.keys() ?? [])]);
  const taken = steps.flatMap((taker) =>
    taker.takes.flatMap((name) => (freers.get(name) ?? []).map((freer) => ({ name, taker, freer }))),
  );
  if (taken.length === 0) return [...steps];
  const unnamed = steps.map((step) => ({ ...step, takes: [] }));
  const waitsFor = dependenciesBetween(unnamed, partOf);
  const copyOf = new Map(steps.map((step, place) => [step, unnamed[place] as Step]));
  const isBefore = (early: Step, late: Step): boolean => {
    const [goal, start] = [copyOf.get(early), copyOf.get(late)];
    const seen = new Set<Step>(start && [start]);
    for (const step of seen) for (const other of waitsFor.get(step) ?? []) seen.add(other);
    return goal !== undefined && seen.has(goal);
  };
  const result = new Map(steps.map((step) => [step, step]));
  for (const { name, freer, taker } of taken) {
    const evasion = freer.evasions?.get(name);
    const known = result.get(freer);
    if (!evasion || !known?.frees.includes(name) || !isBefore(taker, freer)) continue;
    result.set(freer, { ...known, frees: known.frees.filter((one) => one !== name) });
    const step: Step = { ...emptyStep(freer.entry, [evasion]), frees: [name] };
    result.set(step, step);
  }
  return [...result.values()];
}

export function emptyStep(entry: RepairedEntry, drafts: Draft[]): Step {
  return {
    entry,
    drafts,
    rank: 0,
    creates: [],
    removes: [],
    alters: [],
    needs: [],
    releases: [],
    leaves: [],
    frees: [],
    takes: [],
    results: [],
  };
}

function insertDescending(list: number[], value: number): void {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] as number) > value) low = middle + 1;
    else high = middle;
  }
  list.splice(low, 0, value);
}

function dependenciesBetween(
  steps: readonly Step[],
  partOf: (key: FactKey) => FactKey | undefined,
): Map<Step, Set<Step>> {
  const makers = index(steps, (step) => [...step.creates, ...step.alters]);
  const removers = index(steps, (step) => step.removes);
  const alterers = index(steps, (step) => step.alters);
  const freers = index(steps, (step) => step.frees);
  const waitsFor = new Map<Step, Set<Step>>(steps.map((step) => [step, new Set()]));
  const order = (before: Step, after: Step): void => {
    if (before !== after) waitsFor.get(after)?.add(before);
  };
  /** A part that its owner brings along has no step of its own. */
  const makersOf = (key: FactKey): readonly Step[] => {
    for (let at: FactKey | undefined = key; at !== undefined; at = partOf(at)) {
      const found = makers.get(at);
      if (found) return found;
    }
    return [];
  };
  for (const step of steps) {
    for (const key of step.needs) for (const maker of makersOf(key)) order(maker, step);
    for (const key of step.creates) for (const remover of removers.get(key) ?? []) order(remover, step);
    for (const key of step.releases) for (const remover of removers.get(key) ?? []) order(step, remover);
    for (const key of step.leaves) {
      for (const remover of removers.get(key) ?? []) order(step, remover);
      for (const alterer of alterers.get(key) ?? []) order(step, alterer);
    }
    for (const name of step.takes) for (const freer of freers.get(name) ?? []) order(freer, step);
    if (step.after) order(step.after, step);
  }
  return waitsFor;
}

function index(steps: readonly Step[], keysOf: (step: Step) => readonly string[]): Map<string, Step[]> {
  const found = new Map<string, Step[]>();
  for (const step of steps) {
    for (const key of keysOf(step)) {
      const others = found.get(key);
      if (others) others.push(step);
      else found.set(key, [step]);
    }
  }
  return found;
}
