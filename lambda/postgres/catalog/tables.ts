// Tables: ordinary, partitioned and foreign. What a partition holds and what a child inherits is told here too.
import { comment, commentOn, grants, owner } from './access.ts';
import { columnOrder, type Family, foreignOptionsObject, optionsObject, relations, specialIndexes } from './family.ts';

export const tableFamily: Family = (major) => `
SELECT 'table' AS kind, c.id, 'schema ' || c.schema AS parent,
  CASE WHEN ft.ftserver IS NULL THEN to_json(up.needs)
    ELSE to_json(ARRAY['foreign server ' || quote_ident(server.srvname)] || up.needs) END AS needs,
  CASE c.relkind WHEN 'r' THEN 'ordinary' WHEN 'p' THEN 'partitioned' ELSE 'foreign' END AS form,
  CASE c.relpersistence WHEN 'u' THEN 'unlogged' ELSE 'permanent' END AS persistence,
  quote_ident(am.amname) AS "accessMethod",
  quote_ident(ts.spcname) AS tablespace,
  ${optionsObject('c.reloptions')} AS options,
  ${optionsObject('toast.reloptions')} AS "toastOptions",
  ${columnOrder('c.oid')} AS "columnOrder",
  CASE WHEN NOT c.relispartition THEN up.names END AS inherits,
  CASE WHEN c.relispartition THEN up.names ->> 0 END AS "partitionOf",
  CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, 0) END AS "partitionBound",
  up.detach_pending AS "detachPending",
  CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END AS "partitionKey",
  CASE WHEN c.reloftype <> 0 THEN format_type(c.reloftype, NULL) END AS "ofType",
  c.relrowsecurity AS "rowSecurity",
  c.relforcerowsecurity AS "forceRowSecurity",
  CASE c.relreplident WHEN 'd' THEN 'default' WHEN 'n' THEN 'nothing' WHEN 'f' THEN 'full'
    ELSE 'index ' || COALESCE(special.replica_identity, '(dropped)') END AS "replicaIdentity",
  special.clustered AS "clusteredOn",
  quote_ident(server.srvname) AS server,
  ${foreignOptionsObject('ft.ftoptions')} AS "foreignOptions",
  ${owner('c.relowner')},
  ${grants('table', 'c')},
  ${comment}
FROM ${relations('rpf')} c
LEFT JOIN pg_am am ON am.oid = c.relam
LEFT JOIN pg_tablespace ts ON ts.oid = c.reltablespace
LEFT JOIN pg_class toast ON toast.oid = c.reltoastrelid AND toast.reloptions IS NOT NULL
LEFT JOIN pg_foreign_table ft ON ft.ftrelid = c.oid
LEFT JOIN pg_foreign_server server ON server.oid = ft.ftserver
${specialIndexes}
LEFT JOIN (
  SELECT i.inhrelid,
    json_agg(i.inhparent::regclass::text ORDER BY i.inhseqno) AS names,
    array_agg('table ' || i.inhparent::regclass::text ORDER BY i.inhseqno) AS needs,
    ${major >= 14 ? 'NULLIF(bool_or(i.inhdetachpending), false)' : 'NULL::boolean'} AS detach_pending
  FROM pg_inherits i
  GROUP BY i.inhrelid
) up ON up.inhrelid = c.oid
${commentOn('pg_class', 'c.oid')}`;
