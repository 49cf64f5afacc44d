// Differences that one statement over many objects makes: REASSIGN OWNED, GRANT ... ON ALL TABLES, SET SCHEMA in a loop.
import { createHash } from 'node:crypto';
import { canonicalJson } from '../json.ts';
import type { DriftEntry } from './drift.ts';
import { movedAttribute } from './kinds/renames.ts';
import type { CommonAttribute } from './kinds/shared.ts';

const byTheMany: ReadonlySet<string> = new Set([...(['owner', 'grants'] satisfies CommonAttribute[]), movedAttribute]);

/** Equal for objects of any kind that differ in this by the same two values; `undefined` for what is told alone. */
export function likenessOf({ verb, attribute, expected, actual, tenants }: Likened): string | undefined {
  if (verb !== 'changed' || attribute === undefined || !byTheMany.has(attribute)) return undefined;
  const content = canonicalJson([attribute, expected, actual, tenants ?? null]);
  return createHash('sha256').update(content).digest('hex').slice(0, 10);
}

type Likened = Pick<DriftEntry, 'verb' | 'expected' | 'actual'> & {
  attribute?: string | undefined;
  tenants?: string[] | undefined;
};
