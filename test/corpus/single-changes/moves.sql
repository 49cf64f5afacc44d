-- change: a table is in another schema, with its sequence and all its parts; what points at it and reads it goes with it
-- drift: changed table public.orders schema
ALTER TABLE orders SET SCHEMA billing;

-- change: a table is in another schema and has a column more
-- drift: changed table public.orders schema
-- drift: unexpected column public.orders.extra
ALTER TABLE orders SET SCHEMA billing;
ALTER TABLE billing.orders ADD extra integer;

-- change: a partitioned table and its partitions are in another schema
-- drift: changed table public.events schema
ALTER TABLE events SET SCHEMA billing;
ALTER TABLE events_2024 SET SCHEMA billing;
ALTER TABLE events_2025 SET SCHEMA billing;

-- change: a partition is in another schema
-- drift: changed table public.events_2024 schema
ALTER TABLE events_2024 SET SCHEMA billing;

-- change: a parent table is in another schema, its child is not
-- drift: changed table public.animals schema
ALTER TABLE animals SET SCHEMA billing;

-- change: two tables are in each other's schema
-- drift: changed table app.first schema
-- drift: changed table public.second schema
CREATE SCHEMA app;
CREATE TABLE app.first (id serial PRIMARY KEY, a text);
CREATE TABLE second (id serial PRIMARY KEY, b text, c integer REFERENCES app.first);
-- production:
ALTER TABLE app.first SET SCHEMA public;
ALTER TABLE second SET SCHEMA app;

-- change: tables are in a schema that the model does not have
-- drift: changed table public.first schema
-- drift: changed table public.second schema
-- drift: changed view public.both_of_them schema
-- drift: unexpected schema app
CREATE TABLE first (id serial PRIMARY KEY, a text);
CREATE TABLE second (id serial PRIMARY KEY, b text, c integer REFERENCES first);
CREATE VIEW both_of_them AS SELECT a, b FROM first JOIN second ON second.c = first.id;
-- production:
CREATE SCHEMA app;
ALTER TABLE first SET SCHEMA app;
ALTER TABLE second SET SCHEMA app;
ALTER VIEW both_of_them SET SCHEMA app;

-- change: a table is in public, the schema that the model has it in is gone
-- drift: changed table app.first schema
-- drift: missing schema app
CREATE SCHEMA app;
CREATE TABLE app.first (id serial PRIMARY KEY, a text);
CREATE TABLE app.second (id serial PRIMARY KEY, b text);
-- production:
ALTER TABLE app.first SET SCHEMA public;
DROP SCHEMA app CASCADE;

-- change: another table of that name is no table in another schema
-- drift: missing table public.rooms
-- drift: unexpected table billing.rooms
DROP TABLE rooms;
CREATE TABLE billing.rooms (id uuid, label text, floor integer);

-- change: two tables of that name could be the missing one
-- drift: missing table public.rooms
-- drift: unexpected table app.rooms
-- drift: unexpected table billing.rooms
CREATE SCHEMA app;
-- production:
CREATE TABLE app.rooms (LIKE rooms);
ALTER TABLE rooms SET SCHEMA billing;

-- change: a view and a materialized view are in another schema
-- drift: changed materialized view public.daily_orders schema
-- drift: changed view public.order_totals schema
ALTER VIEW order_totals SET SCHEMA billing;
ALTER MATERIALIZED VIEW daily_orders SET SCHEMA billing;

-- change: types are in another schema; columns, functions and casts of them go with them
-- drift: changed composite type public.address schema
-- drift: changed domain public.email schema
-- drift: changed enum public.mood schema
-- drift: changed range type public.price_range schema
ALTER TYPE mood SET SCHEMA billing;
ALTER TYPE address SET SCHEMA billing;
ALTER DOMAIN email SET SCHEMA billing;
ALTER TYPE price_range SET SCHEMA billing;

-- change: a sequence is in another schema
-- drift: changed sequence public.ticket_number schema
ALTER SEQUENCE ticket_number SET SCHEMA billing;

-- change: routines are in another schema; triggers go with their function
-- drift: changed aggregate public.product(numeric) schema
-- drift: changed function public.touch() schema
-- drift: changed procedure public.cleanup(integer) schema
ALTER FUNCTION touch() SET SCHEMA billing;
ALTER PROCEDURE cleanup(integer) SET SCHEMA billing;
ALTER AGGREGATE product(numeric) SET SCHEMA billing;

-- change: a collation, a conversion and a text search dictionary are in another schema
-- drift: changed collation public.by_code schema
-- drift: changed conversion public.from_latin schema
-- drift: changed text search dictionary public.known_words schema
ALTER COLLATION by_code SET SCHEMA billing;
ALTER CONVERSION from_latin SET SCHEMA billing;
ALTER TEXT SEARCH DICTIONARY known_words SET SCHEMA billing;

-- change: a schema and a table out of it have other names
-- drift: changed schema sales name
-- drift: changed table sales.b schema
CREATE SCHEMA sales;
CREATE TABLE sales.a (id integer PRIMARY KEY, n text);
CREATE TABLE sales.b (id integer REFERENCES sales.a);
CREATE TABLE sales.c (id integer, m text);
CREATE TABLE sales.d (id integer, m text);
-- production:
ALTER SCHEMA sales RENAME TO shop;
ALTER TABLE shop.b SET SCHEMA public;
