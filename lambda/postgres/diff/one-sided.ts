// Objects that only one side has. One goes under what it could not exist without, if that is gone too, and under the
// change of what it is a part of, if it comes and goes with that.
import type { DriftEntry } from '../drift.ts';
import { type Fact, type FactKey, factKey } from '../fact.ts';
import { attributeNote } from '../kinds.ts';
import { also, dependencies, follow, place } from './cause.ts';
import type { Change } from './changes.ts';
import { isOfSchema, mentionsAmong } from './mentions.ts';

type Verb = 'missing' | 'unexpected';

/**
 * @param all what the side that has them says
 * @param changed what it may go under; gets it added there
 * @param others what goes under one of the facts besides
 */
export function oneSided(
  verb: Verb,
  facts: readonly Fact[],
  all: readonly Fact[],
  changed: Change[],
  others: ReadonlyMap<FactKey, FactKey[]> = new Map(),
): DriftEntry[] {
  const gone = new Map(facts.map((fact) => [factKey(fact), fact]));
  const causeOf = causesAmong(verb, gone, all);
  const swallowed = new Map<FactKey, FactKey[]>();
  const roots = facts.filter((fact) => {
    const root = follow(fact, causeOf);
    const key = factKey(root);
    const taken = swallowed.get(key) ?? [];
    if (root !== fact) taken.push(factKey(fact));
    for (const other of others.get(factKey(fact)) ?? []) taken.push(other);
    swallowed.set(key, taken);
    return root === fact && !goesWithChange(verb, fact, changed);
  });
  return roots.map((fact) => ({
    ...place(fact),
    verb,
    expected: verb === 'missing' ? fact.attributes : null,
    actual: verb === 'missing' ? null : fact.attributes,
    ...also(swallowed.get(factKey(fact))),
  }));
}

/**
 * What it is a part of or needs comes first, then what its SQL names. What is unexpected in an object that the model
 * has can do harm by itself, so it is told even if it uses something that is unexpected too.
 */
function causesAmong(
  verb: Verb,
  gone: ReadonlyMap<FactKey, Fact>,
  all: readonly Fact[],
): (fact: Fact) => Fact | undefined {
  const structural = (fact: Fact): Fact | undefined =>
    dependencies(fact)
      .map((key) => gone.get(key))
      .find((cause) => cause !== undefined);
  const mentioned = mentionsAmong([...gone.values()], all);
  return (fact) => {
    const cause = structural(fact);
    if (cause || (verb === 'unexpected' && !isOfSchema(fact))) return cause;
    return mentioned(fact, (other) => follow(other, structural) !== fact);
  };
}

/**
 * The copies that a partition has of its table's triggers leave with it when it is detached, or is attached elsewhere;
 * the sequence of a serial column goes when that becomes an identity column.
 */
function goesWithChange(verb: Verb, fact: Fact, changed: Change[]): boolean {
  const at = changed.findIndex((change) => followsParent(verb, fact, change) || followsNeeded(verb, fact, change));
  const change = changed[at];
  if (!change) return false;
  const entry = { ...change.entry, ...also([...(change.entry.swallowed ?? []), factKey(fact)]) };
  changed[at] = { ...change, entry };
  return true;
}

function followsParent(verb: Verb, fact: Fact, { fact: owner, entry }: Change): boolean {
  return (
    factKey(owner) === fact.parent &&
    attributeNote(fact.kind, entry.attribute ?? '')?.goesWithParent === true &&
    fact.attributes[entry.attribute ?? ''] !== undefined &&
    entry[verb === 'missing' ? 'expected' : 'actual'] !== null
  );
}

/** The change of something that it needs, and that has something else in its place. */
export function followsNeeded(verb: Verb, { kind, needs, attributes }: Fact, { fact: needed, entry }: Change): boolean {
  const there = entry[verb === 'missing' ? 'actual' : 'expected'];
  return (
    there !== null &&
    needs?.includes(factKey(needed)) === true &&
    Object.keys(attributes).some((name) => attributeNote(kind, name)?.goesWithNeeded === entry.attribute)
  );
}
