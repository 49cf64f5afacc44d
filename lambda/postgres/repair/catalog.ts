// The facts of one database, found by key, by parent and by name. Knows no kind of object.
import type { Fact, FactKey } from '../fact.ts';
import { factKey } from '../fact.ts';
import { qualifiedName } from './identifier.ts';

export interface Catalog {
  get(key: FactKey): Fact | undefined;
  facts(): Iterable<Fact>;
  /** The facts that are a part of this one, in the order of the list. */
  childrenOf(key: FactKey): readonly Fact[];
  /** Whatever goes by `public.users`: relations, types, routines with any arguments. */
  named(name: string): readonly Fact[];
}

export function catalogOf(facts: readonly Fact[]): Catalog {
  const byKey = new Map(facts.map((fact) => [factKey(fact), fact]));
  const byParent = Map.groupBy(facts, (fact) => fact.parent);
  const byName = Map.groupBy(facts, (fact) => nameOf(fact));
  return {
    get: (key) => byKey.get(key),
    facts: () => byKey.values(),
    childrenOf: (key) => byParent.get(key) ?? [],
    named: (name) => byName.get(name) ?? [],
  };
}

/** Parts of a relation have names of their own only within it; they are found through it. */
function nameOf(fact: Fact): string | undefined {
  return fact.parent?.startsWith('schema ') || fact.kind === 'index' ? qualifiedName(fact.id) : undefined;
}
