// Sequences, but not those behind identity columns: the column tells those. Where a sequence stands is data, no fact.
import { comment, commentOn, grants, owner } from './access.ts';
import { type Family, relations } from './family.ts';

export const sequenceFamily: Family = () => `
SELECT 'sequence' AS kind, c.id, 'schema ' || c.schema AS parent,
  CASE WHEN link.owner IS NOT NULL THEN json_build_array('column ' || link.owner) END AS needs,
  format_type(s.seqtypid, NULL) AS type,
  s.seqstart::text AS start,
  s.seqincrement::text AS increment,
  s.seqmin::text AS minimum,
  s.seqmax::text AS maximum,
  s.seqcache::text AS cache,
  s.seqcycle AS cycle,
  link.owner AS "ownedBy",
  CASE c.relpersistence WHEN 'u' THEN 'unlogged' ELSE 'permanent' END AS persistence,
  ${owner('CASE WHEN link.owner IS NULL THEN c.relowner END')},
  ${grants('sequence', 'c')},
  ${comment}
FROM ${relations('S')} c
JOIN pg_sequence s ON s.seqrelid = c.oid
LEFT JOIN (
  SELECT d.objid, d.deptype, d.refobjid::regclass::text || '.' || quote_ident(a.attname) AS owner
  FROM pg_depend d
  JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
  WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
    AND d.refobjsubid > 0
) link ON link.objid = c.oid
${commentOn('pg_class', 'c.oid')}
WHERE link.deptype IS DISTINCT FROM 'i'`;
