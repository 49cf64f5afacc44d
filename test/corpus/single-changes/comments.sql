-- change: a table is described otherwise
-- drift: changed table public.users comment
COMMENT ON TABLE users IS 'who signs in';
-- production:
COMMENT ON TABLE users IS 'who signed in';

-- change: a table is no longer described
-- drift: changed table public.users comment
COMMENT ON TABLE users IS 'who signs in';
-- production:
COMMENT ON TABLE users IS NULL;

-- change: a column is described
-- drift: changed column public.users.login comment
COMMENT ON COLUMN users.login IS 'unique, in lower case';

-- change: the comment of a schema
-- drift: changed schema billing comment
COMMENT ON SCHEMA billing IS 'what is paid';

-- change: the comment of an extension
-- drift: changed extension hstore comment
CREATE EXTENSION hstore;
-- production:
COMMENT ON EXTENSION hstore IS 'other';

-- change: the comment of a sequence
-- drift: changed sequence public.ticket_number comment
COMMENT ON SEQUENCE ticket_number IS 'other';

-- change: the comment of a view
-- drift: changed view public.active_users comment
COMMENT ON VIEW active_users IS 'other';

-- change: the comment of a column of a view
-- drift: changed column public.active_users.login comment
COMMENT ON COLUMN active_users.login IS 'other';

-- change: the comment of a materialized view
-- drift: changed materialized view public.daily_orders comment
COMMENT ON MATERIALIZED VIEW daily_orders IS 'other';

-- change: the comment of a foreign table
-- drift: changed table public.old_orders comment
COMMENT ON FOREIGN TABLE old_orders IS 'other';

-- change: the comment of a constraint
-- drift: changed constraint public.users.users_status_known comment
COMMENT ON CONSTRAINT users_status_known ON users IS 'other';

-- change: the comment of a constraint of a domain
-- drift: changed constraint public.email.email_has_at comment
COMMENT ON CONSTRAINT email_has_at ON DOMAIN email IS 'other';

-- change: the comment of an index
-- drift: changed index public.orders_user_idx comment
COMMENT ON INDEX orders_user_idx IS 'other';

-- change: the comment of the index of a constraint
-- drift: changed index public.users_login_key comment
COMMENT ON INDEX users_login_key IS 'other';

-- change: the comment of a trigger
-- drift: changed trigger public.users.users_touch comment
COMMENT ON TRIGGER users_touch ON users IS 'other';

-- change: the comment of a policy
-- drift: changed policy public.orders.orders_own comment
COMMENT ON POLICY orders_own ON orders IS 'other';

-- change: the comment of an enumerated type
-- drift: changed enum public.mood comment
COMMENT ON TYPE mood IS 'other';

-- change: the comment of a domain
-- drift: changed domain public.email comment
COMMENT ON DOMAIN email IS 'other';

-- change: the comment of a composite type
-- drift: changed composite type public.address comment
COMMENT ON TYPE address IS 'other';

-- change: the comment of an attribute
-- drift: changed attribute public.address.city comment
COMMENT ON COLUMN address.city IS 'other';

-- change: the comment of a range type
-- drift: changed range type public.price_range comment
COMMENT ON TYPE price_range IS 'other';

-- change: the comment of a function
-- drift: changed function public.add(integer, integer) comment
COMMENT ON FUNCTION add(integer, integer) IS 'other';

-- change: the comment of a procedure
-- drift: changed procedure public.cleanup(integer) comment
COMMENT ON PROCEDURE cleanup(integer) IS 'other';

-- change: the comment of an aggregate
-- drift: changed aggregate public.product(numeric) comment
COMMENT ON AGGREGATE product(numeric) IS 'other';

-- change: the comment of a role
-- drift: changed role corpus_app comment
GRANT SELECT ON users TO corpus_app;
-- production:
COMMENT ON ROLE corpus_app IS 'other';

-- change: the comment of the database
-- drift: changed database the database comment
DO $$ BEGIN EXECUTE format('COMMENT ON DATABASE %I IS ''other''', current_database()); END $$;

-- change: the comment of the schema public, which every new database has, counts as none
-- drift: none
COMMENT ON SCHEMA public IS NULL;

-- change: the comment of a rule
-- drift: changed rule public.rooms.rooms_are_kept comment
COMMENT ON RULE rooms_are_kept ON rooms IS 'other';

-- change: the comment of an event trigger
-- drift: changed event trigger watch_tables comment
COMMENT ON EVENT TRIGGER watch_tables IS 'other';

-- change: the comment of a statistics object
-- drift: changed statistics object public.users_places comment
COMMENT ON STATISTICS users_places IS 'other';

-- change: the comment of a base type
-- drift: changed base type public.color comment
COMMENT ON TYPE color IS 'other';

-- change: the comment of an operator
-- drift: changed operator public.===(text, text) comment
COMMENT ON OPERATOR === (text, text) IS 'other';

-- change: the comment of an operator family
-- drift: changed operator family public.whole_numbers USING btree comment
COMMENT ON OPERATOR FAMILY whole_numbers USING btree IS 'other';

-- change: the comment of an operator class
-- drift: changed operator class public.backwards USING btree comment
COMMENT ON OPERATOR CLASS backwards USING btree IS 'other';

-- change: the comment of a cast
-- drift: changed cast (public.mood AS integer) comment
COMMENT ON CAST (mood AS integer) IS 'other';

-- change: the comment of a transform
-- drift: changed transform FOR integer LANGUAGE plpgsql comment
COMMENT ON TRANSFORM FOR integer LANGUAGE plpgsql IS 'other';

-- change: the comment of a language
-- drift: changed language quiet comment
COMMENT ON LANGUAGE quiet IS 'other';

-- change: the comment of an access method
-- drift: changed access method piles comment
COMMENT ON ACCESS METHOD piles IS 'other';

-- change: the comment of a collation
-- drift: changed collation public.by_code comment
COMMENT ON COLLATION by_code IS 'other';

-- change: the comment of a conversion
-- drift: changed conversion public.from_latin comment
COMMENT ON CONVERSION from_latin IS 'other';

-- change: the comment of a text search configuration
-- drift: changed text search configuration public.notes_search comment
COMMENT ON TEXT SEARCH CONFIGURATION notes_search IS 'other';

-- change: the comment of a text search dictionary
-- drift: changed text search dictionary public.known_words comment
COMMENT ON TEXT SEARCH DICTIONARY known_words IS 'other';

-- change: the comment of a text search parser
-- drift: changed text search parser public.words comment
COMMENT ON TEXT SEARCH PARSER words IS 'other';

-- change: the comment of a text search template
-- drift: changed text search template public.plain comment
COMMENT ON TEXT SEARCH TEMPLATE plain IS 'other';

-- change: the comment of a publication
-- drift: changed publication app comment
COMMENT ON PUBLICATION app IS 'other';

-- change: the comment of a subscription
-- since: 14
-- drift: changed subscription feed comment
CREATE SUBSCRIPTION feed CONNECTION 'host=nowhere' PUBLICATION app WITH (connect = false, slot_name = NONE);
-- production:
COMMENT ON SUBSCRIPTION feed IS 'other';

-- change: the comment of a foreign-data wrapper
-- drift: changed foreign data wrapper remote comment
COMMENT ON FOREIGN DATA WRAPPER remote IS 'other';

-- change: the comment of a foreign server
-- drift: changed foreign server archive comment
COMMENT ON SERVER archive IS 'other';

-- change: the comment of the sequence of an identity column
-- drift: unexpected comment public.users_id_seq (sequence)
COMMENT ON SEQUENCE users_id_seq IS 'other';

-- change: the comment of a row type
-- drift: missing comment public.users (row type)
COMMENT ON TYPE users IS 'a user';
-- production:
COMMENT ON TYPE users IS NULL;

-- change: another comment of the constraint of a constraint trigger
-- drift: changed comment public.orders.orders_check (constraint) text
COMMENT ON CONSTRAINT orders_check ON orders IS 'a check';
-- production:
COMMENT ON CONSTRAINT orders_check ON orders IS 'another check';

-- change: the comment of a NOT NULL constraint
-- since: 18
-- drift: unexpected comment public.rooms.needed (constraint)
ALTER TABLE rooms ADD COLUMN needed integer CONSTRAINT needed NOT NULL;
-- production:
COMMENT ON CONSTRAINT needed ON rooms IS 'why';

-- change: the comment of a NOT NULL constraint of a domain
-- since: 17
-- drift: unexpected comment public.spare.needed (domain constraint)
CREATE DOMAIN spare AS integer CONSTRAINT needed NOT NULL;
-- production:
COMMENT ON CONSTRAINT needed ON DOMAIN spare IS 'why';

-- change: the comment of a multirange type
-- since: 14
-- drift: unexpected comment public.price_multirange (multirange type)
COMMENT ON TYPE price_multirange IS 'prices';
