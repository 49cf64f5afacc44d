// The change token: one short text that differs after every DDL statement, so that a catalog need not be read again.
// Sums up hashes of the identity and xmin of every row that holds a definition: whatever inserts, changes or removes
// one leaves another sum. ANALYZE and VACUUM change rows in place, inserts and sequences change none.
// It can only err towards "changed" (VACUUM FULL, TRUNCATE, REINDEX). Temporary tables do not count, since no fact
// tells of them. Reads what a role with CONNECT alone may read.

/** How the rows of one catalog are told apart, and which of them count. */
interface CatalogNote {
  /** An integer expression that identifies a row. @default its oid */
  identity?: string;
  /** Column with the OID that says whether a row came with the server: those that did do not count. @default all do */
  own?: string;
  /** Column with what is granted on a row: what came with the server counts, too, where something is. */
  granted?: string;
  /** Column with the schema it is in: what is in a temporary one does not count. */
  schema?: string;
  /** Column with the relation it is a part of, likewise. */
  relation?: string;
  /** Further condition on the rows that count. */
  where?: string;
  /** The first major version that has it. */
  since?: number;
}

/** PostgreSQL's own objects have smaller OIDs. https://www.postgresql.org/docs/18/system-catalog-initial-data.html */
const firstOid = 16_384;

/** Columns of two identities in one integer: exact for the small second one, a good mix otherwise. */
const both = (first: string, second: string): string => `(${first}::bigint << 24) # ${second}::bigint`;

/**
 * The xmin of a row that came after initdb, as a number. `age` counts from the newest transaction, so that two ages
 * differ by what two xmins do, at a third of the price of their texts. Rows that initdb wrote have no age.
 * https://www.postgresql.org/docs/18/functions-info.html#FUNCTIONS-INFO-SNAPSHOT
 */
const numberedXmin = "age(xmin)::bigint - age('3'::xid)";

/**
 * Left out: what no fact tells of (labels), and what never changes without a row of these: pg_partitioned_table,
 * pg_init_privs, pg_attrdef (a new default clears and sets atthasdef of its column).
 */
const catalogs: Readonly<Record<string, CatalogNote>> = {
  pg_aggregate: { identity: 'aggfnoid::oid::bigint', own: 'aggfnoid::oid' },
  pg_am: {},
  pg_amop: { own: 'oid' },
  pg_amproc: { own: 'oid' },
  // System columns are the same for every table.
  pg_attribute: {
    identity: both('attrelid', 'attnum'),
    own: 'attrelid',
    granted: 'attacl',
    relation: 'attrelid',
    where: 'attnum > 0',
  },
  pg_auth_members: { identity: both('roleid', 'member') },
  pg_cast: {},
  pg_class: { own: 'oid', granted: 'relacl', schema: 'relnamespace' },
  pg_collation: { own: 'oid' },
  pg_constraint: { own: 'oid', schema: 'connamespace' },
  pg_conversion: { own: 'oid' },
  pg_database: { where: 'datname = current_database()' },
  pg_db_role_setting: { identity: both('setdatabase', 'setrole') },
  pg_default_acl: {},
  // Of the dependencies, members of extensions are what nothing else tells.
  pg_depend: { identity: both('objid', 'refobjid'), where: "refclassid = 'pg_extension'::regclass" },
  pg_description: {
    identity: both('objoid', 'objsubid'),
    where: `(objoid >= ${firstOid} OR classoid IN ('pg_namespace'::regclass, 'pg_extension'::regclass, 'pg_language'::regclass))`,
  },
  pg_enum: {},
  pg_event_trigger: {},
  pg_extension: {},
  pg_foreign_data_wrapper: {},
  pg_foreign_server: {},
  pg_foreign_table: { identity: 'ftrelid::bigint' },
  pg_index: { identity: 'indexrelid::bigint', own: 'indexrelid', relation: 'indrelid' },
  pg_inherits: { identity: both('inhrelid', 'inhseqno') },
  pg_language: {},
  pg_namespace: { schema: 'oid' },
  pg_opclass: { own: 'oid' },
  pg_operator: { own: 'oid' },
  pg_opfamily: { own: 'oid' },
  pg_parameter_acl: { since: 15 },
  pg_policy: { relation: 'polrelid' },
  pg_proc: { own: 'oid', granted: 'proacl', schema: 'pronamespace' },
  pg_publication: {},
  pg_publication_namespace: { since: 15 },
  pg_publication_rel: {},
  pg_range: { identity: 'rngtypid::bigint', own: 'rngtypid' },
  pg_rewrite: { own: 'oid', relation: 'ev_class' },
  pg_sequence: { identity: 'seqrelid::bigint', own: 'seqrelid', relation: 'seqrelid' },
  pg_shdescription: { identity: 'objoid::bigint' },
  pg_statistic_ext: { relation: 'stxrelid' },
  pg_tablespace: {},
  pg_transform: {},
  pg_trigger: { own: 'oid', relation: 'tgrelid' },
  pg_ts_config: {},
  pg_ts_config_map: { identity: both('mapcfg', 'maptokentype * 256 + mapseqno'), own: 'mapcfg' },
  pg_ts_dict: {},
  pg_ts_parser: {},
  pg_ts_template: {},
  pg_type: { own: 'oid', granted: 'typacl', schema: 'typnamespace' },
};

/** What only some columns of may be read, and not xmin: those are hashed as they are. */
const readableColumns: Readonly<Record<string, (major: number) => string[]>> = {
  pg_roles: () => ['r'],
  pg_user_mappings: () => ['umid', 'srvid', 'umuser'],
  pg_subscription: (major) => [
    'subdbid, subname, subowner, subenabled, subslotname, subpublications',
    ...(major >= 14 ? ['subbinary, substream, subsynccommit'] : []),
    ...(major >= 15 ? ['subtwophasestate, subdisableonerr'] : []),
    ...(major >= 16 ? ['suborigin, subpasswordrequired, subrunasowner'] : []),
    ...(major >= 17 ? ['subfailover'] : []),
  ],
};

/** Gives one row with one column, `token`. */
export function changeToken(major: number): string {
  const sums = Object.entries(catalogs)
    .filter(([, { since = 0 }]) => since <= major)
    .flatMap(([catalog, note]) => [rowsOf(catalog, note), ...grantsOf(catalog, note)]);
  const texts = Object.entries(readableColumns).map(
    ([catalog, columns]) =>
      `(SELECT sum(hashtextextended(ROW(${columns(major).join(', ')})::text, 0)) FROM ${catalog} r)`,
  );
  return `
WITH temporary_schemas AS MATERIALIZED (
  SELECT oid FROM pg_namespace WHERE nspname ~ '^pg_(toast_)?temp_'
), temporary_relations AS MATERIALIZED (
  SELECT oid FROM pg_class WHERE relnamespace IN (SELECT oid FROM temporary_schemas)
)
SELECT '2-' || md5(ROW(${[...sums, ...texts].join(',\n  ')})::text) AS token`;
}

function rowsOf(catalog: string, { identity = 'oid::bigint', own, schema, relation, where }: CatalogNote): string {
  const hash =
    own === undefined ? `hashtextextended(xmin::text, ${identity})` : `hashint8extended(${identity}, ${numberedXmin})`;
  return sumOf(catalog, hash, [
    // Parts of relations are nearly all: not by an index, as a planner has it that has seen none but the server's own.
    ...(own === undefined ? [] : [`${own}${relation === undefined ? '' : '::bigint'} >= ${firstOid}`]),
    ...(schema === undefined ? [] : [`${schema} NOT IN (SELECT oid FROM temporary_schemas)`]),
    ...(relation === undefined ? [] : [`${relation} NOT IN (SELECT oid FROM temporary_relations)`]),
    ...(where === undefined ? [] : [where]),
  ]);
}

/**
 * By what is granted, since VACUUM FULL of a catalog writes the catalog's own row anew. A sum of its own: the column is
 * among the last of a row, and would have to be looked for in every one.
 */
function grantsOf(catalog: string, { identity = 'oid::bigint', own, relation, granted, where }: CatalogNote): string[] {
  if (granted === undefined) return [];
  // Parts of relations outnumber all else: an array makes sure that they are found by their index.
  const installed =
    relation === undefined
      ? `${own} < ${firstOid}`
      : `${relation} = ANY (ARRAY(SELECT oid FROM pg_class WHERE oid < ${firstOid}))`;
  const conditions = [installed, `${granted} IS NOT NULL`, ...(where === undefined ? [] : [where])];
  return [sumOf(catalog, `hash_array_extended(${granted}, ${identity})`, conditions)];
}

function sumOf(catalog: string, hash: string, conditions: readonly string[]): string {
  const filter = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  return `(SELECT sum(${hash}) FROM ${catalog}${filter})`;
}
