// Indexes of tables and materialized views. The index behind a constraint is a part of that constraint, which tells
// what it covers; what remains here for it is what can differ all the same: validity and storage.
import { comment, commentOn } from './access.ts';
import { type Family, optionsObject, relations } from './family.ts';

/** How pg_get_indexdef prints storage parameters; their length is what it is needed for. */
const printedOptions = `CASE WHEN ic.reloptions IS NULL THEN '' ELSE (
      SELECT ' WITH (' || string_agg(quote_ident(option_name) || '='
        || CASE WHEN quote_ident(option_value) = option_value THEN option_value ELSE quote_literal(option_value) END, ', ') || ')'
      FROM pg_options_to_table(ic.reloptions)) END`;

const nullsNotDistinct = (major: number): string => (major >= 15 ? 'i.indnullsnotdistinct' : 'false');

/**
 * Cuts the printed statement down to method, keys and included columns, by the lengths of what stands before and after
 * them: names can hold anything. The added full stop keeps the cut at the end from being of length 0, which left()
 * would take for "nothing".
 */
const definition = (major: number): string => `left(
      substr(printed.statement || '.', length('CREATE INDEX  ON  USING ') + length(quote_ident(ic.relname)) + length(c.id) + 1
        + CASE WHEN i.indisunique THEN length('UNIQUE ') ELSE 0 END
        + CASE WHEN ic.relkind = 'I' THEN length('ONLY ') ELSE 0 END),
      -(length('.')
        + CASE WHEN ${nullsNotDistinct(major)} THEN length(' NULLS NOT DISTINCT') ELSE 0 END
        + length(${printedOptions})
        + COALESCE(length(' WHERE ') + length(printed.predicate), 0)))`;

export const indexFamily: Family = (major) => `
SELECT 'index' AS kind, c.schema || '.' || quote_ident(ic.relname) AS id,
  CASE WHEN con.oid IS NULL THEN c.kind || ' ' || c.id ELSE 'constraint ' || c.id || '.' || quote_ident(con.conname) END AS parent,
  CASE WHEN con.oid IS NULL THEN to_json(ARRAY(
    SELECT 'column ' || c.id || '.' || quote_ident(a.attname)
    FROM pg_depend link
    JOIN pg_attribute a ON a.attrelid = link.refobjid AND a.attnum = link.refobjsubid
    WHERE link.classid = 'pg_class'::regclass AND link.objid = ic.oid
      AND link.refclassid = 'pg_class'::regclass AND link.refobjid = c.oid
  ) || CASE WHEN up.inhparent IS NOT NULL THEN ARRAY['index ' || up.inhparent::regclass::text] END) END AS needs,
  CASE WHEN con.oid IS NULL THEN i.indisunique END AS "unique",
  CASE WHEN con.oid IS NULL THEN ${definition(major)} END AS definition,
  CASE WHEN con.oid IS NULL THEN ${nullsNotDistinct(major)} END AS "nullsNotDistinct",
  CASE WHEN con.oid IS NULL THEN printed.predicate END AS predicate,
  i.indisvalid AND i.indisready AND i.indislive AS valid,
  ${optionsObject('ic.reloptions')} AS options,
  quote_ident(ts.spcname) AS tablespace,
  statistics.targets AS "statisticsTargets",
  CASE WHEN con.oid IS NULL THEN up.inhparent::regclass::text END AS "partitionOf",
  ${comment}
FROM ${relations('rpm')} c
JOIN pg_index i ON i.indrelid = c.oid
JOIN pg_class ic ON ic.oid = i.indexrelid
LEFT JOIN pg_constraint con ON con.conindid = ic.oid AND con.conrelid = c.oid AND con.contype IN ('p', 'u', 'x')
LEFT JOIN pg_tablespace ts ON ts.oid = ic.reltablespace
LEFT JOIN pg_inherits up ON up.inhrelid = ic.oid
LEFT JOIN (
  SELECT a.attrelid, json_object_agg(a.attnum, a.attstattarget) AS targets
  FROM pg_attribute a
  JOIN pg_class ic ON ic.oid = a.attrelid AND ic.relkind IN ('i', 'I')
  WHERE a.attnum > 0 AND a.attstattarget >= 0
  GROUP BY a.attrelid
) statistics ON statistics.attrelid = ic.oid
${commentOn('pg_class', 'ic.oid')}
CROSS JOIN LATERAL (
  SELECT CASE WHEN con.oid IS NULL THEN pg_get_indexdef(ic.oid) END AS statement,
    CASE WHEN con.oid IS NULL AND i.indpred IS NOT NULL THEN pg_get_expr(i.indpred, i.indrelid) END AS predicate
  OFFSET 0
) printed`;
