-- change: a primary key is gone
-- drift: missing constraint billing.invoices.invoices_pkey
ALTER TABLE billing.invoices DROP CONSTRAINT invoices_pkey;

-- change: a unique constraint is gone, with its index
-- drift: missing constraint public.users.users_login_key
ALTER TABLE users DROP CONSTRAINT users_login_key;

-- change: a unique index where the model has a constraint
-- drift: missing constraint public.users.users_login_key
-- drift: unexpected index public.users_login_key
ALTER TABLE users DROP CONSTRAINT users_login_key;
CREATE UNIQUE INDEX users_login_key ON users (login);

-- change: a foreign key is gone
-- drift: missing constraint public.orders.orders_user_fk
ALTER TABLE orders DROP CONSTRAINT orders_user_fk;

-- change: a check is gone
-- drift: missing constraint public.users.users_status_known
ALTER TABLE users DROP CONSTRAINT users_status_known;

-- change: an exclusion constraint is gone
-- drift: missing constraint public.rooms.rooms_no_overlap
ALTER TABLE rooms DROP CONSTRAINT rooms_no_overlap;

-- change: a check too many
-- drift: unexpected constraint public.orders.orders_amount_positive
ALTER TABLE orders ADD CONSTRAINT orders_amount_positive CHECK (amount > 0);

-- change: a check of a parent is gone, in its children too
-- drift: missing constraint public.animals.animals_legs_check
ALTER TABLE animals DROP CONSTRAINT animals_legs_check;

-- change: a foreign key of a partitioned table is gone, in its partitions too
-- drift: missing constraint public.events.events_user_id_fkey
ALTER TABLE events DROP CONSTRAINT events_user_id_fkey;

-- change: a unique constraint became the primary key
-- drift: changed constraint public.keyed.keyed_id definition
-- drift: changed constraint public.keyed.keyed_id type
CREATE TABLE keyed (id integer NOT NULL, CONSTRAINT keyed_id UNIQUE (id));
-- production:
ALTER TABLE keyed DROP CONSTRAINT keyed_id;
ALTER TABLE keyed ADD CONSTRAINT keyed_id PRIMARY KEY (id);

-- change: a unique constraint covers other columns
-- drift: changed constraint public.users.users_login_key definition
ALTER TABLE users DROP CONSTRAINT users_login_key;
ALTER TABLE users ADD CONSTRAINT users_login_key UNIQUE (login, born);

-- change: a unique constraint includes a column
-- drift: changed constraint public.users.users_login_key definition
ALTER TABLE users DROP CONSTRAINT users_login_key;
ALTER TABLE users ADD CONSTRAINT users_login_key UNIQUE (login) INCLUDE (born);

-- change: a unique constraint takes one null only
-- since: 15
-- drift: changed constraint public.users.users_login_key definition
ALTER TABLE users DROP CONSTRAINT users_login_key;
ALTER TABLE users ADD CONSTRAINT users_login_key UNIQUE NULLS NOT DISTINCT (login);

-- change: a check asks for something else
-- drift: changed constraint public.users.users_score_positive definition
ALTER TABLE users DROP CONSTRAINT users_score_positive;
ALTER TABLE users ADD CONSTRAINT users_score_positive CHECK (score > 0 AND score BETWEEN 0 AND 1000);

-- change: a check knows a value more
-- drift: changed constraint public.users.users_status_known definition
ALTER TABLE users DROP CONSTRAINT users_status_known;
ALTER TABLE users ADD CONSTRAINT users_status_known CHECK (status IN ('new', 'active', 'gone', 'asleep'));

-- change: a foreign key no longer deletes
-- drift: changed constraint public.orders.orders_user_fk definition
ALTER TABLE orders DROP CONSTRAINT orders_user_fk;
ALTER TABLE orders ADD CONSTRAINT orders_user_fk FOREIGN KEY (user_id) REFERENCES users (id);

-- change: a foreign key sets some of its columns to null only
-- since: 15
-- drift: changed constraint public.pairs.pairs_fk definition
CREATE TABLE places (a integer, b integer, PRIMARY KEY (a, b));
CREATE TABLE pairs (a integer, b integer, CONSTRAINT pairs_fk FOREIGN KEY (a, b) REFERENCES places ON DELETE SET NULL);
-- production:
ALTER TABLE pairs DROP CONSTRAINT pairs_fk;
ALTER TABLE pairs ADD CONSTRAINT pairs_fk FOREIGN KEY (a, b) REFERENCES places ON DELETE SET NULL (b);

-- change: an exclusion constraint compares otherwise
-- drift: changed constraint public.rooms.rooms_no_overlap definition
ALTER TABLE rooms DROP CONSTRAINT rooms_no_overlap;
ALTER TABLE rooms ADD CONSTRAINT rooms_no_overlap EXCLUDE USING gist (during WITH =);

-- change: a period that may not overlap
-- since: 18
-- drift: changed constraint public.bookings.bookings_pkey definition
CREATE EXTENSION btree_gist;
CREATE TABLE bookings (room integer, during tstzrange, CONSTRAINT bookings_pkey PRIMARY KEY (room, during));
-- production:
ALTER TABLE bookings DROP CONSTRAINT bookings_pkey;
ALTER TABLE bookings ADD CONSTRAINT bookings_pkey PRIMARY KEY (room, during WITHOUT OVERLAPS);

-- change: a foreign key can be deferred
-- drift: changed constraint public.orders.orders_user_fk deferrable
ALTER TABLE orders ALTER CONSTRAINT orders_user_fk DEFERRABLE;

-- change: a foreign key is deferred from the start
-- drift: changed constraint public.late.late_fk initiallyDeferred
CREATE TABLE late (user_id integer, CONSTRAINT late_fk FOREIGN KEY (user_id) REFERENCES users DEFERRABLE);
-- production:
ALTER TABLE late ALTER CONSTRAINT late_fk DEFERRABLE INITIALLY DEFERRED;

-- change: a foreign key that existing rows need not meet
-- drift: changed constraint public.orders.orders_user_fk validated
ALTER TABLE orders DROP CONSTRAINT orders_user_fk;
ALTER TABLE orders ADD CONSTRAINT orders_user_fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE NOT VALID;

-- change: a check that existing rows need not meet
-- drift: changed constraint public.users.users_status_known validated
ALTER TABLE users DROP CONSTRAINT users_status_known;
ALTER TABLE users ADD CONSTRAINT users_status_known CHECK (status IN ('new', 'active', 'gone')) NOT VALID;

-- change: a foreign key that is not enforced
-- since: 18
-- drift: changed constraint public.orders.orders_user_fk enforced
ALTER TABLE orders ALTER CONSTRAINT orders_user_fk NOT ENFORCED;

-- change: a check that child tables are not bound by
-- drift: changed constraint public.animals.animals_named noInherit
-- drift: missing constraint public.dogs.animals_named
ALTER TABLE animals ADD CONSTRAINT animals_named CHECK (name <> '');
-- production:
ALTER TABLE animals DROP CONSTRAINT animals_named;
ALTER TABLE animals ADD CONSTRAINT animals_named CHECK (name <> '') NO INHERIT;

-- change: an inherited check is declared as well
-- drift: changed constraint public.cats.named inheritance
CREATE TABLE felines (name text, CONSTRAINT named CHECK (name <> ''));
CREATE TABLE cats () INHERITS (felines);
-- production:
DROP TABLE cats;
CREATE TABLE cats (CONSTRAINT named CHECK (name <> '')) INHERITS (felines);

-- change: the key of a partition belongs to that of the partitioned table
-- drift: changed constraint public.halves_1.halves_1_key partitionOf
-- drift: changed index public.halves_key valid
CREATE TABLE halves (k integer) PARTITION BY LIST (k);
CREATE TABLE halves_1 (k integer, CONSTRAINT halves_1_key UNIQUE (k));
ALTER TABLE halves ATTACH PARTITION halves_1 FOR VALUES IN (1);
ALTER TABLE ONLY halves ADD CONSTRAINT halves_key UNIQUE (k);
-- production:
ALTER INDEX halves_key ATTACH PARTITION halves_1_key;

-- change: a foreign key is switched off by the triggers of its table
-- drift: changed constraint public.orders.orders_user_fk checkTriggers
-- drift: changed constraint billing.invoices.invoices_order_id_fkey actionTriggers
-- drift: changed trigger public.orders.orders_check enabled
ALTER TABLE orders DISABLE TRIGGER ALL;

-- change: a foreign key no longer deletes, since the triggers of the referenced table are switched off
-- drift: changed constraint public.owned.owned_fk actionTriggers
CREATE TABLE owners (id integer PRIMARY KEY);
CREATE TABLE owned (owner_id integer, CONSTRAINT owned_fk FOREIGN KEY (owner_id) REFERENCES owners ON DELETE CASCADE);
-- production:
ALTER TABLE owners DISABLE TRIGGER ALL;

-- change: the same on one partition of the referenced table
-- drift: changed constraint public.owned.owned_fk actionTriggers
CREATE TABLE owners (id integer PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE owners_1 PARTITION OF owners FOR VALUES FROM (1) TO (10);
CREATE TABLE owned (owner_id integer, CONSTRAINT owned_fk FOREIGN KEY (owner_id) REFERENCES owners ON DELETE CASCADE);
-- production:
ALTER TABLE owners_1 DISABLE TRIGGER ALL;

-- change: the foreign key of one partition is switched off
-- drift: changed constraint public.events_2024.events_user_id_fkey checkTriggers
-- drift: changed trigger public.events_2024.events_touch enabled
ALTER TABLE events_2024 DISABLE TRIGGER ALL;

-- change: a domain's check is gone
-- drift: missing constraint public.email.email_has_at
ALTER DOMAIN email DROP CONSTRAINT email_has_at;

-- change: a domain's check too many
-- drift: unexpected constraint public.plain_text.not_empty
ALTER DOMAIN plain_text ADD CONSTRAINT not_empty CHECK (VALUE <> '');

-- change: a domain's check asks for something else
-- drift: changed constraint public.email.email_has_at definition
ALTER DOMAIN email DROP CONSTRAINT email_has_at;
ALTER DOMAIN email ADD CONSTRAINT email_has_at CHECK (VALUE LIKE '%@%.%');

-- change: a domain's check that existing values need not meet
-- drift: changed constraint public.email.email_has_at validated
ALTER DOMAIN email DROP CONSTRAINT email_has_at;
ALTER DOMAIN email ADD CONSTRAINT email_has_at CHECK (VALUE LIKE '%@%') NOT VALID;
