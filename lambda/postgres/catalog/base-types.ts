// Base types, which come with functions that read and write their values, and shell types, which are only a name so
// far. Array types are a part of the type of their elements.
import { comment, commentOn, grants, owner } from './access.ts';
import { type Family, named, schemas, userMade } from './family.ts';

const storage = `CASE t.typstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main' ELSE 'extended' END`;
const alignment = `CASE t.typalign WHEN 'c' THEN 'char' WHEN 's' THEN 'int2' WHEN 'i' THEN 'int4' ELSE 'double' END`;

const typesWhere = (condition: string): string => `(
  SELECT t.*, n.name AS schema, n.name || '.' || quote_ident(t.typname) AS id
  FROM pg_type t
  JOIN ${schemas} n ON n.oid = t.typnamespace
  WHERE ${condition} AND ${userMade('pg_type', 't.oid')}
)`;

export const baseTypeFamily: Family = (major) => `
SELECT 'base type' AS kind, t.id, 'schema ' || t.schema AS parent, NULL AS needs,
  ${named('t.typinput', 'regprocedure')} AS input,
  ${named('t.typoutput', 'regprocedure')} AS output,
  ${named('t.typreceive', 'regprocedure')} AS receive,
  ${named('t.typsend', 'regprocedure')} AS send,
  ${named('t.typmodin', 'regprocedure')} AS "modifierInput",
  ${named('t.typmodout', 'regprocedure')} AS "modifierOutput",
  ${named('t.typanalyze', 'regprocedure')} AS "analyze",
  ${major >= 14 ? named('t.typsubscript', 'regprocedure') : 'NULL'} AS subscript,
  CASE WHEN t.typlen < 0 THEN 'variable' ELSE t.typlen::text END AS length,
  t.typbyval AS "byValue",
  ${alignment} AS alignment,
  ${storage} AS storage,
  t.typcategory::text AS category,
  t.typispreferred AS preferred,
  t.typdefault AS "default",
  ${named('t.typelem', 'regtype')} AS element,
  t.typdelim::text AS delimiter,
  t.typcollation <> 0 AS collatable,
  ${owner('t.typowner')},
  ${grants('type', 't')},
  ${comment}
FROM ${typesWhere("t.typtype = 'b' AND t.typinput <> 'array_in'::regproc")} t
${commentOn('pg_type', 't.oid')}`;

export const shellTypeFamily: Family = () => `
SELECT 'shell type' AS kind, t.id, 'schema ' || t.schema AS parent, NULL AS needs,
  ${owner('t.typowner')},
  ${comment}
FROM ${typesWhere("t.typtype = 'p' AND NOT t.typisdefined")} t
${commentOn('pg_type', 't.oid')}`;
