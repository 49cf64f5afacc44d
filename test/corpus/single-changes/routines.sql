-- change: a function is gone
-- drift: missing function public.add(integer, integer)
DROP FUNCTION add(integer, integer);

-- change: a function too many, beside one of the same name
-- drift: unexpected function public.add(text, text)
CREATE FUNCTION add(a text, b text) RETURNS text LANGUAGE sql AS 'SELECT a || b';

-- change: an argument has another default
-- drift: changed function public.add(integer, integer) arguments
CREATE OR REPLACE FUNCTION add(a integer, b integer DEFAULT 2) RETURNS integer LANGUAGE sql IMMUTABLE STRICT AS 'SELECT a + b';

-- change: an argument has another name
-- drift: changed function public.spare(integer) arguments
CREATE FUNCTION spare(a integer) RETURNS integer LANGUAGE sql AS 'SELECT $1';
-- production:
DROP FUNCTION spare(integer);
CREATE FUNCTION spare(b integer) RETURNS integer LANGUAGE sql AS 'SELECT $1';

-- change: another result
-- drift: changed function public.spare() result
CREATE FUNCTION spare() RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- production:
DROP FUNCTION spare();
CREATE FUNCTION spare() RETURNS bigint LANGUAGE sql AS 'SELECT 1';

-- change: a set where the model has one row
-- drift: changed function public.spare() result
-- drift: changed function public.spare() rows
CREATE FUNCTION spare() RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- production:
DROP FUNCTION spare();
CREATE FUNCTION spare() RETURNS SETOF integer LANGUAGE sql AS 'SELECT 1';

-- change: another language
-- drift: changed function public.spare() language
SET check_function_bodies = off;
CREATE FUNCTION spare() RETURNS integer LANGUAGE sql AS 'BEGIN RETURN 1; END';
-- production:
CREATE OR REPLACE FUNCTION spare() RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';

-- change: another body
-- drift: changed function public.add(integer, integer) body
CREATE OR REPLACE FUNCTION add(a integer, b integer DEFAULT 1) RETURNS integer LANGUAGE sql IMMUTABLE STRICT AS 'SELECT b + a';

-- change: another body, in its white space only
-- drift: changed function public.add(integer, integer) body
CREATE OR REPLACE FUNCTION add(a integer, b integer DEFAULT 1) RETURNS integer LANGUAGE sql IMMUTABLE STRICT AS 'SELECT a  + b';

-- change: another body in standard form
-- since: 14
-- drift: changed function public.spare(integer) sqlBody
CREATE FUNCTION spare(a integer) RETURNS integer LANGUAGE sql RETURN a + 1;
-- production:
CREATE OR REPLACE FUNCTION spare(a integer) RETURNS integer LANGUAGE sql RETURN a + 2;

-- change: another volatility
-- drift: changed function public.add(integer, integer) volatility
ALTER FUNCTION add(integer, integer) STABLE;

-- change: safe in parallel queries
-- drift: changed function public.add(integer, integer) parallel
ALTER FUNCTION add(integer, integer) PARALLEL SAFE;

-- change: called with nulls
-- drift: changed function public.add(integer, integer) strict
ALTER FUNCTION add(integer, integer) CALLED ON NULL INPUT;

-- change: run with the rights of its owner
-- drift: changed function public.touch() securityDefiner
ALTER FUNCTION touch() SECURITY DEFINER;

-- change: leakproof
-- drift: changed function public.add(integer, integer) leakproof
ALTER FUNCTION add(integer, integer) LEAKPROOF;

-- change: another cost
-- drift: changed function public.add(integer, integer) cost
ALTER FUNCTION add(integer, integer) COST 5;

-- change: another number of rows
-- drift: changed function public.list_logins(text) rows
ALTER FUNCTION list_logins(text) ROWS 500;

-- change: a planner support function
-- drift: changed function public.add(integer, integer) support
ALTER FUNCTION add(integer, integer) SUPPORT generate_series_int4_support;

-- change: a setting of its own
-- drift: changed function public.touch() configuration
ALTER FUNCTION touch() SET search_path = public;

-- change: a setting of its own that may be a secret is told by name
-- drift: changed function public.touch() configuration
ALTER FUNCTION touch() SET app.signing_key = 'one';

-- change: a setting that may be a secret has another value, which is not read
-- drift: none
ALTER FUNCTION touch() SET app.signing_key = 'one';
-- production:
ALTER FUNCTION touch() SET app.signing_key = 'other';

-- change: a transform
-- drift: changed function public.spare(bigint) transforms
CREATE TRANSFORM FOR bigint LANGUAGE sql
  (FROM SQL WITH FUNCTION prsd_lextype(internal), TO SQL WITH FUNCTION int8recv(internal));
CREATE FUNCTION spare(a bigint) RETURNS bigint LANGUAGE sql AS 'SELECT $1';
-- production:
CREATE OR REPLACE FUNCTION spare(a bigint) RETURNS bigint LANGUAGE sql TRANSFORM FOR TYPE bigint AS 'SELECT $1';

-- change: from another library
-- drift: changed function public.spare(text, text) library
CREATE FUNCTION spare(text, text) RETURNS real LANGUAGE c AS '$libdir/pg_trgm', 'similarity';
-- production:
UPDATE pg_proc SET probin = '/opt/other/pg_trgm' WHERE oid = 'spare(text, text)'::regprocedure;

-- change: a window function
-- drift: changed function public.spare() window
CREATE FUNCTION spare() RETURNS bigint LANGUAGE internal AS 'window_row_number';
-- production:
DROP FUNCTION spare();
CREATE FUNCTION spare() RETURNS bigint LANGUAGE internal WINDOW AS 'window_row_number';

-- change: a procedure is gone
-- drift: missing procedure public.cleanup(integer)
DROP PROCEDURE cleanup(integer);

-- change: a function in place of a procedure
-- drift: unexpected function public.cleanup(integer)
-- drift: missing procedure public.cleanup(integer)
DROP PROCEDURE cleanup(integer);
CREATE FUNCTION cleanup(days integer) RETURNS void LANGUAGE sql AS 'DELETE FROM orders';

-- change: a procedure too many
-- drift: unexpected procedure public.spare()
CREATE PROCEDURE spare() LANGUAGE sql AS 'SELECT 1';

-- change: a procedure with another body
-- drift: changed procedure public.cleanup(integer) body
CREATE OR REPLACE PROCEDURE cleanup(days integer) LANGUAGE sql AS 'DELETE FROM orders';

-- change: a procedure with another default
-- drift: changed procedure public.cleanup(integer) arguments
CREATE OR REPLACE PROCEDURE cleanup(days integer DEFAULT 7) LANGUAGE sql AS
  'DELETE FROM orders WHERE placed_at < now() - make_interval(days => days)';

-- change: a procedure that runs with the rights of its owner
-- drift: changed procedure public.cleanup(integer) securityDefiner
ALTER PROCEDURE cleanup(integer) SECURITY DEFINER;

-- change: a procedure with a setting of its own
-- drift: changed procedure public.cleanup(integer) configuration
ALTER PROCEDURE cleanup(integer) SET work_mem = '64MB';

-- change: a procedure in another language
-- drift: changed procedure public.spare() language
SET check_function_bodies = off;
CREATE PROCEDURE spare() LANGUAGE sql AS 'BEGIN END';
-- production:
CREATE OR REPLACE PROCEDURE spare() LANGUAGE plpgsql AS 'BEGIN END';

-- change: a procedure with another body in standard form
-- since: 14
-- drift: changed procedure public.spare() sqlBody
CREATE PROCEDURE spare() LANGUAGE sql BEGIN ATOMIC DELETE FROM orders WHERE false; END;
-- production:
CREATE OR REPLACE PROCEDURE spare() LANGUAGE sql BEGIN ATOMIC DELETE FROM orders WHERE true; END;

-- change: a function takes other arguments
-- drift: changed function public.add(integer, integer) arguments
DROP FUNCTION add(integer, integer);
CREATE FUNCTION add(a integer, b integer, c integer) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT AS 'SELECT a + b + c';

-- change: a function takes other arguments and runs with the rights of its owner
-- drift: changed function public.add(integer, integer) arguments
-- drift: changed function public.add(integer, integer) securityDefiner
DROP FUNCTION add(integer, integer);
CREATE FUNCTION add(a numeric, b numeric) RETURNS numeric LANGUAGE sql IMMUTABLE STRICT SECURITY DEFINER AS 'SELECT a + b';

-- change: a procedure and an aggregate take other arguments
-- drift: changed aggregate public.product(numeric) arguments
-- drift: changed procedure public.cleanup(integer) arguments
DROP PROCEDURE cleanup(integer);
CREATE PROCEDURE cleanup(days bigint) LANGUAGE sql AS 'DELETE FROM orders WHERE placed_at < now() - make_interval(days => days::integer)';
DROP AGGREGATE product(numeric);
CREATE AGGREGATE product(integer) (SFUNC = int4mul, STYPE = integer, INITCOND = '1');

-- change: one of two functions of a name is gone
-- drift: missing function public.add(numeric, numeric)
CREATE FUNCTION add(a numeric, b numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT a + b';
-- production:
DROP FUNCTION add(numeric, numeric);

-- change: two functions of a name take other arguments; which is which cannot be told
-- drift: missing function public.add(integer, integer)
-- drift: missing function public.add(numeric, numeric)
-- drift: unexpected function public.add(bigint, bigint)
-- drift: unexpected function public.add(text, text)
CREATE FUNCTION add(a numeric, b numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT a + b';
-- production:
DROP FUNCTION add(integer, integer);
DROP FUNCTION add(numeric, numeric);
CREATE FUNCTION add(a text, b text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT a || b';
CREATE FUNCTION add(a bigint, b bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT a + b';
