// Compares the facts of the model with those of production. Knows no kind of object: what is a part of what, and what
// needs what, stands in the facts themselves. One cause is one entry, and the order is always the same.
import { byCodeUnit, canonicalJson, type JsonValue } from '../json.ts';
import type { Comparison, DriftEntry, NotVerified } from './drift.ts';
import { compareFacts, type Fact, type FactKey, factKey, sortFacts } from './fact.ts';
import { attributeNote, scopeOf } from './kinds.ts';
import { sameValue } from './same-value.ts';
import { commonScope, type Scope } from './scope.ts';
import type { Versions } from './versions.ts';

/** What is compared: a snapshot, or a catalog that was read. */
export interface ComparedSide {
  facts: readonly Fact[];
  /** Objects that this side could not tell. */
  notVerified?: readonly NotVerified[];
  /** `server_version_num`: what two majors print differently is no drift. */
  serverVersion: number;
  /** What its facts speak of: only what both sides speak of is compared. @default everything */
  scope?: readonly Scope[];
}

export function diff(model: ComparedSide, production: ComparedSide): Comparison {
  const notVerified = uniqueNotVerified([...(model.notVerified ?? []), ...(production.notVerified ?? [])]);
  const hidden = hiddenBy(notVerified, [model.facts, production.facts]);
  const versions = { expected: model.serverVersion, actual: production.serverVersion };
  const isCompared = comparedBy(commonScope(model.scope, production.scope));

  const missing: Fact[] = [];
  const unexpected: Fact[] = [];
  const changed: Change[] = [];
  let equal = 0;
  for (const [expected, actual] of pairs(model.facts, production.facts)) {
    const fact = expected ?? actual;
    if (!fact || hidden(fact)) continue;
    const ofScope = isCompared(fact.kind);
    if (expected && actual) {
      const entries = changes(expected, actual, versions, isCompared);
      if (entries.length === 0 && ofScope) equal += 1;
      changed.push(...entries);
    } else if (ofScope) {
      (actual ? unexpected : missing).push(fact);
    }
  }
  const drift = [...lone('missing', missing), ...lone('unexpected', unexpected), ...withoutRepeats(changed)];
  return { drift: drift.sort(byPlace), notVerified, equal };
}

/**
 * The same object of both sides, or an object that only one side has. A fact that became a part of something else is
 * another fact: one is missing, one is unexpected. Both lists are walked in their order once: maps over the keys of a
 * large schema take several times as long.
 */
function* pairs(model: readonly Fact[], production: readonly Fact[]): Generator<[Fact | undefined, Fact | undefined]> {
  const expected = inOrder(model);
  const actual = inOrder(production);
  let left = 0;
  let right = 0;
  while (left < expected.length || right < actual.length) {
    const wanted = expected[left];
    const found = actual[right];
    const order = !wanted ? 1 : !found ? -1 : compareFacts(wanted, found);
    if (order <= 0) left += 1;
    if (order >= 0) right += 1;
    if (order < 0) yield [wanted, undefined];
    else if (order > 0) yield [undefined, found];
    else if (wanted?.parent === found?.parent) yield [wanted, found];
    else {
      yield [wanted, undefined];
      yield [undefined, found];
    }
  }
}

function inOrder(facts: readonly Fact[]): readonly Fact[] {
  const sorted = facts.every((fact, place) => place === 0 || compareFacts(facts[place - 1] as Fact, fact) <= 0);
  return sorted ? facts : sortFacts(facts);
}

type Compared = (kind: string, attribute?: string) => boolean;

/** An object whose kind is outside the scope may have attributes that are inside: both are asked for. */
function comparedBy(scope: readonly Scope[]): Compared {
  return (kind, attribute) => scope.includes(scopeOf(kind, attribute));
}

/** Tells whether a fact, or what it is a part of, is among those that could not be verified. */
function hiddenBy(notVerified: readonly NotVerified[], sides: readonly (readonly Fact[])[]): (fact: Fact) => boolean {
  if (notVerified.length === 0) return () => false;
  const keys = new Set(notVerified.map(({ kind, subject }) => factKey({ kind, id: subject })));
  const parents = new Map<FactKey, FactKey | undefined>(
    sides.flatMap((facts) => facts.map((fact) => [factKey(fact), fact.parent] as const)),
  );
  return (fact) => {
    for (let key: FactKey | undefined = factKey(fact); key !== undefined; key = parents.get(key)) {
      if (keys.has(key)) return true;
    }
    return false;
  };
}

/** Entries for facts that only one side has; a fact goes under the one it could not exist without, if that is gone too. */
function lone(verb: 'missing' | 'unexpected', facts: readonly Fact[]): DriftEntry[] {
  const gone = new Map(facts.map((fact) => [factKey(fact), fact]));
  const swallowed = new Map<FactKey, FactKey[]>();
  const roots = facts.filter((fact) => {
    const root = follow(fact, (item) =>
      dependencies(item)
        .map((key) => gone.get(key))
        .find((cause) => cause !== undefined),
    );
    if (root === fact) return true;
    const key = factKey(root);
    swallowed.set(key, [...(swallowed.get(key) ?? []), factKey(fact)]);
    return false;
  });
  return roots.map((fact) => ({
    ...place(fact),
    verb,
    expected: verb === 'missing' ? fact.attributes : null,
    actual: verb === 'missing' ? null : fact.attributes,
    ...also(swallowed.get(factKey(fact))),
  }));
}

function dependencies(fact: Fact): FactKey[] {
  return [...(fact.parent === undefined ? [] : [fact.parent]), ...(fact.needs ?? [])];
}

interface Change {
  fact: Fact;
  entry: DriftEntry;
}

function changes(expected: Fact, actual: Fact, versions: Versions, isCompared: Compared): Change[] {
  const found: Change[] = [];
  const compare = (attribute: string): void => {
    const wanted = expected.attributes[attribute] ?? null;
    const present = actual.attributes[attribute] ?? null;
    if (wanted === present) return;
    const whole = attributeNote(expected.kind, attribute)?.detailOf;
    if (whole !== undefined && isSwitched(expected.attributes[whole], actual.attributes[whole])) return;
    if (!isCompared(expected.kind, attribute)) return;
    if (sameValue(expected, attribute, wanted, present, versions)) return;
    const entry = { ...place(expected), verb: 'changed' as const, attribute, expected: wanted, actual: present };
    found.push({ fact: expected, entry });
  };
  // Without lists of names: this runs for every fact of a large schema, and nearly always finds nothing.
  for (const attribute in expected.attributes) compare(attribute);
  for (const attribute in actual.attributes) if (!(attribute in expected.attributes)) compare(attribute);
  return found;
}

/** An attribute appears or goes, or is a boolean that differs. */
function isSwitched(expected: JsonValue | undefined, actual: JsonValue | undefined): boolean {
  return (expected === undefined) !== (actual === undefined) || (typeof expected === 'boolean' && expected !== actual);
}

/** A change that the fact only shares with another one, that of a partition with its table's, is told there. */
function withoutRepeats(changed: readonly Change[]): DriftEntry[] {
  const byPlaceOfChange = new Map(changed.map((change) => [changeKey(factKey(change.fact), change), change]));
  const sourceOf = (change: Change): Change | undefined =>
    dependencies(change.fact)
      .map((key) => byPlaceOfChange.get(changeKey(key, change)))
      .find((source) => source !== undefined && isSameChange(change, source));
  const swallowed = new Map<Change, FactKey[]>();
  const roots = changed.filter((change) => {
    const root = follow(change, sourceOf);
    if (root === change) return true;
    swallowed.set(root, [...(swallowed.get(root) ?? []), factKey(change.fact)]);
    return false;
  });
  return roots.map((change) => ({ ...change.entry, ...also(swallowed.get(change)) }));
}

function changeKey(key: FactKey, { entry }: Change): string {
  return `${key}\n${entry.attribute}`;
}

function isSameChange({ fact, entry }: Change, source: Change): boolean {
  if (attributeNote(entry.kind, entry.attribute ?? '')?.followsParent && fact.parent === factKey(source.fact)) {
    return (source.entry.expected === null) === (entry.expected === null);
  }
  const values = ({ expected, actual }: DriftEntry): string => canonicalJson([expected, actual]);
  return entry.kind === source.entry.kind && values(entry) === values(source.entry);
}

/** The end of a chain of causes; what hangs on a ring, which no catalog has, is its own cause, so that it is told. */
function follow<Item>(start: Item, next: (item: Item) => Item | undefined): Item {
  const seen = new Set<Item>([start]);
  let item = start;
  for (let cause = next(start); cause !== undefined; cause = next(cause)) {
    if (seen.has(cause)) return start;
    seen.add(cause);
    item = cause;
  }
  return item;
}

function place(fact: Fact): Pick<DriftEntry, 'kind' | 'subject' | 'parent'> {
  return { kind: fact.kind, subject: fact.id, ...(fact.parent === undefined ? {} : { parent: fact.parent }) };
}

function also(swallowed: readonly FactKey[] | undefined): Pick<DriftEntry, 'swallowed'> {
  return swallowed ? { swallowed: [...swallowed].sort(byCodeUnit) } : {};
}

function byPlace(left: DriftEntry, right: DriftEntry): number {
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
