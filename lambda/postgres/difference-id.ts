// The name of a difference: short, and the same wherever and whenever the same thing differs in the same way, so that
// people can talk about it and settings can accept it. Another value on either side is another difference.
import { createHash } from 'node:crypto';
import { canonicalJson } from '../json.ts';
import type { DriftEntry } from './drift.ts';

/** @returns 10 hex digits */
export function differenceId({ kind, subject, verb, attribute = null, expected, actual }: Difference): string {
  const content = canonicalJson({ kind, subject, verb, attribute, expected, actual });
  return createHash('sha256').update(content).digest('hex').slice(0, 10);
}

/** What makes a difference itself; not what it takes along, nor how many tenants have it. */
type Difference = Pick<DriftEntry, 'kind' | 'subject' | 'verb' | 'expected' | 'actual'> & {
  attribute?: string | null | undefined;
};
