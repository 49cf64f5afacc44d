// What a fact hangs on, and the end of a chain of causes.
import { byCodeUnit } from '../../json.ts';
import type { DriftEntry } from '../drift.ts';
import type { Fact, FactKey } from '../fact.ts';

export function dependencies(fact: Fact): FactKey[] {
  return [...(fact.parent === undefined ? [] : [fact.parent]), ...(fact.needs ?? [])];
}

/** The end of a chain of causes; what hangs on a ring, which no catalog has, is its own cause, so that it is told. */
export function follow<Item>(start: Item, next: (item: Item) => Item | undefined): Item {
  const seen = new Set<Item>([start]);
  let item = start;
  for (let cause = next(start); cause !== undefined; cause = next(cause)) {
    if (seen.has(cause)) return start;
    seen.add(cause);
    item = cause;
  }
  return item;
}

/** Where an entry about this fact stands. */
export function place(fact: Fact): Pick<DriftEntry, 'kind' | 'subject' | 'parent'> {
  return { kind: fact.kind, subject: fact.id, ...(fact.parent === undefined ? {} : { parent: fact.parent }) };
}

/** What an entry takes along. */
export function also(swallowed: readonly FactKey[] | undefined): Pick<DriftEntry, 'swallowed'> {
  return swallowed?.length ? { swallowed: [...new Set(swallowed)].sort(byCodeUnit) } : {};
}
