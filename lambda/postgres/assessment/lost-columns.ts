// Columns that are missing, or not as they should be, because something else is missing: a type, an extension, a
// function. They have no finding of their own, and they are what queries name.

import { ownName } from '../diff/own-name.ts';
import type { DriftEntry } from '../drift.ts';
import { keyOf } from '../drift.ts';
import { partsOfKey, proseName } from './prose.ts';

/** Columns that are named; the rest is counted. */
const named = 4;

/** A clause, or nothing: "cars.body and bikes.paint are missing with it or differ, and statements that use them fail". */
export function lostColumns(entry: DriftEntry, mark: (text: string) => string): string {
  const { verb, swallowed = [] } = entry;
  if (verb !== 'missing') return '';
  const gone = [keyOf(entry), ...swallowed].map(partsOfKey);
  const owners = new Set(gone.flatMap(({ kind, id }) => (kind === 'column' ? [] : [id])));
  const lost = gone
    .slice(1)
    .filter(({ kind, id }) => kind === 'column' && !owners.has(id.slice(0, -ownName(id, undefined).length - 1)))
    .map(({ id }) => mark(proseName(id)));
  if (lost.length === 0) return '';
  const more = lost.length > named ? [`${lost.length - named} more`] : [];
  const list = [...lost.slice(0, named), ...more];
  const all = list.length === 1 ? list[0] : `${list.slice(0, -1).join(', ')} and ${list.at(-1)}`;
  return lost.length === 1
    ? `; ${all} is missing with it or differs, and statements that use that column fail`
    : `; ${all} are missing with it or differ, and statements that use those columns fail`;
}
