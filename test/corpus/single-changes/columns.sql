-- change: a column is gone
-- drift: missing column public.users.notes
ALTER TABLE users DROP notes;

-- change: a column is gone, with the index and the unique constraint on it
-- drift: missing column public.users.api_key
ALTER TABLE users ADD api_key text UNIQUE;
CREATE INDEX users_api_key_idx ON users (lower(api_key));
-- production:
ALTER TABLE users DROP api_key;

-- change: a column too many
-- drift: unexpected column public.users.region
ALTER TABLE users ADD region text NOT NULL DEFAULT 'eu';

-- change: a column of a partitioned table is gone, from its partitions too
-- drift: missing column public.events.payload
ALTER TABLE events DROP payload;

-- change: another type
-- drift: changed column public.users.tags type
ALTER TABLE users ALTER tags DROP DEFAULT;
ALTER TABLE users ALTER tags TYPE character varying[] ;
ALTER TABLE users ALTER tags SET DEFAULT '{}';
-- production:
ALTER TABLE users ALTER tags TYPE text[] ;

-- change: a longer character varying
-- drift: changed column public.orders.note type
ALTER TABLE orders ALTER note TYPE character varying(100);
-- production:
ALTER TABLE orders ALTER note TYPE character varying(200);

-- change: another precision
-- drift: changed column public.billing_amounts.amount type
CREATE TABLE billing_amounts (amount numeric(10, 2));
-- production:
ALTER TABLE billing_amounts ALTER amount TYPE numeric(12, 2);

-- change: a type with the same name in another schema
-- drift: changed column public.moody.mood type
CREATE TYPE billing.mood AS ENUM ('low', 'high');
CREATE TABLE moody (mood mood);
-- production:
ALTER TABLE moody ALTER mood TYPE billing.mood USING 'low';

-- change: the type of a column of a partitioned table, in its partitions too
-- drift: changed column public.events.payload type
ALTER TABLE events ALTER payload TYPE json;

-- change: the type of a column, and so of the views that select it
-- drift: changed column public.priced.price type
CREATE TABLE priced (id integer, price numeric(10, 2));
CREATE VIEW prices AS SELECT id, price FROM priced WHERE price > 0;
CREATE VIEW high_prices AS SELECT price FROM prices WHERE price > 100;
-- production:
DROP VIEW prices CASCADE;
ALTER TABLE priced ALTER price TYPE numeric(12, 2);
CREATE VIEW prices AS SELECT id, price FROM priced WHERE price > 0;
CREATE VIEW high_prices AS SELECT price FROM prices WHERE price > 100;

-- change: a column takes nulls
-- drift: changed column public.orders.placed_at nullable
ALTER TABLE orders ALTER placed_at DROP NOT NULL;

-- change: a column takes no nulls
-- drift: changed column public.orders.amount nullable
ALTER TABLE orders ALTER amount SET NOT NULL;

-- change: a partition alone takes no nulls
-- drift: changed column public.events_2024.payload nullable
ALTER TABLE events_2024 ALTER payload SET NOT NULL;

-- change: a default is gone
-- drift: changed column public.orders.placed_at default
ALTER TABLE orders ALTER placed_at DROP DEFAULT;

-- change: another default
-- drift: changed column public.users.score default
ALTER TABLE users ALTER score SET DEFAULT 1;

-- change: a default where the model has none
-- drift: changed column public.orders.note default
ALTER TABLE orders ALTER note SET DEFAULT '';

-- change: the default of a view's column
-- drift: changed column public.active_users.score default
ALTER VIEW active_users ALTER score SET DEFAULT 5;

-- change: a column is no longer generated
-- drift: changed column public.users.full_name generated
ALTER TABLE users ALTER full_name DROP EXPRESSION;

-- change: a column is generated from another expression
-- drift: changed column public.computed.b generationExpression
CREATE TABLE computed (a integer, b integer GENERATED ALWAYS AS (a + 1) STORED);
-- production:
ALTER TABLE computed DROP b;
ALTER TABLE computed ADD b integer GENERATED ALWAYS AS (a + 2) STORED;

-- change: a generated column is computed when it is read
-- since: 18
-- drift: changed column public.computed.b generated
CREATE TABLE computed (a integer, b integer GENERATED ALWAYS AS (a + 1) STORED);
-- production:
ALTER TABLE computed DROP b;
ALTER TABLE computed ADD b integer GENERATED ALWAYS AS (a + 1) VIRTUAL;

-- change: a column is no longer an identity column
-- drift: changed column public.users.id identity
ALTER TABLE users ALTER id DROP IDENTITY;

-- change: an identity column refuses values of its own
-- drift: changed column public.users.id identity
ALTER TABLE users ALTER id SET GENERATED ALWAYS;

-- change: the sequence of an identity column is renamed
-- drift: changed column public.users.id identitySequence
ALTER SEQUENCE users_id_seq RENAME TO users_ids;

-- change: the sequence of an identity column counts smaller numbers
-- drift: changed column public.users.id identityType
ALTER SEQUENCE users_id_seq AS smallint;

-- change: an identity column starts elsewhere
-- drift: changed column public.users.id identityStart
ALTER TABLE users ALTER id SET START WITH 5000;

-- change: an identity column counts in other steps
-- drift: changed column public.users.id identityIncrement
ALTER TABLE users ALTER id SET INCREMENT BY 10;

-- change: an identity column has another smallest value
-- drift: changed column public.users.id identityMinimum
ALTER TABLE users ALTER id SET MINVALUE 500;

-- change: an identity column has another largest value
-- drift: changed column public.users.id identityMaximum
ALTER TABLE users ALTER id SET MAXVALUE 5000;

-- change: an identity column takes more values at once
-- drift: changed column public.users.id identityCache
ALTER TABLE users ALTER id SET CACHE 50;

-- change: an identity column starts again at its end
-- drift: changed column public.users.id identityCycle
ALTER TABLE users ALTER id SET CYCLE;

-- change: the sequence of an identity column is unlogged
-- since: 15
-- drift: changed column public.users.id identityPersistence
ALTER SEQUENCE users_id_seq SET UNLOGGED;

-- change: another collation
-- drift: changed column public.orders.note collation
ALTER TABLE orders ALTER note TYPE text COLLATE "C";

-- change: stored outside the row and uncompressed
-- drift: changed column public.users.notes storage
ALTER TABLE users ALTER notes SET STORAGE EXTERNAL;

-- change: a compression method
-- since: 14
-- drift: changed column public.users.notes compression
ALTER TABLE users ALTER notes SET COMPRESSION pglz;

-- change: a statistics target
-- drift: changed column public.users.notes statisticsTarget
ALTER TABLE users ALTER notes SET STATISTICS 500;

-- change: no statistics at all
-- drift: changed column public.users.notes statisticsTarget
ALTER TABLE users ALTER notes SET STATISTICS 0;

-- change: a planner option
-- drift: changed column public.users.notes options
ALTER TABLE users ALTER notes SET (n_distinct = 100);

-- change: a foreign column of another name
-- drift: changed column public.old_orders.id foreignOptions
ALTER FOREIGN TABLE old_orders ALTER id OPTIONS (SET column_name 'number');

-- change: an inherited column is declared as well
-- drift: changed column public.cats.name inheritance
CREATE TABLE felines (name text);
CREATE TABLE cats () INHERITS (felines);
-- production:
DROP TABLE cats;
CREATE TABLE cats (name text) INHERITS (felines);

-- change: a NOT NULL constraint of another name
-- since: 18
-- drift: changed column public.orders.user_id notNullName
ALTER TABLE orders RENAME CONSTRAINT orders_user_id_not_null TO orders_need_users;

-- change: a NOT NULL constraint that existing rows need not meet
-- since: 18
-- drift: changed column public.orders.amount notNullValidated
ALTER TABLE orders ADD NOT NULL amount;
-- production:
ALTER TABLE orders ALTER amount DROP NOT NULL;
ALTER TABLE orders ADD NOT NULL amount NOT VALID;

-- change: a NOT NULL constraint that child tables are not bound by
-- since: 18
-- drift: changed column public.felines.name notNullNoInherit
CREATE TABLE felines (name text, CONSTRAINT named NOT NULL name);
-- production:
ALTER TABLE felines DROP CONSTRAINT named;
ALTER TABLE felines ADD CONSTRAINT named NOT NULL name NO INHERIT;

-- change: a partition of a partition lost its identity, by its table being detached and attached again
-- since: 17
-- drift: changed column public.numbered_1.n identityLost
CREATE TABLE numbered (n integer GENERATED ALWAYS AS IDENTITY, k integer) PARTITION BY LIST (k);
CREATE TABLE numbered_low PARTITION OF numbered FOR VALUES IN (1, 2) PARTITION BY LIST (k);
CREATE TABLE numbered_1 PARTITION OF numbered_low FOR VALUES IN (1);
-- production:
ALTER TABLE numbered DETACH PARTITION numbered_low;
ALTER TABLE numbered ATTACH PARTITION numbered_low FOR VALUES IN (1, 2);

-- change: a child table says NOT NULL itself as well
-- since: 18
-- drift: changed column public.dogs.name notNullInheritance
ALTER TABLE ONLY dogs ALTER name SET NOT NULL;
