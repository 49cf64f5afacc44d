// Facts without what a snapshot does not speak of: the owner of a table is no part of a model of its structure, and must
// not be kept or hashed with it. Pure.
import type { Fact } from './fact.ts';
import { scopeOf } from './kinds.ts';
import { type Scope, scopes } from './scope.ts';

/** An object whose kind is outside the scope stays with those of its attributes that are inside, if there are any. */
export function factsWithin(facts: readonly Fact[], scope: readonly Scope[]): Fact[] {
  if (scopes.every((one) => scope.includes(one))) return [...facts];
  return facts.flatMap((fact) => {
    const kept = Object.entries(fact.attributes).filter(([name]) => scope.includes(scopeOf(fact.kind, name)));
    if (kept.length === 0 && !scope.includes(scopeOf(fact.kind))) return [];
    return [{ ...fact, attributes: Object.fromEntries(kept) }];
  });
}
