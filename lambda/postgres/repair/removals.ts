// What is dropped by a statement of its own, and what PostgreSQL drops along with it.
import type { DriftEntry } from '../drift.ts';
import { type Fact, type FactKey, factKey } from '../fact.ts';
import type { Catalog } from './catalog.ts';

/** Something to drop, with everything that goes with it. */
export interface Removal {
  fact: Fact;
  entry: DriftEntry;
  gone: Fact[];
}

/** @param removed what has to go, for good or to be created again, to the entry it is for */
export function removalsOf(removed: ReadonlyMap<FactKey, DriftEntry>, current: Catalog): Removal[] {
  const carriers = new Map<FactKey, FactKey | undefined>();
  const rootOf = (key: FactKey): FactKey => {
    const fact = current.get(key);
    if (fact && !carriers.has(key)) carriers.set(key, carrierOf(fact, removed, current));
    const carrier = carriers.get(key);
    return carrier === undefined ? key : rootOf(carrier);
  };
  const found = new Map<FactKey, Removal>();
  for (const [key, entry] of removed) {
    const fact = current.get(key);
    if (fact && rootOf(key) === key) found.set(key, { fact, entry, gone: [] });
  }
  const addPartsOf = (fact: Fact, removal: Removal): void => {
    for (const part of current.childrenOf(factKey(fact))) {
      if (found.has(factKey(part))) continue;
      removal.gone.push(part);
      addPartsOf(part, removal);
    }
  };
  for (const key of removed.keys()) {
    const fact = current.get(key);
    const removal = found.get(rootOf(key));
    if (!fact || !removal || fact.kind === 'schema') continue;
    if (removal.fact !== fact && !removal.gone.includes(fact)) removal.gone.push(fact);
    addPartsOf(fact, removal);
  }
  return [...found.values()];
}

/**
 * What PostgreSQL drops it with: what it is a part of, unless that is a schema; the column that an index or constraint
 * covers or a sequence belongs to; the column, constraint, index or trigger that a child table or partition has it from.
 */
function carrierOf(fact: Fact, removed: ReadonlyMap<FactKey, DriftEntry>, current: Catalog): FactKey | undefined {
  const { kind, parent, needs = [], attributes } = fact;
  if (parent !== undefined && !parent.startsWith('schema ') && isGone(parent, removed, current)) {
    return closesCircle(fact, removed, current) ? undefined : parent;
  }
  if (kind === 'sequence') return [`column ${attributes.ownedBy}`].find((key) => isGone(key, removed, current));
  if (!['column', 'constraint', 'index', 'trigger'].includes(kind)) return undefined;
  return needs.find((key) => {
    const needed = current.get(key);
    const ownColumn = needed?.kind === 'column' && needed.parent === tableOf(fact, current);
    return (ownColumn || needed?.kind === kind) && isGone(key, removed, current);
  });
}

/** Tables that refer to each other can only be dropped once their foreign keys are. */
function closesCircle(fact: Fact, removed: ReadonlyMap<FactKey, DriftEntry>, current: Catalog): boolean {
  const referencedBy = ({ kind, attributes, needs = [], parent }: Fact): FactKey[] =>
    kind === 'constraint' && attributes.type === 'foreign key'
      ? needs.filter((key) => key.startsWith('table ') && key !== parent && isGone(key, removed, current))
      : [];
  const seen = new Set<FactKey>();
  const queue = referencedBy(fact);
  for (const table of queue) {
    if (table === fact.parent) return true;
    if (seen.has(table)) continue;
    seen.add(table);
    queue.push(...current.childrenOf(table).flatMap(referencedBy));
  }
  return false;
}

function isGone(key: FactKey, removed: ReadonlyMap<FactKey, DriftEntry>, current: Catalog): boolean {
  for (let at: FactKey | undefined = key; at !== undefined && !at.startsWith('schema '); at = current.get(at)?.parent) {
    if (removed.has(at)) return true;
  }
  return false;
}

/** An index of a constraint is on the table of that. */
function tableOf(fact: Fact, current: Catalog): FactKey | undefined {
  const parent = fact.parent === undefined ? undefined : current.get(fact.parent);
  return parent?.kind === 'constraint' ? parent.parent : fact.parent;
}
