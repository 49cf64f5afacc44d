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
