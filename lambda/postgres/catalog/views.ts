// Views and materialized views. Printing a query locks every relation in it, so they are printed a slice at a time
// (view-slices.ts); views over a locked relation are left out and named (locks.ts).
import { comment, commentOn, grants, owner } from './access.ts';
import {
  columnOrder,
  type Family,
  familySettings,
  optionsObject,
  relations,
  setting,
  specialIndexes,
} from './family.ts';

const query = `btrim(pg_get_viewdef(c.oid), ' ;')`;

const access = `${owner('c.relowner')}, ${grants('table', 'c')}, ${comment}`;

const inSlice = `c.oid >= ${setting(familySettings.viewsFrom, 'oid')} AND c.oid < ${setting(familySettings.viewsBefore, 'oid')}`;

export const viewFamily: Family = () => `
SELECT 'view' AS kind, c.id, 'schema ' || c.schema AS parent, NULL AS needs,
  ${query} AS definition,
  ${optionsObject('c.reloptions')} AS options,
  ${columnOrder('c.oid')} AS "columnOrder",
  ${access}
FROM ${relations('v')} c
${commentOn('pg_class', 'c.oid')}
WHERE ${inSlice}`;

export const materializedViewFamily: Family = () => `
SELECT 'materialized view' AS kind, c.id, 'schema ' || c.schema AS parent, NULL AS needs,
  ${query} AS definition,
  special.clustered AS "clusteredOn",
  c.relispopulated AS populated,
  CASE c.relpersistence WHEN 'u' THEN 'unlogged' ELSE 'permanent' END AS persistence,
  quote_ident(am.amname) AS "accessMethod",
  quote_ident(ts.spcname) AS tablespace,
  ${optionsObject('c.reloptions')} AS options,
  ${optionsObject('toast.reloptions')} AS "toastOptions",
  ${columnOrder('c.oid')} AS "columnOrder",
  ${access}
FROM ${relations('m')} c
LEFT JOIN pg_am am ON am.oid = c.relam
LEFT JOIN pg_tablespace ts ON ts.oid = c.reltablespace
LEFT JOIN pg_class toast ON toast.oid = c.reltoastrelid
${specialIndexes}
${commentOn('pg_class', 'c.oid')}
WHERE ${inSlice}`;
