// Collations and conversions. The version of the library behind a collation is the server's, no fact. Of several
// collations of one name, the one for the encoding of this database counts.
import { comment, commentOn, owner } from './access.ts';
import { type Family, functionKey, needsOf, schemas, userMade } from './family.ts';

/** ICU takes `de_DE` for `de-DE`, which is what newer servers keep. */
const locale = (major: number): string => {
  if (major >= 17) return 'COALESCE(c.colllocale, c.collcollate)';
  if (major >= 15) return "COALESCE(replace(c.colliculocale, '_', '-'), c.collcollate)";
  return "CASE WHEN c.collprovider = 'i' THEN replace(c.collcollate, '_', '-') ELSE c.collcollate END";
};

export const collationFamily: Family = (major) => `
SELECT 'collation' AS kind, n.name || '.' || quote_ident(c.collname) AS id, 'schema ' || n.name AS parent, NULL AS needs,
  CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' WHEN 'd' THEN 'default' ELSE 'libc' END AS provider,
  ${locale(major)} AS locale,
  CASE WHEN c.collprovider = 'c' AND c.collctype <> c.collcollate THEN c.collctype END AS "characterType",
  c.collisdeterministic AS deterministic,
  ${major >= 16 ? 'c.collicurules' : 'NULL'} AS rules,
  ${owner('c.collowner')},
  ${comment}
FROM pg_collation c
JOIN ${schemas} n ON n.oid = c.collnamespace
${commentOn('pg_collation', 'c.oid')}
WHERE ${userMade('pg_collation', 'c.oid')} AND c.collencoding IN (-1, pg_char_to_encoding(getdatabaseencoding()))`;

export const conversionFamily: Family = () => `
SELECT 'conversion' AS kind, n.name || '.' || quote_ident(c.conname) AS id, 'schema ' || n.name AS parent,
  ${needsOf(functionKey('c.conproc'))} AS needs,
  pg_encoding_to_char(c.conforencoding) AS "from",
  pg_encoding_to_char(c.contoencoding) AS "to",
  c.conproc::regproc::text AS function,
  c.condefault AS "default",
  ${owner('c.conowner')},
  ${comment}
FROM pg_conversion c
JOIN ${schemas} n ON n.oid = c.connamespace
${commentOn('pg_conversion', 'c.oid')}
WHERE ${userMade('pg_conversion', 'c.oid')}`;
