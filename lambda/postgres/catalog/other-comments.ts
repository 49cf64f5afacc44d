// Comments on what is no fact of its own: NOT NULL constraints, the constraints behind constraint triggers, sequences of
// identity columns, row types and multirange types.
import { type Family, firstOid, relations, types } from './family.ts';

const said = (catalog: string): string => `(
    SELECT objoid, description FROM pg_description
    WHERE classoid = '${catalog}'::regclass AND objsubid = 0 AND objoid >= ${firstOid} OFFSET 0
  )`;

export const otherCommentsFamily: Family = (major) => `
SELECT 'comment' AS kind, o.name || ' (' || o.word || ')' AS id, o.parent, NULL AS needs, o.description AS text
FROM (
  SELECT c.id || '.' || quote_ident(con.conname) AS name, 'constraint' AS word, 'table ' || c.id AS parent, d.description
  FROM ${said('pg_constraint')} d
  JOIN pg_constraint con ON con.oid = d.objoid AND con.contype IN ('n', 't')
  JOIN ${relations('rpf')} c ON c.oid = con.conrelid
  UNION ALL
  SELECT t.id || '.' || quote_ident(con.conname), 'domain constraint', 'domain ' || t.id, d.description
  FROM ${said('pg_constraint')} d
  JOIN pg_constraint con ON con.oid = d.objoid AND con.contype = 'n'
  JOIN ${types('d')} t ON t.oid = con.contypid
  UNION ALL
  SELECT c.id, 'sequence', 'column ' || a.attrelid::regclass::text || '.' || quote_ident(a.attname), d.description
  FROM ${said('pg_class')} d
  JOIN ${relations('S')} c ON c.oid = d.objoid
  JOIN pg_depend link ON link.classid = 'pg_class'::regclass AND link.objid = c.oid
    AND link.refclassid = 'pg_class'::regclass AND link.deptype = 'i'
  JOIN pg_attribute a ON a.attrelid = link.refobjid AND a.attnum = link.refobjsubid
  UNION ALL
  SELECT c.id, 'row type', c.kind || ' ' || c.id, d.description
  FROM ${said('pg_type')} d
  JOIN pg_type t ON t.oid = d.objoid
  JOIN ${relations('rpfvm')} c ON c.oid = t.typrelid${major >= 14 ? multirange : ''}
) o`;

const multirange = `
  UNION ALL
  SELECT format_type(r.rngmultitypid, NULL), 'multirange type', 'range type ' || t.id, d.description
  FROM ${said('pg_type')} d
  JOIN pg_range r ON r.rngmultitypid = d.objoid
  JOIN ${types('r')} t ON t.oid = r.rngtypid`;
