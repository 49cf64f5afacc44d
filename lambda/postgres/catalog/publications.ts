// Logical replication: publications with what they publish, and the subscriptions of this database. What a publication
// publishes of a table is a part of that table, so that a table which is missing or cannot be read is told once. The
// connection string of a subscription is never read, nor how far it has come.
import { comment, commentOn, owner } from './access.ts';
import { type Family, needsOf, relations, schemas, userMade } from './family.ts';

export const publicationFamily: Family = (major) => `
SELECT 'publication' AS kind, quote_ident(p.pubname) AS id, NULL AS parent, NULL AS needs,
  p.puballtables AS "allTables",
  to_json(array_remove(ARRAY[CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
    CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END], NULL)) AS operations,
  p.pubviaroot AS "viaPartitionRoot",
  ${major >= 18 ? "CASE p.pubgencols WHEN 's' THEN 'stored' ELSE 'none' END" : 'NULL'} AS "generatedColumns",
  ${owner('p.pubowner')},
  ${comment}
FROM pg_publication p
${commentOn('pg_publication', 'p.oid')}
WHERE ${userMade('pg_publication', 'p.oid')}`;

const publishedColumns = (member: string): string => `(
    SELECT ${member} FROM pg_attribute a WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs)
  )`;

/** Printing a row filter takes a lock on the table, so this family comes late. */
export const publicationTableFamily: Family = (major) => `
SELECT 'publication table' AS kind, c.id || '.' || quote_ident(p.pubname) AS id, 'table ' || c.id AS parent,
  to_json(ARRAY['publication ' || quote_ident(p.pubname)]
    ${major >= 15 ? `|| ARRAY${publishedColumns("'column ' || c.id || '.' || quote_ident(a.attname)")}` : ''}) AS needs,
  ${major >= 15 ? publishedColumns('json_agg(quote_ident(a.attname) ORDER BY a.attname)') : 'NULL'} AS columns,
  ${major >= 15 ? 'pg_get_expr(r.prqual, r.prrelid)' : 'NULL'} AS filter
FROM pg_publication_rel r
JOIN pg_publication p ON p.oid = r.prpubid
JOIN ${relations('rpf')} c ON c.oid = r.prrelid`;

/** Publications of whole schemas exist since PostgreSQL 15. */
export const publicationSchemaFamily: Family = (major) => `
SELECT 'publication schema' AS kind, n.name || '.' || quote_ident(p.pubname) AS id, 'schema ' || n.name AS parent,
  ${needsOf("'publication ' || quote_ident(p.pubname)")} AS needs
FROM ${schemas} n
${
  major >= 15
    ? 'JOIN pg_publication_namespace r ON r.pnnspid = n.oid JOIN pg_publication p ON p.oid = r.pnpubid'
    : 'JOIN pg_publication p ON false'
}`;

/** What newer versions know, and when PostgreSQL lets everybody read it. */
const since = (major: number, first: number, expression: string): string => (major >= first ? expression : 'NULL');

export const subscriptionFamily: Family = (major) => `
SELECT 'subscription' AS kind, quote_ident(s.subname) AS id, NULL AS parent, NULL AS needs,
  s.subenabled AS enabled,
  quote_ident(s.subslotname) AS "slotName",
  (SELECT json_agg(quote_ident(name) ORDER BY name COLLATE "C") FROM unnest(s.subpublications) name) AS publications,
  ${since(major, 14, 's.subsynccommit')} AS "synchronousCommit",
  ${since(major, 14, 's.subbinary')} AS "binary",
  ${since(major, 14, "CASE s.substream::text WHEN 'p' THEN 'parallel' WHEN 't' THEN 'on' WHEN 'true' THEN 'on' ELSE 'off' END")} AS streaming,
  ${since(major, 15, "s.subtwophasestate <> 'd'")} AS "twoPhase",
  ${since(major, 15, 's.subdisableonerr')} AS "disableOnError",
  ${since(major, 16, 's.suborigin')} AS origin,
  ${since(major, 16, 's.subpasswordrequired')} AS "passwordRequired",
  ${since(major, 16, 's.subrunasowner')} AS "runAsOwner",
  ${since(major, 17, 's.subfailover')} AS failover,
  ${owner('s.subowner')},
  ${major >= 14 ? comment : 'NULL AS comment'}
FROM pg_subscription s
${major >= 14 ? commentOn('pg_subscription', 's.oid') : ''}
WHERE s.subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())`;
