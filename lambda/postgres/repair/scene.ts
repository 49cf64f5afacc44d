// Production before and after a repair, told from the differences: only what differs changes, and everything else
// stays as production has it.
import { canonicalJson } from '../../json.ts';
import type { DriftEntry } from '../drift.ts';
import { type Fact, type FactKey, factKey } from '../fact.ts';
import { type Catalog, catalogOf } from './catalog.ts';
import type { Scene } from './repairer.ts';

export interface ChangedObject {
  entry: DriftEntry;
  key: FactKey;
}

export interface Differences {
  scene: Scene;
  /** What the repair creates or removes, to the entry it is for. */
  created: ReadonlyMap<FactKey, DriftEntry>;
  removed: ReadonlyMap<FactKey, DriftEntry>;
  /** One difference can stand for several objects: a table and what inherits from it. */
  changed: readonly ChangedObject[];
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
  return {
    scene,
    created,
    removed,
    changed: changed.flatMap((entry) => objectsOf(entry, scene)),
    isInModel: (key) => modelFacts.get(key) !== undefined,
  };
}

/** What changes with a table or type changes by itself where it joins that in the same repair. */
function objectsOf(entry: DriftEntry, { current, target }: Scene): ChangedObject[] {
  const joins = (key: FactKey): boolean => {
    const table = target.get(key)?.parent ?? '';
    const [before, after] = [current.get(table)?.attributes, target.get(table)?.attributes];
    return (
      before?.partitionOf !== after?.partitionOf ||
      before?.ofType !== after?.ofType ||
      canonicalJson(before?.inherits ?? null) !== canonicalJson(after?.inherits ?? null)
    );
  };
  const keys = (entry.swallowed ?? []).filter((key) => (key.startsWith(`${entry.kind} `) || key.startsWith('column ')) && joins(key));
  return [entryKey(entry), ...keys].map((key) => ({ entry, key }));
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
