// Schemas. Their owners and grants are another scope than structure.
import { type Family, notOfExtension, schemas } from './family.ts';

export const schemaFamily: Family = () => `
SELECT 'schema' AS kind, n.name AS id, NULL AS parent, NULL AS needs
FROM ${schemas} n
WHERE ${notOfExtension('pg_namespace', 'n.oid')}`;
