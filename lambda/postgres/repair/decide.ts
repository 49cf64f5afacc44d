// Which objects are altered in place, which are dropped and created again, and which differences have no repair.
// Knows no kind of object: the repairers are asked.
import type { DriftEntry } from '../drift.ts';
import { type Fact, type FactKey, factKey } from '../fact.ts';
import { inheritorsOf } from './catalog.ts';
import { changeCommon, isCommon } from './common-attributes.ts';
import { mentionedIn } from './dependencies.ts';
import { hindranceOf } from './hindrances.ts';
import { repairerOf } from './kinds/index.ts';
import { rebuilder } from './rebuild.ts';
import type { Alteration, Changer, Elsewhere, Outcome } from './repairer.ts';
import { type ChangedObject, type Differences, entryKey, isWhole } from './scene.ts';
import { type NoRepair, type RepairedWith, repairedEntry } from './statement.ts';

export interface AlteredObject {
  entry: DriftEntry;
  key: FactKey;
  alteration: Alteration;
}

export interface Decisions {
  altered: AlteredObject[];
  /** What is dropped and created again, to the entry it is for. */
  rebuilt: ReadonlyMap<FactKey, DriftEntry>;
  others: (NoRepair | RepairedWith)[];
}

interface Verdicts {
  altered: AlteredObject[];
  /** Every entry that asks for a rebuild, with what is rebuilt. */
  requested: { entry: DriftEntry; key: FactKey }[];
  rebuilt: Map<FactKey, DriftEntry>;
  others: Decisions['others'];
}

/** @param elsewhere differences of whole objects that have no statement of their own */
export function decide(differences: Differences, elsewhere: readonly (readonly [DriftEntry, Elsewhere])[]): Decisions {
  const outcomes = [
    ...elsewhere.map(([entry, outcome]) => ({ entry, key: entryKey(entry), outcome })),
    ...differences.changed.map((object) => ({ ...object, outcome: outcomeOf(object, differences) })),
  ];
  return settle(judge(outcomes, differences), differences);
}

function outcomeOf({ entry, key }: ChangedObject, { scene, isInModel }: Differences): Outcome {
  const { attribute = '', expected, actual } = entry;
  const hindrance = hindranceOf([key, ...mentionedIn(expected, scene.target)], scene);
  if (hindrance !== undefined) return { none: hindrance };
  const target = scene.target.get(key);
  const current = scene.current.get(key);
  const change: Readonly<Record<string, Changer>> = repairerOf(target?.kind ?? entry.kind)?.change ?? {};
  const known = Object.hasOwn(change, attribute) ? change[attribute] : undefined;
  if (!target || !current || !isInModel(key) || !isWhole(target, scene.target))
    return { none: 'The object is not among the facts that were read.' };
  const changed = { expected, actual, target, current };
  if (known) return known(changed, scene);
  if (isCommon(attribute)) {
    const along = (entry.swallowed ?? []).flatMap((same) => scene.target.get(same) ?? []);
    return changeCommon(attribute, changed, along, scene);
  }
  return { none: `This version does not know how to repair ${attribute || entry.kind}.` };
}

function judge(outcomes: readonly (ChangedObject & { outcome: Outcome })[], { scene, removed }: Differences): Verdicts {
  const rebuilds = rebuilder(scene, (key) => removed.has(key));
  const verdicts: Verdicts = { altered: [], requested: [], rebuilt: new Map(), others: [] };
  /** Adds whatever has to be rebuilt along, or says what stands in the way. */
  const isClear = (entry: DriftEntry, keys: FactKey[], first: (fact: Fact) => boolean, reason: string): boolean => {
    const found = rebuilds.dependantsOf(keys, first);
    if ('blockedBy' in found) {
      verdicts.others.push({ ...repairedEntry(entry), none: `${reason}${inTheWay(found.blockedBy)}` });
      return false;
    }
    for (const dependant of found.dependants.map(factKey)) {
      if (!verdicts.rebuilt.has(dependant)) verdicts.rebuilt.set(dependant, entry);
    }
    return true;
  };
  for (const [key, entry] of removed) {
    const fact = scene.current.get(key);
    const holds = fact && repairerOf(fact.kind)?.holds;
    if (holds) isClear(entry, [key], (dependant) => holds(fact, dependant), 'It has to go. ');
  }
  for (const { entry, key, outcome } of outcomes) {
    if ('recreate' in outcome) {
      const { recreate, reason } = outcome;
      if (!isClear(entry, [recreate], () => true, `${reason} `)) continue;
      verdicts.requested.push({ entry, key: recreate });
      if (!verdicts.rebuilt.has(recreate)) verdicts.rebuilt.set(recreate, entry);
    } else if ('drafts' in outcome) {
      if (outcome.rebuilds && !isClear(entry, [key, ...inheritorsOf(key, scene.current)], outcome.rebuilds, ''))
        continue;
      verdicts.altered.push({ entry, key, alteration: outcome });
      if (outcome.none !== undefined) verdicts.others.push({ ...repairedEntry(entry), none: outcome.none });
    } else {
      verdicts.others.push({ ...repairedEntry(entry), ...outcome });
    }
  }
  return verdicts;
}

function inTheWay({ kind, id }: Fact): string {
  return `The ${kind} ${id} depends on it, and cannot be dropped and created again without loss.`;
}

/** What is rebuilt needs no altering; a rebuild is told under the object's own first difference, if it has one. */
function settle({ altered, requested, rebuilt, others }: Verdicts, { scene }: Differences): Decisions {
  const rebuiltWith = (key: FactKey): FactKey | undefined => {
    for (let at: FactKey | undefined = key; at !== undefined; at = scene.target.get(at)?.parent) {
      if (rebuilt.has(at)) return at;
    }
    return undefined;
  };
  const covered = [
    ...requested,
    ...altered.flatMap(({ entry, key }) => {
      const by = rebuiltWith(key);
      return by === undefined ? [] : [{ entry, key: by }];
    }),
  ];
  const owners = new Map(rebuilt);
  for (const { entry, key } of covered.toReversed()) if (entryKey(entry) === key) owners.set(key, entry);
  const owning = new Set(owners.values());
  return {
    altered: altered.filter(({ key }) => rebuiltWith(key) === undefined),
    rebuilt: owners,
    others: [
      ...others,
      ...covered
        .filter(({ entry }) => !owning.has(entry))
        .map(({ entry, key }) => ({ ...repairedEntry(entry), with: key })),
    ],
  };
}
