// The facts of one database, found by key, by parent and by name. Knows no kind of object.
import type { Fact, FactKey } from '../fact.ts';
import { factKey } from '../fact.ts';
import { qualifiedName } from './identifier.ts';

export interface Catalog {
  get(key: FactKey): Fact | undefined;
  facts(): Iterable<Fact>;
  /** The facts that are a part of this one, in the order of the list. */
  childrenOf(key: FactKey): readonly Fact[];
  /** The facts that say they need this one: columns that a child table has from it. */
  needing(key: FactKey): readonly Fact[];
  /** Whatever goes by `public.users`: relations, types, routines with any arguments. */
  named(name: string): readonly Fact[];
}

export function catalogOf(facts: readonly Fact[]): Catalog {
  const byKey = new Map(facts.map((fact) => [factKey(fact), fact]));
  const byParent = Map.groupBy(facts, (fact) => fact.parent);
  let byNeed: Map<FactKey, Fact[]> | undefined;
  const byName = Map.groupBy(facts, (fact) => nameOf(fact));
  return {
    get: (key) => byKey.get(key),
    facts: () => byKey.values(),
    childrenOf: (key) => byParent.get(key) ?? [],
    needing: (key) => {
      byNeed ??= dependants(byKey.values());
      return byNeed.get(key) ?? [];
    },
    named: (name) => byName.get(name) ?? [],
  };
}

/** The same part of the tables below: what a child table or partition has from this one. */
export function inheritorsOf(key: FactKey, catalog: Catalog): FactKey[] {
  const kind = catalog.get(key)?.kind;
  const next = catalog.needing(key).filter((fact) => fact.kind === kind && fact.parent?.startsWith('table ') === true);
  return next.map(factKey).flatMap((one) => [one, ...inheritorsOf(one, catalog)]);
}

function dependants(facts: Iterable<Fact>): Map<FactKey, Fact[]> {
  const found = new Map<FactKey, Fact[]>();
  for (const fact of facts) {
    for (const need of fact.needs ?? []) {
      const others = found.get(need);
      if (others) others.push(fact);
      else found.set(need, [fact]);
    }
  }
  return found;
}

/** Parts of a relation have names of their own only within it; they are found through it. */
function nameOf(fact: Fact): string | undefined {
  return fact.parent?.startsWith('schema ') || fact.kind === 'index' ? qualifiedName(fact.id) : undefined;
}
