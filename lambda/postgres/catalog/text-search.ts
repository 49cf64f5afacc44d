// Text search: configurations with their mappings, and the dictionaries, parsers and templates they are made of.
import { comment, commentOn, owner } from './access.ts';
import { type Family, functionKey, named, needsOf, schemas, userMade } from './family.ts';

const qualified = (catalog: 'pg_ts_parser' | 'pg_ts_template', prefix: 'prs' | 'tmpl', oid: string): string => `(
    SELECT quote_ident(pn.nspname) || '.' || quote_ident(p.${prefix}name)
    FROM ${catalog} p JOIN pg_namespace pn ON pn.oid = p.${prefix}namespace WHERE p.oid = ${oid})`;

export const textSearchConfigurationFamily: Family = () => `
SELECT 'text search configuration' AS kind, n.name || '.' || quote_ident(c.cfgname) AS id, 'schema ' || n.name AS parent,
  ${needsOf(`'text search parser ' || ${qualified('pg_ts_parser', 'prs', 'c.cfgparser')}`)} AS needs,
  ${qualified('pg_ts_parser', 'prs', 'c.cfgparser')} AS parser,
  (SELECT json_object_agg(token.alias, mapped.dictionaries)
    FROM (SELECT m.maptokentype, json_agg(m.mapdict::regdictionary::text ORDER BY m.mapseqno) AS dictionaries
      FROM pg_ts_config_map m WHERE m.mapcfg = c.oid GROUP BY m.maptokentype) mapped
    JOIN ts_token_type(c.cfgparser) token ON token.tokid = mapped.maptokentype) AS mappings,
  ${owner('c.cfgowner')},
  ${comment}
FROM pg_ts_config c
JOIN ${schemas} n ON n.oid = c.cfgnamespace
${commentOn('pg_ts_config', 'c.oid')}
WHERE ${userMade('pg_ts_config', 'c.oid')}`;

export const textSearchDictionaryFamily: Family = () => `
SELECT 'text search dictionary' AS kind, n.name || '.' || quote_ident(d.dictname) AS id, 'schema ' || n.name AS parent,
  ${needsOf(`'text search template ' || ${qualified('pg_ts_template', 'tmpl', 'd.dicttemplate')}`)} AS needs,
  ${qualified('pg_ts_template', 'tmpl', 'd.dicttemplate')} AS template,
  d.dictinitoption AS options,
  ${owner('d.dictowner')},
  ${comment}
FROM pg_ts_dict d
JOIN ${schemas} n ON n.oid = d.dictnamespace
${commentOn('pg_ts_dict', 'd.oid')}
WHERE ${userMade('pg_ts_dict', 'd.oid')}`;

export const textSearchParserFamily: Family = () => `
SELECT 'text search parser' AS kind, n.name || '.' || quote_ident(p.prsname) AS id, 'schema ' || n.name AS parent,
  ${needsOf(functionKey('p.prsstart'), functionKey('p.prstoken'), functionKey('p.prsend'), functionKey('p.prslextype'))} AS needs,
  ${named('p.prsstart', 'regprocedure')} AS start,
  ${named('p.prstoken', 'regprocedure')} AS "nextToken",
  ${named('p.prsend', 'regprocedure')} AS "end",
  ${named('p.prslextype', 'regprocedure')} AS "tokenTypes",
  ${named('p.prsheadline', 'regprocedure')} AS headline,
  ${comment}
FROM pg_ts_parser p
JOIN ${schemas} n ON n.oid = p.prsnamespace
${commentOn('pg_ts_parser', 'p.oid')}
WHERE ${userMade('pg_ts_parser', 'p.oid')}`;

export const textSearchTemplateFamily: Family = () => `
SELECT 'text search template' AS kind, n.name || '.' || quote_ident(t.tmplname) AS id, 'schema ' || n.name AS parent,
  ${needsOf(functionKey('t.tmpllexize'), functionKey('t.tmplinit'))} AS needs,
  ${named('t.tmplinit', 'regprocedure')} AS init,
  ${named('t.tmpllexize', 'regprocedure')} AS lexize,
  ${comment}
FROM pg_ts_template t
JOIN ${schemas} n ON n.oid = t.tmplnamespace
${commentOn('pg_ts_template', 't.oid')}
WHERE ${userMade('pg_ts_template', 't.oid')}`;
