// Comments on what is no fact of its own: NOT NULL constraints, the constraints behind constraint triggers, sequences of
// identity columns, row types and multirange types. They start from the comments, which are few: all of it is planned
// in two joins.
import { type Family, firstOid, notOfExtension, relations, schemas } from './family.ts';

const said = `(
  SELECT classoid AS classid, objoid, description FROM pg_description
  WHERE classoid IN ('pg_constraint'::regclass, 'pg_class'::regclass, 'pg_type'::regclass)
    AND objsubid = 0 AND objoid >= ${firstOid}
  OFFSET 0
)`;

const ofRelations = `
SELECT 'comment' AS kind,
  CASE WHEN con.oid IS NOT NULL THEN c.id || '.' || quote_ident(con.conname) || ' (constraint)'
    WHEN link.objid IS NOT NULL THEN link.objid::regclass::text || ' (sequence)' ELSE c.id || ' (row type)' END AS id,
  CASE WHEN link.objid IS NULL THEN c.kind || ' ' || c.id
    ELSE (SELECT 'column ' || c.id || '.' || quote_ident(a.attname) FROM pg_attribute a
      WHERE a.attrelid = c.oid AND a.attnum = link.refobjsubid) END AS parent,
  NULL AS needs, d.description AS text
FROM ${said} d
LEFT JOIN pg_constraint con ON d.classid = 'pg_constraint'::regclass AND con.oid = d.objoid AND con.contype IN ('n', 't')
LEFT JOIN pg_depend link ON d.classid = 'pg_class'::regclass AND link.classid = d.classid AND link.objid = d.objoid
  AND link.refclassid = 'pg_class'::regclass AND link.deptype = 'i' AND link.refobjsubid > 0
LEFT JOIN pg_type t ON d.classid = 'pg_type'::regclass AND t.oid = d.objoid AND t.typrelid <> 0
JOIN ${relations('rpfvm')} c ON c.oid = COALESCE(con.conrelid, link.refobjid, t.typrelid)`;

const ofTypes = (major: number): string => `
SELECT 'comment', COALESCE(n.name || '.' || quote_ident(t.typname) || '.' || quote_ident(con.conname) || ' (domain constraint)',
    format_type(${major >= 14 ? 'r.rngmultitypid' : 'NULL'}, NULL) || ' (multirange type)'),
  CASE t.typtype WHEN 'd' THEN 'domain ' ELSE 'range type ' END || n.name || '.' || quote_ident(t.typname),
  NULL, d.description
FROM ${said} d
LEFT JOIN pg_constraint con ON d.classid = 'pg_constraint'::regclass AND con.oid = d.objoid AND con.contype = 'n'
LEFT JOIN pg_range r ON d.classid = 'pg_type'::regclass AND ${major >= 14 ? 'r.rngmultitypid = d.objoid' : 'false'}
JOIN pg_type t ON t.oid = COALESCE(NULLIF(con.contypid, 0), r.rngtypid)
JOIN ${schemas} n ON n.oid = t.typnamespace
WHERE ${notOfExtension('pg_type', 't.oid')}`;

export const otherCommentsFamily: Family = (major) => `${ofRelations}
UNION ALL ${ofTypes(major)}`;
