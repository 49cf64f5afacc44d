// The facts of one side, found by key and by parent, in little memory: no key is kept as a text of its own, which for a
// large schema would take as much as the facts do. Knows no kind of object.
import type { Fact, FactKey } from './fact.ts';

export interface FactsByKey {
  get(key: FactKey): Fact | undefined;
  has(key: FactKey): boolean;
  find(kind: string, id: string): Fact | undefined;
}

/** Of several facts with one key, the last counts. */
export function factsByKey(facts: readonly Fact[]): FactsByKey {
  const byKind = new Map<string, Map<string, Fact>>();
  for (const fact of facts) {
    const ofKind = byKind.get(fact.kind);
    if (ofKind) ofKind.set(fact.id, fact);
    else byKind.set(fact.kind, new Map([[fact.id, fact]]));
  }
  const get = (key: FactKey): Fact | undefined => {
    // A kind may have several words, and so may an id.
    for (let end = key.indexOf(' '); end >= 0; end = key.indexOf(' ', end + 1)) {
      const found = byKind.get(key.slice(0, end))?.get(key.slice(end + 1));
      if (found) return found;
    }
    return undefined;
  };
  return { get, has: (key) => get(key) !== undefined, find: (kind, id) => byKind.get(kind)?.get(id) };
}

/** All facts of one side. */
export interface Index {
  facts: readonly Fact[];
  get(key: FactKey): Fact | undefined;
  childrenOf(key: FactKey): readonly Fact[];
}

/** Made when it is asked for the first time: most comparisons need none. */
export function indexOf(facts: readonly Fact[]): Index {
  let byKey: FactsByKey | undefined;
  let byParent: Map<FactKey | undefined, Fact[]> | undefined;
  return {
    facts,
    get(key) {
      byKey ??= factsByKey(facts);
      return byKey.get(key);
    },
    childrenOf(key) {
      byParent ??= Map.groupBy(facts, (fact) => fact.parent);
      return byParent.get(key) ?? [];
    },
  };
}
