// Compares the facts of the model with those of production. Knows no kind of object: what is a part of what, and what
// needs what, stands in the facts themselves. One cause is one entry, and the order is always the same.
import { byCodeUnit } from '../json.ts';
import { type Change, type Terms, withoutRepeats } from './diff/changes.ts';
import { withoutConsequences } from './diff/consequences.ts';
import { namesOf } from './diff/names.ts';
import { oneSided } from './diff/one-sided.ts';
import { findRenames } from './diff/renames.ts';
import { withReplacements } from './diff/replacements.ts';
import { type Sides, sidesOf } from './diff/sides.ts';
import { withoutRestOfSignature } from './diff/signatures.ts';
import { movedMembersIn } from './diff/spelling.ts';
import { renamesAsChanges } from './diff/told-renames.ts';
import type { Comparison, DriftEntry, NotVerified } from './drift.ts';
import { type Fact, type FactKey, factKey } from './fact.ts';
import { factsByKey, indexOf } from './facts-by-key.ts';
import { scopeOf } from './kinds.ts';
import { withoutNamedRoles } from './named-roles.ts';
import { commonScope, type Scope } from './scope.ts';
import { saidByBoth, type Vocabulary } from './vocabulary.ts';

/** What is compared: a snapshot, or a catalog that was read. */
export interface ComparedSide {
  facts: readonly Fact[];
  /** Objects that this side could not tell. */
  notVerified?: readonly NotVerified[];
  /** `server_version_num`: what two majors print differently is no drift. */
  serverVersion: number;
  /** What its facts speak of: only what both sides speak of is compared. @default everything */
  scope?: readonly Scope[];
  /** What whoever read it can say: likewise. @default this version's */
  vocabulary?: Vocabulary;
}

export function diff(model: ComparedSide, production: ComparedSide): Comparison {
  const notVerified = uniqueNotVerified([...(model.notVerified ?? []), ...(production.notVerified ?? [])]);
  const isHidden = hiddenBy(notVerified, [model.facts, production.facts]);
  const terms = termsOf(model, production);
  const outcome = (sides: Sides, renames: readonly Change[]): Comparison => ({
    drift: driftOf(sides, renames, { model: model.facts, production: production.facts }, terms),
    notVerified: uniqueNotVerified([...notVerified, ...sides.open]),
    equal: sides.equal,
  });
  const sides = sidesOf(model.facts, production.facts, terms, isHidden);
  const members = movedMembersIn(sides.changed.map(({ entry }) => entry));
  const indexes = { model: indexOf(model.facts), production: indexOf(production.facts) };
  const found = findRenames(sides, { ...indexes, members }, terms);
  if (found.renames.length === 0 && members.length === 0) return outcome(sides, []);
  const names = namesOf(found.renames, indexes.production, members);
  const named = sidesOf(model.facts, production.facts.map(names.inModel), { ...terms, names }, isHidden);
  const renames = renamesAsChanges(found, indexes.model, indexes.production);
  return outcome({ ...named, changed: withoutRestOfSignature(named.changed, found.renames) }, renames);
}

function termsOf(model: ComparedSide, production: ComparedSide): Terms {
  const scope = commonScope(model.scope, production.scope);
  const isSaid = saidByBoth(model.vocabulary, production.vocabulary);
  return {
    versions: { expected: model.serverVersion, actual: production.serverVersion },
    // An object whose kind is outside the scope may have attributes that are inside: both are asked for.
    isCompared: (kind, attribute) => scope.includes(scopeOf(kind, attribute)) && isSaid(kind, attribute),
  };
}

function driftOf(
  sides: Sides,
  renames: readonly Change[],
  { model, production }: { model: readonly Fact[]; production: readonly Fact[] },
  terms: Terms,
): DriftEntry[] {
  const { missing, unexpected, changed } = withReplacements(sides);
  const single = withoutRepeats([...renames, ...changed], model);
  const { changed: told, ofMissing } = withoutConsequences(single, missing, model, terms.versions);
  const inScope = (fact: Fact) => withinScope(fact, terms);
  const drift = [
    ...oneSided('missing', missing.map(inScope), model, told, ofMissing),
    ...oneSided('unexpected', unexpected.map(inScope), production, told),
    ...told.map(({ entry }) => entry),
  ];
  return withoutNamedRoles(drift.sort(byPlace));
}

/** What is not compared is not told of a whole object either: it would make another difference of the same loss. */
function withinScope(fact: Fact, { isCompared }: Terms): Fact {
  const entries = Object.entries(fact.attributes);
  const kept = entries.filter(([attribute]) => isCompared(fact.kind, attribute));
  return kept.length === entries.length ? fact : { ...fact, attributes: Object.fromEntries(kept) };
}

/** Tells whether a fact, or what it is a part of, is among those that could not be verified. */
function hiddenBy(notVerified: readonly NotVerified[], sides: readonly (readonly Fact[])[]): (fact: Fact) => boolean {
  if (notVerified.length === 0) return () => false;
  const keys = new Set(notVerified.map(({ kind, subject }) => factKey({ kind, id: subject })));
  const known = sides.toReversed().map(factsByKey);
  const parentOf = (key: FactKey): FactKey | undefined => known.find((facts) => facts.has(key))?.get(key)?.parent;
  return (fact) => {
    for (let key: FactKey | undefined = factKey(fact); key !== undefined; key = parentOf(key)) {
      if (keys.has(key)) return true;
    }
    return false;
  };
}

/** The order of entries. */
export function byPlace(left: DriftEntry, right: DriftEntry): number {
  return (
    byCodeUnit(left.subject, right.subject) ||
    byCodeUnit(left.kind, right.kind) ||
    byCodeUnit(left.verb, right.verb) ||
    byCodeUnit(left.attribute ?? '', right.attribute ?? '') ||
    byCodeUnit(left.parent ?? '', right.parent ?? '')
  );
}

function uniqueNotVerified(list: readonly NotVerified[]): NotVerified[] {
  const byKey = new Map(list.map((entry) => [factKey({ kind: entry.kind, id: entry.subject }), entry]));
  return [...byKey.keys()].sort(byCodeUnit).map((key) => byKey.get(key) as NotVerified);
}
