// What an object of any kind may have: an owner, grants, a comment. Columns and joins that the families share.

/** Catalogs that hold grants: their columns, and the letter by which acldefault knows the kind of object. */
const granting = {
  table: { owner: 'relowner', acl: 'relacl', letter: 'r' },
  sequence: { owner: 'relowner', acl: 'relacl', letter: 's' },
  schema: { owner: 'nspowner', acl: 'nspacl', letter: 'n' },
  routine: { owner: 'proowner', acl: 'proacl', letter: 'f' },
  type: { owner: 'typowner', acl: 'typacl', letter: 'T' },
  language: { owner: 'lanowner', acl: 'lanacl', letter: 'l' },
  'foreign data wrapper': { owner: 'fdwowner', acl: 'fdwacl', letter: 'F' },
  'foreign server': { owner: 'srvowner', acl: 'srvacl', letter: 'S' },
  database: { owner: 'datdba', acl: 'datacl', letter: 'd' },
} as const;

/** A role by its name; one that is gone, by the number that is left of it. */
export const roleName = (oid: string): string => `pg_get_userbyid(${oid})::text`;

export const owner = (oid: string): string => `${roleName(oid)} AS owner`;

/**
 * What is granted on an object, for privileges.ts to tell in words.
 * @param row alias of the catalog in the family
 */
export function grants(kind: keyof typeof granting, row: string): string {
  const { owner, acl, letter } = granting[kind];
  return grantList(`'${letter}'`, `${row}.${owner}`, `${row}.${acl}`);
}

/** What is granted on one column, beside what is granted on all of them. */
export const columnGrants = (acl: string, owner: string): string => grantList("'c'", owner, acl);

/** What a row of pg_default_acl grants: instead of the usual for the whole database, beside it for one schema. */
export const defaultGrants = (row: string): string =>
  grantList(
    `CASE WHEN ${row}.defaclnamespace <> 0 THEN 'c' WHEN ${row}.defaclobjtype = 'S' THEN 's' ELSE ${row}.defaclobjtype END`,
    `${row}.defaclrole`,
    `${row}.defaclacl`,
  );

const grantList = (letter: string, owner: string, acl: string): string =>
  `CASE WHEN ${acl} IS NOT NULL THEN json_build_array(${letter}, ${roleName(owner)}, ${acl}) END AS grants`;

/** Joined by `commentOn` or `sharedCommentOn`. */
export const comment = 'about.description AS comment';

/** What `initdb` makes of these, and describes, is a fact too. */
const describedByInitdb = ['pg_namespace', 'pg_extension'];

/**
 * Joins what COMMENT ON says of an object, or of a column of it. Looked up row by row: a join of the planner's own
 * choice compares every row with every comment where no statistics tell how many there are. Not looked up at all where
 * nobody says anything about objects of that catalog: what `initdb` makes, and describes, has lower numbers than those.
 */
export function commentOn(catalog: string, oid: string, column = '0'): string {
  const anything = `EXISTS (SELECT FROM pg_description WHERE objoid >= 16384 AND classoid = '${catalog}'::regclass)`;
  return `LEFT JOIN LATERAL (
  SELECT description FROM pg_description
  WHERE ${describedByInitdb.includes(catalog) ? '' : `(SELECT ${anything}) AND `}classoid = '${catalog}'::regclass
    AND objoid = ${oid} AND objsubid = ${column}
  OFFSET 0
) about ON true`;
}

/** The same for what belongs to the server. */
export const sharedCommentOn = (catalog: string, oid: string): string =>
  `LEFT JOIN pg_shdescription about ON about.classoid = '${catalog}'::regclass AND about.objoid = ${oid}`;
