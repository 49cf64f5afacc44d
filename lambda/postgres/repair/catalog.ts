// The facts of one database, found by key, by parent and by name. Knows no kind of object.
import type { Fact, FactKey } from '../fact.ts';
import { factKey } from '../fact.ts';
import { indexOf } from '../facts-by-key.ts';
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
  const index = indexOf(facts);
  let byNeed: Map<FactKey, Fact[]> | undefined;
  let byName: Map<string | undefined, Fact[]> | undefined;
  return {
    get: index.get,
    facts: () => facts,
    childrenOf: index.childrenOf,
    needing: (key) => {
      byNeed ??= dependants(facts);
      return byNeed.get(key) ?? [];
    },
    named: (name) => {
      byName ??= Map.groupBy(facts, nameOf);
      return byName.get(name) ?? [];
    },
  };
}

/**
 * A catalog with some of its facts changed, added or gone: those alone are held beside it.
 * @param changed facts as they are instead, by key; `undefined` for what is gone
 */
export function withChanges(catalog: Catalog, changed: ReadonlyMap<FactKey, Fact | undefined>): Catalog {
  const own = catalogOf([...changed.values()].filter((fact) => fact !== undefined));
  const asIs = (fact: Fact): Fact | undefined => {
    const key = factKey(fact);
    return changed.has(key) ? changed.get(key) : fact;
  };
  const all = (before: Iterable<Fact>, after: Iterable<Fact>, counts: (fact: Fact) => boolean): Fact[] => {
    const found = new Set<Fact>();
    for (const fact of before) {
      const now = asIs(fact);
      if (now && counts(now)) found.add(now);
    }
    for (const fact of after) found.add(fact);
    return [...found];
  };
  return {
    get: (key) => (changed.has(key) ? changed.get(key) : catalog.get(key)),
    facts: () => all(catalog.facts(), own.facts(), () => true),
    childrenOf: (key) => all(catalog.childrenOf(key), own.childrenOf(key), ({ parent }) => parent === key),
    needing: (key) => all(catalog.needing(key), own.needing(key), ({ needs }) => needs?.includes(key) === true),
    named: (name) => all(catalog.named(name), own.named(name), (fact) => nameOf(fact) === name),
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
