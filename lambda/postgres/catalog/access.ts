// What an object of any kind may have: an owner, grants, a comment. Columns and joins that the families share. Grants
// are told without their grantor, and by what they make different from PostgreSQL's defaults.

/** Catalogs that hold grants: the prefix of their columns `owner` and `acl`, and the letter that acldefault knows. */
const granting = {
  table: { catalog: 'pg_class', owner: 'relowner', acl: 'relacl', letter: 'r' },
  sequence: { catalog: 'pg_class', owner: 'relowner', acl: 'relacl', letter: 's' },
  schema: { catalog: 'pg_namespace', owner: 'nspowner', acl: 'nspacl', letter: 'n' },
  routine: { catalog: 'pg_proc', owner: 'proowner', acl: 'proacl', letter: 'f' },
  type: { catalog: 'pg_type', owner: 'typowner', acl: 'typacl', letter: 'T' },
  language: { catalog: 'pg_language', owner: 'lanowner', acl: 'lanacl', letter: 'l' },
  'foreign data wrapper': { catalog: 'pg_foreign_data_wrapper', owner: 'fdwowner', acl: 'fdwacl', letter: 'F' },
  'foreign server': { catalog: 'pg_foreign_server', owner: 'srvowner', acl: 'srvacl', letter: 'S' },
} as const;

/** A role by its name; one that is gone, by the number that is left of it. */
const roleName = (oid: string): string => `pg_get_userbyid(${oid})::text`;

export const owner = (oid: string): string => `${roleName(oid)} AS owner`;

/** Joined by `grantsOn`. */
export const grants = 'granted.told AS grants';

/** Joined by `commentOn`. */
export const comment = 'about.description AS comment';

/**
 * Joins what is granted on the objects of a catalog. Most objects share a few lists of grants, so each list is spelled
 * out once and not once a row.
 * @param row alias of the catalog in the family
 */
export function grantsOn(kind: keyof typeof granting, row: string): string {
  const { catalog, owner, acl, letter } = granting[kind];
  return `LEFT JOIN (
  SELECT list.acl, list.owner, ${spelledOut('list.acl', 'list.owner', letter)} AS told
  FROM (SELECT DISTINCT ${acl} AS acl, ${owner} AS owner FROM ${catalog} WHERE ${acl} IS NOT NULL) list
) granted ON granted.acl = ${row}.${acl} AND granted.owner = ${row}.${owner}`;
}

/** What is granted on one column; that is rare, and seen to where there is something. */
export const columnGrants = (acl: string, owner: string): string =>
  `CASE WHEN ${acl} IS NOT NULL THEN ${spelledOut(acl, owner, 'c')} END`;

/**
 * Joins what COMMENT ON says of an object, or of a column of it. Looked up row by row: a join of the planner's own
 * choice compares every row with every comment where no statistics tell how many there are.
 */
export const commentOn = (catalog: string, oid: string, column = '0'): string =>
  `LEFT JOIN LATERAL (
  SELECT description FROM pg_description
  WHERE classoid = '${catalog}'::regclass AND objoid = ${oid} AND objsubid = ${column}
  OFFSET 0
) about ON true`;

/** What acldefault gives to PUBLIC. */
const publicDefaults: Readonly<Record<string, string>> = {
  d: 'CONNECT, TEMPORARY',
  f: 'EXECUTE',
  l: 'USAGE',
  T: 'USAGE',
};

/**
 * Grantee to sorted privileges, as an object; null when that is the default. What the owner may do goes without saying
 * unless something was taken away; it stands under `owner`, so that another owner is not another grant.
 */
function spelledOut(acl: string, owner: string, letter: string): string {
  const ofPublic = publicDefaults[letter];
  const byDefault = ofPublic === undefined ? '{}' : `{"public": "${ofPublic}"}`;
  return `(
    SELECT NULLIF(COALESCE(jsonb_object_agg(entry.grantee, entry.privileges), '{}'), '${byDefault}')
    FROM (
      SELECT ${granteeName('item.grantee', owner)} AS grantee, item.grantee = ${owner} AS owns,
        COALESCE(string_agg(item.privilege || CASE WHEN item.grantable AND item.grantee <> ${owner} THEN '*' ELSE '' END, ', '
          ORDER BY item.privilege COLLATE "C"), '') AS privileges
      FROM (
        SELECT grantee, privilege_type AS privilege, bool_or(is_grantable) AS grantable FROM aclexplode(${acl}) GROUP BY 1, 2
        UNION ALL
        SELECT ${owner}, NULL, NULL WHERE ${owner} NOT IN (SELECT grantee FROM aclexplode(${acl}))
      ) item
      GROUP BY item.grantee
    ) entry
    WHERE NOT entry.owns OR entry.privileges <> COALESCE((
      SELECT string_agg(privilege_type, ', ' ORDER BY privilege_type COLLATE "C")
      FROM aclexplode(acldefault('${letter}', ${owner})) WHERE grantee = ${owner}), '')
  )`;
}

/** A role that is called `owner` stands in quotes, and so does one whose name begins with a quote. */
const granteeName = (
  grantee: string,
  owner: string,
): string => `CASE WHEN ${grantee} = 0 THEN 'public' WHEN ${grantee} = ${owner} THEN 'owner'
        WHEN ${roleName(grantee)} ~ '^(owner$|")' THEN '"' || replace(${roleName(grantee)}, '"', '""') || '"'
        ELSE ${roleName(grantee)} END`;
