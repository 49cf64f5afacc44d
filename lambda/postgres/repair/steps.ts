// The steps of a repair: what is created, altered and removed, each with what it waits for.
import type { DriftEntry } from '../drift.ts';
import { type Fact, type FactKey, factKey } from '../fact.ts';
import type { AlteredObject } from './decide.ts';
import { dependenciesOf, mentionedIn, neededToCreate } from './dependencies.ts';
import type { Draft } from './draft.ts';
import { lastName, schemaName } from './identifier.ts';
import { repairerOf } from './kinds/index.ts';
import type { Step } from './order.ts';
import type { Part, Scene } from './repairer.ts';
import { repairedEntry } from './statement.ts';

/** Drops come after everything that does not wait for them, in the opposite order of creation. */
const afterAll = 100;

export function creationSteps(fact: Fact, entry: DriftEntry, parts: readonly Part[], { target }: Scene): Step[] {
  const key = factKey(fact);
  return parts.map((part, place) => {
    const step = { ...emptyStep(entry, part.drafts), rank: part.rank ?? rankOf(fact), results: part.leaves ?? [] };
    if (place > 0) return { ...step, needs: [key, ...(part.needs ?? [])] };
    return {
      ...step,
      creates: [key],
      needs: [...neededWith(fact, target), ...(part.needs ?? [])],
      takes: namesOf(fact),
    };
  });
}

/** The alterations of one object, in their order; a statement that two of them share is told once. */
export function alterationSteps(altered: readonly AlteredObject[], scene: Scene): Step[] {
  const steps: Step[] = [];
  for (const [key, list] of Map.groupBy(altered, (one) => one.key)) {
    const written = new Set<string>();
    let previous: Step | undefined;
    for (const { entry, alteration } of list.toSorted((a, b) => stageOf(a) - stageOf(b))) {
      const drafts = alteration.drafts.filter(({ sql }) => !written.has(sql));
      for (const { sql } of drafts) written.add(sql);
      if (drafts.length === 0) continue;
      const [target, current] = [scene.target.get(key), scene.current.get(key)];
      const names = { before: current ? namesOf(current) : [], now: target ? namesOf(target) : [] };
      const step: Step = {
        ...emptyStep(entry, drafts),
        rank: alteration.rank ?? (target ? rankOf(target) : 0),
        alters: target?.kind === 'table' ? [] : [key],
        results: alteration.leaves ?? [],
        needs: [...mentionedIn(entry.expected, scene.target), ...(target?.needs ?? []), ...(alteration.needs ?? [])],
        releases: [...mentionedIn(entry.actual, scene.current), ...(current?.needs ?? [])],
        frees: names.before.filter((name) => !names.now.includes(name)),
        takes: names.now.filter((name) => !names.before.includes(name)),
        ...(previous && { after: previous }),
      };
      steps.push(step);
      previous = step;
    }
  }
  return steps;
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
    ...emptyStep(entry, drafts),
    rank: leavesPartition(fact, scene) ? afterAll : afterAll - rankOf(fact),
    removes: removed.map(factKey),
    leaves: new Set(removed.flatMap((one) => [...dependenciesOf(one, scene.current)])),
    frees: removed.flatMap(namesOf),
  };
}

/** Something of a partition that stays when the partition leaves, and can only be dropped then. */
function leavesPartition({ parent = '' }: Fact, { current, target }: Scene): boolean {
  const [before, after] = [current.get(parent)?.attributes, target.get(parent)?.attributes];
  return before?.partitionOf !== undefined && after !== undefined && after.partitionOf === undefined;
}

function emptyStep(entry: DriftEntry, drafts: Draft[]): Step {
  return {
    entry: repairedEntry(entry),
    drafts,
    rank: 0,
    creates: [],
    removes: [],
    alters: [],
    needs: [],
    releases: [],
    leaves: [],
    frees: [],
    takes: [],
    results: [],
  };
}

function rankOf({ kind }: Fact): number {
  return repairerOf(kind)?.rank ?? 0;
}

function stageOf({ alteration, entry }: AlteredObject): number {
  const names = Object.keys(repairerOf(entry.kind)?.change ?? {});
  return (alteration.stage ?? 0) * names.length + names.indexOf(entry.attribute ?? '');
}

/** What the object needs, and what its parts need that the same statement makes. */
function neededWith(fact: Fact, target: Scene['target']): Set<FactKey> {
  const needs = neededToCreate(fact, target);
  const own = new Set([factKey(fact)]);
  for (const part of target.childrenOf(factKey(fact))) {
    if (!['column', 'attribute', 'constraint'].includes(part.kind) || part.attributes.type === 'foreign key') continue;
    own.add(factKey(part));
    for (const key of neededToCreate(part, target)) needs.add(key);
  }
  for (const key of own) needs.delete(key);
  return needs;
}

/** Names that no two relations or types of a schema can share, signatures, and triggers that are copied to partitions. */
function namesOf({ kind, id, attributes, parent }: Fact): string[] {
  if (kind === 'trigger') return [`trigger ${lastName(id)}`];
  if (kind === 'constraint') return [`${schemaName(id)}.${lastName(id)}`];
  if (kind === 'column') return typeof attributes.identitySequence === 'string' ? [attributes.identitySequence] : [];
  return kind === 'index' || parent?.startsWith('schema ') ? [id] : [];
}
