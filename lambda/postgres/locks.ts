// What cannot be printed now without waiting: relations on which somebody else holds or awaits an ACCESS EXCLUSIVE
// lock, and views, policies and routines whose printing would lock such a relation. They are collected once, at the
// start of the transaction; families leave them out, and one list names them. The lock of a prepared transaction has no
// process.
import { familySettings, notOfExtension, relationKind, schemas, setting } from './catalog/family.ts';

const asArray = (query: string): string =>
  `COALESCE((SELECT array_agg(DISTINCT oid) FROM (${query}) found), '{}')::text`;

/** Objects of a catalog that depend on a locked relation, by their entry in pg_depend. */
const dependants = (catalog: string): string => `
  SELECT d.objid AS oid
  FROM locked
  JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = locked.oid
    AND d.classid = '${catalog}'::regclass`;

/** Policies of tables that are not locked themselves. */
const policiesOfOthers = `
  SELECT p.oid
  FROM (${dependants('pg_policy')}) d
  JOIN pg_policy p ON p.oid = d.oid AND p.polrelid NOT IN (SELECT oid FROM locked)`;

/** Fills the settings that the families consult. */
export const lockedObjects = `
WITH locked AS MATERIALIZED (
  SELECT DISTINCT l.relation AS oid
  FROM pg_locks l
  JOIN pg_class c ON c.oid = l.relation AND c.relkind IN ('r', 'p', 'f', 'v', 'm')
  WHERE l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock' AND l.pid IS DISTINCT FROM pg_backend_pid()
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
)
SELECT
  set_config('${familySettings.lockedRelations}', ${asArray(`
    SELECT oid FROM locked
    UNION
    SELECT r.ev_class FROM (${dependants('pg_rewrite')}) d JOIN pg_rewrite r ON r.oid = d.oid`)}, true),
  set_config('${familySettings.lockedPolicies}', ${asArray(policiesOfOthers)}, true),
  set_config('${familySettings.lockedRoutines}', ${asArray(dependants('pg_proc'))}, true)`;

const locked = (name: string): string => `unnest(${setting(name, 'oid[]')}) AS locked (oid)`;

/** Names them: (kind, id). */
export const lockedFamily = `
SELECT ${relationKind('c.relkind')} AS kind, n.name || '.' || quote_ident(c.relname) AS id
FROM ${locked(familySettings.lockedRelations)}
JOIN pg_class c ON c.oid = locked.oid
JOIN ${schemas} n ON n.oid = c.relnamespace
WHERE ${notOfExtension('pg_class', 'c.oid')}
UNION ALL
SELECT 'policy', n.name || '.' || quote_ident(c.relname) || '.' || quote_ident(p.polname)
FROM ${locked(familySettings.lockedPolicies)}
JOIN pg_policy p ON p.oid = locked.oid
JOIN pg_class c ON c.oid = p.polrelid
JOIN ${schemas} n ON n.oid = c.relnamespace
UNION ALL
SELECT CASE r.prokind WHEN 'a' THEN 'aggregate' WHEN 'p' THEN 'procedure' ELSE 'function' END,
  n.name || '.' || quote_ident(r.proname) || '(' || oidvectortypes(r.proargtypes) || ')'
FROM ${locked(familySettings.lockedRoutines)}
JOIN pg_proc r ON r.oid = locked.oid
JOIN ${schemas} n ON n.oid = r.pronamespace`;
