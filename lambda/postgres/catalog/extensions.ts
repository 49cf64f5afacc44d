// Installed extensions. They belong to the database, not to a schema, so no filter of schemas applies to them.
import { comment, commentOn } from './access.ts';
import type { Family } from './family.ts';

export const extensionFamily: Family = () => `
SELECT 'extension' AS kind, quote_ident(e.extname) AS id, NULL AS parent, NULL AS needs,
  e.extversion AS version,
  quote_ident(n.nspname) AS schema,
  ${comment}
FROM pg_extension e
JOIN pg_namespace n ON n.oid = e.extnamespace
${commentOn('pg_extension', 'e.oid')}`;
