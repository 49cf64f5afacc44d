// Objects that only one side has. One goes under what it could not exist without, if that is gone too, and under the
// change of what it is a part of, if it comes and goes with that.
import type { DriftEntry } from '../drift.ts';
import { type Fact, type FactKey, factKey } from '../fact.ts';
import { attributeNote } from '../kinds.ts';
import { also, dependencies, follow, place } from './cause.ts';
import type { Change } from './changes.ts';

type Verb = 'missing' | 'unexpected';

/** @param changed what it may go under; gets it added there */
export function oneSided(verb: Verb, facts: readonly Fact[], changed: Change[]): DriftEntry[] {
  const gone = new Map(facts.map((fact) => [factKey(fact), fact]));
  const swallowed = new Map<FactKey, FactKey[]>();
  const roots = facts.filter((fact) => {
    const root = follow(fact, (item) =>
      dependencies(item)
        .map((key) => gone.get(key))
        .find((cause) => cause !== undefined),
    );
    if (root === fact) return !goesWithChange(verb, fact, changed);
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

/** The copies that a partition has of its table's triggers leave with it when it is detached. */
function goesWithChange(verb: Verb, fact: Fact, changed: Change[]): boolean {
  const followed = Object.keys(fact.attributes).filter((name) => attributeNote(fact.kind, name)?.goesWithParent);
  if (followed.length === 0) return false;
  const at = changed.findIndex(
    ({ fact: owner, entry }) =>
      factKey(owner) === fact.parent &&
      followed.includes(entry.attribute ?? '') &&
      entry[verb === 'missing' ? 'actual' : 'expected'] === null,
  );
  const change = changed[at];
  if (!change) return false;
  const entry = { ...change.entry, ...also([...(change.entry.swallowed ?? []), factKey(fact)]) };
  changed[at] = { ...change, entry };
  return true;
}
