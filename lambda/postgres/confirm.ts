// Two readings of the same production, one after the other: only what both tell is drift. PostgreSQL's printing
// functions see the newest catalog even inside an older snapshot, so one reading that crosses somebody's DDL can show
// a state that never was.
import { canonicalJson, type JsonObject } from '../json.ts';
import type { Comparison, DriftEntry, NotVerified } from './drift.ts';

/** The second comparison, with what only one of the two tells moved to what could not be verified. */
export function confirmDrift(first: Comparison, second: Comparison): Comparison {
  const inFirst = new Set(first.drift.map(entryKey));
  const inSecond = new Set(second.drift.map(entryKey));
  const unsteady = [
    ...first.drift.filter((entry) => !inSecond.has(entryKey(entry))),
    ...second.drift.filter((entry) => !inFirst.has(entryKey(entry))),
  ];
  const known = new Set(second.notVerified.map(objectKey));
  const moved = new Map(
    unsteady
      .map(({ kind, subject }): NotVerified => ({ kind, subject, reason: 'it was being changed while it was read' }))
      .filter((entry) => !known.has(objectKey(entry)))
      .map((entry) => [objectKey(entry), entry]),
  );
  return {
    drift: second.drift.filter((entry) => inFirst.has(entryKey(entry))),
    notVerified: [...second.notVerified, ...moved.values()],
    equal: second.equal,
  };
}

function entryKey(entry: DriftEntry): string {
  return canonicalJson(entry as unknown as JsonObject);
}

function objectKey({ kind, subject }: NotVerified): string {
  return `${kind} ${subject}`;
}
