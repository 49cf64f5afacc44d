-- Forms of expressions and queries, to be printed by every major version and compared between any two. Those in views
-- that are called `open_` are printed differently in a way that cannot be told from a change. A statement ends with a
-- semicolon at the end of a line; `-- since` before one names the first major version that can run it.
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE DOMAIN code AS character varying(8) CHECK (VALUE IN ('a', 'b'));
CREATE DOMAIN fixed AS character(3) CHECK (VALUE IN ('a', 'b'));
CREATE TYPE pair AS (x integer, y text);
CREATE TABLE w (id integer GENERATED ALWAYS AS IDENTITY, v character varying(20), vn character varying, n name,
  bp character(5), t text, i integer, b bigint, s smallint, num numeric(10,2), r real, dp double precision,
  ts timestamp, tz timestamptz, d date, tm time, tmz timetz, iv interval, m mood, p positive, c code, fx fixed,
  pr pair, j json, jb jsonb, x xml, arr integer[], tarr text[], varr character varying(10)[],
  bits bit(8), vb bit varying(8), by bytea, u uuid, ip inet, ci cidr, mac macaddr, pt point, bx box, r4 int4range,
  rts tsrange, rtz tstzrange, ts_v tsvector, ts_q tsquery, o oid, rc regclass, mo money, bo boolean, ch "char",
  marr mood[], darr positive[]);
CREATE TABLE w2 (id integer, ref integer, v character varying(20), t text, qty numeric, at timestamptz);
CREATE VIEW v_trim AS SELECT trim(v) AS a1, trim(both from v) AS a2, trim(leading 'x' from v) AS a3,
  trim(trailing v from t) AS a4, trim(bp) AS a5, trim(n) AS a6, btrim(v) AS a7,
  trim(both '\x00'::bytea from by) AS a8, ltrim(v, 'a') AS a9, trim(v || t) AS a10, trim(c) AS a11,
  trim(lower(v)) AS a12, trim(t) AS a13, trim(coalesce(v, 'x')) AS a14, trim(v::text) AS a15 FROM w;
CREATE VIEW v_substring AS SELECT substring(v from 2) AS a1, substring(v from 1 for 3) AS a2,
  substring(v for 3) AS a3, substring(bp from 2 for 1) AS a4, substring(v from '[a-z]+') AS a5,
  substring(t from v) AS a6, substring(bits from 2 for 3) AS a7, substring(by from 1 for 2) AS a8,
  substring(v from 'a#"b#"c' for '#') AS a9, substring(v, 2, 3) AS a10, substr(v, 2) AS a11,
  substring(n from 2) AS a12, substring(v from i for s) AS a13, substring(v from i + 1) AS a14, "substring"(v,
  'a') AS a15, substring(coalesce(v,t) from 2) AS a16 FROM w;
CREATE VIEW v_position AS SELECT position('x' in v) AS a1, position(v in t) AS a2, position(bp in v) AS a3,
  position('a'::bytea in by) AS a4, position(B'1' in bits) AS a5, strpos(v, 'x') AS a6, position(n in t) AS a7,
  position(lower(v) in t) AS a8, position((v || 'x') in t) AS a9 FROM w;
CREATE VIEW v_overlay AS SELECT overlay(v placing 'zz' from 2) AS a1, overlay(v placing t from 2 for 3) AS a2,
  overlay(bp placing v from i) AS a3, overlay(by placing '\x01'::bytea from 1) AS a4,
  overlay(bits placing B'11' from 2) AS a5 FROM w;
CREATE VIEW v_extract AS SELECT extract(year from ts) AS a1, extract(year from ts)::numeric AS a2,
  extract(year from ts)::integer AS a3, extract(epoch from iv)::numeric AS a4, extract(day from tz - ts) AS a5,
  extract(dow from d) + 1 AS a6, extract(hour from tm) AS a7, extract(timezone from tmz) AS a8, date_part('year',
  ts) AS a9, date_part('year', ts)::numeric AS a10, round(extract(epoch from iv)) AS a11,
  round(extract(epoch from tz)::numeric, 2) AS a12, extract(epoch from tz) * 1000 AS a13,
  extract(year from ts) = 2020 AS a14, extract(month from d) IN (1, 2, 3) AS a15,
  extract(month from d) BETWEEN 1 AND 3 AS a16, (extract(epoch from tz) / 60)::bigint AS a17,
  floor(extract(epoch from tz) / 3600) AS a18, to_timestamp(extract(epoch from tz)) AS a19,
  make_interval(secs => extract(epoch from iv)::double precision) AS a20, extract(year from ts)::text AS a21,
  extract(isodow from d)::smallint AS a22, lpad(extract(month from d)::text, 2, '0') AS a23,
  coalesce(extract(year from d), 0) AS a24, sum(extract(epoch from iv)) OVER () AS a25,
  avg(extract(epoch from iv)) OVER () AS a27, -extract(epoch from iv) AS a29, greatest(extract(epoch from iv),
  0) AS a30, trunc(extract(epoch from iv)) AS a31 FROM w;
CREATE VIEW open_extract AS SELECT case when extract(hour from ts) > 12 then 1.5 else extract(hour from ts) end AS a1, extract(epoch from iv) / num AS a2 FROM w;
CREATE VIEW open_zone AS SELECT d AT TIME ZONE 'UTC' AS a1, tm AT TIME ZONE 'UTC' AS a2,
  (d + 1) AT TIME ZONE 'UTC' AS a3 FROM w;
CREATE VIEW v_zone AS SELECT ts AT TIME ZONE 'UTC' AS a1, tz AT TIME ZONE v AS a2, tmz AT TIME ZONE 'UTC' AS a3,
  tz AT TIME ZONE interval '1 hour' AS a4, (tz AT TIME ZONE 'UTC')::date AS a5,
  (tz AT TIME ZONE 'UTC') AT TIME ZONE t AS a6, timezone('UTC', tz) AS a7, date_trunc('day',
  tz AT TIME ZONE 'UTC') AS a8, d::timestamp AT TIME ZONE 'UTC' AS a10, date_trunc('day', tz, 'UTC') AS a11,
  now() AT TIME ZONE 'UTC' AS a12, (d + tm) AT TIME ZONE 'UTC' AS a15,
  min(tz) OVER () AT TIME ZONE 'UTC' AS a16 FROM w;
CREATE VIEW v_overlaps AS SELECT (ts, iv) OVERLAPS (ts, iv) AS a1, (tm, tm) OVERLAPS (tm, iv) AS a2, (tz,
  iv) OVERLAPS (tz, tz) AS a3 FROM w;
CREATE VIEW open_overlaps AS SELECT (d, d) OVERLAPS (d, d) AS a1, (tz, tz) OVERLAPS (ts, ts) AS a2, (d,
  iv) OVERLAPS (ts, iv) AS a3, NOT (d, d + 1) OVERLAPS (d, d + 2) AS a4 FROM w;
CREATE VIEW v_norm AS SELECT t IS NORMALIZED AS a1, t IS NOT NORMALIZED AS a2, t IS NFC NORMALIZED AS a3,
  v IS NFKD NORMALIZED AS a4, normalize(v, NFKC) AS a5, normalize(t) AS a6, v IS NORMALIZED AS a7,
  NOT (t IS NORMALIZED) AS a8, lower(t) IS NFC NORMALIZED AS a9, (t || v) IS NOT NFD NORMALIZED AS a10 FROM w;
CREATE VIEW v_collation AS SELECT collation for (v) AS a1, collation for (t || v) AS a2, v COLLATE "C" < t AS a3,
  min(v COLLATE "POSIX") OVER () AS a4, collation for (t COLLATE "C") AS a5 FROM w;
CREATE VIEW v_like AS SELECT v LIKE 'a%' AS a1, v LIKE 'a!%' ESCAPE '!' AS a2, v NOT LIKE t AS a3, v ILIKE t AS a4,
  v ~ '^a' AS a5, v !~* t AS a6, v SIMILAR TO 'a|b' AS a7, v SIMILAR TO 'a' ESCAPE 'x' AS a8,
  t LIKE ANY (ARRAY['a%','b%']) AS a9, v LIKE ALL (tarr) AS a10, bp LIKE 'a%' AS a11, t ^@ 'a' AS a12, starts_with(v,
  'a') AS a13, regexp_replace(v, 'a', 'b', 'g') AS a14, v = ANY (tarr) AS a15, v = ANY (varr) AS a16,
  n LIKE 'x' AS a17, by LIKE '\x01'::bytea AS a18, c LIKE 'a' AS a19 FROM w;
CREATE VIEW v_in AS SELECT v IN ('a', 'b') AS a1, bp IN ('a', 'b') AS a2, m IN ('sad', 'ok') AS a3, c IN ('a') AS a4,
  c IN ('a', 'b') AS a5, fx IN ('a', 'b') AS a6, t IN ('a', 'b') AS a7, n IN ('a', 'b') AS a8, i IN (1, 2, 3) AS a9,
  s IN (1, 2) AS a10, num IN (1, 2.5) AS a11, d IN ('2020-01-01', '2020-01-02') AS a12, v NOT IN ('a', t) AS a13, (i,
  v) IN ((1, 'a'), (2, 'b')) AS a14, i NOT IN (SELECT ref FROM w2) AS a15, (i, t) IN (SELECT ref, t FROM w2) AS a16,
  p IN (1, 2) AS a17, m = ANY (marr) AS a18, i = ANY (arr) AS a19, ch IN ('a', 'b') AS a20,
  u IN ('00000000-0000-0000-0000-000000000000') AS a21, v IN (t, 'b') AS a22, lower(v) IN ('a', 'b') AS a23, b IN (1,
  2) AS a24, v = 'a' OR v = 'b' AS a25 FROM w;
CREATE VIEW v_compare AS SELECT i BETWEEN 1 AND 5 AS a1, i NOT BETWEEN SYMMETRIC 5 AND 1 AS a2,
  i IS DISTINCT FROM s AS a3, v IS NOT DISTINCT FROM NULL AS a4, bo IS TRUE AS a5, bo IS NOT FALSE AS a6,
  bo IS UNKNOWN AS a7, bo IS NOT UNKNOWN AS a8, (i, s) < (1, 2) AS a9, ROW(i, v) = ROW(1, 'x') AS a10, ROW(i,
  v) IS DISTINCT FROM ROW(1, 'x') AS a11, pr = ROW(1, 'x')::pair AS a12, pr IS NULL AS a13, (pr).x AS a14,
  i > ANY (SELECT ref FROM w2) AS a15, i <> ALL (arr) AS a16, EXISTS (SELECT FROM w2 WHERE w2.ref = w.id) AS a17,
  NOT EXISTS (SELECT 1 FROM w2 WHERE w2.ref = w.id) AS a18, i OPERATOR(pg_catalog.+) 1 AS a19, - i AS a20,
  @ i AS a21, i ^ 2 AS a22, |/ dp AS a23, i # 3 AS a24, ~ i AS a25, i << 2 AS a26, num % 3 AS a27,
  i / 2 * 3 - (4 - 1) AS a28, bo AND NOT bo OR bo AS a29, (bo AND (bo OR (i > 1 AND s < 2))) AS a30,
  NOT (bo OR bo) AS a31, i NOTNULL AS a32, ip << ci AS a33, ip && '10.0.0.0/8' AS a34, pt <-> point(1,2) AS a35,
  bx @> pt AS a36 FROM w;
CREATE VIEW v_math AS SELECT factorial(5) AS a1, cbrt(dp) AS a2, num::integer AS a3, i::numeric(10,2) AS a4,
  i::text AS a5, v::integer AS a6, v::character varying(5) AS a7, t::mood AS a8, m::text AS a9, '1'::positive AS a10,
  p + 1 AS a11, '{1,2}'::integer[] AS a12, d::text AS a13, ts::date AS a14, b::oid AS a15,
  r::double precision AS a16, i::boolean AS a17, CAST(v AS text) AS a18, jb::text AS a19,
  (jb ->> 'a')::integer AS a20, text 'x' AS a21, mo * 2 AS a22, '5'::money AS a23 FROM w;
CREATE VIEW v_array AS SELECT arr[1] AS a1, arr[1:2] AS a2, arr[:2] AS a3, arr[2:] AS a4, ARRAY[1, 2] || arr AS a5,
  array_append(arr, 1) AS a6, arr || 1 AS a7, array_cat(arr, arr) AS a8, array_length(arr, 1) AS a9,
  unnest(arr) AS a10, ARRAY[[1, 2], [3, 4]] AS a11, ARRAY[]::text[] AS a12, arr @> ARRAY[1] AS a13,
  array_position(arr, 1) AS a14, array_remove(tarr, 'x') AS a15, array_replace(varr, 'x', 'y') AS a16,
  array_prepend(1, arr) AS a17, array_to_string(tarr, ',') AS a18, string_to_array(v, ',') AS a19, width_bucket(dp,
  ARRAY[1, 2]::double precision[]) AS a20, (ARRAY['a', 'b'])[i] AS a21, (string_to_array(t, ','))[1] AS a22,
  ARRAY(SELECT t FROM w2 ORDER BY t) AS a23, array_positions(tarr, 'a') AS a24 FROM w;
CREATE VIEW v_arragg AS SELECT array_agg(i ORDER BY v DESC NULLS LAST) AS a1, array_agg(DISTINCT v) AS a2,
  array_agg(arr) AS a3, string_agg(DISTINCT v, ',' ORDER BY v) AS a4, json_agg(w) AS a5, jsonb_object_agg(v,
  i) AS a6, bool_and(bo) AS a7, every(bo) AS a8, count(DISTINCT (i, v)) AS a9, sum(num) FILTER (WHERE i > 1) AS a10,
  mode() WITHIN GROUP (ORDER BY v) AS a11, percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY num) AS a12,
  rank(1) WITHIN GROUP (ORDER BY i) AS a13, corr(dp, r) AS a14, xmlagg(x ORDER BY i) AS a15, max(ts) AS a16,
  count(*) AS a17 FROM w;
CREATE AGGREGATE append_int(integer) (SFUNC = array_append, STYPE = integer[], INITCOND = '{}');
CREATE AGGREGATE cat_int(integer[]) (SFUNC = array_cat, STYPE = integer[], INITCOND = '{}');
CREATE VIEW v_aggs AS SELECT append_int(i) AS a3, cat_int(arr) AS a4 FROM w;
CREATE FUNCTION lookup(arr anyarray, e anyelement) RETURNS anyarray LANGUAGE sql IMMUTABLE AS 'SELECT array_append($1, $2)';
CREATE VIEW v_groups AS SELECT v, i, grouping(v, i) AS g, count(*) AS n FROM w GROUP BY GROUPING SETS ((v, i), (v),
  ()) HAVING count(*) > 1;
CREATE VIEW v_rollup AS SELECT v, i, s, sum(num) AS n FROM w GROUP BY ROLLUP (v, (i, s)), CUBE (bo);
CREATE VIEW v_group_expr AS SELECT date_trunc('month', ts) AS mo, lower(v) AS lv, count(*) AS n FROM w GROUP BY 1,
  2 ORDER BY 1 DESC NULLS LAST, lower(v) USING ~<~;
CREATE VIEW v_window AS SELECT rank() OVER w1 AS a1,
  sum(num) OVER (w1 RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE GROUP) AS a2,
  lag(i) OVER (PARTITION BY v, bo ORDER BY ts DESC NULLS LAST) AS a3,
  sum(i) OVER (ORDER BY d RANGE BETWEEN interval '1 day' PRECEDING AND interval '1 day' FOLLOWING) AS a4,
  first_value(v) OVER (PARTITION BY i ROWS UNBOUNDED PRECEDING) AS a5,
  count(*) OVER (ORDER BY i GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE NO OTHERS) AS a6,
  ntile(4) OVER () AS a7, nth_value(i, 2) OVER (ORDER BY i ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING) AS a8,
  row_number() OVER (ORDER BY id) AS a9 FROM w WINDOW w1 AS (PARTITION BY v ORDER BY i), w2 AS (w1 ROWS 1 PRECEDING);
CREATE VIEW v_join AS SELECT a.v, c.t, d.qty, e.ref,
  d2.id FROM (w2 a JOIN w2 b USING (id)) JOIN w2 c ON c.ref = a.ref LEFT JOIN w2 d ON d.id = a.id LEFT JOIN w2 d2 ON d2.ref = c.ref AND d2.v = 'x' RIGHT JOIN w2 e ON true WHERE a.t IS NOT NULL;
CREATE VIEW v_join2 AS SELECT a.id, b.ref, c.t,
  x.n FROM w2 a LEFT JOIN (w2 b JOIN w2 c ON b.id = c.ref) ON a.id = b.id CROSS JOIN LATERAL (SELECT count(*) AS n FROM w2 WHERE w2.ref = a.id) x WHERE x.n > 1;
CREATE VIEW v_natural AS SELECT * FROM w2 NATURAL LEFT JOIN (SELECT id, 1 AS one FROM w) q;
CREATE VIEW v_using AS SELECT id, a.v AS av, b.v AS bv FROM w2 a FULL JOIN w2 b USING (id) ORDER BY id;
CREATE VIEW v_func AS SELECT f.a, f.ordinality, g.* FROM unnest(ARRAY[1, 2]) WITH ORDINALITY f(a, ordinality),
  generate_series(1, 3) g, ROWS FROM (generate_series(1, 2), unnest(ARRAY['x'])) AS r(n, l),
  json_to_record('{"a":1}') AS jr(a integer, b text), jsonb_to_recordset('[]') AS js(a integer, c text),
  jsonb_each('{}') e, LATERAL jsonb_array_elements(e.value) el;
CREATE VIEW v_func2 AS SELECT m.m, xt.a, xt.o, xt.b, u.a AS ua, u.b AS ub, cd FROM regexp_matches('a', 'b') m,
  xmltable('/r' PASSING ('<r/>'::xml) COLUMNS a integer PATH 'a', o FOR ORDINALITY, b text DEFAULT 'x' NOT NULL) xt,
  unnest(ARRAY[1], ARRAY[2]) AS u(a, b), current_date cd;
CREATE VIEW open_columns AS SELECT w.word FROM pg_get_keywords() w;
CREATE VIEW v_same_alias AS SELECT (SELECT w2.t FROM w2 WHERE w2.id = w.id) AS t1,
  (SELECT w2.t FROM w2 WHERE w2.ref = w.id LIMIT 1) AS t2,
  (SELECT max(w2_1.qty) FROM w2 w2_1) AS t3 FROM w WHERE w.id IN (SELECT w2.ref FROM w2) AND EXISTS (SELECT FROM w w3 WHERE w3.i = w.i AND EXISTS (SELECT FROM w w4 WHERE w4.i = w3.i));
CREATE VIEW v_same_name AS SELECT w2.id FROM w2 WHERE w2.id IN (SELECT w2.ref FROM w2 WHERE w2.v = 'x');
CREATE VIEW v_nested AS SELECT q.a FROM (SELECT q.a FROM (SELECT i AS a FROM w) q WHERE q.a > 1) q;
CREATE VIEW v_cte AS WITH a AS (SELECT id FROM w), b AS NOT MATERIALIZED (SELECT * FROM a),
  c AS MATERIALIZED (SELECT ref FROM w2), d (x, y) AS (VALUES (1, 'a'), (2, 'b')) SELECT a.id, b.id AS bid, c.ref,
  d.x FROM a, b, c, d WHERE a.id IN (WITH z AS (SELECT 1 AS one) SELECT one FROM z);
CREATE VIEW v_recursive AS WITH RECURSIVE tree(id, ref, depth, path) AS (SELECT id, ref, 0,
  ARRAY[id] FROM w2 WHERE ref IS NULL UNION ALL SELECT c.id, c.ref, t.depth + 1,
  t.path || c.id FROM w2 c JOIN tree t ON c.ref = t.id WHERE NOT c.id = ANY (t.path)) SELECT * FROM tree ORDER BY path;
CREATE RECURSIVE VIEW v_rec2 (n) AS SELECT 1 UNION SELECT n + 1 FROM v_rec2 WHERE n < 10;
-- since: 14
CREATE VIEW v_search AS
WITH RECURSIVE t(id, ref) AS (SELECT id, ref FROM w2 UNION ALL SELECT c.id, c.ref FROM w2 c,
  t WHERE c.ref = t.id) SEARCH DEPTH FIRST BY id SET ord CYCLE id SET is_cycle USING path SELECT id, ref,
  is_cycle FROM t ORDER BY ord;
CREATE VIEW v_sets AS (SELECT id FROM w UNION ALL SELECT ref FROM w2) EXCEPT ALL SELECT 1 INTERSECT SELECT 2 ORDER BY 1 LIMIT 5;
CREATE VIEW v_sets2 AS SELECT id, v FROM w WHERE i > 0 UNION SELECT w2.id,
  w2.v FROM w2 WHERE w2.qty > 0 UNION ALL VALUES (1,
  'a'::varchar) ORDER BY 2 NULLS FIRST OFFSET 2 ROWS FETCH NEXT 3 ROWS ONLY;
CREATE VIEW v_ties AS SELECT id FROM w ORDER BY i FETCH FIRST 3 ROWS WITH TIES;
CREATE VIEW v_limit AS SELECT id FROM w LIMIT (SELECT 3) OFFSET 1 + 1;
CREATE VIEW v_lock AS SELECT id FROM w FOR UPDATE OF w SKIP LOCKED;
CREATE VIEW v_distinct AS SELECT DISTINCT ON (v, lower(t)) v, t, i FROM w ORDER BY v, lower(t), i DESC;
CREATE VIEW v_sample AS SELECT id FROM w TABLESAMPLE system (10);
CREATE VIEW v_only AS SELECT id FROM ONLY w;
CREATE VIEW v_values AS SELECT x.a, x.b FROM (VALUES (1, 'a'), (2, 'b')) x(a, b);
CREATE VIEW v_values2 AS SELECT column1, column2 FROM (VALUES (1, 'a')) x;
CREATE VIEW v_of_view AS SELECT v_in.a1, q.* FROM v_in, LATERAL (SELECT v_in.a2 AS z) q;
CREATE VIEW v_star AS SELECT w2.*, w2 AS whole, row_to_json(w2) AS js, (w2).id AS one FROM w2;
CREATE VIEW v_case AS SELECT CASE WHEN i > 0 THEN 'a' WHEN i < 0 THEN 'b' ELSE v END AS a1,
  CASE v WHEN 'a' THEN 1 WHEN 'b' THEN 2 END AS a2, CASE m WHEN 'sad' THEN 1 END AS a3, coalesce(v, t, 'x') AS a4,
  nullif(v, '') AS a5, greatest(i, s, b) AS a6, least(v, 'x') AS a7,
  CASE WHEN bo THEN NULL::integer ELSE 1 END AS a8 FROM w;
CREATE VIEW v_const AS SELECT current_date AS a1, current_time AS a2, current_time(2) AS a3, current_timestamp AS a4,
  localtime AS a5, localtimestamp(3) AS a6, current_role AS a7, user AS a8, session_user AS a9,
  current_catalog AS a10, current_schema AS a11, 'infinity'::timestamp AS a12, interval '1' day AS a13,
  interval '1-2' year to month AS a14, interval '3 days' AS a15, '1 hour'::interval(3) AS a16, true AS a17,
  NULL AS a18, E'a\nb' AS a19, U&'\0061' AS a20, 1e5 AS a21, .5 AS a22, -1 AS a23, 2147483648 AS a24,
  9223372036854775808 AS a25, 'NaN'::numeric AS a26, '-5'::integer AS a27, -5::smallint AS a28, B'101' AS a29,
  '\xff'::bytea AS a30, time '12:00' AS a31, timestamptz '2020-01-01 00:00:00+00' AS a32, 'now'::text AS a33,
  '[1,2]'::jsonb AS a34, 'a b'::tsvector AS a35, '(1,2)'::point AS a36, '10.0.0.1'::inet AS a37,
  '{a,b}'::text[] AS a38, 'x'::"char" AS a39, 'w'::regclass AS a40, 'lower(text)'::regprocedure AS a41,
  'english'::regconfig AS a42, 'integer'::regtype AS a43, 1::bit(3) AS a44, '[1,5)'::int4range AS a45, ''::text AS a46;
CREATE VIEW v_json AS SELECT jb -> 'a' -> 0 AS a1, jb #>> '{a,b}' AS a2, jb @> '{"a":1}' AS a3, jb ? 'a' AS a4,
  jb ?| ARRAY['a'] AS a5, jb - 'a' AS a6, jb || '{}' AS a7, jsonb_path_query(jb, '$.a') AS a8, jb @? '$.a' AS a9,
  jb @@ '$.a > 1' AS a10, json_build_object('a', i, 'b', v) AS a11, row_to_json(w) AS a12, to_jsonb(v) AS a13,
  jsonb_set(jb, '{a}', '1') AS a14, j ->> 'x' AS a15, json_array_length(j) AS a16, jsonb_build_array(1,
  v) AS a17 FROM w;
CREATE VIEW v_xml AS SELECT xmlelement(name a, xmlattributes(i AS b, v), t, xmlelement(name c)) AS a1, xmlconcat(x,
  x) AS a2, xmlforest(i AS q, v) AS a3, xmlpi(name php, 'echo') AS a4, xmlroot(x, version '1.0',
  standalone yes) AS a5, xmlparse(document t) AS a6, xmlserialize(content x as text) AS a7, x IS DOCUMENT AS a8,
  xmlexists('//a' passing by ref x) AS a9, xpath('/a', x) AS a10, xmlcomment('x') AS a11,
  xmlserialize(document x as varchar(10)) AS a12 FROM w;
CREATE VIEW v_range AS SELECT int4range(1, 5) AS a1, r4 @> 3 AS a2, r4 && int4range(1, 2) AS a3, lower(r4) AS a4,
  upper_inf(rts) AS a5, r4 * r4 AS a6, r4 -|- r4 AS a7, tstzrange(tz, NULL, '[]') AS a8, isempty(r4) AS a9,
  daterange(d, d + 1) @> current_date AS a10 FROM w;
-- since: 14
CREATE VIEW v_multirange AS
SELECT int4multirange(r4) AS a1, range_agg(r4) OVER () AS a2, '{[1,2)}'::int4multirange AS a3,
  unnest(int4multirange(r4)) AS a4 FROM w;
CREATE VIEW v_text AS SELECT to_tsvector('english', t) @@ to_tsquery('a & b') AS a1, format('%s-%s', v, i) AS a2,
  concat(v, t, i) AS a3, concat_ws(',', v, t) AS a4, upper(v) || lower(bp) AS a5, v || i AS a6, bp || 'x' AS a7,
  length(bp) AS a8, char_length(v) AS a9, md5(v) AS a10, encode(by, 'hex') AS a11, to_char(ts, 'YYYY') AS a12,
  to_date(v, 'YYYY') AS a13, split_part(v, ',', 1) AS a14, replace(v, 'a', 'b') AS a15, repeat('a', i) AS a16,
  left(v, 2) AS a17, lpad(v, 5) AS a18, reverse(v) AS a19, translate(v, 'a', 'b') AS a20, initcap(v) AS a21,
  quote_literal(v) AS a22, ascii(v) AS a23, chr(i) AS a24, v < t AS a25, bp = v AS a26, n = v AS a27, n || v AS a28,
  octet_length(by) AS a29, bit_length(v) AS a30, string_to_array(v, NULL) AS a31, convert_from(by,
  'UTF8') AS a32 FROM w;
CREATE VIEW v_time AS SELECT ts + interval '1 day' AS a1, d + 1 AS a2, ts - ts AS a3, age(ts) AS a4,
  date_trunc('hour', tz) AS a5, now() - interval '30 days' AS a6, make_date(2020, 1, 1) AS a7, make_timestamptz(2020,
  1, 1, 0, 0, 0) AS a8, to_timestamp(b) AS a9, iv * 2 AS a10, tm + iv AS a11, justify_days(iv) AS a12, d - d AS a13,
  clock_timestamp() AS a14, isfinite(ts) AS a15, ts::time AS a16, tz::timestamp AS a17, tz > '2020-01-01' AS a18,
  d >= current_date - 7 AS a19, ts::date = current_date AS a20, statement_timestamp() AS a21, generate_series(ts,
  ts + '1 day'::interval, '1 hour') AS a22, make_interval(days => i) AS a23, make_interval(0, 0, 0, i) AS a24 FROM w;
CREATE FUNCTION named(a integer, b integer DEFAULT 2,
  c text DEFAULT 'x') RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT a + b';
CREATE FUNCTION var(VARIADIC a integer[]) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE FUNCTION var_any(VARIADIC "any") RETURNS text LANGUAGE internal IMMUTABLE AS 'text_concat';
CREATE VIEW v_named AS SELECT named(1) AS a1, named(a => 1, c => 'z') AS a2, named(1, c => v) AS a3, var(1, 2,
  3) AS a4, var(VARIADIC ARRAY[1, 2]) AS a5, concat(VARIADIC tarr) AS a6, format('%s', VARIADIC tarr) AS a7 FROM w;
CREATE VIEW v_security WITH (security_barrier) AS SELECT id FROM w WHERE i > 0 WITH LOCAL CHECK OPTION;
CREATE VIEW v_renamed (one, two) AS SELECT i, v FROM w;
CREATE VIEW v_dupes AS SELECT a.id, b.id AS id_1, a.id + b.id AS "?column?", 'x' AS "select",
  a.t AS "Upper Case" FROM w2 a, w2 b;
CREATE VIEW v_srf AS SELECT unnest(tarr) AS u, generate_series(1, i) AS g, (jsonb_each(jb)).key AS k, (pr).* FROM w;
CREATE VIEW v_whole AS SELECT count(w.*) AS a1, count(w) AS a2 FROM w;
CREATE VIEW v_order AS SELECT i, v FROM w ORDER BY v COLLATE "C", i USING >, num DESC NULLS LAST, length(t);
CREATE TABLE exprs (
 id integer, v varchar(20), t text, e mood, n numeric(10,2), a integer[], d date, ts timestamptz, j jsonb, c code,
  bp char(4), lo integer, hi integer,
 g1 integer GENERATED ALWAYS AS (lo + hi) STORED, g2 text GENERATED ALWAYS AS (lower(v) || '-' || t) STORED,
  g3 boolean GENERATED ALWAYS AS (v IN ('a', 'b')) STORED, g4 text GENERATED ALWAYS AS (trim(v)) STORED,
  g5 text GENERATED ALWAYS AS (j ->> 'a') STORED, g6 integer GENERATED ALWAYS AS (extract(year FROM d)) STORED,
  g7 text GENERATED ALWAYS AS (substring(v from 1 for 2)) STORED,
 g8 tsvector GENERATED ALWAYS AS (to_tsvector('english', coalesce(t, ''))) STORED,
  g9 numeric GENERATED ALWAYS AS (extract(year FROM d)) STORED,
 CONSTRAINT c1 CHECK (v IN ('a', 'b')), CONSTRAINT c2 CHECK (bp IN ('a', 'b')), CONSTRAINT c3 CHECK (e IN ('sad',
  'ok')), CONSTRAINT c4 CHECK (c IN ('a')), CONSTRAINT c5 CHECK (lo < hi AND hi < 10 OR lo IS NULL),
  CONSTRAINT c6 CHECK (n BETWEEN 0 AND 100.5), CONSTRAINT c7 CHECK (v ~ '^[a-z]+$' AND length(v) > 2),
  CONSTRAINT c8 CHECK (d > '2020-01-01'), CONSTRAINT c9 CHECK (ts > '2020-01-01 00:00:00+00' AND ts < now()),
  CONSTRAINT c10 CHECK (a <@ ARRAY[1, 2, 3]), CONSTRAINT c11 CHECK (array_length(a, 1) = 2 AND a[1] > 0),
  CONSTRAINT c12 CHECK (jsonb_typeof(j) = 'object'), CONSTRAINT c13 CHECK ((v IS NULL) <> (t IS NULL)),
  CONSTRAINT c14 CHECK (num_nonnulls(v, t) = 1), CONSTRAINT c15 CHECK (trim(v) <> ''),
  CONSTRAINT c16 CHECK (position('x' in v) = 0), CONSTRAINT c17 CHECK (char_length(trim(both from v)) > 0),
  CONSTRAINT c18 CHECK (extract(dow from d) IN (1, 2)),
  CONSTRAINT c19 CHECK (extract(year from d) BETWEEN 2000 AND 2100), CONSTRAINT c20 CHECK (v = ANY (ARRAY['a',
  'b'])), CONSTRAINT c21 CHECK (v::text = ANY (ARRAY['a', 'b'])), CONSTRAINT c22 CHECK (lower(v) IN ('a', 'b')),
  CONSTRAINT c23 CHECK (NOT (lo = 1 AND hi = 2)),
  CONSTRAINT c24 CHECK (lo = 1 OR lo = 2 OR (lo = 3 AND hi = 4) OR hi = 5),
  CONSTRAINT c25 CHECK (upper(t) COLLATE "C" = t),
  CONSTRAINT c26 CHECK (v SIMILAR TO 'a%' OR v LIKE 'b!_' ESCAPE '!'),
  CONSTRAINT c27 CHECK (CASE WHEN v = 'a' THEN lo > 0 ELSE true END), CONSTRAINT c28 CHECK (date_trunc('day',
  ts AT TIME ZONE 'UTC') = ts AT TIME ZONE 'UTC'), CONSTRAINT c29 CHECK (coalesce(v, 'x') IN ('x', 'y')),
  CONSTRAINT c30 CHECK (v IN ('a', 'b') AND t IN ('a', 'b') AND (lo > 1 AND hi > 1)),
  CONSTRAINT c31 CHECK (e::text IN ('sad')), CONSTRAINT c32 CHECK (extract(epoch from ts)::numeric > 0),
  CONSTRAINT c33 CHECK (overlay(v placing 'x' from 1) <> 'a'), CONSTRAINT c34 CHECK (v NOT IN ('q', 'r')),
  CONSTRAINT c35 CHECK (t IS NFC NORMALIZED)
);
ALTER TABLE exprs ALTER v SET DEFAULT 'x', ALTER t SET DEFAULT ('a' || 'b'), ALTER e SET DEFAULT 'sad',
  ALTER n SET DEFAULT 1, ALTER a SET DEFAULT ARRAY[1, 2], ALTER d SET DEFAULT (now() AT TIME ZONE 'UTC')::date,
  ALTER ts SET DEFAULT date_trunc('day', now()) + interval '1 day', ALTER j SET DEFAULT '{}',
  ALTER c SET DEFAULT 'a', ALTER bp SET DEFAULT 'ab', ALTER lo SET DEFAULT extract(year from now());
CREATE INDEX e1 ON exprs (lower(v), (n * 2) DESC, coalesce(t, '') text_pattern_ops) INCLUDE (id) WHERE v IN ('a',
  'b') AND d > '2020-01-01';
CREATE INDEX e2 ON exprs ((trim(v)), (extract(year from d)), (j ->> 'a'), ((j -> 'b')::text), (ts AT TIME ZONE 'UTC'));
CREATE INDEX e3 ON exprs USING gin (j jsonb_path_ops, to_tsvector('english'::regconfig, t));
CREATE INDEX e4 ON exprs (v COLLATE "C" varchar_pattern_ops,
  (v || t) COLLATE "POSIX") WHERE NOT (v IS NULL) AND lo IS DISTINCT FROM hi;
CREATE INDEX e5 ON exprs ((substring(v from 1 for 3)), (position('a' in v)), (extract(epoch from d)),
  (date_part('year', d)), (upper(v)::varchar(3))) WHERE extract(year from d) > 2000;
CREATE TABLE excl (room integer, during tstzrange, v varchar, EXCLUDE USING gist (during WITH &&) WHERE (v IN ('a',
  'b')));
CREATE TABLE parts (k text, d date, n integer, v varchar(5)) PARTITION BY RANGE (lower(k), (extract(year from d)),
  (n + 1));
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (MINVALUE, MINVALUE, MINVALUE) TO ('m', 2020, 5);
CREATE TABLE parts_l (k text, m mood, v varchar(5)) PARTITION BY LIST (v);
CREATE TABLE parts_l1 PARTITION OF parts_l FOR VALUES IN ('a', 'b', NULL);
CREATE TABLE parts_l2 PARTITION OF parts_l DEFAULT PARTITION BY LIST (m);
CREATE TABLE parts_l21 PARTITION OF parts_l2 FOR VALUES IN ('sad', 'ok');
CREATE TABLE parts_t (at timestamptz, n numeric) PARTITION BY RANGE (at);
CREATE TABLE parts_t1 PARTITION OF parts_t FOR VALUES FROM ('2020-01-01 00:00:00+02') TO ('2021-01-01');
CREATE TABLE parts_h (id bigint, t text COLLATE "C") PARTITION BY HASH (id, t text_pattern_ops);
CREATE TABLE parts_h1 PARTITION OF parts_h FOR VALUES WITH (modulus 4, remainder 1);
CREATE TABLE parts_b (b boolean) PARTITION BY LIST (b);
CREATE TABLE parts_b1 PARTITION OF parts_b FOR VALUES IN (true);
CREATE POLICY p1 ON w USING (v = current_user) WITH CHECK (i > 0 AND (v = current_user OR EXISTS (SELECT 1 FROM w2 WHERE w2.ref = w.id AND w2.v = session_user)));
CREATE POLICY p2 ON w FOR SELECT USING (i IN (SELECT w2.ref FROM w2 WHERE w2.v = w.v) OR trim(v) = 'x');
CREATE POLICY p3 ON w2 USING (id = current_setting('app.id')::integer AND extract(year from at) > 2000);
CREATE POLICY p4 ON w2 AS RESTRICTIVE FOR UPDATE USING ((SELECT max(x.qty) FROM w2 x WHERE x.id = w2.id) > 1);
CREATE FUNCTION trg() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER t1 BEFORE UPDATE OF v, t ON w FOR EACH ROW WHEN (OLD.v IS DISTINCT FROM NEW.v AND NEW.v IN ('a',
  'b')) EXECUTE FUNCTION trg('a', 'b''c');
CREATE TRIGGER t2 AFTER INSERT ON w REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION trg();
CREATE TRIGGER t3 BEFORE UPDATE ON w FOR EACH ROW WHEN (extract(year from NEW.ts) > 2000 AND trim(NEW.v) <> '' AND OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION trg();
CREATE CONSTRAINT TRIGGER t4 AFTER UPDATE ON w2 DEFERRABLE FOR EACH ROW WHEN (NEW.qty > 0) EXECUTE FUNCTION trg();
-- since: 14
CREATE FUNCTION sqlbody(a integer) RETURNS integer
LANGUAGE sql RETURN a + extract(year from current_date)::integer;
-- since: 14
CREATE PROCEDURE sqlproc(x integer)
LANGUAGE sql BEGIN ATOMIC INSERT INTO w2 (id, v) VALUES (x, 'a') ON CONFLICT DO NOTHING; UPDATE w2 SET v = 'b', (t,
  qty) = ('c', 1) WHERE id = x RETURNING id; DELETE FROM w2 USING w WHERE w.id = w2.id; SELECT trim(v) FROM w2 WHERE v IN ('a',
  'b'); END;
CREATE FUNCTION deflt(a text DEFAULT trim('x '), b numeric DEFAULT extract(year from current_date),
  c mood DEFAULT 'sad', d text[] DEFAULT ARRAY['a'], e interval DEFAULT '1 day',
  f timestamptz DEFAULT now() AT TIME ZONE 'UTC', g varchar DEFAULT 'a'::varchar,
  h integer DEFAULT NULL) RETURNS TABLE (x integer, y varchar(10)) LANGUAGE sql AS 'SELECT 1, $1::varchar';
CREATE MATERIALIZED VIEW mv AS SELECT v, count(*) AS n, extract(year from ts) AS y FROM w WHERE v IN ('a',
  'b') GROUP BY v, extract(year from ts);
CREATE RULE ins AS ON INSERT TO v_renamed DO INSTEAD INSERT INTO w (i, v) VALUES (NEW.one, NEW.two);
CREATE STATISTICS st ON v, t FROM w;
-- since: 14
CREATE STATISTICS st2
ON (lower(v)), (extract(year from ts)) FROM w;
-- since: 15
CREATE FUNCTION merging() RETURNS void LANGUAGE sql BEGIN ATOMIC MERGE INTO w2 USING w ON w.id = w2.id AND w.v IN ('a',
  'b') WHEN MATCHED AND w2.qty > 0 THEN UPDATE SET v = w.v,
  qty = w2.qty + 1 WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT (id, v) VALUES (w.id, trim(w.v)); END;
-- since: 16
CREATE VIEW v_sqljson AS SELECT JSON_OBJECT('a': i, 'b': v ABSENT ON NULL WITH UNIQUE KEYS) AS a1, JSON_ARRAY(i,
  v NULL ON NULL RETURNING jsonb) AS a2, t IS JSON AS a3, t IS NOT JSON ARRAY AS a4,
  v IS JSON OBJECT WITH UNIQUE KEYS AS a5, JSON_ARRAY(SELECT id FROM w2 RETURNING text) AS a6,
  any_value(i) OVER () AS a7, system_user AS a8, 0x1F AS a9, 1_000 AS a10, array_sample(arr, 1) AS a11, date_add(tz,
  '1 day') AS a12 FROM w;
-- since: 16
CREATE VIEW v_sqljsonagg AS SELECT JSON_OBJECTAGG(v: i RETURNING jsonb) AS a1,
  JSON_ARRAYAGG(v ORDER BY i NULL ON NULL) FILTER (WHERE i > 0) AS a2 FROM w;
-- since: 17
CREATE VIEW v_jsontable AS SELECT jt.*, JSON_VALUE(jb,
  '$.a' RETURNING integer DEFAULT 0 ON EMPTY ERROR ON ERROR) AS a1, JSON_QUERY(jb, '$.b' WITH WRAPPER) AS a2,
  JSON_EXISTS(jb, '$.c') AS a3, JSON_SCALAR(1) AS a4, JSON('{}') AS a5, JSON_SERIALIZE('{}' RETURNING bytea) AS a6,
  tz AT LOCAL AS a7 FROM w, JSON_TABLE(jb, '$[*]' COLUMNS (o FOR ORDINALITY, a integer PATH '$.a',
  NESTED PATH '$.n[*]' COLUMNS (b text PATH '$'))) jt;
-- since: 18
CREATE FUNCTION returning_both() RETURNS SETOF text LANGUAGE sql BEGIN ATOMIC UPDATE w2 SET v = 'x' RETURNING old.v || new.v; END;
CREATE VIEW v_alias_names AS SELECT "order".id,
  "order".v AS "Mixed Case" FROM w2 "order" JOIN w2 "user" ON "user".id = "order".ref WHERE "user".v <> E'a\\b''c\n';
CREATE VIEW v_single_columns AS SELECT w2.id, w2.v, (SELECT count(*) FROM w2) AS n,
  (SELECT w2.v FROM w2 ORDER BY w2.id LIMIT 1) AS f FROM w2 GROUP BY w2.id,
  w2.v HAVING count(w2.t) > 1 ORDER BY w2.v, w2.id;
CREATE VIEW v_single_sub AS SELECT q.id, q.n FROM (SELECT w2.id,
  count(*) AS n FROM w2 WHERE w2.qty > 1 GROUP BY w2.id) q WHERE q.n > 1;
CREATE VIEW v_update_me AS SELECT id, v, t FROM w2 WHERE v = 'a' WITH CASCADED CHECK OPTION;
CREATE RULE upd AS ON UPDATE TO v_alias_names DO INSTEAD UPDATE w2 SET v = NEW."Mixed Case" WHERE id = OLD.id AND v IN ('a',
  'b');
CREATE VIEW v_bool AS SELECT (i > 1) = (s > 1) AS a1, NOT i > 1 AS a2, bo = false AS a3, bo <> true AS a4,
  (i > 1 OR s > 1) AND (b > 1 OR (r > 1 AND dp > 1)) AND NOT (bo AND i = 1) AS a5,
  i = 1 AND (s = 2 AND (b = 3 AND bo)) AS a6, (i = 1 OR s = 2) OR (b = 3 OR bo) AS a7, i + (s + (b + 1)) AS a8,
  (i + s) + b AS a9, i - (s - b) AS a10, (v || t) || 'x' AS a11, -(-i) AS a12, i IS NULL = bo AS a13,
  (bo IS NULL) IS NOT TRUE AS a14 FROM w;
CREATE VIEW v_casts AS SELECT v::text::varchar(3) AS a1, i::bigint::text AS a2, '2020-01-01'::date AS a3,
  date '2020-01-01' + 1 AS a4, num::numeric(5,1) AS a5, num::integer::bigint AS a6, ts::timestamptz AS a7,
  tz::timestamp(0) AS a8, iv::interval day to second AS a9, iv::interval(2) AS a10, t::char(3) AS a11,
  t::"char" AS a12, bits::bit(4) AS a13, vb::varbit(4) AS a14, arr::bigint[] AS a15, arr::text[] AS a16,
  varr::text[] AS a17, tarr::varchar(4)[] AS a18, jb::json AS a19, i::float4 AS a20, 'a'::text COLLATE "C" AS a21,
  ROW(1, 'a')::pair AS a22, v::code AS a23, i::positive AS a24, t::mood::text AS a25, tm::interval AS a26,
  d::timestamp AS a27, d::timestamptz AS a28, ip::text AS a29, o::regclass AS a30, rc::oid AS a31, u::text AS a32,
  by::text AS a33, bo::integer AS a34, bp::text AS a35, fx::text AS a36, n::text AS a37 FROM w;
