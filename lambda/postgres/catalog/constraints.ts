// Primary key, unique, foreign key, check and exclusion constraints of tables and domains. NOT NULL is told by the
// column or domain, constraint triggers by the triggers. The copies of a foreign key that PostgreSQL keeps for each
// partition of the *referenced* table are no facts; those for each partition of the referencing table are.
import { comment, commentOn } from './access.ts';
import { type Family, firing, relations, types } from './family.ts';

/** The flags are attributes of their own, so the definition is told without them. */
const definition = (major: number): string => `CASE
      WHEN con.condeferrable OR con.connoinherit OR NOT con.convalidated${major >= 18 ? ' OR NOT con.conenforced' : ''}
      THEN regexp_replace(pg_get_constraintdef(con.oid),
        '( NO INHERIT)?( DEFERRABLE)?( INITIALLY DEFERRED)?( NOT ENFORCED)?( NOT VALID)?$', '')
      ELSE pg_get_constraintdef(con.oid) END`;

const common = (major: number): string => `
  CASE con.contype WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique'
    WHEN 'f' THEN 'foreign key' WHEN 'c' THEN 'check' ELSE 'exclusion' END AS type,
  ${definition(major)} AS definition,
  con.condeferrable AS deferrable,
  con.condeferred AS "initiallyDeferred",
  con.convalidated${major >= 18 ? ' OR NOT con.conenforced' : ''} AS validated,
  ${major >= 18 ? 'con.conenforced' : 'true'} AS enforced,
  con.contype = 'c' AND con.connoinherit AS "noInherit",
  ${comment}`;

/**
 * Internal triggers that do not fire as created: `ALTER TABLE ... DISABLE TRIGGER ALL` turns a foreign key off this
 * way. Those of a copy for a partition of the referenced table count for the foreign key it was copied from.
 */
const switchedTriggers = `
WITH RECURSIVE switched AS (
  SELECT t.tgconstraint AS constraint_oid, t.tgfoid, t.tgenabled
  FROM pg_trigger t
  WHERE t.tgisinternal AND t.tgconstraint <> 0 AND t.tgenabled <> 'O'
  UNION
  SELECT up.oid, switched.tgfoid, switched.tgenabled
  FROM switched
  JOIN pg_constraint con ON con.oid = switched.constraint_oid
  JOIN pg_constraint up ON up.oid = con.conparentid AND up.conrelid = con.conrelid
), firing AS (
  SELECT s.constraint_oid, NOT starts_with(p.proname::text, 'RI_FKey_') OR starts_with(p.proname::text, 'RI_FKey_check') AS on_own_table,
    string_agg(DISTINCT CASE right(p.proname, 3) WHEN 'ins' THEN 'insert' WHEN 'upd' THEN 'update'
      WHEN 'del' THEN 'delete' ELSE 'recheck' END || ' ' || ${firing('s.tgenabled')}, ', ') AS state
  FROM switched s
  JOIN pg_proc p ON p.oid = s.tgfoid
  GROUP BY 1, 2
)`;

const needs = `to_json(ARRAY(
    SELECT 'column ' || c.id || '.' || quote_ident(a.attname)
    FROM pg_attribute a
    WHERE a.attrelid = con.conrelid AND a.attnum = ANY (con.conkey)
  ) || CASE WHEN con.confrelid <> 0 THEN ARRAY['table ' || con.confrelid::regclass::text, 'index ' || con.conindid::regclass::text] END
    || CASE WHEN up.oid IS NOT NULL THEN ARRAY['constraint ' || up.conrelid::regclass::text || '.' || quote_ident(up.conname)]
       WHEN con.coninhcount > 0 THEN ARRAY(
         SELECT 'constraint ' || i.inhparent::regclass::text || '.' || quote_ident(con.conname)
         FROM pg_inherits i WHERE i.inhrelid = con.conrelid) END)`;

export const tableConstraintFamily: Family = (major) => `${switchedTriggers}
SELECT 'constraint' AS kind, c.id || '.' || quote_ident(con.conname) AS id, 'table ' || c.id AS parent, ${needs} AS needs,
  ${common(major)},
  CASE WHEN con.coninhcount > 0 AND con.conislocal AND NOT c.relispartition THEN 'merged' END AS inheritance,
  CASE WHEN up.oid IS NOT NULL THEN up.conrelid::regclass::text || '.' || quote_ident(up.conname) END AS "partitionOf",
  own.state AS "checkTriggers",
  other.state AS "actionTriggers"
FROM ${relations('rpf')} c
JOIN pg_constraint con ON con.conrelid = c.oid AND con.contype IN ('p', 'u', 'f', 'c', 'x')
LEFT JOIN pg_constraint up ON up.oid = con.conparentid
LEFT JOIN firing own ON own.constraint_oid = con.oid AND own.on_own_table
LEFT JOIN firing other ON other.constraint_oid = con.oid AND NOT other.on_own_table
${commentOn('pg_constraint', 'con.oid')}
WHERE up.oid IS NULL OR up.conrelid <> con.conrelid`;

export const domainConstraintFamily: Family = (major) => `
SELECT 'constraint' AS kind, t.id || '.' || quote_ident(con.conname) AS id, 'domain ' || t.id AS parent, NULL AS needs,
  ${common(major)}
FROM ${types('d')} t
JOIN pg_constraint con ON con.contypid = t.oid AND con.contype = 'c'
${commentOn('pg_constraint', 'con.oid')}`;
