// Finds what production has under another name. Only what can be proven: an object that is missing and one that is
// unexpected, in the same place, say the same, and nothing else does. A rename that is found makes others visible (the
// index over a renamed column), so the search goes on until it finds nothing new.
import { type Fact, type FactKey, factKey } from '../fact.ts';
import type { Index } from '../facts-by-key.ts';
import { renameHint } from '../kinds/renames.ts';
import { isUnusual, mentionedBy, type Sighting, sameByHint, sameThoughUnset, sketchOf, withMention } from './alike.ts';
import { changes, type Terms } from './changes.ts';
import { generatedNames } from './generated-names.ts';
import { movedObjects } from './moves.ts';
import { namesOf, type Rename } from './names.ts';
import { samePlaces } from './places.ts';
import { sameParts } from './same-parts.ts';
import type { Sides } from './sides.ts';
import { changedSignatures } from './signatures.ts';
import type { MovedMembers } from './spelling.ts';

/** What is not the same on both sides, under the names known so far. */
export interface Open {
  model: Index;
  production: Index;
  missing: Fact[];
  unexpected: Sighting[];
  /** The same name, something else: names can have been swapped. */
  unequal: Unequal[];
  /** Those of them whose production says this word. */
  mentioning(word: string): readonly Unequal[];
  terms: Terms;
  members: readonly MovedMembers[];
}

export interface Unequal {
  expected: Fact;
  actual: Sighting;
}

export interface Found {
  renames: Rename[];
  /** Those among them whose names PostgreSQL made. */
  generated: ReadonlySet<Rename>;
}

/** @param sides what the two have in common under equal names */
export function findRenames(
  sides: Sides,
  indexes: Pick<Open, 'model' | 'production' | 'members'>,
  terms: Terms,
): Found {
  const found: Found & { generated: Set<Rename> } = { renames: [], generated: new Set() };
  if (!couldBeRenamed(sides)) return found;
  for (;;) {
    const open = openUnder(found.renames, sides, indexes, terms);
    const certain = inherited(open, found.renames);
    const taken = new Set(certain.map(({ expected }) => factKey(expected)));
    const likely = [...byContent(open), ...sameParts(open), ...samePlaces(open)];
    const candidates = [...certain, ...likely.filter(({ expected }) => !taken.has(factKey(expected)))].filter(
      hasFreeNames(open),
    );
    const named = withWhatTheyComeFrom(candidates, open);
    const fresh = firstOf(
      () => unambiguous(named, found.renames),
      () => unambiguous(movedObjects(open).filter(hasFreeNames(open)), found.renames),
      () => unambiguous(generatedNames(open), found.renames),
      () => unambiguous(changedSignatures(open), found.renames),
    );
    if (fresh.length === 0) return found;
    found.renames.push(...fresh);
    for (const rename of fresh) if (hasGeneratedNames(rename)) found.generated.add(rename);
  }
}

/** What proves least comes last: only where nothing else is found. */
function firstOf(...searches: readonly (() => Rename[])[]): Rename[] {
  for (const search of searches) {
    const found = search();
    if (found.length > 0) return found;
  }
  return [];
}

/** Something is not the same on either side. */
function couldBeRenamed({ missing, unexpected, unequal }: Sides): boolean {
  const kinds = new Set(unexpected.map(({ kind }) => kind));
  return (
    missing.some(({ kind }) => kinds.has(kind)) ||
    unequal.some(({ expected }) => renameHint(expected.kind)?.generatedName?.test(expected.id))
  );
}

function openUnder(
  renames: readonly Rename[],
  sides: Sides,
  { model, production, members }: Pick<Open, 'model' | 'production' | 'members'>,
  terms: Terms,
): Open {
  const names = namesOf(renames, production, members);
  const named = { ...terms, names };
  const sightings = new Map(
    [...sides.unexpected, ...sides.unequal.map(({ actual }) => actual)].map((original): [FactKey, Sighting] => {
      const fact = names.inModel(original);
      return [factKey(fact), { original, fact }];
    }),
  );
  const unequal: Unequal[] = [];
  const mentioning = mentionedBy(unequal);
  const open: Open = { model, production, missing: [], unexpected: [], unequal, mentioning, terms: named, members };
  const paired = new Set<FactKey>();
  for (const expected of [...sides.missing, ...sides.unequal.map(({ expected }) => expected)]) {
    const actual = sightings.get(factKey(expected));
    if (!actual || actual.fact.parent !== expected.parent) {
      open.missing.push(expected);
      continue;
    }
    paired.add(factKey(expected));
    if (changes(expected, actual.fact, named).length > 0) open.unequal.push({ expected, actual });
  }
  for (const [key, sighting] of sightings) if (!paired.has(key)) open.unexpected.push(sighting);
  return open;
}

/** What comes from a renamed object of its own kind, as the column of a partition does, wherever it stands. */
function inherited({ missing, unexpected }: Open, renames: readonly Rename[]): Rename[] {
  if (renames.length === 0) return [];
  const missingBy = byNeed(missing, (fact) => fact);
  const unexpectedBy = byNeed(unexpected, ({ original }) => original);
  return renames.flatMap((above): Rename[] => {
    const [wanted, there] = [factKey(above.expected), factKey(above.actual)];
    const below = (missingBy.get(wanted) ?? []).filter(({ kind }) => kind === above.expected.kind);
    return below.flatMap((expected) => {
      const alike = (unexpectedBy.get(there) ?? []).filter(
        ({ original: { kind }, fact }) => kind === expected.kind && fact.parent === expected.parent,
      );
      return alike.length === 1 && alike[0] ? [{ expected, actual: alike[0].original }] : [];
    });
  });
}

function byNeed<Item>(items: readonly Item[], factOf: (item: Item) => Fact): Map<FactKey, Item[]> {
  const found = new Map<FactKey, Item[]>();
  for (const item of items) {
    for (const need of new Set(factOf(item).needs)) {
      const others = found.get(need);
      if (others) others.push(item);
      else found.set(need, [item]);
    }
  }
  return found;
}

/** Objects that say the same by the attributes that matter for their kind. */
function byContent(open: Open): Rename[] {
  const candidates = Map.groupBy(open.unexpected, ({ fact }) => sketchOf(fact));
  return open.missing.flatMap((expected) => {
    const hint = renameHint(expected.kind);
    if (!hint || hint.parts || hint.place || hint.by.length === 0) return [];
    return (candidates.get(sketchOf(expected)) ?? []).flatMap(({ original, fact }): Rename[] => {
      const rename = { expected, actual: original };
      const isSame = sameByHint(expected, fact, open.terms)
        ? !hint.mentioned || withMention(rename, open)
        : sameThoughUnset(expected, fact, open.terms) && (isUnusual(expected) || withMention(rename, open));
      return isSame ? [rename] : [];
    });
  });
}

/** Something else that has the name of the one on the other side is no rename, but objects that took other places. */
function hasFreeNames({ missing, unexpected }: Open): (rename: Rename) => boolean {
  const inModel = new Set(missing.map(({ id }) => id));
  const inProduction = new Set(unexpected.map(({ original }) => original.id));
  return ({ expected, actual }) => !inModel.has(actual.id) && !inProduction.has(expected.id);
}

/** The column of a partition has another name only if that of the partitioned table has. */
function withWhatTheyComeFrom(candidates: readonly Rename[], open: Open): readonly Rename[] {
  const isTold = (gone: readonly Fact[], named: readonly Fact[]): ((fact: Fact) => boolean) => {
    const told = new Set(named.map(factKey));
    const untold = new Set(gone.map(factKey).filter((key) => !told.has(key)));
    return ({ kind, needs = [] }) => needs.every((key) => !key.startsWith(`${kind} `) || !untold.has(key));
  };
  const inModel = isTold(
    open.missing,
    candidates.map(({ expected }) => expected),
  );
  const inProduction = isTold(
    open.unexpected.map(({ original }) => original),
    candidates.map(({ actual }) => actual),
  );
  const left = candidates.filter(({ expected, actual }) => inModel(expected) && inProduction(actual));
  return left.length === candidates.length ? left : withWhatTheyComeFrom(left, open);
}

/** Neither side of a rename may have another counterpart, nor have been given one before. */
function unambiguous(candidates: readonly Rename[], known: readonly Rename[]): Rename[] {
  const count = (facts: Fact[]): Map<FactKey, number> => {
    const counts = new Map<FactKey, number>();
    for (const key of facts.map(factKey)) counts.set(key, (counts.get(key) ?? 0) + 1);
    return counts;
  };
  const expected = count([...candidates, ...known].map((rename) => rename.expected));
  const actual = count([...candidates, ...known].map((rename) => rename.actual));
  return candidates.filter(
    (rename) => expected.get(factKey(rename.expected)) === 1 && actual.get(factKey(rename.actual)) === 1,
  );
}

function hasGeneratedNames({ expected, actual, how }: Rename): boolean {
  const pattern = renameHint(expected.kind)?.generatedName;
  return how === undefined && pattern?.test(expected.id) === true && pattern.test(actual.id);
}
