// Facts as one scope alone speaks of them (who owns what, who may do what), and how they go back over those of a
// database. Pure.
import type { JsonObject } from '../json.ts';
import { type Fact, type FactKey, factKey, sortFacts } from './fact.ts';
import { scopeOf } from './kinds.ts';
import type { Scope } from './scope.ts';

/**
 * What the facts say within the scope. An object that can be granted and is not stays, with nothing said of it: a grant
 * on it is a change later, while an object that is newer is not known here at all.
 */
export function withinScope(facts: readonly Fact[], scope: Scope): Fact[] {
  return facts.flatMap((fact) => {
    const attributes = attributesWithin(fact, (each) => each === scope);
    const counts =
      scopeOf(fact.kind) === scope ||
      Object.keys(attributes).length > 0 ||
      (scope === 'grants' && (fact.attributes.owner !== undefined || grantedWithoutOwner.has(fact.kind)));
    if (!counts) return [];
    const { kind, id, parent } = fact;
    return [{ kind, id, ...(parent !== undefined && { parent }), attributes }];
  });
}

/** What else can be granted has an owner. */
const grantedWithoutOwner: ReadonlySet<string> = new Set(['column']);

/** The facts as they would be if those of one scope were as given. */
export function withScope(facts: readonly Fact[], scope: Scope, given: readonly Fact[]): Fact[] {
  const byKey = new Map<FactKey, Fact>(given.map((fact) => [factKey(fact), fact]));
  const others = facts.flatMap((fact): Fact[] => {
    const wanted = byKey.get(factKey(fact));
    if (scopeOf(fact.kind) === scope) return wanted ? [{ ...fact, attributes: wanted.attributes }] : [];
    if (!wanted) return [fact];
    return [{ ...fact, attributes: { ...attributesWithin(fact, (each) => each !== scope), ...wanted.attributes } }];
  });
  const known = new Set(facts.map(factKey));
  const missing = given.filter((fact) => scopeOf(fact.kind) === scope && !known.has(factKey(fact)));
  return sortFacts([...others, ...missing]);
}

/** What several scopes say of the same objects, as one list. */
export function allScopes(parts: readonly (readonly Fact[])[]): Fact[] {
  const byKey = new Map<FactKey, Fact>();
  for (const fact of parts.flat()) {
    const known = byKey.get(factKey(fact));
    byKey.set(factKey(fact), known ? { ...known, attributes: { ...known.attributes, ...fact.attributes } } : fact);
  }
  return sortFacts([...byKey.values()]);
}

function attributesWithin({ kind, attributes }: Fact, counts: (scope: Scope) => boolean): JsonObject {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => counts(scopeOf(kind, name))));
}
