// The steps of a repair: what is created, altered and removed, each with what it waits for.
import type { DriftEntry } from '../drift.ts';
import { type Fact, type FactKey, factKey } from '../fact.ts';
import { type Catalog, inheritorsOf } from './catalog.ts';
import { givenTo } from './common-attributes.ts';
import type { AlteredObject } from './decide.ts';
import { dependenciesOf, mentionedIn, neededToCreate } from './dependencies.ts';
import { type Draft, safe } from './draft.ts';
import { lastName, schemaName } from './identifier.ts';
import { repairerOf } from './kinds/index.ts';
import { type Step, emptyStep as stepOf } from './order.ts';
import type { Part, Scene } from './repairer.ts';
import { repairedEntry } from './statement.ts';

/** Owners, grants and comments come after whatever is made. */
const givingRank = 30;

/** What belongs to two tables has to be taken away from the one before it changes for the other. */
const leavingRank = -1;

/** Drops come after everything that does not wait for them, in the opposite order of creation. */
const afterAll = 100;

export function creationSteps(fact: Fact, entry: DriftEntry, parts: readonly Part[], { target }: Scene): Step[] {
  const key = factKey(fact);
  return parts.map((part, place) => {
    const step = {
      ...stepOf(repairedEntry(entry), part.drafts),
      rank: part.rank ?? rankOf(fact),
      results: part.leaves ?? [],
    };
    if (place > 0)
      return { ...step, needs: [key, ...(part.needs ?? [])], takes: part.takes ?? [], creates: part.creates ?? [] };
    return {
      ...step,
      creates: [key],
      needs: [...neededWith(fact, target), ...(part.needs ?? [])],
      takes: [...[fact, ...partsOf(fact, target)].flatMap(namesOf), ...(part.takes ?? [])],
    };
  });
}

/** Who owns it and who may use it, once it is there: also for what comes with the statement of something else. */
export function givingSteps(fact: Fact, entry: DriftEntry, { target }: Scene): Step[] {
  const drafts = givenTo(fact, target);
  if (drafts.length === 0) return [];
  return [{ ...stepOf(repairedEntry(entry), drafts), rank: givingRank, needs: [factKey(fact)] }];
}

/** The alterations of one object, in their order; a statement that two of them share is told once. */
export function alterationSteps(altered: readonly AlteredObject[], scene: Scene): Step[] {
  const steps: Step[] = [];
  for (const [key, list] of Map.groupBy(altered, (one) => one.key)) {
    const written = new Set<string>();
    let previous: Step | undefined;
    for (const { entry, alteration } of list.toSorted((a, b) => stageOf(a) - stageOf(b))) {
      const [target, current] = [scene.target.get(key), scene.current.get(key)];
      const fresh = ({ sql }: Draft): boolean => !written.has(sql);
      const leaving = (alteration.leaving ?? []).filter(fresh);
      const drafts = alteration.drafts.filter(fresh);
      for (const { sql } of [...leaving, ...drafts]) written.add(sql);
      if (leaving.length > 0) steps.push(leavingStep(key, entry, leaving, scene));
      if (drafts.length === 0) continue;
      const names = { before: current ? namesOf(current) : [], now: target ? namesOf(target) : [] };
      const below = inheritorsOf(key, scene.current);
      const step: Step = {
        ...stepOf(repairedEntry(entry), drafts),
        rank: alteration.rank ?? (target ? rankOf(target) : 0),
        alters: target?.kind === 'table' || alteration.isUsedAsBefore ? [] : [key, ...below],
        creates: [...below.map(changedAbove), ...(alteration.creates ?? [])],
        results: alteration.leaves ?? [],
        needs: [
          ...mentionedIn(entry.expected, scene.target),
          ...(target?.needs ?? []),
          ...(target?.kind === 'policy' ? dependenciesOf(target, scene.target) : []),
          ...(alteration.needs ?? []),
          left(key),
          changedAbove(key),
          ...(target?.parent === undefined ? [] : [left(target.parent)]),
        ],
        releases: leaving.length > 0 ? [] : [...mentionedIn(entry.actual, scene.current), ...(current?.needs ?? [])],
        frees: names.before.filter((name) => !names.now.includes(name)),
        takes: [...names.now.filter((name) => !names.before.includes(name)), ...(alteration.takes ?? [])],
        ...(previous && { after: previous }),
      };
      steps.push(step);
      previous = step;
    }
  }
  return steps;
}

/** Stands for what comes down from a parent table: a child table has its own values after that. */
const changedAbove = (key: FactKey): FactKey => `changed above ${key}`;

/** Stands for a table that no longer belongs to what it belonged to. */
const left = (key: FactKey): FactKey => `left ${key}`;

function leavingStep(key: FactKey, entry: DriftEntry, drafts: Draft[], scene: Scene): Step {
  const current = scene.current.get(key);
  return {
    ...stepOf(repairedEntry(entry), drafts),
    rank: leavingRank,
    creates: [left(key)],
    releases: [...mentionedIn(entry.actual, scene.current), ...(current?.needs ?? [])],
    frees: current ? placesOf(current) : [],
  };
}

/** A place among the partitions of a table: one has to leave it before another can join. */
function placesOf({ attributes }: Fact): string[] {
  return attributes.partitionOf === undefined || attributes.partitionBound === undefined
    ? []
    : [`partitions of ${attributes.partitionOf}`];
}

/** One thing that is dropped, with the keys of everything that goes with it. */
export function removalStep(
  fact: Fact,
  entry: DriftEntry,
  drafts: Draft[],
  gone: ReadonlySet<Fact>,
  scene: Scene,
): Step {
  const removed = [fact, ...gone];
  return {
    ...stepOf(repairedEntry(entry), drafts),
    rank: afterAll - rankOf(fact),
    removes: removed.map(factKey),
    leaves: new Set(removed.flatMap((one) => [...dependenciesOf(one, scene.current)])),
    frees: [
      ...removed.flatMap((one) => [...namesOf(one), ...placesOf(one), `inherited ${factKey(one)}`]),
      `columns of ${fact.parent}`,
    ],
    takes: fact.attributes.inheritance === 'merged' ? inheritedBy(fact, scene.current) : [],
    evasions: evasionsOf(fact, removed, scene),
    needs: fact.parent === undefined ? [] : [left(fact.parent)],
  };
}

/** What is declared in a child table too stays there when the parent table loses it, and can only be dropped then. */
function inheritedBy({ id, kind, parent = '' }: Fact, current: Catalog): string[] {
  const parents = current.get(parent)?.attributes.inherits;
  const name = id.slice(tableOf({ parent }).length + 1);
  return Array.isArray(parents) ? parents.map((table) => `inherited ${kind} ${table}.${name}`) : [];
}

/** Names of parts, which can be changed without touching the statement that drops the whole. */
function evasionsOf(root: Fact, removed: readonly Fact[], { current }: Scene): Map<string, Draft> {
  const found = new Map<string, Draft>();
  for (const fact of removed) {
    const other = `driftwatch_old_${found.size + 1}`;
    const { notNullName, multirange } = fact.attributes;
    const rename = (statement: string): Draft =>
      safe(`${statement} TO ${other}`, 'Its name is wanted, and it is dropped further on.');
    if (fact.kind === 'index' && fact !== root) found.set(fact.id, rename(`ALTER INDEX ${fact.id} RENAME`));
    if (typeof multirange === 'string') found.set(multirange, rename(`ALTER TYPE ${multirange} RENAME`));
    if (
      fact.kind === 'column' &&
      typeof notNullName === 'string' &&
      fact.parent !== undefined &&
      current.get(fact.parent)?.kind === 'table'
    ) {
      const statement = `ALTER TABLE ${tableOf(fact)} RENAME CONSTRAINT ${notNullName}`;
      found.set(notNullKey(fact), rename(statement));
    }
  }
  return found;
}

function rankOf({ kind }: Fact): number {
  return repairerOf(kind)?.rank ?? 0;
}

function stageOf({ alteration, entry }: AlteredObject): number {
  const names = Object.keys(repairerOf(entry.kind)?.change ?? {});
  return (alteration.stage ?? 0) * (names.length + 1) + names.indexOf(entry.attribute ?? '');
}

/** What the statement that makes it makes along. */
function partsOf(fact: Fact, target: Scene['target']): Fact[] {
  return target
    .childrenOf(factKey(fact))
    .filter(
      ({ kind, attributes }) =>
        ['column', 'attribute', 'constraint'].includes(kind) && attributes.type !== 'foreign key',
    );
}

/** What the object needs, and what its parts need that the same statement makes. */
function neededWith(fact: Fact, target: Scene['target']): Set<FactKey> {
  const needs = neededToCreate(fact, target);
  const own = new Set([factKey(fact)]);
  for (const part of partsOf(fact, target)) {
    own.add(factKey(part));
    for (const key of neededToCreate(part, target)) needs.add(key);
  }
  for (const key of own) needs.delete(key);
  return needs;
}

/**
 * Names that no two relations or types of a schema, or constraints of a table, can share; signatures; and triggers that
 * are copied to partitions.
 */
function namesOf(fact: Fact): string[] {
  const { kind, id, attributes, parent } = fact;
  switch (kind) {
    case 'trigger':
      // A renamed constraint trigger keeps the name of its constraint, which nothing tells.
      return [`trigger ${lastName(id)}`, ...(attributes.constraint === true ? [`constraint triggers ${parent}`] : [])];
    case 'constraint':
      return [
        `constraint ${id}`,
        ...(attributes.type === 'primary key' ? [`primary key of ${parent}`] : []),
        ...(hasIndex(fact) ? [`${schemaName(id)}.${lastName(id)}`] : []),
      ];
    case 'column':
      return [
        ...(typeof attributes.identitySequence === 'string' ? [attributes.identitySequence] : []),
        ...(typeof attributes.notNullName === 'string'
          ? [`constraint ${tableOf(fact)}.${attributes.notNullName}`]
          : []),
      ];
    case 'range type':
      return [id, ...(typeof attributes.multirange === 'string' ? [attributes.multirange] : [])];
    default:
      return kind === 'index' || parent?.startsWith('schema ') ? [id] : [];
  }
}

function hasIndex({ attributes }: Fact): boolean {
  return ['primary key', 'unique', 'exclusion'].includes(String(attributes.type));
}

function notNullKey(column: Fact): string {
  return `constraint ${tableOf(column)}.${column.attributes.notNullName}`;
}

function tableOf({ parent = '' }: Pick<Fact, 'parent'>): string {
  return parent.slice(parent.indexOf(' ') + 1);
}
