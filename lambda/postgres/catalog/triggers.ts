// Triggers that somebody created, their copies on partitions included. PostgreSQL 13 and 14 mark those copies as
// internal; what is internal and belongs to a foreign key or unique constraint is told by the constraint.
import { comment, commentOn } from './access.ts';
import { type Family, firing, relations } from './family.ts';

export const triggerFamily: Family = () => `
SELECT 'trigger' AS kind, c.id || '.' || quote_ident(t.tgname) AS id, c.kind || ' ' || c.id AS parent,
  CASE WHEN up.oid IS NOT NULL THEN json_build_array('trigger ' || up.tgrelid::regclass::text || '.' || quote_ident(up.tgname)) END AS needs,
  substr(pg_get_triggerdef(t.oid), length('CREATE TRIGGER  ') + length(quote_ident(t.tgname)) + 1
      + CASE WHEN t.tgconstraint <> 0 THEN length('CONSTRAINT ') ELSE 0 END) AS definition,
  t.tgconstraint <> 0 AS "constraint",
  ${firing('t.tgenabled')} AS enabled,
  CASE WHEN up.oid IS NOT NULL THEN up.tgrelid::regclass::text || '.' || quote_ident(up.tgname) END AS "partitionOf",
  ${comment}
FROM ${relations('rpfv')} c
JOIN pg_trigger t ON t.tgrelid = c.oid
LEFT JOIN pg_trigger up ON up.oid = t.tgparentid
LEFT JOIN pg_constraint con ON con.oid = t.tgconstraint
${commentOn('pg_trigger', 't.oid')}
WHERE NOT t.tgisinternal OR (t.tgparentid <> 0 AND (con.oid IS NULL OR con.contype = 't'))`;
