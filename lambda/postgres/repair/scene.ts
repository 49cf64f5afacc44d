// Production before and after a repair, told from the differences: only what differs changes, and everything else
// stays as production has it.
import type { DriftEntry } from '../drift.ts';
import { type Fact, type FactKey, factKey } from '../fact.ts';
import { type Catalog, catalogOf } from './catalog.ts';
import type { Scene } from './repairer.ts';

export interface Differences {
  scene: Scene;
  /** What the repair creates or removes, to the entry it is for. */
  created: ReadonlyMap<FactKey, DriftEntry>;
  removed: ReadonlyMap<FactKey, DriftEntry>;
  changed: readonly DriftEntry[];
  /** Whether the model tells how it should be. */
  isInModel(key: FactKey): boolean;
}

export function differencesOf(
  entries: readonly DriftEntry[],
  model: readonly Fact[],
  production: readonly Fact[],
  major: number,
): Differences {
  const created = keysOf(entries, 'missing');
  const removed = keysOf(entries, 'unexpected');
  const changed = entries.filter(({ verb }) => verb === 'changed');
  const modelFacts = catalogOf(model);
  const differing = new Set(changed.flatMap((entry) => [entryKey(entry), ...(entry.swallowed ?? [])]));
  for (const key of created.keys()) {
    const owner = modelFacts.get(key)?.parent;
    if (owner !== undefined && !owner.startsWith('schema ')) differing.add(owner);
  }
  const kept = production
    .filter((fact) => !removed.has(factKey(fact)))
    .map((fact) => {
      const differs = differing.has(factKey(fact)) || differing.has(fact.parent ?? '');
      return differs ? (modelFacts.get(factKey(fact)) ?? fact) : fact;
    });
  const target = catalogOf([...kept, ...model.filter((fact) => created.has(factKey(fact)))]);
  const scene: Scene = {
    current: catalogOf(production),
    target,
    isNew: (key) => created.has(key),
    isRebuilt: () => false,
    major,
  };
  return { scene, created, removed, changed, isInModel: (key) => modelFacts.get(key) !== undefined };
}

export function entryKey({ kind, subject }: Pick<DriftEntry, 'kind' | 'subject'>): FactKey {
  return factKey({ kind, id: subject });
}

function keysOf(entries: readonly DriftEntry[], verb: DriftEntry['verb']): Map<FactKey, DriftEntry> {
  return new Map(
    entries
      .filter((entry) => entry.verb === verb)
      .flatMap((entry) => [entryKey(entry), ...(entry.swallowed ?? [])].map((key) => [key, entry] as const)),
  );
}

/** Whether everything that the fact is a part of is there too; schemas are named in its id. */
export function isWhole({ parent }: Fact, catalog: Catalog): boolean {
  if (parent === undefined || parent.startsWith('schema ')) return true;
  const owner = catalog.get(parent);
  return owner !== undefined && isWhole(owner, catalog);
}
