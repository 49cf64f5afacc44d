// Schemas.
import { commentOn, grants, owner } from './access.ts';
import { type Family, notOfExtension, schemas } from './family.ts';

export const schemaFamily: Family = () => `
SELECT 'schema' AS kind, n.name AS id, NULL AS parent, NULL AS needs,
  ${owner('n.nspowner')},
  ${grants('schema', 'n')},
  -- What every new database says of it; a schema that was created again has none.
  NULLIF(about.description, 'standard public schema') AS comment
FROM ${schemas} n
${commentOn('pg_namespace', 'n.oid')}
WHERE ${notOfExtension('pg_namespace', 'n.oid')}`;
