// Procedural languages and access methods: what the code of the server is plugged into. They belong to the database,
// not to a schema, so no filter of schemas applies to them.
import { comment, commentOn, grants, owner } from './access.ts';
import { type Family, functionKey, named, needsOf, userMade } from './family.ts';

export const languageFamily: Family = () => `
SELECT 'language' AS kind, quote_ident(l.lanname) AS id, NULL AS parent,
  ${needsOf(functionKey('l.lanplcallfoid'), functionKey('l.laninline'), functionKey('l.lanvalidator'))} AS needs,
  l.lanpltrusted AS trusted,
  ${named('l.lanplcallfoid', 'regprocedure')} AS handler,
  ${named('l.laninline', 'regprocedure')} AS inline,
  ${named('l.lanvalidator', 'regprocedure')} AS validator,
  ${owner('l.lanowner')},
  ${grants('language', 'l')},
  ${comment}
FROM pg_language l
${commentOn('pg_language', 'l.oid')}
WHERE ${userMade('pg_language', 'l.oid')}`;

export const accessMethodFamily: Family = () => `
SELECT 'access method' AS kind, quote_ident(a.amname) AS id, NULL AS parent,
  ${needsOf(functionKey('a.amhandler'))} AS needs,
  CASE a.amtype WHEN 't' THEN 'table' ELSE 'index' END AS type,
  ${named('a.amhandler', 'regprocedure')} AS handler,
  ${comment}
FROM pg_am a
${commentOn('pg_am', 'a.oid')}
WHERE ${userMade('pg_am', 'a.oid')}`;
