-- change: a schema is gone, with all that was in it
-- drift: missing schema billing
DROP SCHEMA billing CASCADE;

-- change: a schema too many
-- drift: unexpected schema scratch
CREATE SCHEMA scratch;
CREATE TABLE scratch.pad (id integer PRIMARY KEY);

-- change: an extension is gone; its members are part of it
-- drift: missing extension hstore
CREATE EXTENSION hstore;
-- production:
DROP EXTENSION hstore;

-- change: an extension too many; its types and functions are no drift
-- drift: unexpected extension pg_trgm
CREATE EXTENSION pg_trgm;

-- change: an extension of another version
-- drift: changed extension hstore version
CREATE EXTENSION hstore VERSION '1.4';
-- production:
ALTER EXTENSION hstore UPDATE TO '1.6';

-- change: an extension in another schema
-- drift: changed extension hstore schema
CREATE EXTENSION hstore;
-- production:
ALTER EXTENSION hstore SET SCHEMA billing;

-- change: a function depends on an extension no longer
-- drift: missing extension dependency public.watch_ddl().plpgsql
ALTER FUNCTION watch_ddl() NO DEPENDS ON EXTENSION plpgsql;

-- change: a trigger depends on an extension
-- drift: unexpected extension dependency public.users.users_touch.plpgsql
ALTER TRIGGER users_touch ON users DEPENDS ON EXTENSION plpgsql;

-- change: an index depends on an extension
-- drift: unexpected extension dependency public.users_born_idx.plpgsql
ALTER INDEX users_born_idx DEPENDS ON EXTENSION plpgsql;

-- change: a materialized view depends on an extension
-- drift: unexpected extension dependency public.daily_orders.plpgsql
ALTER MATERIALIZED VIEW daily_orders DEPENDS ON EXTENSION plpgsql;

-- change: a procedure depends on an extension
-- drift: unexpected extension dependency public.cleanup(integer).plpgsql
ALTER PROCEDURE cleanup(integer) DEPENDS ON EXTENSION plpgsql;

-- change: an extension in another schema; what uses its types, functions and operators goes with it
-- drift: changed extension hstore schema
-- drift: changed extension pg_trgm schema
CREATE EXTENSION hstore;
CREATE EXTENSION pg_trgm;
CREATE TABLE tagged (id integer, name text, tags hstore DEFAULT hstore('a', '1'), CHECK (tags ? 'x'));
CREATE INDEX tagged_by_name ON tagged USING gin (name gin_trgm_ops);
CREATE VIEW tagged_with AS SELECT id, tags -> 'a' AS a FROM tagged;
CREATE FUNCTION tags_of(tags hstore) RETURNS hstore LANGUAGE sql AS 'SELECT tags';
-- production:
ALTER EXTENSION hstore SET SCHEMA billing;
ALTER EXTENSION pg_trgm SET SCHEMA billing;

-- change: an extension is gone, with the columns of its types and what uses its functions, operators and classes
-- drift: missing extension hstore
-- drift: missing extension pg_trgm
CREATE EXTENSION hstore;
CREATE EXTENSION pg_trgm;
CREATE TABLE tagged (id integer, name text, tags hstore, CHECK (tags ? 'x'));
CREATE INDEX tagged_by_name ON tagged USING gin (name gin_trgm_ops);
CREATE TABLE scored (id integer, a text DEFAULT show_limit()::text);
CREATE VIEW tagged_with AS SELECT id, tags -> 'a' AS a FROM tagged;
CREATE VIEW alike AS SELECT id FROM scored WHERE a % 'x';
CREATE FUNCTION tags_of(tags hstore) RETURNS hstore LANGUAGE sql AS 'SELECT tags';
-- production:
DROP EXTENSION hstore CASCADE;
DROP EXTENSION pg_trgm CASCADE;

-- change: an extension was never made, the columns of its type are text
-- drift: missing extension citext
CREATE EXTENSION citext;
CREATE TABLE people (id integer, email citext UNIQUE);
-- production:
ALTER TABLE people ALTER email TYPE text;
DROP EXTENSION citext;
