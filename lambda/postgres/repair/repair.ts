// The SQL that would bring production to the model, or why there is none. Pure: it is shown to a person and never run.
// Every entry gets at least one step; statements come in an order in which they can run, the rest after them.
import type { DriftEntry } from '../drift.ts';
import { type Fact, type FactKey, factKey } from '../fact.ts';
import { type Scope, scopes } from '../scope.ts';
import { withConsequences } from './consequences.ts';
import { type Decisions, decide } from './decide.ts';
import { withHindrances } from './hindrances.ts';
import { keptInUse } from './in-use.ts';
import { repairerOf } from './kinds/index.ts';
import { inOrder, type Step } from './order.ts';
import { removalsOf } from './removals.ts';
import { renamingOf } from './renames.ts';
import type { Elsewhere, Part, Scene } from './repairer.ts';
import { takenApart } from './replacements.ts';
import { type Differences, differencesOf, entryKey, isWhole } from './scene.ts';
import { replacedSignatures } from './signatures.ts';
import { type RepairedEntry, type RepairStep, repairedEntry } from './statement.ts';
import { alterationSteps, creationSteps, givingSteps, removalStep } from './steps.ts';
import { asItsType, unfinished } from './unfinished.ts';

export interface RepairOptions {
  /** `server_version_num` of production. @default 130000, so that the SQL runs on every supported version */
  serverVersion?: number;
  /** What was compared: new objects are given nothing that is beyond it. @default everything */
  scope?: readonly Scope[];
}

/**
 * @param entries one difference, some, or all: objects that are given no entry stay as they are
 * @param model facts of the snapshot the entries come from
 * @param production facts of the catalog the entries come from
 */
export function repair(
  entries: readonly DriftEntry[],
  model: readonly Fact[],
  production: readonly Fact[],
  { serverVersion = 130_000, scope = scopes }: RepairOptions = {},
): RepairStep[] {
  const { own = [], ofTenants = [] } = Object.groupBy(entries, ({ tenants }) => (tenants ? 'ofTenants' : 'own'));
  const renaming = renamingOf(own, model, production, serverVersion);
  const replacing = replacedSignatures(renaming.entries, model, renaming.production);
  const apart = takenApart(replacing.entries, model, renaming.production, serverVersion);
  const all = withConsequences(apart.entries, model, renaming.production, serverVersion);
  const major = Math.floor(serverVersion / 10_000);
  const told = new Set(renaming.statements.map(idOf));
  const rest = apart.asTold(repairUnderSameNames(all, model, renaming.production, major, scope));
  return [
    ...renaming.statements,
    ...rest.filter((step) => !('with' in step && told.has(idOf(step)))).map(replacing.asTold),
    ...replacing.along,
    ...ofTenants.map((entry) => ({ ...repairedEntry(entry), none: eachTenant })),
  ];
}

const eachTenant =
  'It is about several schemas: compare one of them alone with the model to have SQL, and run that in each.';

function repairUnderSameNames(
  entries: readonly DriftEntry[],
  model: readonly Fact[],
  production: readonly Fact[],
  major: number,
  scope: readonly Scope[],
): RepairStep[] {
  if (entries.length === 0) return [];
  const found = differencesOf(entries, model, production, major, scope);
  const undecided: Differences = { ...found, scene: withHindrances(found, (fact) => reasonAgainst(fact, found.scene)) };
  const decisions = decide(undecided, elsewhereOf(entries, undecided));
  const scene: Scene = { ...undecided.scene, isRebuilt: (key) => decisions.rebuilt.has(key) };
  const kept = keptInUse(undecided, decisions.others);
  const removed = new Map([...undecided.removed].filter(([, entry]) => !kept.has(entry)));
  const differences: Differences = { ...undecided, scene, removed };
  const steps = [
    ...additionsOf(differences, decisions),
    ...alterationSteps(decisions.altered, scene),
    ...dropsOf(differences, decisions),
  ].filter(({ drafts }) => drafts.length > 0);
  const ordered = inOrder(steps, (key) => scene.target.get(key)?.parent);
  const statements = ordered.flatMap(({ drafts, entry }) =>
    drafts.map((draft): RepairStep => ({ ...draft, ...entry })),
  );
  const created = [...differences.created.keys()].flatMap((key) => scene.target.get(key) ?? []);
  const reasonFor = (key: FactKey): string | undefined => {
    const found = decisions.others.find((step) => 'none' in step && objectOf(step) === key);
    return found && 'none' in found ? found.none : undefined;
  };
  const results = [
    ...ordered.flatMap((step) => step.results),
    ...created.flatMap((fact) => [...unfinished(fact), ...asItsType(fact, scene.target, reasonFor)]),
  ];
  const told = [
    ...statements,
    ...decisions.others,
    ...[...kept.values()].filter((step) => !decisions.others.some((other) => idOf(other) === idOf(step))),
    ...new Map(results.map((result) => [idOf(result), result])).values(),
  ];
  return withReasons([...told, ...restOf(entries, told, differences)]);
}

/** What is repaired together with something that has no repair has none either. */
function withReasons(steps: readonly RepairStep[]): RepairStep[] {
  const repaired = new Set(steps.filter((step) => 'sql' in step).map(objectOf));
  const reasons = new Map(steps.flatMap((step) => ('none' in step ? [[objectOf(step), step.none] as const] : [])));
  return steps.map((step) => {
    if (!('with' in step) || repaired.has(step.with)) return step;
    const none = reasons.get(step.with);
    return none === undefined ? step : { ...repairedEntry(step), none };
  });
}

function objectOf({ kind, subject }: RepairedEntry): FactKey {
  return factKey({ kind, id: subject });
}

/** What undoes the loss or gain of a whole object when that has no statement of its own. */
function elsewhereOf(entries: readonly DriftEntry[], { scene }: Differences): [DriftEntry, Elsewhere][] {
  return entries
    .filter(({ verb }) => verb !== 'changed')
    .flatMap((entry) => {
      const missing = entry.verb === 'missing';
      const fact = (missing ? scene.target : scene.current).get(entryKey(entry));
      const answer = missing ? creationOf(fact, scene) : dropOf(fact, scene);
      return Array.isArray(answer) ? [] : [[entry, answer] as [DriftEntry, Elsewhere]];
    });
}

function creationOf(fact: Fact | undefined, scene: Scene): Part[] | Elsewhere {
  if (!fact || !isWhole(fact, scene.target)) return { none: 'Its definition is not among the facts that were read.' };
  const hindrance = scene.hindrance(factKey(fact));
  if (hindrance !== undefined) return { none: hindrance };
  return (
    repairerOf(fact.kind)?.create(fact, scene) ?? { none: `This version does not know how to create ${fact.kind}.` }
  );
}

function reasonAgainst(fact: Fact, scene: Scene): string | undefined {
  const answer = creationOf(fact, scene);
  return 'none' in answer ? answer.none : undefined;
}

function dropOf(fact: Fact | undefined, scene: Scene) {
  if (!fact || !isWhole(fact, scene.current)) return { none: 'It is not among the facts that were read.' };
  const hindrance = scene.hindrance(factKey(fact));
  if (hindrance !== undefined) return { none: hindrance };
  return repairerOf(fact.kind)?.drop(fact, scene) ?? { none: `This version does not know how to drop ${fact.kind}.` };
}

/** Everything that is missing, and everything that is created again with all its parts. */
function additionsOf({ scene, created }: Differences, { rebuilt }: Decisions): Step[] {
  const wanted = new Map(created);
  const addWithParts = (key: FactKey, entry: DriftEntry): void => {
    if (wanted.has(key)) return;
    wanted.set(key, entry);
    for (const part of scene.target.childrenOf(key)) addWithParts(factKey(part), entry);
  };
  for (const [key, entry] of rebuilt) addWithParts(key, entry);
  return [...wanted].flatMap(([key, entry]) => {
    const fact = scene.target.get(key);
    const parts = creationOf(fact, scene);
    if (!fact) return [];
    const isMade = Array.isArray(parts);
    const comesAlong = isMade || (fact.parent !== undefined && wanted.has(fact.parent));
    return [
      ...(isMade ? creationSteps(fact, entry, parts, scene) : []),
      ...(comesAlong ? givingSteps(fact, entry, scene) : []),
    ];
  });
}

function dropsOf({ scene, removed }: Differences, { rebuilt }: Decisions): Step[] {
  return removalsOf(new Map([...removed, ...rebuilt]), scene).flatMap(({ fact, entry, gone }) => {
    const drafts = dropOf(fact, scene);
    return Array.isArray(drafts) ? [removalStep(fact, entry, drafts, gone, scene)] : [];
  });
}

/** Entries that others take care of, and what is swallowed and has no repair. */
function restOf(entries: readonly DriftEntry[], told: readonly RepairStep[], { scene }: Differences): RepairStep[] {
  const known = new Set(told.map(idOf));
  const missingParts = entries
    .filter(({ verb }) => verb === 'missing')
    .flatMap((entry) =>
      (entry.swallowed ?? []).flatMap((key): RepairStep[] => {
        const answer = creationOf(scene.target.get(key), scene);
        return 'none' in answer ? [{ ...repairedEntry(entry), none: `${key}: ${answer.none}` }] : [];
      }),
    );
  const carried = entries
    .filter((entry) => !known.has(idOf(entry)))
    .map((entry): RepairStep => ({ ...repairedEntry(entry), with: carrierOf(entry) }));
  return [...missingParts, ...carried];
}

/** What has the statements: the object itself, when another of its differences does, or what it is a part of. */
function carrierOf(entry: DriftEntry): FactKey {
  const ofSchema = entry.parent === undefined || entry.parent.startsWith('schema ');
  return entry.verb === 'changed' || ofSchema ? entryKey(entry) : (entry.parent as FactKey);
}

function idOf({ kind, subject, attribute }: RepairedEntry): string {
  return JSON.stringify([kind, subject, attribute ?? null]);
}
