// The one message that reads a whole catalog: what it says and what its answer means. Does no I/O and knows no kind of
// object. The transaction is pinned so that the same catalog prints the same text whatever the server's, the
// database's or the role's settings are, and it never waits long for anyone's lock.

import type { JsonValue } from '../json.ts';
import { familySettings } from './catalog/family.ts';
import { families } from './catalog/index.ts';
import { quoteLiteral, textArray } from './literal.ts';
import { lockedFamily, lockedObjects } from './locks.ts';
import type { ReadOptions } from './snapshot.ts';
import { majorOf } from './versions.ts';

export interface SessionLimits {
  /** Longest time one statement may take, in milliseconds. */
  statementTimeoutMs: number;
  /** Longest wait for one lock, in milliseconds. */
  lockTimeoutMs: number;
}

/** One row of a family's statement: identity, and beside it a column an attribute, under the attribute's name. */
export interface FamilyRow {
  kind: string;
  id: string;
  parent: string | null;
  needs: string[] | null;
  [attribute: string]: JsonValue;
}

export interface CatalogStatements {
  statements: string[];
  /** Picks what the families and the list of locked objects answered out of the results of `statements`. */
  pick<Row>(results: readonly Row[][]): { families: readonly Row[][]; locked: readonly Row[] };
}

/** Settings that change what pg_get_expr, format_type and their like print, or how long a statement takes. */
const pinned: Readonly<Record<string, string>> = {
  client_min_messages: 'error',
  DateStyle: 'ISO, YMD',
  IntervalStyle: 'postgres',
  TimeZone: 'UTC',
  extra_float_digits: '1',
  bytea_output: 'hex',
  lc_monetary: 'C',
  quote_all_identifiers: 'off',
  standard_conforming_strings: 'on',
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  // Enough for every hash of a catalog, whatever the role has.
  work_mem: '16MB',
};

export function catalogStatements(
  serverVersion: number,
  options: ReadOptions,
  limits: SessionLimits,
): CatalogStatements {
  const major = majorOf(serverVersion);
  const settings = {
    ...pinned,
    statement_timeout: `${limits.statementTimeoutMs}`,
    lock_timeout: `${limits.lockTimeoutMs}`,
    [familySettings.includeSchemas]: textArray((options.includeSchemas ?? ['*']).map(likePattern)),
    [familySettings.excludeSchemas]: textArray((options.excludeSchemas ?? []).map(likePattern)),
  };
  const before = [
    'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
    'SET LOCAL search_path = pg_catalog',
    `SELECT ${Object.entries(settings).map(([name, value]) => `set_config('${name}', ${quoteLiteral(value)}, true)`)}`,
    lockedObjects,
  ];
  const read = Object.values(families).map((family) => family(major));
  return {
    statements: [...before, lockedFamily, ...read, 'COMMIT'],
    pick: (results) => ({
      locked: results[before.length] ?? [],
      families: results.slice(before.length + 1, before.length + 1 + read.length),
    }),
  };
}

/** A glob (`*` any text, `?` one character) as a LIKE pattern. */
function likePattern(glob: string): string {
  return glob
    .replace(/[\\%_]/g, '\\$&')
    .replaceAll('*', '%')
    .replaceAll('?', '_');
}
