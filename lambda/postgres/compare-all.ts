// Production held to several sides at once: the model's structure, and beside it what was accepted of the rest. Pure.
import { type ComparedSide, diff } from './diff.ts';
import { diffTenants } from './diff-tenants.ts';
import type { Comparison, NotVerified } from './drift.ts';
import { factKey } from './fact.ts';
import { type TenantRule, tenantsIn, withoutSchemas } from './tenants.ts';

/**
 * The differences from each side, one side after the other.
 * @param tenants schemas of production that one schema of the first side stands for; the other sides say nothing of them
 * @returns `equal` counts what is equal to the first side
 */
export function compareAll(
  [first, ...others]: readonly [ComparedSide, ...ComparedSide[]],
  production: ComparedSide,
  tenants: readonly TenantRule[] = [],
): Comparison {
  const comparison = diffTenants(first, production, tenants);
  if (others.length === 0) return comparison;
  const ofTenants = tenantsIn(production.facts, tenants);
  const rest = (side: ComparedSide) => (ofTenants.size === 0 ? side : withoutSchemas(side, ofTenants));
  const more = others.map((side) => diff(rest(side), rest(production)));
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
