// Foreign-data wrappers, foreign servers and user mappings. They belong to the database, not to a schema. Of a user
// mapping only that it exists is read: PostgreSQL shows its options, which hold passwords, to some roles and not to
// others.
import { comment, commentOn, grants, owner } from './access.ts';
import { type Family, foreignOptionsObject, functionKey, named, needsOf, userMade } from './family.ts';

export const foreignDataWrapperFamily: Family = () => `
SELECT 'foreign data wrapper' AS kind, quote_ident(w.fdwname) AS id, NULL AS parent,
  ${needsOf(functionKey('w.fdwhandler'), functionKey('w.fdwvalidator'))} AS needs,
  ${named('w.fdwhandler', 'regprocedure')} AS handler,
  ${named('w.fdwvalidator', 'regprocedure')} AS validator,
  ${foreignOptionsObject('w.fdwoptions')} AS "foreignOptions",
  ${owner('w.fdwowner')},
  ${grants('foreign data wrapper', 'w')},
  ${comment}
FROM pg_foreign_data_wrapper w
${commentOn('pg_foreign_data_wrapper', 'w.oid')}
WHERE ${userMade('pg_foreign_data_wrapper', 'w.oid')}`;

export const foreignServerFamily: Family = () => `
SELECT 'foreign server' AS kind, quote_ident(s.srvname) AS id,
  'foreign data wrapper ' || quote_ident(w.fdwname) AS parent, NULL AS needs,
  s.srvtype AS type,
  s.srvversion AS version,
  ${foreignOptionsObject('s.srvoptions')} AS "foreignOptions",
  ${owner('s.srvowner')},
  ${grants('foreign server', 's')},
  ${comment}
FROM pg_foreign_server s
JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw
${commentOn('pg_foreign_server', 's.oid')}
WHERE ${userMade('pg_foreign_server', 's.oid')}`;

export const userMappingFamily: Family = () => `
SELECT 'user mapping' AS kind,
  quote_ident(m.srvname) || '.' || CASE WHEN m.umuser = 0 THEN 'public' ELSE quote_ident(m.usename) END AS id,
  'foreign server ' || quote_ident(m.srvname) AS parent, NULL AS needs
FROM pg_user_mappings m`;
