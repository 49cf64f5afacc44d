// User-defined types: enumerated, domain, composite and range types. The multirange type that PostgreSQL makes with a
// range type is an attribute of that.
import { comment, commentOn, grants, owner } from './access.ts';
import { collationUnless, columnOrder, type Family, relations, types } from './family.ts';

const access = `${owner('t.typowner')}, ${grants('type', 't')}, ${comment}`;

export const enumFamily: Family = () => `
SELECT 'enum' AS kind, t.id, 'schema ' || t.schema AS parent, NULL AS needs,
  COALESCE(
    (SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid), '[]') AS labels,
  ${access}
FROM ${types('e')} t
${commentOn('pg_type', 't.oid')}`;

/** What PostgreSQL chooses is nobody's intention, as with columns. */
const notNullName = `(
    SELECT quote_ident(nn.conname) FROM pg_constraint nn
    WHERE nn.contypid = t.oid AND nn.contype = 'n' AND nn.conname !~ '_not_null[0-9]*$'
  )`;

export const domainFamily: Family = (major) => `
SELECT 'domain' AS kind, t.id, 'schema ' || t.schema AS parent, NULL AS needs,
  format_type(t.typbasetype, t.typtypmod) AS type,
  NOT t.typnotnull AS nullable,
  ${major >= 17 ? notNullName : 'NULL'} AS "notNullName",
  pg_get_expr(t.typdefaultbin, 0) AS "default",
  ${collationUnless('t.typcollation', 'base.typcollation')} AS "collation",
  ${access}
FROM ${types('d')} t
JOIN pg_type base ON base.oid = t.typbasetype
${commentOn('pg_type', 't.oid')}`;

export const compositeTypeFamily: Family = () => `
SELECT 'composite type' AS kind, c.id, 'schema ' || c.schema AS parent, NULL AS needs,
  ${columnOrder('c.oid')} AS "attributeOrder",
  ${access}
FROM ${relations('c')} c
JOIN pg_type t ON t.oid = c.reltype
${commentOn('pg_type', 't.oid')}`;

export const attributeFamily: Family = () => `
SELECT 'attribute' AS kind, c.id || '.' || quote_ident(a.attname) AS id, 'composite type ' || c.id AS parent, NULL AS needs,
  format_type(a.atttypid, a.atttypmod) AS type,
  ${collationUnless('a.attcollation', 't.typcollation')} AS "collation",
  ${comment}
FROM ${relations('c')} c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type t ON t.oid = a.atttypid
${commentOn('pg_class', 'a.attrelid', 'a.attnum')}`;

export const rangeTypeFamily: Family = (major) => `
SELECT 'range type' AS kind, t.id, 'schema ' || t.schema AS parent, NULL AS needs,
  format_type(r.rngsubtype, NULL) AS subtype,
  quote_ident(opn.nspname) || '.' || quote_ident(op.opcname) AS "operatorClass",
  ${collationUnless('r.rngcollation', 'sub.typcollation')} AS "collation",
  CASE WHEN r.rngcanonical <> 0 THEN r.rngcanonical::regproc::text END AS canonical,
  CASE WHEN r.rngsubdiff <> 0 THEN r.rngsubdiff::regproc::text END AS "subtypeDiff",
  ${major >= 14 ? 'format_type(r.rngmultitypid, NULL)' : 'NULL'} AS multirange,
  ${access}
FROM ${types('r')} t
JOIN pg_range r ON r.rngtypid = t.oid
JOIN pg_type sub ON sub.oid = r.rngsubtype
JOIN pg_opclass op ON op.oid = r.rngsubopc
JOIN pg_namespace opn ON opn.oid = op.opcnamespace
${commentOn('pg_type', 't.oid')}`;
