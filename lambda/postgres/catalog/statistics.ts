// Extended statistics: what the planner is told to look at, not what ANALYZE found. Printing an expression takes a
// lock on the table, so this family comes late.
import { comment, commentOn, owner } from './access.ts';
import { type Family, relations, schemas, userMade } from './family.ts';

export const statisticsFamily: Family = (major) => `
SELECT 'statistics object' AS kind, n.name || '.' || quote_ident(s.stxname) AS id, c.kind || ' ' || c.id AS parent,
  to_json(ARRAY(
    SELECT 'column ' || c.id || '.' || quote_ident(a.attname) FROM pg_attribute a
    WHERE a.attrelid = s.stxrelid AND a.attnum = ANY (s.stxkeys))) AS needs,
  (SELECT json_agg(CASE kind WHEN 'd' THEN 'ndistinct' WHEN 'f' THEN 'dependencies' ELSE 'mcv' END ORDER BY kind::text COLLATE "C")
    FROM unnest(s.stxkind) kind WHERE kind <> 'e') AS kinds,
  (SELECT json_agg(quote_ident(a.attname) ORDER BY a.attname) FROM pg_attribute a
    WHERE a.attrelid = s.stxrelid AND a.attnum = ANY (s.stxkeys)) AS columns,
  ${major >= 14 ? "array_to_string(pg_get_statisticsobjdef_expressions(s.oid), ', ')" : 'NULL'} AS expressions,
  ${major >= 17 ? 's.stxstattarget' : 'NULLIF(s.stxstattarget, -1)'} AS "statisticsTarget",
  ${owner('s.stxowner')},
  ${comment}
FROM pg_statistic_ext s
JOIN ${schemas} n ON n.oid = s.stxnamespace
JOIN ${relations('rpfm')} c ON c.oid = s.stxrelid
${commentOn('pg_statistic_ext', 's.oid')}
WHERE ${userMade('pg_statistic_ext', 's.oid')}`;
