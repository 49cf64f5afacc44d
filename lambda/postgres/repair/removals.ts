// What is dropped by a statement of its own, and what PostgreSQL drops along with it.
import type { DriftEntry } from '../drift.ts';
import { type Fact, type FactKey, factKey } from '../fact.ts';
import type { Catalog } from './catalog.ts';
import type { Scene } from './repairer.ts';

/** Something to drop, with everything that goes with it. */
export interface Removal {
  fact: Fact;
  entry: DriftEntry;
  gone: Set<Fact>;
}

/** @param removed what has to go, for good or to be created again, to the entry it is for */
export function removalsOf(removed: ReadonlyMap<FactKey, DriftEntry>, { current, target }: Scene): Removal[] {
  const hasLeft = (table: FactKey): boolean => {
    const [before, after] = [current.get(table)?.attributes, target.get(table)?.attributes];
    const kept = Array.isArray(after?.inherits) ? after.inherits : [];
    const lost = Array.isArray(before?.inherits) ? before.inherits.filter((name) => !kept.includes(name)) : [];
    return after !== undefined && (before?.partitionOf !== after.partitionOf || lost.length > 0);
  };
  const circular = new Set([
    ...inCircles(linksOfTables(removed, current), removed, current),
    ...inCircles(linksOfColumns(removed, current), removed, current),
  ]);
  const carriers = new Map<FactKey, FactKey | undefined>();
  const rootOf = (key: FactKey): FactKey => {
    const fact = current.get(key);
    if (fact && !circular.has(fact) && !carriers.has(key))
      carriers.set(key, carrierOf(fact, removed, current, hasLeft));
    const carrier = carriers.get(key);
    return carrier === undefined ? key : rootOf(carrier);
  };
  const found = new Map<FactKey, Removal>();
  for (const [key, entry] of removed) {
    const fact = current.get(key);
    if (fact && rootOf(key) === key) found.set(key, { fact, entry, gone: new Set() });
  }
  const add = (fact: Fact, removal: Removal): void => {
    if (removal.gone.has(fact) || (fact !== removal.fact && found.has(factKey(fact)))) return;
    if (fact !== removal.fact) removal.gone.add(fact);
    if (goesWithParts(factKey(fact))) for (const part of current.childrenOf(factKey(fact))) add(part, removal);
  };
  for (const key of removed.keys()) {
    const [fact, removal] = [current.get(key), found.get(rootOf(key))];
    if (fact && removal) add(fact, removal);
  }
  return [...found.values()];
}

/**
 * What PostgreSQL drops it with: what it is a part of, unless that is a schema; the column that an index or constraint
 * covers or a sequence belongs to; the column, constraint, index or trigger that a child table or partition has it from.
 */
function carrierOf(
  fact: Fact,
  removed: ReadonlyMap<FactKey, DriftEntry>,
  current: Catalog,
  hasLeft: (table: FactKey) => boolean,
): FactKey | undefined {
  const { kind, parent, needs = [], attributes } = fact;
  if (parent !== undefined && goesWithParts(parent) && isGone(parent, removed, current)) return parent;
  if (kind === 'sequence') return [`column ${attributes.ownedBy}`].find((key) => isGone(key, removed, current));
  if (!['column', 'constraint', 'index', 'trigger'].includes(kind)) return undefined;
  return needs.find((key) => {
    const needed = current.get(key);
    const ownColumn = needed?.kind === 'column' && needed.parent === tableOf(fact, current);
    // What leaves a table keeps what it has from it, but for triggers.
    const keeps = kind !== 'trigger' && hasLeft(tableOf(fact, current) ?? '');
    return (ownColumn || (needed?.kind === kind && !keeps)) && isGone(key, removed, current);
  });
}

/** Something by which one thing that goes waits for another. */
interface Link {
  fact: Fact;
  from: FactKey;
  to: FactKey;
}

/** Foreign keys of tables that go, and what makes one of them inherit from another. */
function linksOfTables(removed: ReadonlyMap<FactKey, DriftEntry>, current: Catalog): Link[] {
  return [...removed.keys()].flatMap((key) => {
    const fact = current.get(key);
    const from = fact?.kind === 'table' ? key : fact?.attributes.type === 'foreign key' ? fact.parent : undefined;
    if (!fact || from === undefined) return [];
    const tables = (fact.needs ?? []).filter((need) => need.startsWith('table ') && need !== from);
    return tables.map((to) => ({ fact, from, to }));
  });
}

/** Indexes and constraints that would go with one column, and are about others that go as well. */
function linksOfColumns(removed: ReadonlyMap<FactKey, DriftEntry>, current: Catalog): Link[] {
  return [...removed.keys()].flatMap((key) => {
    const fact = current.get(key);
    if (!fact || !['index', 'constraint'].includes(fact.kind)) return [];
    const [from, ...others] = (fact.needs ?? []).filter((need) => need.startsWith('column ') && removed.has(need));
    return from === undefined ? [] : others.map((to) => ({ fact, from, to }));
  });
}

/**
 * Indexes, and constraints such as foreign keys between tables that refer to each other or inherit, by which things that
 * go wait for each other, over however many others: those can only go once these have. What nothing waits for, or what
 * waits for nothing, is taken away until none is left to take.
 */
function inCircles(links: readonly Link[], removed: ReadonlyMap<FactKey, DriftEntry>, current: Catalog): Fact[] {
  let left = links.filter(({ from, to }) => isGone(from, removed, current) && isGone(to, removed, current));
  for (let before = -1; before !== left.length; ) {
    before = left.length;
    const [sources, ends] = [new Set(left.map(({ from }) => from)), new Set(left.map(({ to }) => to))];
    left = left.filter(({ from, to }) => sources.has(to) && ends.has(from));
  }
  return left.flatMap(({ fact }) => (fact.kind === 'table' ? [] : [fact]));
}

function isGone(key: FactKey, removed: ReadonlyMap<FactKey, DriftEntry>, current: Catalog): boolean {
  for (let at: FactKey | undefined = key; at !== undefined && goesWithParts(at); at = current.get(at)?.parent) {
    if (removed.has(at)) return true;
  }
  return false;
}

/** PostgreSQL refuses to drop these while they have parts. */
function goesWithParts(key: FactKey): boolean {
  return !/^(schema|foreign data wrapper|foreign server) /.test(key);
}

/** An index of a constraint is on the table of that. */
function tableOf(fact: Fact, current: Catalog): FactKey | undefined {
  const parent = fact.parent === undefined ? undefined : current.get(fact.parent);
  return parent?.kind === 'constraint' ? parent.parent : fact.parent;
}
