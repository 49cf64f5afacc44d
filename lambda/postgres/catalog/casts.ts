// Casts and transforms: how values of a type become something else. They belong to their types and are read when those
// are PostgreSQL's own or in a schema that is read. The casts that PostgreSQL makes with a range type are a part of it.
import { comment, commentOn } from './access.ts';
import { type Family, firstOid, functionKey, named, needsOf, schemas, typeKey, userMade } from './family.ts';

const typeIsRead = (oid: string): string => `(${oid} < ${firstOid} OR ${oid} IN (
  SELECT ty.oid FROM pg_type ty JOIN ${schemas} tn ON tn.oid = ty.typnamespace
))`;

export const castFamily: Family = () => `
SELECT 'cast' AS kind, '(' || format_type(c.castsource, NULL) || ' AS ' || format_type(c.casttarget, NULL) || ')' AS id,
  NULL AS parent, ${needsOf(functionKey('c.castfunc'), typeKey('c.castsource'), typeKey('c.casttarget'))} AS needs,
  CASE c.castmethod WHEN 'f' THEN c.castfunc::regprocedure::text WHEN 'i' THEN 'inout' ELSE 'binary' END AS method,
  CASE c.castcontext WHEN 'i' THEN 'implicit' WHEN 'a' THEN 'assignment' ELSE 'explicit' END AS context,
  ${comment}
FROM pg_cast c
${commentOn('pg_cast', 'c.oid')}
WHERE ${userMade('pg_cast', 'c.oid')} AND (
  SELECT true FROM pg_depend
  WHERE classid = 'pg_cast'::regclass AND objid = c.oid AND deptype = 'i' LIMIT 1
) IS NULL AND ${typeIsRead('c.castsource')} AND ${typeIsRead('c.casttarget')}`;

export const transformFamily: Family = () => `
SELECT 'transform' AS kind, 'FOR ' || format_type(t.trftype, NULL) || ' LANGUAGE ' || quote_ident(l.lanname) AS id,
  NULL AS parent,
  ${needsOf(functionKey('t.trffromsql'), functionKey('t.trftosql'), typeKey('t.trftype'), "'language ' || quote_ident(l.lanname)")} AS needs,
  ${named('t.trffromsql', 'regprocedure')} AS "fromSql",
  ${named('t.trftosql', 'regprocedure')} AS "toSql",
  ${comment}
FROM pg_transform t
JOIN pg_language l ON l.oid = t.trflang
${commentOn('pg_transform', 't.oid')}
WHERE ${userMade('pg_transform', 't.oid')} AND ${typeIsRead('t.trftype')}`;
