-- change: a table has another owner; what it is granted by default is no other grant
-- drift: changed table public.rooms owner
ALTER TABLE rooms OWNER TO corpus_owner;

-- change: a table has another owner, and its grants stay what they were
-- drift: changed table public.users owner
GRANT SELECT ON users TO corpus_app;
-- production:
ALTER TABLE users OWNER TO corpus_owner;

-- change: a table may be read by a role
-- drift: changed table public.rooms grants
GRANT SELECT ON rooms TO corpus_reader;

-- change: a table may no longer be read by a role
-- drift: changed table public.rooms grants
GRANT SELECT, INSERT ON rooms TO corpus_reader;
-- production:
REVOKE SELECT ON rooms FROM corpus_reader;

-- change: a role may hand on what it may do
-- drift: changed table public.rooms grants
GRANT SELECT ON rooms TO corpus_app;
-- production:
GRANT SELECT ON rooms TO corpus_app WITH GRANT OPTION;

-- change: everybody may write
-- drift: changed table public.rooms grants
GRANT INSERT ON rooms TO public;

-- change: the owner may no longer delete
-- drift: changed table public.rooms grants
REVOKE DELETE ON rooms FROM current_user;

-- change: granted and revoked again
-- drift: none
GRANT SELECT ON rooms TO corpus_app;
REVOKE SELECT ON rooms FROM corpus_app;

-- change: a column may be written by a role
-- drift: changed column public.users.login grants
GRANT UPDATE (login) ON users TO corpus_app;

-- change: another owner of a schema
-- drift: changed schema billing owner
ALTER SCHEMA billing OWNER TO corpus_owner;

-- change: another owner of a partitioned table alone
-- drift: changed table public.events owner
ALTER TABLE events OWNER TO corpus_owner;

-- change: another owner of a sequence
-- drift: changed sequence public.ticket_number owner
ALTER SEQUENCE ticket_number OWNER TO corpus_owner;

-- change: another owner of a table, and with it of its sequence and its indexes
-- drift: changed table public.orders owner
ALTER TABLE orders OWNER TO corpus_owner;

-- change: another owner of a view
-- drift: changed view public.active_users owner
ALTER VIEW active_users OWNER TO corpus_owner;

-- change: another owner of a materialized view
-- drift: changed materialized view public.daily_orders owner
ALTER MATERIALIZED VIEW daily_orders OWNER TO corpus_owner;

-- change: another owner of an enumerated type
-- drift: changed enum public.mood owner
ALTER TYPE mood OWNER TO corpus_owner;

-- change: another owner of a domain
-- drift: changed domain public.email owner
ALTER DOMAIN email OWNER TO corpus_owner;

-- change: another owner of a composite type
-- drift: changed composite type public.address owner
ALTER TYPE address OWNER TO corpus_owner;

-- change: another owner of a range type
-- drift: changed range type public.price_range owner
ALTER TYPE price_range OWNER TO corpus_owner;

-- change: another owner of a function
-- drift: changed function public.add(integer, integer) owner
ALTER FUNCTION add(integer, integer) OWNER TO corpus_owner;

-- change: another owner of a procedure
-- drift: changed procedure public.cleanup(integer) owner
ALTER PROCEDURE cleanup(integer) OWNER TO corpus_owner;

-- change: another owner of an aggregate
-- drift: changed aggregate public.product(numeric) owner
ALTER AGGREGATE product(numeric) OWNER TO corpus_owner;

-- change: another owner of the database
-- drift: changed database the database owner
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I OWNER TO corpus_owner', current_database()); END $$;

-- change: a grant on a schema
-- drift: changed schema billing grants
GRANT USAGE ON SCHEMA billing TO corpus_app;

-- change: a grant on a sequence
-- drift: changed sequence public.ticket_number grants
GRANT USAGE ON SEQUENCE ticket_number TO corpus_app;

-- change: a grant on a view
-- drift: changed view public.active_users grants
GRANT SELECT ON active_users TO corpus_app;

-- change: a grant on a materialized view
-- drift: changed materialized view public.daily_orders grants
GRANT SELECT ON daily_orders TO corpus_app;

-- change: a grant on an enumerated type
-- drift: changed enum public.mood grants
GRANT USAGE ON TYPE mood TO corpus_app;

-- change: a grant on a domain
-- drift: changed domain public.email grants
GRANT USAGE ON DOMAIN email TO corpus_app;

-- change: a grant on a composite type
-- drift: changed composite type public.address grants
GRANT USAGE ON TYPE address TO corpus_app;

-- change: a grant on a range type
-- drift: changed range type public.price_range grants
GRANT USAGE ON TYPE price_range TO corpus_app;

-- change: a grant on a function
-- drift: changed function public.add(integer, integer) grants
GRANT EXECUTE ON FUNCTION add(integer, integer) TO corpus_app;

-- change: a grant on a procedure
-- drift: changed procedure public.cleanup(integer) grants
GRANT EXECUTE ON PROCEDURE cleanup(integer) TO corpus_app;

-- change: a grant on an aggregate
-- drift: changed aggregate public.product(numeric) grants
GRANT EXECUTE ON FUNCTION product(numeric) TO corpus_app;

-- change: a grant on the database
-- drift: changed database the database grants
DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO corpus_app', current_database()); END $$;

-- change: everybody may no longer call a function
-- drift: changed function public.add(integer, integer) grants
REVOKE EXECUTE ON FUNCTION add(integer, integer) FROM public;

-- change: everybody may create objects in a schema
-- drift: changed schema billing grants
GRANT CREATE ON SCHEMA billing TO public;

-- change: grants that are the default are none
-- drift: none
GRANT EXECUTE ON FUNCTION add(integer, integer) TO public;
GRANT ALL ON rooms TO current_user;
GRANT USAGE ON TYPE mood TO public;

-- change: a partitioned table and its partitions have another owner
-- drift: changed table public.events owner
ALTER TABLE events OWNER TO corpus_owner;
ALTER TABLE events_2024 OWNER TO corpus_owner;
ALTER TABLE events_2025 OWNER TO corpus_owner;

-- change: a partitioned table and its partitions are granted the same
-- drift: changed table public.events grants
GRANT SELECT ON events, events_2024, events_2025 TO corpus_reader;

-- change: a sequence with an owner of its own goes with a column
-- drift: changed sequence public.spare ownedBy
CREATE SEQUENCE spare;
-- production:
ALTER SEQUENCE spare OWNED BY orders.amount;

-- change: tables are granted from the start
-- drift: unexpected default privileges for role corpus_owner on tables
ALTER DEFAULT PRIVILEGES FOR ROLE corpus_owner GRANT SELECT ON TABLES TO corpus_app;

-- change: tables of a schema are no longer granted from the start
-- drift: missing default privileges for role corpus_owner in schema billing on tables
ALTER DEFAULT PRIVILEGES FOR ROLE corpus_owner GRANT SELECT ON SEQUENCES TO corpus_app;
ALTER DEFAULT PRIVILEGES FOR ROLE corpus_owner IN SCHEMA billing GRANT SELECT ON TABLES TO corpus_app;
-- production:
ALTER DEFAULT PRIVILEGES FOR ROLE corpus_owner IN SCHEMA billing REVOKE SELECT ON TABLES FROM corpus_app;

-- change: other grants from the start
-- drift: changed default privileges for role corpus_owner on functions grants
ALTER DEFAULT PRIVILEGES FOR ROLE corpus_owner GRANT EXECUTE ON FUNCTIONS TO corpus_app;
-- production:
ALTER DEFAULT PRIVILEGES FOR ROLE corpus_owner REVOKE EXECUTE ON FUNCTIONS FROM public;

-- change: types and schemas of a role are granted from the start
-- drift: unexpected default privileges for role corpus_owner on schemas
-- drift: unexpected default privileges for role corpus_owner on types
ALTER TABLE users OWNER TO corpus_owner;
-- production:
ALTER DEFAULT PRIVILEGES FOR ROLE corpus_owner REVOKE USAGE ON TYPES FROM public;
ALTER DEFAULT PRIVILEGES FOR ROLE corpus_owner GRANT USAGE ON SCHEMAS TO public;

-- change: another owner of a statistics object
-- drift: changed statistics object public.users_places owner
ALTER STATISTICS users_places OWNER TO corpus_owner;

-- change: another owner of a base type
-- drift: changed base type public.color owner
ALTER TYPE color OWNER TO corpus_owner;

-- change: another owner of an operator
-- drift: changed operator public.===(text, text) owner
ALTER OPERATOR === (text, text) OWNER TO corpus_owner;

-- change: another owner of an operator family
-- drift: changed operator family public.whole_numbers USING btree owner
ALTER OPERATOR FAMILY whole_numbers USING btree OWNER TO corpus_owner;

-- change: another owner of an operator class
-- drift: changed operator class public.backwards USING btree owner
ALTER OPERATOR CLASS backwards USING btree OWNER TO corpus_owner;

-- change: another owner of a language
-- drift: changed language quiet owner
ALTER LANGUAGE quiet OWNER TO corpus_owner;

-- change: another owner of a collation
-- drift: changed collation public.by_code owner
ALTER COLLATION by_code OWNER TO corpus_owner;

-- change: another owner of a conversion
-- drift: changed conversion public.from_latin owner
ALTER CONVERSION from_latin OWNER TO corpus_owner;

-- change: another owner of a text search configuration
-- drift: changed text search configuration public.notes_search owner
ALTER TEXT SEARCH CONFIGURATION notes_search OWNER TO corpus_owner;

-- change: another owner of a text search dictionary
-- drift: changed text search dictionary public.known_words owner
ALTER TEXT SEARCH DICTIONARY known_words OWNER TO corpus_owner;

-- change: another owner of a publication
-- drift: changed publication app owner
ALTER PUBLICATION app OWNER TO corpus_owner;

-- change: another owner of a foreign server
-- drift: changed foreign server archive owner
GRANT USAGE ON FOREIGN DATA WRAPPER remote TO corpus_owner;
-- production:
ALTER SERVER archive OWNER TO corpus_owner;

-- change: another owner of an event trigger
-- drift: changed event trigger watch_tables owner
GRANT SELECT ON users TO corpus_owner;
ALTER ROLE corpus_owner SUPERUSER;
-- production:
ALTER EVENT TRIGGER watch_tables OWNER TO corpus_owner;

-- change: another owner of a foreign-data wrapper
-- drift: changed foreign data wrapper remote owner
GRANT SELECT ON users TO corpus_owner;
ALTER ROLE corpus_owner SUPERUSER;
-- production:
ALTER FOREIGN DATA WRAPPER remote OWNER TO corpus_owner;

-- change: another owner of a subscription
-- drift: changed subscription feed owner
GRANT SELECT ON users TO corpus_owner;
ALTER ROLE corpus_owner SUPERUSER;
CREATE SUBSCRIPTION feed CONNECTION 'host=nowhere' PUBLICATION app WITH (connect = false, slot_name = NONE);
-- production:
ALTER SUBSCRIPTION feed OWNER TO corpus_owner;

-- change: another owner of a type that is only a name
-- drift: changed shell type public.unfinished owner
ALTER TYPE unfinished OWNER TO corpus_owner;

-- change: a grant on a base type
-- drift: changed base type public.color grants
GRANT USAGE ON TYPE color TO corpus_app;

-- change: a grant on a language
-- drift: changed language quiet grants
GRANT USAGE ON LANGUAGE quiet TO corpus_app;

-- change: a grant on a foreign-data wrapper
-- drift: changed foreign data wrapper remote grants
GRANT USAGE ON FOREIGN DATA WRAPPER remote TO corpus_app;

-- change: a grant on a foreign server
-- drift: changed foreign server archive grants
GRANT USAGE ON FOREIGN SERVER archive TO corpus_app;
