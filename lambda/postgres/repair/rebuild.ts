// What has to be dropped and created again because something it depends on is. PostgreSQL's own way would be CASCADE,
// which says nothing of what it takes along.
import { type Fact, type FactKey, factKey } from '../fact.ts';
import { dependenciesOf } from './dependencies.ts';
import { repairerOf } from './kinds/index.ts';
import type { Scene } from './repairer.ts';

export type Rebuild = { dependants: Fact[] } | { blockedBy: Fact };

export interface Rebuilder {
  /** Everything that depends on these, and on that in turn; `first` picks among what depends on them directly. */
  dependantsOf(keys: readonly FactKey[], first: (dependant: Fact) => boolean): Rebuild;
}

/** @param isRemoved whether the repair drops it for good anyway */
export function rebuilder({ current }: Scene, isRemoved: (key: FactKey) => boolean): Rebuilder {
  let reverse: Map<Fact | FactKey, Fact[]> | undefined;
  const directly = (key: FactKey): readonly Fact[] => {
    reverse ??= reversed();
    return reverse.get(current.get(key) ?? key) ?? [];
  };
  /** By the fact that is needed, since the keys of all of them would take as much memory as the facts. */
  function reversed(): Map<Fact | FactKey, Fact[]> {
    const found = new Map<Fact | FactKey, Fact[]>();
    for (const fact of current.facts()) {
      for (const key of dependenciesOf(fact, current)) {
        const needed = current.get(key) ?? key;
        const others = found.get(needed);
        if (others) others.push(fact);
        else found.set(needed, [fact]);
      }
    }
    return found;
  }

  return {
    dependantsOf(keys, first) {
      const found = new Map<FactKey, Fact>();
      const queue = keys.flatMap(directly).filter(first);
      for (const fact of queue) {
        const own = factKey(fact);
        if (keys.includes(own) || found.has(own) || isRemoved(own) || goesWith(fact, keys, found)) continue;
        const repairer = repairerOf(fact.kind);
        if (!repairer?.canRebuild || repairer.isUnread?.(fact)) return { blockedBy: fact };
        found.set(own, fact);
        queue.push(...directly(own));
      }
      return { dependants: [...found.values()] };
    },
  };
}

/** A part of what is rebuilt is dropped with it, and created again with it. */
function goesWith(fact: Fact, seeds: readonly FactKey[], found: ReadonlyMap<FactKey, Fact>): boolean {
  return fact.parent !== undefined && (seeds.includes(fact.parent) || found.has(fact.parent));
}
