-- change: a column has another name; its view, its index and its constraint go with it
-- drift: changed column public.users.login name
ALTER TABLE users RENAME login TO handle;

-- change: a column that comes last has another name, as the index over it shows
-- drift: changed column public.tagged.tag name
CREATE TABLE tagged (id integer PRIMARY KEY, tag text);
CREATE INDEX tagged_by_tag ON tagged (tag);
-- production:
ALTER TABLE tagged RENAME tag TO label;

-- change: another column in the place of the last one is another column
-- drift: missing column public.orders.note
-- drift: unexpected column public.orders.remark
ALTER TABLE orders DROP note;
ALTER TABLE orders ADD remark text;

-- change: a column in the middle is gone, one of its type comes last
-- drift: missing column public.moved.b
-- drift: unexpected column public.moved.d
CREATE TABLE moved (a integer, b text, c date);
-- production:
ALTER TABLE moved DROP b;
ALTER TABLE moved ADD d text;

-- change: two columns beside each other have other names
-- drift: changed column public.named.first name
-- drift: changed column public.named.last name
CREATE TABLE named (id integer, first text, last text, born date);
-- production:
ALTER TABLE named RENAME first TO given;
ALTER TABLE named RENAME last TO family;

-- change: a column in another's place that has another type
-- drift: missing column public.typed.b
-- drift: unexpected column public.typed.d
CREATE TABLE typed (a integer, b text, c date);
-- production:
DROP TABLE typed;
CREATE TABLE typed (a integer, d integer, c date);

-- change: a column of a parent has another name, in its children too
-- drift: changed column public.animals.name name
ALTER TABLE animals RENAME name TO title;

-- change: a column of a partitioned table has another name, in its partitions too
-- drift: changed column public.events.happened_at name
ALTER TABLE events RENAME happened_at TO occurred_at;

-- change: a column of a view has another name
-- drift: changed column public.active_users.login name
ALTER VIEW active_users RENAME login TO handle;

-- change: an attribute of a composite type has another name, in a table of that type too
-- drift: changed attribute public.address.city name
ALTER TYPE address RENAME ATTRIBUTE city TO town CASCADE;

-- change: a table has another name; what points at it and reads it goes with it
-- drift: changed table public.users name
ALTER TABLE users RENAME TO people;

-- change: a table has another name and a column more
-- drift: changed table public.orders name
-- drift: unexpected column public.orders.extra
ALTER TABLE orders RENAME TO purchases;
ALTER TABLE purchases ADD extra integer;

-- change: a table and a column that its foreign key and its index are about have other names, those of its parts stayed
-- drift: changed table public.tokens name
-- drift: changed column public.tokens.endpoint name
CREATE TABLE endpoints (id integer PRIMARY KEY);
CREATE TABLE tokens (
  id serial PRIMARY KEY,
  secret text NOT NULL,
  endpoint integer NOT NULL REFERENCES endpoints,
  made_at timestamptz DEFAULT now() NOT NULL,
  made_by integer
);
CREATE INDEX ON tokens (endpoint);
-- production:
ALTER TABLE tokens RENAME TO hook_keys;
ALTER TABLE hook_keys RENAME endpoint TO hook;

-- change: a table was made anew under another name; so its parts have other names too
-- drift: changed table public.accounts generatedNames
-- drift: changed table public.accounts name
CREATE TABLE accounts (id serial PRIMARY KEY, email text UNIQUE, plan text CHECK (plan <> ''), owner integer REFERENCES users);
CREATE INDEX ON accounts (plan);
-- production:
DROP TABLE accounts;
CREATE TABLE clients (id serial PRIMARY KEY, email text UNIQUE, plan text CHECK (plan <> ''), owner integer REFERENCES users);
CREATE INDEX ON clients (plan);

-- change: a copy of a table is no table under another name
-- drift: missing table public.rooms
-- drift: unexpected table public.old_rooms
CREATE TABLE old_rooms AS SELECT * FROM rooms;
DROP TABLE rooms;

-- change: two tables that could be the missing one are unexpected
-- drift: missing table public.tags
-- drift: unexpected table public.tags_1
-- drift: unexpected table public.tags_2
CREATE TABLE tags (id integer, name text, made date);
-- production:
ALTER TABLE tags RENAME TO tags_1;
CREATE TABLE tags_2 (id integer, name text, made date);

-- change: a partition has another name
-- drift: changed table public.events_2024 name
ALTER TABLE events_2024 RENAME TO events_y2024;

-- change: a partition for other rows is another one
-- drift: missing table public.events_2024
-- drift: unexpected table public.events_2023
DROP TABLE events_2024;
CREATE TABLE events_2023 PARTITION OF events FOR VALUES FROM ('2023-01-01 00:00:00+00') TO ('2024-01-01 00:00:00+00');

-- change: an index has another name
-- drift: changed index public.orders_user_idx name
ALTER INDEX orders_user_idx RENAME TO index_orders_on_user_id;

-- change: a unique constraint has another name, and so has its index
-- drift: changed constraint public.users.users_login_key name
ALTER TABLE users RENAME CONSTRAINT users_login_key TO uq_users_login;

-- change: a foreign key and a check have other names
-- drift: changed constraint public.orders.orders_user_fk name
-- drift: changed constraint public.users.users_status_known name
ALTER TABLE orders RENAME CONSTRAINT orders_user_fk TO fk_user;
ALTER TABLE users RENAME CONSTRAINT users_status_known TO known_status;

-- change: a check of a parent has another name, in its children too
-- drift: changed constraint public.animals.animals_legs_check name
ALTER TABLE animals RENAME CONSTRAINT animals_legs_check TO legs;

-- change: a constraint has another name and is not validated
-- drift: changed constraint public.orders.orders_user_fk name
-- drift: changed constraint public.orders.orders_user_fk validated
ALTER TABLE orders DROP CONSTRAINT orders_user_fk;
ALTER TABLE orders ADD CONSTRAINT fk_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE NOT VALID;

-- change: a domain's check has another name
-- drift: changed constraint public.email.email_has_at name
ALTER DOMAIN email RENAME CONSTRAINT email_has_at TO at;

-- change: an index over a renamed column has another name too
-- drift: changed column public.users.born name
-- drift: changed index public.users_born_idx name
ALTER TABLE users RENAME born TO birthday;
ALTER INDEX users_born_idx RENAME TO users_birthday;

-- change: a trigger has another name
-- drift: changed trigger public.users.users_touch name
ALTER TRIGGER users_touch ON users RENAME TO touch_users;

-- change: a rule, an event trigger and a statistics object have other names
-- drift: changed event trigger watch_tables name
-- drift: changed rule public.rooms.rooms_are_kept name
-- drift: changed statistics object public.users_places name
ALTER RULE rooms_are_kept ON rooms RENAME TO keep_rooms;
ALTER EVENT TRIGGER watch_tables RENAME TO watch;
ALTER STATISTICS users_places RENAME TO places_of_users;

-- change: a column of a statistics object, a check, an index condition and a view has another name
-- drift: changed column public.users.status name
ALTER TABLE users RENAME status TO account_state;

-- change: a policy has another name
-- drift: changed policy public.orders.orders_own name
ALTER POLICY orders_own ON orders RENAME TO own_orders;

-- change: a sequence that a column owns has another name
-- drift: changed sequence public.orders_id_seq name
ALTER SEQUENCE orders_id_seq RENAME TO order_numbers;

-- change: a sequence that nothing uses has another name; its numbers are those of no other
-- drift: changed sequence public.ticket_number name
ALTER SEQUENCE ticket_number RENAME TO tickets;

-- change: a sequence that a default uses has another name
-- drift: changed sequence public.numbers name
CREATE SEQUENCE numbers;
CREATE TABLE counted (n integer DEFAULT nextval('numbers'));
-- production:
ALTER SEQUENCE numbers RENAME TO figures;

-- change: a sequence like any other has another name, which nothing proves
-- drift: missing sequence public.numbers
-- drift: unexpected sequence public.figures
CREATE SEQUENCE numbers;
-- production:
ALTER SEQUENCE numbers RENAME TO figures;

-- change: an enumerated type has another name
-- drift: changed enum public.mood name
ALTER TYPE mood RENAME TO feeling;

-- change: another type with the same values is another type
-- drift: missing enum public.colour
-- drift: unexpected enum public.size
CREATE TYPE colour AS ENUM ('a', 'b');
-- production:
DROP TYPE colour;
CREATE TYPE size AS ENUM ('a', 'b');

-- change: a domain has another name
-- drift: changed domain public.email name
ALTER DOMAIN email RENAME TO mail;

-- change: a composite type has another name
-- drift: changed composite type public.address name
ALTER TYPE address RENAME TO place;

-- change: a view and a materialized view have other names
-- drift: changed materialized view public.daily_orders name
-- drift: changed view public.order_totals name
ALTER VIEW order_totals RENAME TO totals;
ALTER MATERIALIZED VIEW daily_orders RENAME TO orders_by_day;

-- change: a function has another name; its triggers go with it
-- drift: changed function public.touch() name
ALTER FUNCTION touch() RENAME TO touched;

-- change: a procedure and an aggregate have other names
-- drift: changed aggregate public.product(numeric) name
-- drift: changed procedure public.cleanup(integer) name
ALTER AGGREGATE product(numeric) RENAME TO multiplied;
ALTER PROCEDURE cleanup(integer) RENAME TO clean;

-- change: a range type has another name
-- drift: changed range type public.price_range name
CREATE TABLE priced (price price_range);
-- production:
ALTER TYPE price_range RENAME TO prices;

-- change: a schema has another name
-- drift: changed schema sales name
CREATE SCHEMA sales;
CREATE TABLE sales.a (id integer PRIMARY KEY);
CREATE TABLE sales.b (id integer REFERENCES sales.a);
CREATE VIEW sales.c AS SELECT id FROM sales.b;
-- production:
ALTER SCHEMA sales RENAME TO shop;

-- change: names that PostgreSQL made, after the same things were created in another order
-- drift: changed table public.made generatedNames
CREATE TABLE made (a integer, b integer REFERENCES users ON DELETE CASCADE, UNIQUE (b), CHECK (a > 0), CHECK (a < 10));
ALTER TABLE made ADD FOREIGN KEY (b) REFERENCES users ON DELETE SET NULL;
CREATE INDEX ON made (a);
CREATE INDEX ON made (a DESC);
-- production:
DROP TABLE made;
CREATE TABLE made (a integer, b integer REFERENCES users ON DELETE SET NULL, UNIQUE (b), CHECK (a < 10), CHECK (a > 0));
ALTER TABLE made ADD FOREIGN KEY (b) REFERENCES users ON DELETE CASCADE;
CREATE INDEX ON made (a DESC);
CREATE INDEX ON made (a);

-- change: one of several checks under names that PostgreSQL made is gone
-- drift: changed table public.checked generatedNames
-- drift: missing constraint public.checked.checked_a_check1
CREATE TABLE checked (a integer, CHECK (a > 0), CHECK (a < 10), CHECK (a <> 5));
-- production:
DROP TABLE checked;
CREATE TABLE checked (a integer, CHECK (a > 0), CHECK (a <> 5));

-- change: names that PostgreSQL made, for other checks
-- drift: changed constraint public.guarded.guarded_a_check definition
-- drift: changed constraint public.guarded.guarded_a_check1 definition
CREATE TABLE guarded (a integer, CHECK (a > 0), CHECK (a < 10));
-- production:
DROP TABLE guarded;
CREATE TABLE guarded (a integer, CHECK (a > 1), CHECK (a < 11));
