// Columns of tables, views and materialized views. Where a column stands among the others is told by its relation;
// a NOT NULL constraint of PostgreSQL 18 is told here, as the same fact as on older servers.
import { columnGrants, comment, commentOn } from './access.ts';
import { collationUnless, type Family, foreignOptionsObject, optionsObject, relations } from './family.ts';

const inheritedFrom = `(
    SELECT json_agg('column ' || i.inhparent::regclass::text || '.' || quote_ident(a.attname) ORDER BY i.inhseqno)
    FROM pg_inherits i WHERE i.inhrelid = c.oid
  )`;

/** The columns of the same name that a view reads: what happens to one of those happens to the view's. */
const selectedFrom = `(
    SELECT json_agg('column ' || source.attrelid::regclass::text || '.' || quote_ident(source.attname))
    FROM pg_rewrite r
    JOIN pg_depend link ON link.classid = 'pg_rewrite'::regclass AND link.objid = r.oid
      AND link.refclassid = 'pg_class'::regclass AND link.refobjid <> c.oid AND link.refobjsubid > 0
    JOIN pg_attribute source ON source.attrelid = link.refobjid AND source.attnum = link.refobjsubid
    WHERE r.ev_class = c.oid AND source.attname = a.attname
  )`;

/** Servers from 17 on copy the identity to partitions, older ones do not: it is told of the partitioned table. */
const parentIdentity = `(
    SELECT p.attidentity FROM pg_inherits i
    JOIN pg_attribute p ON p.attrelid = i.inhparent AND p.attname = a.attname WHERE i.inhrelid = c.oid
  )`;

export const columnFamily: Family = (major) => `
SELECT 'column' AS kind, c.id || '.' || quote_ident(a.attname) AS id, c.kind || ' ' || c.id AS parent,
  CASE WHEN a.attinhcount > 0 AND NOT a.attislocal THEN ${inheritedFrom}
    WHEN c.relkind IN ('v', 'm') THEN ${selectedFrom}
    WHEN c.reloftype <> 0 THEN json_build_array('attribute ' || format_type(c.reloftype, NULL) || '.' || quote_ident(a.attname))
    END AS needs,
  format_type(a.atttypid, a.atttypmod) AS type,
  NOT a.attnotnull AS nullable,
  CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, 0) END AS "default",
  CASE a.attgenerated WHEN 's' THEN 'stored' WHEN 'v' THEN 'virtual' END AS generated,
  CASE WHEN a.attgenerated <> '' THEN pg_get_expr(d.adbin, d.adrelid) END AS "generationExpression",
  CASE WHEN c.relispartition AND a.attidentity = ${parentIdentity} THEN NULL
    WHEN a.attidentity = 'a' THEN 'always' WHEN a.attidentity = 'd' THEN 'by default' END AS identity,
  ${major >= 17 ? `CASE WHEN c.relispartition AND a.attidentity = '' AND ${parentIdentity} <> '' THEN true END` : 'NULL'} AS "identityLost",
  s.name AS "identitySequence",
  s.type AS "identityType",
  s.seqstart AS "identityStart",
  s.seqincrement AS "identityIncrement",
  s.seqmin AS "identityMinimum",
  s.seqmax AS "identityMaximum",
  s.seqcache AS "identityCache",
  s.seqcycle AS "identityCycle",
  ${major >= 15 ? identityPersistence : 'NULL'} AS "identityPersistence",
  ${collationUnless('a.attcollation', 't.typcollation')} AS collation,
  CASE WHEN a.attstorage <> t.typstorage THEN
    CASE a.attstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main' ELSE 'extended' END END AS storage,
  ${major >= 14 ? "CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END" : 'NULL'} AS compression,
  ${major >= 17 ? 'a.attstattarget' : 'NULLIF(a.attstattarget, -1)'} AS "statisticsTarget",
  ${optionsObject('a.attoptions')} AS options,
  ${foreignOptionsObject('a.attfdwoptions')} AS "foreignOptions",
  CASE WHEN a.attinhcount > 0 AND a.attislocal AND NOT c.relispartition THEN 'merged' END AS inheritance,
  ${columnGrants('a.attacl', 'c.relowner')},
  ${comment}${major >= 18 ? notNullConstraint : ''}
FROM ${relations('rpfvm')} c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN (
  SELECT link.refobjid, link.refobjsubid, seq.seqrelid::regclass::text AS name, format_type(seq.seqtypid, NULL) AS type,
    sc.relpersistence AS persistence,
    seq.seqstart, seq.seqincrement, seq.seqmin, seq.seqmax, seq.seqcache, seq.seqcycle
  FROM pg_sequence seq
  JOIN pg_class sc ON sc.oid = seq.seqrelid
  JOIN pg_depend link ON link.classid = 'pg_class'::regclass AND link.objid = seq.seqrelid
    AND link.refclassid = 'pg_class'::regclass AND link.deptype = 'i'
) s ON s.refobjid = a.attrelid AND s.refobjsubid = a.attnum
${commentOn('pg_class', 'a.attrelid', 'a.attnum')}
${major >= 18 ? "LEFT JOIN pg_constraint nn ON nn.conrelid = a.attrelid AND nn.contype = 'n' AND nn.conkey[1] = a.attnum" : ''}`;

const identityPersistence = `CASE WHEN s.persistence <> c.relpersistence THEN
    CASE s.persistence WHEN 'u' THEN 'unlogged' ELSE 'permanent' END END`;

/**
 * PostgreSQL chooses relation, column and `_not_null` for a name, shortened or numbered when it must; what it chose
 * before a table was renamed, or in an upgrade to 18, is nobody's intention and left out.
 * https://www.postgresql.org/docs/18/ddl-constraints.html#DDL-CONSTRAINTS-NOT-NULL
 */
const notNullConstraint = `,
  CASE WHEN nn.conname !~ '_not_null[0-9]*$' THEN quote_ident(nn.conname) END AS "notNullName",
  NULLIF(nn.convalidated, true) AS "notNullValidated",
  NULLIF(nn.connoinherit, false) AS "notNullNoInherit",
  CASE WHEN nn.coninhcount > 0 AND nn.conislocal AND NOT c.relispartition THEN 'merged' END AS "notNullInheritance"`;
