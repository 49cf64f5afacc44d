// The messages that are sent to a database: what they say and what each answer in them is. Does no I/O and knows no kind
// of object. The transaction is pinned so that the same catalog prints the same text whatever the server's, the
// database's or the role's settings are, and it never waits long for anyone's lock.

import type { JsonValue } from '../json.ts';
import { type Family, familySettings } from './catalog/family.ts';
import { families, slicedFamilies } from './catalog/index.ts';
import { changeToken } from './change-token.ts';
import { quoteLiteral, textArray } from './literal.ts';
import { lockedFamily, lockedObjects } from './locks.ts';
import type { ReadOptions } from './snapshot.ts';
import { majorOf } from './versions.ts';
import { furtherSlices, viewSlices } from './view-slices.ts';

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

/** What a statement's rows are: the change token, where slices of views start, what is locked, facts, time taken. */
export type Part = 'token' | 'slices' | 'locked' | 'facts' | 'spent';

export interface Statement {
  sql: string;
  /** Left out when nobody needs its rows. */
  part?: Part;
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

/** What every message starts with: the transaction and its pins. */
function opening(limits: SessionLimits): Statement[] {
  const settings = {
    ...pinned,
    statement_timeout: `${limits.statementTimeoutMs}`,
    lock_timeout: `${limits.lockTimeoutMs}`,
  };
  return [
    { sql: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY' },
    { sql: 'SET LOCAL search_path = pg_catalog' },
    {
      sql: `SELECT ${Object.entries(settings).map(([name, value]) => `set_config('${name}', ${quoteLiteral(value)}, true)`)}`,
    },
  ];
}

/** Tells the families which schemas are read: those that are not PostgreSQL's own and that the globs let through. */
function chosenSchemas({ includeSchemas = ['*'], excludeSchemas = [] }: ReadOptions): Statement {
  const patterns = (globs: readonly string[]): string => `${quoteLiteral(textArray(globs.map(likePattern)))}::text[]`;
  return {
    sql: `
SELECT set_config('${familySettings.schemas}', COALESCE(array_agg(oid), '{}')::text, true)
FROM pg_namespace
WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
  AND nspname LIKE ANY (${patterns(includeSchemas)}) AND nspname NOT LIKE ALL (${patterns(excludeSchemas)})`,
  };
}

/** How long the server has been at work since the message arrived. */
const closing: readonly Statement[] = [
  {
    sql: 'SELECT (EXTRACT(epoch FROM clock_timestamp() - statement_timestamp()) * 1000)::double precision AS ms',
    part: 'spent',
  },
  { sql: 'COMMIT' },
];

/** Asks for the change token alone. */
export function tokenMessage(serverVersion: number, limits: SessionLimits): Statement[] {
  return [...opening(limits), { sql: changeToken(majorOf(serverVersion)), part: 'token' }, ...closing];
}

/**
 * Asks for every fact but those of views beyond the first slice, with the change token in front when it is wanted: it
 * must not be newer than what it stands for.
 */
export function catalogMessage(
  serverVersion: number,
  options: ReadOptions & { withToken: boolean },
  limits: SessionLimits,
): Statement[] {
  const major = majorOf(serverVersion);
  return [
    ...opening(limits),
    ...(options.withToken ? [{ sql: changeToken(major), part: 'token' } as const] : []),
    ...choosing(options),
    ...reading({ ...families, ...slicedFamilies }, major),
    ...closing,
  ];
}

/** Asks for the views of the slices that start at these OIDs. */
export function furtherViewsMessage(
  serverVersion: number,
  options: ReadOptions & { starts: readonly number[] },
  limits: SessionLimits,
): Statement[] {
  const major = majorOf(serverVersion);
  return [
    ...opening(limits),
    ...choosing(options),
    ...furtherSlices(options.starts).flatMap((sql) => [{ sql }, ...reading(slicedFamilies, major)]),
    ...closing,
  ];
}

/** Chooses what is read, and names what is not because somebody has locked it. */
function choosing(options: ReadOptions): Statement[] {
  return [
    chosenSchemas(options),
    { sql: viewSlices, part: 'slices' },
    { sql: lockedObjects },
    { sql: lockedFamily, part: 'locked' },
  ];
}

/** Each statement is rolled back, which gives back the locks it took: nobody waits for more of us than one of them. */
function reading(chosen: Readonly<Record<string, Family>>, major: number): Statement[] {
  return [
    { sql: 'SAVEPOINT before_family' },
    ...Object.values(chosen).flatMap((family): Statement[] => [
      { sql: family(major), part: 'facts' },
      { sql: 'ROLLBACK TO before_family' },
    ]),
  ];
}

/** A glob (`*` any text, `?` one character) as a LIKE pattern. */
function likePattern(glob: string): string {
  return glob
    .replace(/[\\%_]/g, '\\$&')
    .replaceAll('*', '%')
    .replaceAll('?', '_');
}
