// Grants on what is no fact of its own: PostgreSQL's objects and members of extensions, where they are not those that
// initdb or the extension gave (pg_init_privs), and the sequences of identity columns and row types. Only what was
// given beyond that, and what was taken away, is told: the rest differs between versions.
import { roleName } from './access.ts';
import { type Family, firstOid, relationKind, relations } from './family.ts';

/** What extensions brought: looked up once for all catalogs. */
const members = `members AS MATERIALIZED (
  SELECT classid, objid, refobjid FROM pg_depend WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
)`;

/** Condition: it came with the server, or with an extension. */
const installed = (catalog: string, oid: string): string =>
  `(${oid} < ${firstOid} OR ${oid} IN (SELECT objid FROM members WHERE classid = '${catalog}'::regclass))`;

interface Branch {
  catalog: string;
  /** Alias `o` and what is joined to it; `n` is its schema. */
  from: string;
  /** What kind of object it is, and its name. */
  word: string;
  name: string;
  /** How acldefault calls it. */
  letter: string;
  owner: string;
  acl: string;
  /** Number of the column. @default 0 */
  column?: string;
  /** @default it is asked of the row `o` */
  isGranted?: string;
  /** Beside that it came with the server or an extension. */
  where?: string;
}

/** What is as it was when initdb wrote its first rows has no grants: that is asked first, since it is in front of a row. */
const granted = (row: string, acl: string): string => `${row}.xmin <> '1'::xid AND ${acl} IS NOT NULL`;

const inSchema = (catalog: string, namespace: string): string =>
  `${catalog} o JOIN pg_namespace n ON n.oid = o.${namespace}`;
const qualified = (name: string): string => `quote_ident(n.nspname) || '.' || quote_ident(${name})`;
const relationWord = (relkind: string): string =>
  `CASE ${relkind} WHEN 'S' THEN 'sequence' ELSE ${relationKind(relkind)} END`;

const branches: readonly Branch[] = [
  {
    catalog: 'pg_class',
    from: inSchema('pg_class', 'relnamespace'),
    word: relationWord('o.relkind'),
    name: qualified('o.relname'),
    letter: "CASE o.relkind WHEN 'S' THEN 's' ELSE 'r' END",
    owner: 'o.relowner',
    acl: 'o.relacl',
  },
  {
    catalog: 'pg_class',
    from: `(
    SELECT * FROM pg_attribute p WHERE ${installed('pg_class', 'p.attrelid')} AND ${granted('p', 'p.attacl')} OFFSET 0
  ) a JOIN ${inSchema('pg_class', 'relnamespace')} ON o.oid = a.attrelid`,
    word: "'column'",
    name: `${qualified('o.relname')} || '.' || quote_ident(a.attname)`,
    letter: "'c'",
    owner: 'o.relowner',
    acl: 'a.attacl',
    column: 'a.attnum',
    isGranted: 'true',
  },
  {
    catalog: 'pg_proc',
    from: inSchema('pg_proc', 'pronamespace'),
    word: "CASE o.prokind WHEN 'a' THEN 'aggregate' WHEN 'p' THEN 'procedure' ELSE 'function' END",
    name: `${qualified('o.proname')} || '(' || oidvectortypes(o.proargtypes) || ')'`,
    letter: "'f'",
    owner: 'o.proowner',
    acl: 'o.proacl',
  },
  {
    catalog: 'pg_type',
    from: inSchema('pg_type', 'typnamespace'),
    word: "'type'",
    name: qualified('o.typname'),
    letter: "'T'",
    owner: 'o.typowner',
    acl: 'o.typacl',
  },
  {
    catalog: 'pg_namespace',
    from: 'pg_namespace o',
    word: "'schema'",
    name: 'quote_ident(o.nspname)',
    letter: "'n'",
    owner: 'o.nspowner',
    acl: 'o.nspacl',
    // That one is a fact: applications use it.
    where: "o.nspname <> 'public'",
  },
  {
    catalog: 'pg_language',
    from: 'pg_language o',
    word: "'language'",
    name: 'quote_ident(o.lanname)',
    letter: "'l'",
    owner: 'o.lanowner',
    acl: 'o.lanacl',
  },
  {
    catalog: 'pg_foreign_data_wrapper',
    from: 'pg_foreign_data_wrapper o',
    word: "'foreign data wrapper'",
    name: 'quote_ident(o.fdwname)',
    letter: "'F'",
    owner: 'o.fdwowner',
    acl: 'o.fdwacl',
  },
  {
    catalog: 'pg_foreign_server',
    from: 'pg_foreign_server o',
    word: "'foreign server'",
    name: 'quote_ident(o.srvname)',
    letter: "'S'",
    owner: 'o.srvowner',
    acl: 'o.srvacl',
  },
];

const ofInstalled = branches.map(
  ({ catalog, from, word, name, letter, owner, acl, column = '0', isGranted = granted('o', acl), where }) => `
  SELECT '${catalog}'::regclass AS classid, o.oid, ${column} AS sub, ${word} AS word, ${name} AS name,
    (${letter})::"char" AS letter, ${owner} AS owner, ${acl} AS acl, NULL AS part_of
  FROM ${from}
  WHERE ${isGranted} AND ${installed(catalog, 'o.oid')}${where === undefined ? '' : ` AND ${where}`}`,
);

/** Sequences of identity columns, and row types: what is granted on the relation says nothing of them. */
const ofRelations = `
  SELECT part.classid, part.oid, 0, part.word, COALESCE(part.name, c.id), part.letter::"char", c.relowner, part.acl,
    CASE WHEN part.column_number IS NULL THEN c.kind || ' ' || c.id ELSE (
      SELECT 'column ' || c.id || '.' || quote_ident(a.attname) FROM pg_attribute a
      WHERE a.attrelid = c.oid AND a.attnum = part.column_number) END
  FROM (
    SELECT 'pg_class'::regclass AS classid, s.oid, 'sequence' AS word, s.oid::regclass::text AS name, 's' AS letter,
      s.relacl AS acl, link.refobjid AS relation, link.refobjsubid AS column_number
    FROM (SELECT oid, relacl FROM pg_class WHERE relacl IS NOT NULL AND relkind = 'S' OFFSET 0) s
    JOIN pg_depend link ON link.classid = 'pg_class'::regclass AND link.objid = s.oid
      AND link.refclassid = 'pg_class'::regclass AND link.deptype = 'i'
    UNION ALL
    SELECT 'pg_type'::regclass, t.oid, 'row type', NULL, 'T', t.typacl, t.typrelid, NULL
    FROM pg_type t
    WHERE ${granted('t', 't.typacl')} AND t.typrelid <> 0
    OFFSET 0
  ) part
  JOIN ${relations('rpfvm')} c ON c.oid = part.relation`;

const objects = [...ofInstalled, ofRelations].join('\n  UNION ALL');

/** What initdb grants everybody on the information schema is not in pg_init_privs: its helpers are `_pg_...`. */
const unrecorded = `CASE
      WHEN o.word = 'schema' AND o.name = 'information_schema' THEN ARRAY[makeaclitem(0, o.owner, 'USAGE', false)]
      WHEN o.word IN ('table', 'view') AND starts_with(o.name, 'information_schema.') AND o.name !~ '^information_schema._pg_'
      THEN ARRAY[makeaclitem(0, o.owner, 'SELECT', false)]
    END`;

/** What of one list the other does not give, as a list of the same form. */
const beyond = (list: string, other: string): string => `(
    SELECT array_agg(makeaclitem(one.grantee, o.owner, one.privilege_type, one.is_grantable)::text)
    FROM ${list} one
    WHERE NOT EXISTS (
      SELECT FROM ${other} two
      WHERE two.grantee = one.grantee AND two.privilege_type = one.privilege_type
        AND (two.is_grantable OR NOT one.is_grantable)
    )
  )`;

const present = 'aclexplode(o.acl)';

/** Of an object that got another owner since, the rights of the first one are those of the owner. */
const initial = `(
      SELECT CASE WHEN grantee = grantor THEN o.owner ELSE grantee END AS grantee, privilege_type, is_grantable
      FROM aclexplode(o.initial)
    )`;

const listed = (items: string): string =>
  `CASE WHEN ${items} IS NOT NULL THEN json_build_array('c', ${roleName('o.owner')}, ${items}) END`;

export const otherPrivilegesFamily: Family = () => `
WITH ${members}
SELECT 'privileges' AS kind, o.name || ' (' || o.word || ')' AS id,
  COALESCE(o.part_of, 'extension ' || quote_ident(e.extname)) AS parent, NULL AS needs,
  ${listed('o.given')} AS grants,
  ${listed('o.taken')} AS revoked
FROM (
  SELECT o.*, ${beyond(present, initial)} AS given, ${beyond(initial, present)} AS taken
  FROM (
    SELECT o.*, COALESCE(i.initprivs, acldefault(o.letter, o.owner) || ${unrecorded}) AS initial
    FROM (${objects}
    ) o
    LEFT JOIN pg_init_privs i ON i.classoid = o.classid AND i.objoid = o.oid AND i.objsubid = o.sub
    OFFSET 0
  ) o
  WHERE o.acl <> o.initial
  OFFSET 0
) o
LEFT JOIN members d ON d.classid = o.classid AND d.objid = o.oid
LEFT JOIN pg_extension e ON e.oid = d.refobjid
WHERE o.given IS NOT NULL OR o.taken IS NOT NULL`;
