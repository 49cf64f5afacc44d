// What ALTER ... DEPENDS ON EXTENSION says: an object that is dropped along with an extension of which it is no member.
import { type Family, relationKind, schemas } from './family.ts';

const objects = `(
  SELECT 'pg_proc'::regclass AS classid, p.oid, p.pronamespace AS namespace,
    CASE p.prokind WHEN 'a' THEN 'aggregate' WHEN 'p' THEN 'procedure' ELSE 'function' END AS kind,
    quote_ident(p.proname) || '(' || oidvectortypes(p.proargtypes) || ')' AS name
  FROM pg_proc p
  UNION ALL
  SELECT 'pg_class'::regclass, c.oid, c.relnamespace,
    CASE WHEN c.relkind IN ('i', 'I') THEN 'index' ELSE ${relationKind('c.relkind')} END, quote_ident(c.relname)
  FROM pg_class c
  UNION ALL
  SELECT 'pg_trigger'::regclass, t.oid, c.relnamespace, 'trigger', quote_ident(c.relname) || '.' || quote_ident(t.tgname)
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
)`;

/** OFFSET keeps the few dependencies together, so that each object is looked up by its oid. */
export const extensionDependencyFamily: Family = () => `
SELECT 'extension dependency' AS kind, n.name || '.' || o.name || '.' || quote_ident(e.extname) AS id,
  o.kind || ' ' || n.name || '.' || o.name AS parent,
  json_build_array('extension ' || quote_ident(e.extname)) AS needs
FROM (SELECT * FROM pg_depend WHERE refclassid = 'pg_extension'::regclass AND deptype = 'x' OFFSET 0) d
JOIN pg_extension e ON e.oid = d.refobjid
JOIN ${objects} o ON o.classid = d.classid AND o.oid = d.objid
JOIN ${schemas} n ON n.oid = o.namespace`;
