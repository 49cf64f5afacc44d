// Compares the facts of the model with those of production. Knows no kind of object: what is a part of what, and what
// needs what, stands in the facts themselves. One cause is one entry, and the order is always the same.
import { byCodeUnit, canonicalJson, type JsonValue } from '../json.ts';
import type { Comparison, DriftEntry, NotVerified } from './drift.ts';
import { type Fact, type FactKey, factKey } from './fact.ts';
import { attributeNote } from './kinds.ts';
import { sameValue } from './same-value.ts';

/** What is compared: a snapshot, or a catalog that was read. */
export interface ComparedSide {
  facts: readonly Fact[];
  /** Objects that this side could not tell. */
  notVerified?: readonly NotVerified[];
  /** `server_version_num`: what two majors print differently is no drift. */
  serverVersion: number;
}

export function diff(model: ComparedSide, production: ComparedSide): Comparison {
  const expected = new Map(model.facts.map((fact) => [identity(fact), fact]));
  const actual = new Map(production.facts.map((fact) => [identity(fact), fact]));
  const notVerified = uniqueNotVerified([...(model.notVerified ?? []), ...(production.notVerified ?? [])]);
  const hidden = hiddenBy(notVerified, [model.facts, production.facts]);

  const visible = (facts: readonly Fact[], other: Map<string, Fact>): Fact[] =>
    facts.filter((fact) => !other.has(identity(fact)) && !hidden(fact));
  const shared = model.facts.filter((fact) => actual.has(identity(fact)) && !hidden(fact));
  const changed = shared.flatMap((fact) =>
    changes(fact, actual.get(identity(fact)) as Fact, {
      expected: model.serverVersion,
      actual: production.serverVersion,
    }),
  );
  const drift = [
    ...lone('missing', visible(model.facts, actual)),
    ...lone('unexpected', visible(production.facts, expected)),
    ...withoutRepeats(changed),
  ].sort(byPlace);
  const changedObjects = new Set(changed.map((change) => factKey(change.fact)));
  return { drift, notVerified, equal: shared.length - changedObjects.size };
}

/** A fact that became a part of something else is another fact: one is missing, one is unexpected. */
function identity(fact: Fact): string {
  return `${factKey(fact)}\n${fact.parent ?? ''}`;
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

function changes(expected: Fact, actual: Fact, versions: { expected: number; actual: number }): Change[] {
  const names = new Set([...Object.keys(expected.attributes), ...Object.keys(actual.attributes)]);
  return [...names].flatMap((attribute) => {
    const whole = attributeNote(expected.kind, attribute)?.detailOf;
    if (whole !== undefined && isSwitched(expected.attributes[whole], actual.attributes[whole])) return [];
    const wanted = expected.attributes[attribute] ?? null;
    const found = actual.attributes[attribute] ?? null;
    if (wanted === found || sameValue(expected, attribute, wanted, found, versions)) return [];
    const entry = { ...place(expected), verb: 'changed' as const, attribute, expected: wanted, actual: found };
    return [{ fact: expected, entry }];
  });
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
