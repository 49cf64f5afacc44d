// What a catalog family is, and the SQL that all of them share: which objects are facts at all. A family's every row
// is (kind, id, parent, needs) and one column for each attribute, under its name; null means that it does not apply. A
// family reads pg_catalog only, and prints nothing that depends on a setting of the server or the role that session.ts
// does not pin.

/** Gives the SQL statement of one family of objects, for a server of this major version. */
export type Family = (major: number) => string;

/** Settings of the transaction through which session.ts tells every family what to leave out. */
export const familySettings = {
  /** oid[] of the schemas that are read */
  schemas: 'driftwatch.schemas',
  /** OIDs between which the views of this slice are */
  viewsFrom: 'driftwatch.views_from',
  viewsBefore: 'driftwatch.views_before',
  /** oid[] of what cannot be printed now without waiting for a lock, by catalog */
  lockedRelations: 'driftwatch.locked_relations',
  lockedPolicies: 'driftwatch.locked_policies',
  lockedRoutines: 'driftwatch.locked_routines',
} as const;

/** A sub-select, so that the setting is read once a statement and not once a row. */
export const setting = (name: string, type: string): string => `(SELECT current_setting('${name}'))::${type}`;

/** The schemas that are read: (oid, name), the name quoted. A hashed list: there can be thousands. */
export const schemas = `(
  SELECT oid, nspname, nspowner, nspacl, quote_ident(nspname) AS name
  FROM pg_namespace
  WHERE oid IN (SELECT unnest(${setting(familySettings.schemas, 'oid[]')}))
)`;

/** Condition: the object was not created by an extension's script. A hashed list, whatever the planner estimates. */
export const notOfExtension = (catalog: string, oid: string): string => `${oid} NOT IN (
    SELECT objid FROM pg_depend
    WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e' AND classid = '${catalog}'::regclass
  )`;

/** PostgreSQL's own objects have smaller OIDs. https://www.postgresql.org/docs/18/system-catalog-initial-data.html */
export const firstOid = 16_384;

/**
 * Condition for catalogs that hold hundreds of PostgreSQL's own objects and hardly ever another: the object was made by
 * neither. Asked row by row, so that a catalog without such rows costs no list of the extensions' objects.
 */
export const userMade = (catalog: string, oid: string): string => `${oid} >= ${firstOid} AND (
    SELECT true FROM pg_depend
    WHERE classid = '${catalog}'::regclass AND objid = ${oid} AND deptype = 'e' LIMIT 1
  ) IS NULL`;

/** Condition: nobody else holds or awaits a lock that printing this object would wait for. */
export const notLocked = (setOfOids: keyof typeof familySettings, oid: string): string =>
  `${oid} <> ALL (${setting(familySettings[setOfOids], 'oid[]')})`;

/** `relkind` to our kind. */
export const relationKind = (relkind: string): string =>
  `CASE ${relkind} WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' ELSE 'table' END`;

/** Relations of the given `relkind`s that are facts: all of pg_class, and schema, id, kind. */
export const relations = (relkinds: string): string => `(
  SELECT c.*, n.name AS schema, n.name || '.' || quote_ident(c.relname) AS id, ${relationKind('c.relkind')} AS kind
  FROM pg_class c
  JOIN ${schemas} n ON n.oid = c.relnamespace
  WHERE c.relkind IN (${[...relkinds].map((relkind) => `'${relkind}'`).join(', ')})
    AND ${notLocked('lockedRelations', 'c.oid')}
    AND ${notOfExtension('pg_class', 'c.oid')}
)`;

/** Types that are facts, of the given `typtype`s: all of pg_type, and schema, id. */
export const types = (typtype: string): string => `(
  SELECT t.*, n.name AS schema, n.name || '.' || quote_ident(t.typname) AS id
  FROM pg_type t
  JOIN ${schemas} n ON n.oid = t.typnamespace
  WHERE t.typtype = '${typtype}' AND ${notOfExtension('pg_type', 't.oid')}
)`;

/** `{name=value}` text arrays (storage parameters) as an object of texts. */
export const optionsObject = (array: string): string => `CASE WHEN ${array} IS NOT NULL THEN (
    SELECT json_object_agg(option_name, option_value) FROM pg_options_to_table(${array})
  ) END`;

/** Extensions whose parameters hold no secret. Those that an application makes up (`app.jwt_secret`) may well do. */
const openPrefixes = [
  'auto_explain',
  'hnsw',
  'ivfflat',
  'pg_hint_plan',
  'pg_stat_statements',
  'pg_trgm',
  'pgaudit',
  'plpgsql',
  'postgis',
];

/** The value of a parameter that was set; null for one that may be a secret: of that only the name is read. */
export const openSetting = (name: string, value: string): string =>
  `CASE WHEN ${name} NOT LIKE '%.%' OR split_part(${name}, '.', 1) = ANY ('{${openPrefixes.join(',')}}') THEN ${value} END`;

/** `{name=value}` of parameters as an object; see openSetting. */
export const settingsObject = (array: string): string => `CASE WHEN ${array} IS NOT NULL THEN (
    SELECT json_object_agg(option_name, ${openSetting('option_name', 'option_value')}) FROM pg_options_to_table(${array})
  ) END`;

/** Names of options that are known to hold no secret; of the others only the name is read. */
const openForeignOptions = [
  'analyze_sampling',
  'async_capable',
  'batch_size',
  'column_name',
  'dbname',
  'delimiter',
  'encoding',
  'escape',
  'extensions',
  'fdw_startup_cost',
  'fdw_tuple_cost',
  'fetch_size',
  'filename',
  'force_not_null',
  'force_null',
  'format',
  'header',
  'host',
  'hostaddr',
  'keep_connections',
  'null',
  'parallel_abort',
  'parallel_commit',
  'port',
  'quote',
  'schema_name',
  'table_name',
  'truncatable',
  'updatable',
  'use_remote_estimate',
];

/** Options of a foreign object; the value of one that could be a secret is null. */
export const foreignOptionsObject = (array: string): string => `CASE WHEN ${array} IS NOT NULL THEN (
    SELECT json_object_agg(option_name, CASE WHEN option_name = ANY ('{${openForeignOptions.join(',')}}') THEN option_value END)
    FROM pg_options_to_table(${array})
  ) END`;

/** A function or operator by name and argument types; null for none. */
export const named = (oid: string, type: 'regprocedure' | 'regtype' | 'regoperator'): string =>
  `CASE WHEN ${oid} <> 0 THEN ${oid}::${type}::text END`;

/** Key of a function that is a fact, or could be one. For few rows: it is looked up by itself. */
export const functionKey = (oid: string): string => `(
    SELECT 'function ' || quote_ident(fn.nspname) || '.' || quote_ident(f.proname) || '(' || oidvectortypes(f.proargtypes) || ')'
    FROM pg_proc f JOIN pg_namespace fn ON fn.oid = f.pronamespace WHERE f.oid = ${oid} AND f.oid >= ${firstOid})`;

/** The same of a type, or of the relation whose row type it is. */
export const typeKey = (oid: string): string => `(
    SELECT CASE WHEN tr.relkind IS NOT NULL AND tr.relkind <> 'c' THEN ${relationKind('tr.relkind')}
      WHEN ty.typtype = 'e' THEN 'enum' WHEN ty.typtype = 'd' THEN 'domain' WHEN ty.typtype = 'c' THEN 'composite type'
      WHEN ty.typtype = 'r' THEN 'range type' ELSE 'base type' END
      || ' ' || quote_ident(tn.nspname) || '.' || quote_ident(ty.typname)
    FROM pg_type ty
    JOIN pg_namespace tn ON tn.oid = ty.typnamespace
    LEFT JOIN pg_class tr ON tr.oid = ty.typrelid
    WHERE ty.oid = ${oid} AND ty.oid >= ${firstOid})`;

/** Keys of which some may be null, as the list of what a fact needs. */
export const needsOf = (...keys: string[]): string => `to_json(array_remove(ARRAY[${keys.join(', ')}], NULL))`;

/** Names of a relation's columns in their order; gaps that dropped columns leave do not show. */
export const columnOrder = (relation: string): string => `to_json(ARRAY(
    SELECT quote_ident(member.attname) FROM pg_attribute member
    WHERE member.attrelid = ${relation} AND member.attnum > 0 AND NOT member.attisdropped
    ORDER BY member.attnum))`;

/** Joins what a relation `c` uses one of its indexes for: it is told of the relation, since there is one at most. */
export const specialIndexes = `LEFT JOIN (
  SELECT i.indrelid,
    max(CASE WHEN i.indisclustered THEN i.indexrelid::regclass::text END) AS clustered,
    max(CASE WHEN i.indisreplident THEN i.indexrelid::regclass::text END) AS replica_identity
  FROM pg_index i
  WHERE i.indisclustered OR i.indisreplident
  GROUP BY i.indrelid
) special ON special.indrelid = c.oid`;

/** The collation's name when it is set and not the one its type has anyway. */
export const collationUnless = (collation: string, typeCollation: string): string =>
  `CASE WHEN ${collation} <> 0 AND ${collation} <> ${typeCollation} THEN ${collation}::regcollation::text END`;

/** `origin`, `disabled`, `replica` or `always`. */
export const firing = (tgenabled: string): string =>
  `CASE ${tgenabled} WHEN 'O' THEN 'origin' WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' ELSE 'always' END`;
