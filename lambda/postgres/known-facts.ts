// Facts that are held already, so that reading the same ones again keeps no second copy: of a production that equals
// its model, next to nothing is held beside the model.
import type { JsonValue } from '../json.ts';
import type { Fact } from './fact.ts';
import { factsByKey } from './facts-by-key.ts';

export interface KnownFacts {
  /** The known fact that says the same in every respect; `undefined` when there is none. */
  same(fact: Fact): Fact | undefined;
}

export function knownFacts(facts: readonly Fact[]): KnownFacts {
  const byKey = factsByKey(facts);
  return {
    same(fact) {
      const known = byKey.find(fact.kind, fact.id);
      const isSame =
        known !== undefined &&
        known.parent === fact.parent &&
        equal(known.needs ?? [], fact.needs ?? []) &&
        equal(known.attributes, fact.attributes);
      return isSame ? known : undefined;
    },
  };
}

/** Without regard to the order of members; an absent one is no null. */
function equal(left: JsonValue, right: JsonValue): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) || Array.isArray(right)) {
    return (
      Array.isArray(left) &&
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, place) => equal(item, right[place] as JsonValue))
    );
  }
  let members = 0;
  for (const key in left) {
    const other = right[key];
    if (other === undefined || !equal(left[key] as JsonValue, other)) return false;
    members += 1;
  }
  for (const _ in right) members -= 1;
  return members === 0;
}
