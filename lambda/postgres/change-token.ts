// The change token: one short text that differs after every DDL statement, so that a catalog need not be read again.
// Counts and hashes the identity and xmin of every row that holds a definition: whatever inserts, changes or removes
// one leaves another xmin or another count. ANALYZE and VACUUM change rows in place, inserts and sequences change none.
// It can only err towards "changed" (VACUUM FULL, TRUNCATE, REINDEX). Temporary tables do not count, since no fact
// tells of them. Reads what a role with CONNECT alone may read.

/** How the rows of one catalog are told apart, and which of them count. */
interface CatalogNote {
  /** An integer expression that identifies a row. @default its oid */
  identity?: string;
  /** A number that is another one after a row was changed. @default a hash of its identity and xmin */
  hash?: string;
  /** Column with the schema it is in: what is in a temporary one does not count. */
  schema?: string;
  /** Column with the relation it is a part of, likewise. */
  relation?: string;
  /** Condition on the rows that count. @default all */
  where?: string;
  /** The first major version that has it. */
  since?: number;
}

/** PostgreSQL's own objects have smaller OIDs. https://www.postgresql.org/docs/18/system-catalog-initial-data.html */
const firstOid = 16_384;

/** Columns of two identities in one integer: exact for the small second one, a good mix otherwise. */
const both = (first: string, second: string): string => `(${first}::bigint << 24) # ${second}::bigint`;

/** No fact tells of an object that came with the server, and there are thousands. */
const own = (oid: string): string => `${oid} >= ${firstOid}`;

/**
 * Of what came with the server, what is granted on it can change. The rows that initdb wrote first are as they were:
 * that is asked before their last column, which takes longer to reach.
 */
const ownOrGranted = (acl: string, oid = 'oid'): string => `(${own(oid)} OR (xmin <> '1'::xid AND ${acl} IS NOT NULL))`;

/**
 * Left out: what no fact tells of (labels), and what never changes without a row of these
 * (pg_partitioned_table, pg_init_privs).
 */
const catalogs: Readonly<Record<string, CatalogNote>> = {
  pg_aggregate: { identity: 'aggfnoid::oid::bigint', where: own('aggfnoid::oid') },
  pg_am: {},
  pg_amop: { where: own('oid') },
  pg_amproc: { where: own('oid') },
  pg_attrdef: { relation: 'adrelid' },
  // System columns are the same for every table.
  pg_attribute: {
    identity: both('attrelid', 'attnum'),
    relation: 'attrelid',
    where: `attnum > 0 AND ${ownOrGranted('attacl', 'attrelid')}`,
  },
  pg_auth_members: { identity: both('roleid', 'member') },
  pg_cast: {},
  // VACUUM FULL of a catalog writes the catalog's own row anew.
  pg_class: {
    schema: 'relnamespace',
    where: ownOrGranted('relacl'),
    hash: `CASE WHEN ${own('oid')} THEN hashtextextended(xmin::text, oid::bigint) ELSE hash_array_extended(relacl, oid::bigint) END`,
  },
  pg_collation: { where: own('oid') },
  pg_constraint: { schema: 'connamespace', where: own('oid') },
  pg_conversion: { where: own('oid') },
  pg_database: { where: 'datname = current_database()' },
  pg_db_role_setting: { identity: both('setdatabase', 'setrole') },
  pg_default_acl: {},
  // Of the dependencies, members of extensions are what nothing else tells.
  pg_depend: { identity: both('objid', 'refobjid'), where: "refclassid = 'pg_extension'::regclass" },
  pg_description: {
    identity: both('objoid', 'objsubid'),
    where: `(${own('objoid')} OR classoid IN ('pg_namespace'::regclass, 'pg_extension'::regclass, 'pg_language'::regclass))`,
  },
  pg_enum: {},
  pg_event_trigger: {},
  pg_extension: {},
  pg_foreign_data_wrapper: {},
  pg_foreign_server: {},
  pg_foreign_table: { identity: 'ftrelid::bigint' },
  pg_index: { identity: 'indexrelid::bigint', relation: 'indrelid' },
  pg_inherits: { identity: both('inhrelid', 'inhseqno') },
  pg_language: {},
  pg_namespace: { schema: 'oid' },
  pg_opclass: { where: own('oid') },
  pg_operator: { where: own('oid') },
  pg_opfamily: { where: own('oid') },
  pg_parameter_acl: { since: 15 },
  pg_policy: { relation: 'polrelid' },
  pg_proc: { schema: 'pronamespace', where: ownOrGranted('proacl') },
  pg_publication: {},
  pg_publication_namespace: { since: 15 },
  pg_publication_rel: {},
  pg_range: { identity: 'rngtypid::bigint' },
  pg_rewrite: { relation: 'ev_class', where: own('oid') },
  pg_sequence: { identity: 'seqrelid::bigint', relation: 'seqrelid' },
  pg_shdescription: { identity: 'objoid::bigint' },
  pg_statistic_ext: { relation: 'stxrelid' },
  pg_tablespace: {},
  pg_transform: {},
  pg_trigger: { relation: 'tgrelid' },
  pg_ts_config: {},
  pg_ts_config_map: { identity: both('mapcfg', 'maptokentype * 256 + mapseqno'), where: own('mapcfg') },
  pg_ts_dict: {},
  pg_ts_parser: {},
  pg_ts_template: {},
  pg_type: { schema: 'typnamespace', where: ownOrGranted('typacl') },
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
    .map(([catalog, note]) => sumOf(catalog, note));
  const texts = Object.entries(readableColumns).map(
    ([catalog, columns]) =>
      `(SELECT count(*) || ':' || sum(hashtextextended(ROW(${columns(major).join(', ')})::text, 0)) FROM ${catalog} r)`,
  );
  return `
WITH temporary_schemas AS MATERIALIZED (
  SELECT oid FROM pg_namespace WHERE nspname ~ '^pg_(toast_)?temp_'
), temporary_relations AS MATERIALIZED (
  SELECT oid FROM pg_class WHERE relnamespace IN (SELECT oid FROM temporary_schemas)
)
SELECT '1-' || md5(concat_ws(' ', ${[...sums, ...texts].join(',\n  ')})) AS token`;
}

function sumOf(catalog: string, note: CatalogNote): string {
  const {
    identity = 'oid::bigint',
    hash = `hashtextextended(xmin::text, ${identity})`,
    schema,
    relation,
    where,
  } = note;
  const conditions = [
    ...(where === undefined ? [] : [where]),
    ...(schema === undefined ? [] : [`${schema} NOT IN (SELECT oid FROM temporary_schemas)`]),
    ...(relation === undefined ? [] : [`${relation} NOT IN (SELECT oid FROM temporary_relations)`]),
  ];
  const filter = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  return `(SELECT count(*) || ':' || sum(${hash}) FROM ${catalog}${filter})`;
}
