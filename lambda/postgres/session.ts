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
import { digestOf } from './tenant-digests.ts';
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

/** What a statement's rows are; `slices`: where slices of views start, `spent`: time taken. */
export type Part = 'token' | 'schemas' | 'slices' | 'locked' | 'facts' | 'digests' | 'spent';

export interface Statement {
  sql: string;
  /** Left out when nobody needs its rows. */
  part?: Part;
}

export interface SchemaChoice {
  /** Those that any one of these lets through. */
  matching: readonly ReadOptions[];
  /** Names that are left out of those. */
  without?: readonly string[];
  /** Names that are read whatever else is said. */
  also?: readonly string[];
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
  // Catalogs are in memory: the read-ahead of 18 hands each of their pages to another process, at twice the time.
  // https://www.postgresql.org/docs/18/runtime-config-resource.html#GUC-IO-METHOD
  effective_io_concurrency: '0',
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

/** Tells the families which schemas are read, and names them: (name, quoted). Never PostgreSQL's own. */
function chosenSchemas({ matching, without = [], also = [] }: SchemaChoice): Statement {
  const texts = (values: readonly string[]): string => `${quoteLiteral(textArray(values))}::text[]`;
  const patterns = (globs: readonly string[]): string => texts(globs.map(likePattern));
  const alternatives = matching.map(
    ({ includeSchemas = ['*'], excludeSchemas = [] }) =>
      `(nspname LIKE ANY (${patterns(includeSchemas)}) AND nspname NOT LIKE ALL (${patterns(excludeSchemas)}))`,
  );
  return {
    sql: `
WITH chosen AS MATERIALIZED (
  SELECT oid, nspname
  FROM pg_namespace
  WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
    AND ((${[...alternatives, 'false'].join(' OR ')}) AND nspname NOT IN (SELECT unnest(${texts(without)}))
      OR nspname IN (SELECT unnest(${texts(also)})))
), told AS MATERIALIZED (
  SELECT set_config('${familySettings.schemas}', COALESCE((SELECT array_agg(oid) FROM chosen), '{}')::text, true)
)
SELECT nspname::text AS name, quote_ident(nspname) AS quoted FROM told, chosen`,
    part: 'schemas',
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

/** What a message asks for. */
export interface Question {
  schemas: SchemaChoice;
  /** Facts, or a digest over those of each schema. */
  as: 'facts' | 'digests';
  /** With the change token in front: it must not be newer than what it stands for. */
  withToken: boolean;
}

/** Asks for everything but the views beyond the first slice. */
export function catalogMessage(serverVersion: number, question: Question, limits: SessionLimits): Statement[] {
  const major = majorOf(serverVersion);
  return [
    ...opening(limits),
    ...(question.withToken ? [{ sql: changeToken(major), part: 'token' } as const] : []),
    ...choosing(question.schemas),
    ...reading({ ...families, ...slicedFamilies }, question.as, major),
    ...closing,
  ];
}

/** Asks for the views of the slices that start at these OIDs. */
export function furtherViewsMessage(
  serverVersion: number,
  { schemas, as }: Question,
  starts: readonly number[],
  limits: SessionLimits,
): Statement[] {
  const major = majorOf(serverVersion);
  return [
    ...opening(limits),
    ...choosing(schemas),
    ...furtherSlices(starts).flatMap((sql) => [{ sql }, ...reading(slicedFamilies, as, major)]),
    ...closing,
  ];
}

/** Chooses what is read, and names what is not because somebody has locked it. */
function choosing(schemas: SchemaChoice): Statement[] {
  return [
    chosenSchemas(schemas),
    { sql: viewSlices, part: 'slices' },
    { sql: lockedObjects },
    { sql: lockedFamily, part: 'locked' },
  ];
}

/** Each statement is rolled back, which gives back the locks it took: nobody waits for more of us than one of them. */
function reading(chosen: Readonly<Record<string, Family>>, as: Question['as'], major: number): Statement[] {
  return [
    { sql: 'SAVEPOINT before_family' },
    ...Object.values(chosen).flatMap((family): Statement[] => [
      { sql: as === 'facts' ? family(major) : digestOf(family(major)), part: as },
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
