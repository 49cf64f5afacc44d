// Production before and after a repair, told from the differences: only what differs changes, and everything else
// stays as production has it.
import { canonicalJson } from '../../json.ts';
import type { DriftEntry } from '../drift.ts';
import { type Fact, type FactKey, factKey } from '../fact.ts';
import { scopeOf } from '../kinds.ts';
import type { Scope } from '../scope.ts';
import { type Catalog, catalogOf, inheritorsOf, withChanges } from './catalog.ts';
import { commonAttributes } from './common-attributes.ts';
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
  scope: readonly Scope[],
): Differences {
  const created = keysOf(entries, 'missing');
  const removed = keysOf(entries, 'unexpected');
  const changed = entries.filter(({ verb }) => verb === 'changed');
  const modelFacts = catalogOf(model);
  // What changes about a column comes down to child tables and partitions, told or not.
  const differing = new Set(
    changed.flatMap((entry) => [
      entryKey(entry),
      ...inheritorsOf(entryKey(entry), modelFacts),
      ...(entry.swallowed ?? []),
    ]),
  );
  for (const key of created.keys()) {
    const owner = modelFacts.get(key)?.parent;
    if (owner !== undefined && !owner.startsWith('schema ')) differing.add(owner);
  }
  const told = new Set(changed.map((entry) => `${entryKey(entry)}\n${entry.attribute}`));
  const isTold = (key: FactKey, attribute: string): boolean => told.has(`${key}\n${attribute}`);
  const productionFacts = catalogOf(production);
  const hasReshaped = changed.some(({ attribute }) => attribute === 'form');
  /** A table that takes or loses partitions, or one of those, with all parts. */
  const isReshaped = (key: FactKey): boolean =>
    isTold(key, 'form') ||
    [modelFacts, productionFacts].some((catalog) => {
      const { kind, parent, attributes } = catalog.get(key) ?? {};
      const isPartition = kind === 'table' && attributes?.partitionOf !== undefined;
      const above = isPartition ? `table ${attributes.partitionOf}` : parent;
      return above !== undefined && !above.startsWith('schema ') && isReshaped(above);
    });
  const changes = new Map<FactKey, Fact | undefined>();
  const change = (fact: Fact | undefined): void => {
    const key = fact && factKey(fact);
    if (!key || (hasReshaped && isReshaped(key))) return;
    changes.set(key, asModel(fact, modelFacts.get(key), isTold));
  };
  for (const key of differing) {
    change(productionFacts.get(key));
    for (const part of productionFacts.childrenOf(key)) change(part);
  }
  for (const key of removed.keys()) changes.set(key, undefined);
  for (const fact of model) if (created.has(factKey(fact))) changes.set(factKey(fact), within(scope, fact));
  const target = withChanges(productionFacts, changes);
  const scene: Scene = {
    current: productionFacts,
    target,
    isNew: (key) => created.has(key),
    isRebuilt: () => false,
    hindrance: (key) => (hasReshaped && isReshaped(key) ? reshaped : undefined),
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

/** What the model says beyond what was compared is nobody's wish. */
function within(scope: readonly Scope[], fact: Fact): Fact {
  const attributes = Object.entries(fact.attributes).filter(([name]) => scope.includes(scopeOf(fact.kind, name)));
  return attributes.length === Object.keys(fact.attributes).length
    ? fact
    : { ...fact, attributes: Object.fromEntries(attributes) };
}

/** Who owns something, who may use it and what is said of it stay as they are where no difference tells. */
function asModel(fact: Fact, wanted: Fact | undefined, isTold: (key: FactKey, attribute: string) => boolean): Fact {
  if (!wanted) return fact;
  const untold = commonAttributes.filter((attribute) => !isTold(factKey(fact), attribute));
  const attributes = { ...wanted.attributes };
  for (const attribute of untold) {
    const value = fact.attributes[attribute];
    if (value === undefined) delete attributes[attribute];
    else attributes[attribute] = value;
  }
  return { ...wanted, attributes };
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
  const keys = (entry.swallowed ?? []).filter(
    (key) => (key.startsWith(`${entry.kind} `) || key.startsWith('column ')) && joins(key),
  );
  return [entryKey(entry), ...keys].map((key) => ({ entry, key }));
}

const reshaped =
  'A table only becomes partitioned, or ceases to be, by being created again: create it beside the old one, and move the rows.';

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
