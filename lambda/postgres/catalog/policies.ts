// Row-level security policies. A policy whose condition has a sub-select locks the relations in it when it is printed.
import { comment, commentOn } from './access.ts';
import { type Family, notLocked, relations } from './family.ts';

export const policyFamily: Family = () => `
SELECT 'policy' AS kind, c.id || '.' || quote_ident(p.polname) AS id, 'table ' || c.id AS parent, NULL AS needs,
  CASE p.polcmd WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update'
      WHEN 'd' THEN 'delete' ELSE 'all' END AS command,
  p.polpermissive AS permissive,
  (
      SELECT json_agg(role.name ORDER BY role.name)
      FROM (SELECT CASE oid WHEN 0 THEN 'public' ELSE pg_get_userbyid(oid)::text END COLLATE "C" AS name FROM unnest(p.polroles) oid) role
    ) AS roles,
  pg_get_expr(p.polqual, p.polrelid) AS "using",
  pg_get_expr(p.polwithcheck, p.polrelid) AS "check",
  ${comment}
FROM ${relations('rpf')} c
JOIN pg_policy p ON p.polrelid = c.oid
${commentOn('pg_policy', 'p.oid')}
WHERE ${notLocked('lockedPolicies', 'p.oid')}`;
