// Rewrite rules; the one that makes a view is told by the view. Printing a rule locks the relations in it until the
// transaction ends, so this family comes late.
import { comment, commentOn } from './access.ts';
import { type Family, firing, relations } from './family.ts';

export const ruleFamily: Family = () => `
SELECT 'rule' AS kind, c.id || '.' || quote_ident(r.rulename) AS id, c.kind || ' ' || c.id AS parent, NULL AS needs,
  btrim(substr(pg_get_ruledef(r.oid), length('CREATE RULE  AS') + length(quote_ident(r.rulename)) + 1), E' ;\\n') AS definition,
  ${firing('r.ev_enabled')} AS enabled,
  ${comment}
FROM pg_rewrite r
JOIN ${relations('rpfvm')} c ON c.oid = r.ev_class
${commentOn('pg_rewrite', 'r.oid')}
WHERE r.ev_type <> '1'`;
