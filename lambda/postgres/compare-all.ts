// Production held to several sides at once: the model's structure, and beside it what was accepted of the rest. Pure.
import { type ComparedSide, diff } from './diff.ts';
import type { Comparison, NotVerified } from './drift.ts';
import { factKey } from './fact.ts';

/**
 * The differences from each side, one side after the other.
 * @returns `equal` counts what is equal to the first side
 */
export function compareAll(
  [first, ...others]: readonly [ComparedSide, ...ComparedSide[]],
  production: ComparedSide,
): Comparison {
  const comparison = diff(first, production);
  if (others.length === 0) return comparison;
  const more = others.map((side) => diff(side, production));
  const notVerified = [comparison, ...more].flatMap((each) => each.notVerified);
  const byKey = new Map(notVerified.map((each): [string, NotVerified] => [keyOf(each), each]));
  return {
    drift: [comparison, ...more].flatMap(({ drift }) => drift),
    notVerified: [...byKey.values()],
    equal: comparison.equal,
  };
}

function keyOf({ kind, subject }: NotVerified): string {
  return factKey({ kind, id: subject });
}
