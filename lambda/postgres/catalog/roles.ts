// Roles that matter here, and what they may do anywhere. Roles belong to the server; those that nothing in this database
// names, that cannot act as one of those and that none of those can act as, are no facts. Passwords cannot be read.
import { comment, roleName, sharedCommentOn } from './access.ts';
import type { Family } from './family.ts';

export const thisDatabase = '(SELECT oid FROM pg_database WHERE datname = current_database())';

/** PostgreSQL's own roles (`pg_monitor`) are the same everywhere: who is a member of one is told by the member. */
const isOwn = (name: string): string => `starts_with(${name}::text, 'pg_')`;

/**
 * For a WITH RECURSIVE: `concerned (oid)`. `named` own something, are granted something, stand in a policy, a user
 * mapping, default privileges or a setting; `acting` are members of those; the rest is what all of these are members of.
 */
export const concernedRoles = `
named AS (
  SELECT refobjid AS oid FROM pg_shdepend
  WHERE refclassid = 'pg_authid'::regclass
    AND (dbid = ${thisDatabase} OR (dbid = 0 AND classid = 'pg_database'::regclass AND objid = ${thisDatabase}))
  UNION
  SELECT setrole FROM pg_db_role_setting WHERE setdatabase = ${thisDatabase} AND setrole <> 0
), acting AS (
  SELECT named.oid FROM named JOIN pg_roles r ON r.oid = named.oid WHERE NOT ${isOwn('r.rolname')}
  UNION
  SELECT m.member FROM acting JOIN pg_auth_members m ON m.roleid = acting.oid
), concerned AS (
  SELECT oid FROM acting
  UNION
  SELECT m.roleid FROM concerned JOIN pg_auth_members m ON m.member = concerned.oid
)`;

/** Options that GRANT gives by default go without saying; before 16, there is only one of them. */
const options = (major: number): string =>
  major >= 16
    ? `CASE WHEN bool_or(m.admin_option) THEN ', admin' ELSE '' END
      || CASE WHEN bool_or(m.inherit_option) THEN '' ELSE ', no inherit' END
      || CASE WHEN bool_or(m.set_option) THEN '' ELSE ', no set' END`
    : "CASE WHEN bool_or(m.admin_option) THEN ', admin' ELSE '' END";

const parameters = `LEFT JOIN (
  SELECT entry.grantee, jsonb_object_agg(entry.parname, entry.privileges) AS told
  FROM (
    SELECT item.grantee, p.parname,
      string_agg(DISTINCT item.privilege_type || CASE WHEN item.is_grantable THEN '*' ELSE '' END, ', ') AS privileges
    FROM pg_parameter_acl p
    CROSS JOIN LATERAL aclexplode(p.paracl) item
    GROUP BY 1, 2
  ) entry
  GROUP BY 1
) allowed ON allowed.grantee = r.oid`;

export const roleFamily: Family = (major) => `
WITH RECURSIVE ${concernedRoles}
SELECT 'role' AS kind, quote_ident(r.rolname) AS id, NULL AS parent, NULL AS needs,
  r.rolsuper AS superuser,
  r.rolcreaterole AS "createRole",
  r.rolcreatedb AS "createDatabase",
  r.rolreplication AS replication,
  r.rolbypassrls AS "bypassRowSecurity",
  r.rolcanlogin AS login,
  r.rolinherit AS inherit,
  NULLIF(r.rolconnlimit, -1) AS "connectionLimit",
  NULLIF(r.rolvaliduntil, 'infinity')::text AS "validUntil",
  (
    SELECT jsonb_object_agg(membership.role, membership.options)
    FROM (
      SELECT ${roleName('m.roleid')} AS role, 'member' || ${options(major)} AS options
      FROM pg_auth_members m WHERE m.member = r.oid GROUP BY m.roleid
    ) membership
  ) AS "memberOf",
  ${major >= 15 ? 'allowed.told' : 'NULL'} AS parameters,
  ${comment}
FROM pg_roles r
${major >= 15 ? parameters : ''}
${sharedCommentOn('pg_authid', 'r.oid')}
WHERE r.oid IN (SELECT oid FROM concerned) AND NOT ${isOwn('r.rolname')}`;
