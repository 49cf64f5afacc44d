// One walk over both sides: what only one of them has, what differs, what is the same.
import type { NotVerified } from '../drift.ts';
import type { Fact } from '../fact.ts';
import { type Change, changes, type Terms } from './changes.ts';
import { pairs } from './pairs.ts';

export interface Sides {
  missing: Fact[];
  unexpected: Fact[];
  changed: Change[];
  /** Objects of both sides with a difference. */
  unequal: { expected: Fact; actual: Fact }[];
  /** What cannot be told, since the two sides print it differently. */
  open: NotVerified[];
  /** How many objects are the same. */
  equal: number;
}

/** @param isHidden what cannot be judged */
export function sidesOf(
  model: readonly Fact[],
  production: readonly Fact[],
  terms: Terms,
  isHidden: (fact: Fact) => boolean,
): Sides {
  const sides: Sides = { missing: [], unexpected: [], changed: [], unequal: [], open: [], equal: 0 };
  for (const [expected, actual] of pairs(model, production)) {
    const fact = expected ?? actual;
    if (!fact || isHidden(fact)) continue;
    const ofScope = terms.isCompared(fact.kind);
    if (expected && actual) {
      const before = sides.open.length;
      const found = changes(expected, actual, terms, sides.open);
      if (found.length > 0) {
        sides.changed.push(...found);
        sides.unequal.push({ expected, actual });
      } else if (ofScope && sides.open.length === before) {
        sides.equal += 1;
      }
    } else if (ofScope) {
      (actual ? sides.unexpected : sides.missing).push(fact);
    }
  }
  return sides;
}
