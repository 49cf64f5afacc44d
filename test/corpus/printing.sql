-- What PostgreSQL prints differently in different major versions, or might: expressions, queries, names, defaults.
CREATE TABLE t (a integer, b text, c timestamp with time zone, d numeric, e character varying(20), f date, g jsonb, h text[]);
CREATE TABLE u (a integer, b text, k integer);
CREATE VIEW special_syntax AS SELECT extract(year FROM c) AS y, extract(epoch FROM c - now()) AS s,
  substring(b FROM 2 FOR 3) AS s1, substring(b FROM 2) AS s2, position('x' IN b) AS p,
  overlay(b PLACING 'zz' FROM 2 FOR 1) AS o, trim(both 'x' FROM b) AS t1, trim(leading FROM b) AS t2, trim(trailing 'y' FROM b) AS t3,
  c AT TIME ZONE 'UTC' AS utc, c AT TIME ZONE 'Europe/Berlin' AS berlin, (c, c) OVERLAPS (c, c) AS ov,
  collation for (b) AS coll, b IS NORMALIZED AS norm, normalize(b, NFC) AS nfc,
  b SIMILAR TO 'a%b' AS sim, b LIKE 'a!%' ESCAPE '!' AS lk, b NOT ILIKE 'q%' AS nil, substring(b FROM 'a#"b#"c' FOR '#') AS ss
  FROM t;
CREATE VIEW constants AS SELECT current_date AS cd, current_timestamp(0) AS ct, localtime AS lt, current_user AS cu, session_user AS su,
  current_catalog AS cc, current_schema AS cs, interval '1 day 2 hours' AS i, interval '3' year AS iy, date '2020-01-01' AS d,
  1.50 AS n, -5 AS m, 1e10 AS ex, 'it''s' AS q, E'back\\slash\n' AS bs, B'101' AS bits, X'1F' AS hex, NULL::integer AS nul, true AS tr;
CREATE VIEW operators AS SELECT a BETWEEN 1 AND 5 AS bt, a BETWEEN SYMMETRIC 5 AND 1 AS bs, a IN (1, 2, 3) AS i, e IN ('x', 'y') AS ie,
  a IS DISTINCT FROM 4 AS dst, a IS NOT NULL AS nn, (a, b) = (1, 'x') AS r, row(a, b) IS NULL AS rn, a = ANY (ARRAY[1, 2]) AS an,
  a + 1 * 2 - 3 AS ar, -a AS neg, NOT (a > 1) AS nt, a > 1 AND (a < 5 OR b = 'x') AND d IS NULL AS lg, h[1] AS el, h[1:2] AS sl,
  g -> 'x' AS j1, g ->> 'y' AS j2, g #>> '{a,b}' AS j3, g @> '{"a": 1}' AS j4, b || '!' AS cat, b COLLATE "C" AS co, d::integer AS ca,
  CASE a WHEN 1 THEN 'one' ELSE 'many' END AS cs, CASE WHEN a > 1 THEN b END AS cw, coalesce(b, e, 'z') AS cl, nullif(a, 0) AS nf,
  greatest(a, 2) AS gr, least(a, 3) AS le, EXISTS (SELECT 1 FROM u WHERE u.a = t.a) AS ex, ARRAY(SELECT k FROM u) AS ars,
  a > ALL (SELECT k FROM u) AS al, (SELECT max(k) FROM u) AS sc
  FROM t;
CREATE VIEW joins AS SELECT t.*, u.k, v.n FROM t JOIN u USING (a) LEFT JOIN LATERAL (SELECT count(*) AS n FROM u x WHERE x.a = t.a) v ON true
  CROSS JOIN generate_series(1, 3) WITH ORDINALITY AS s (value, place) WHERE s.value > 1;
CREATE VIEW single_join AS SELECT k FROM u NATURAL JOIN t;
CREATE VIEW aggregates AS SELECT b, count(*) FILTER (WHERE a > 1) AS n, string_agg(e, ',' ORDER BY a DESC) AS s, array_agg(DISTINCT a) AS d,
  percentile_cont(0.5) WITHIN GROUP (ORDER BY a) AS med, grouping(b) AS g
  FROM t GROUP BY GROUPING SETS ((b), ()) HAVING count(*) > 1 ORDER BY b NULLS FIRST LIMIT 10 OFFSET 2;
CREATE VIEW windows AS SELECT a, row_number() OVER w AS r, sum(d) OVER (PARTITION BY b ORDER BY a ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS s,
  lag(a, 1, 0) OVER (ORDER BY a RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE TIES) AS l
  FROM t WINDOW w AS (PARTITION BY b ORDER BY a);
CREATE VIEW common AS WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5),
  m AS MATERIALIZED (SELECT a FROM t) SELECT n, m.a FROM r, m;
CREATE VIEW sets AS SELECT a FROM t UNION SELECT a FROM u EXCEPT (SELECT k FROM u INTERSECT ALL SELECT a FROM t) ORDER BY 1;
CREATE VIEW plain_values AS VALUES (1, 'x'), (2, 'y');
CREATE VIEW distinct_on AS SELECT DISTINCT ON (b) b, a FROM t ORDER BY b, a DESC FETCH FIRST 5 ROWS ONLY;
CREATE VIEW sampled AS SELECT a FROM t TABLESAMPLE bernoulli (10) REPEATABLE (1);
CREATE VIEW whole_row AS SELECT t AS row, (t).a AS field FROM t;
CREATE VIEW sub_select AS SELECT q.x FROM (SELECT a AS x FROM t WHERE b = 'z') q WHERE q.x > 0;
CREATE VIEW aliased AS SELECT x.a, x.b FROM t x WHERE x.a > 0 AND x.b <> 'n';
CREATE VIEW outer_reference AS SELECT a, (SELECT count(*) FROM u WHERE u.a = t.a AND u.k > t.a) AS n FROM t;
CREATE VIEW xml_things AS SELECT xmlelement(name item, xmlattributes(a AS id), b) AS x, xmlforest(a, b) AS f, xmlparse(content '<a/>') AS p, xmlserialize(content '<a/>'::xml AS text) AS s FROM t;
CREATE FUNCTION defaults(x text DEFAULT 'a,b', y interval DEFAULT '1 mon', VARIADIC z integer[] DEFAULT ARRAY[1, 2]) RETURNS text LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION outputs(IN a integer, OUT b integer, INOUT c text) LANGUAGE sql AS 'SELECT 1, $2';
CREATE PROCEDURE inouts(IN a integer, INOUT b text DEFAULT 'IN x') LANGUAGE sql AS 'SELECT $2';
CREATE SEQUENCE expressions_seq;
CREATE TABLE expressions (
  id integer CHECK (id > 0 AND id < 10 AND (id <> 5 OR id <> 6)),
  status character varying(10) CHECK (status IN ('a', 'b')) DEFAULT 'a'::character varying,
  kind character(3) CHECK (kind::text = ANY (ARRAY['x', 'y'])),
  at timestamp with time zone DEFAULT (now() AT TIME ZONE 'utc') CHECK (extract(year FROM at) > 2000),
  d date DEFAULT current_date + interval '1 day', m money DEFAULT 12.5, f real DEFAULT 0.1, dbl double precision DEFAULT 1.0 / 3,
  u text DEFAULT substring('abc' FROM 2), v text DEFAULT upper(trim('  x ')), b bytea DEFAULT '\xdeadbeef', iv interval DEFAULT '1 year 2 mons 3 days 04:05:06',
  r int4range DEFAULT '[1,5)', arr integer[] DEFAULT '{1,2}', js jsonb DEFAULT '{"a": [1, 2]}', big bigint DEFAULT 9223372036854775807,
  neg integer DEFAULT -1, ts timestamp DEFAULT '2020-02-03 04:05:06.789', tz timestamptz DEFAULT '2020-02-03 04:05:06+05', tm time DEFAULT '01:02', bit4 bit(4) DEFAULT B'1010',
  nested integer CHECK (nested BETWEEN 1 AND 5 AND nested <> 3),
  rnd double precision DEFAULT random(), sq bigint DEFAULT nextval('expressions_seq'), low boolean DEFAULT ((1 < 2) AND true)
);
CREATE INDEX expressions_mixed ON expressions ((extract(year FROM d)), lower(status) COLLATE "C" DESC, (u || v) text_pattern_ops) WHERE status IN ('a', 'b') AND d IS NOT NULL;
CREATE INDEX expressions_trim ON expressions ((trim(u)), (substring(u FROM 1 FOR 3)), (position('a' IN u)));
CREATE TABLE by_list (k text) PARTITION BY LIST (lower(k));
CREATE TABLE by_list_a PARTITION OF by_list FOR VALUES IN ('a', 'b''c', NULL);
CREATE TABLE by_list_rest PARTITION OF by_list DEFAULT;
CREATE TABLE by_hash (k integer) PARTITION BY HASH (k);
CREATE TABLE by_hash_0 PARTITION OF by_hash FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE by_range (k integer, d date) PARTITION BY RANGE (k, d);
CREATE TABLE by_range_1 PARTITION OF by_range FOR VALUES FROM (MINVALUE, MINVALUE) TO (10, '2020-01-01');
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON t USING (a IN (SELECT u.k FROM u WHERE u.a = t.a) AND b = current_user) WITH CHECK (extract(month FROM c) < 6);
CREATE FUNCTION trig() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER tg BEFORE UPDATE ON t FOR EACH ROW WHEN (OLD.e IN ('x', 'y') AND NEW.c::date > '2020-01-01') EXECUTE FUNCTION trig('it''s', '2');
CREATE RULE r AS ON DELETE TO u DO INSTEAD NOTHING;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION hstore;
CREATE TABLE with_extensions (h hstore DEFAULT 'a=>1', t text);
CREATE INDEX with_extensions_trgm ON with_extensions USING gin (t gin_trgm_ops);
CREATE TABLE identified (id bigint GENERATED BY DEFAULT AS IDENTITY (START 100 INCREMENT 5), placed date NOT NULL) PARTITION BY RANGE (placed);
CREATE TABLE identified_2023 PARTITION OF identified FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
