// Two readings of the same production, one after the other: only what both tell is drift. PostgreSQL's printing
// functions see the newest catalog even inside an older snapshot, so one reading that crosses somebody's DDL can show
// a state that never was.
import { canonicalJson, type JsonObject } from '../json.ts';
import { type Comparison, type DriftEntry, keyOf, type NotVerified } from './drift.ts';

/** The second comparison, with what only one of the two tells moved to what could not be verified. */
export function confirmDrift(first: Comparison, second: Comparison): Comparison {
  const [before, after] = [byDifference(first.drift), byDifference(second.drift)];
  const drift = second.drift.flatMap((entry) => {
    const earlier = before.get(differenceOf(entry));
    return earlier ? inBoth(earlier, entry) : [];
  });
  const unsteady = [
    ...first.drift.flatMap((entry) => onlyIn(entry, after.get(differenceOf(entry)))),
    ...second.drift.flatMap((entry) => onlyIn(entry, before.get(differenceOf(entry)))),
  ];
  const known = new Set(second.notVerified.map(keyOf));
  const moved = new Map(unsteady.filter((entry) => !known.has(keyOf(entry))).map((entry) => [keyOf(entry), entry]));
  return { drift, notVerified: [...second.notVerified, ...moved.values()], equal: second.equal };
}

function byDifference(drift: readonly DriftEntry[]): Map<string, DriftEntry> {
  return new Map(drift.map((entry) => [differenceOf(entry), entry]));
}

/** Whichever tenants have it. */
function differenceOf({ tenants: _, ...entry }: DriftEntry): string {
  return canonicalJson(entry as unknown as JsonObject);
}

/** Of the tenants of an entry, those that had it before as well: a migration may be going through them. */
function inBoth(earlier: DriftEntry, entry: DriftEntry): DriftEntry[] {
  if (!entry.tenants) return [entry];
  const had = new Set(earlier.tenants);
  const tenants = entry.tenants.filter((tenant) => had.has(tenant));
  return tenants.length > 0 ? [{ ...entry, tenants }] : [];
}

function onlyIn({ kind, subject, tenants }: DriftEntry, other: DriftEntry | undefined): NotVerified[] {
  const reason = 'it was being changed while it was read';
  if (!tenants) return other ? [] : [{ kind, subject, reason }];
  const has = new Set(other?.tenants);
  const alone = tenants.filter((tenant) => !has.has(tenant));
  if (alone.length === 0) return [];
  const more = alone.length > 3 ? ` and ${alone.length - 3} more` : '';
  return [{ kind, subject, reason: `${reason}, in ${alone.slice(0, 3).join(', ')}${more}` }];
}
