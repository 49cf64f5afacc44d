-- change: a schema is gone, with a view elsewhere that reads from it and a foreign key into it
-- drift: missing schema app
CREATE SCHEMA app;
CREATE TABLE app.a (id integer PRIMARY KEY);
CREATE VIEW reads_app AS SELECT id FROM app.a;
CREATE TABLE points_at_app (a_id integer REFERENCES app.a);
-- production:
DROP SCHEMA app CASCADE;

-- change: members of an extension are part of it, in whatever schema they are
-- drift: missing extension pg_trgm
CREATE SCHEMA ext;
CREATE EXTENSION pg_trgm SCHEMA ext;
-- production:
DROP EXTENSION pg_trgm;

-- change: a table is gone, with everything that reads it and hangs on it
-- drift: missing table public.sold
CREATE TABLE sold (id integer PRIMARY KEY, note text, buyer integer REFERENCES users);
CREATE VIEW sold_notes AS SELECT note FROM sold;
CREATE VIEW long_notes AS SELECT note FROM sold_notes WHERE length(note) > 80;
CREATE MATERIALIZED VIEW sold_count AS SELECT count(*) AS n FROM sold;
CREATE TABLE parcels (id integer PRIMARY KEY, sold_id integer REFERENCES sold);
CREATE POLICY own_parcels ON parcels USING (EXISTS (SELECT FROM sold WHERE sold.id = parcels.sold_id));
CREATE FUNCTION all_sold() RETURNS SETOF sold LANGUAGE sql AS 'SELECT * FROM sold';
CREATE TRIGGER sold_touch BEFORE UPDATE ON sold FOR EACH ROW EXECUTE FUNCTION touch();
-- production:
DROP TABLE sold CASCADE;

-- change: a column is gone, with everything that uses it
-- drift: missing column public.used.c
CREATE TABLE used (id integer PRIMARY KEY, c integer UNIQUE CHECK (c > 0), d integer);
ALTER TABLE used ADD twice integer GENERATED ALWAYS AS (c * 2) STORED;
CREATE INDEX used_by_c ON used (c, d);
CREATE VIEW used_d AS SELECT d FROM used WHERE c > 0;
CREATE TABLE points_at_used (c integer REFERENCES used (c));
CREATE TRIGGER used_touch BEFORE UPDATE OF c ON used FOR EACH ROW EXECUTE FUNCTION touch();
CREATE POLICY used_own ON used USING (c = 1);
-- production:
ALTER TABLE used DROP c CASCADE;

-- change: an enumerated type is gone, with the columns of it and what takes it
-- drift: missing enum public.colour
CREATE TYPE colour AS ENUM ('red', 'blue');
CREATE TABLE cars (id integer, body colour, roof colour DEFAULT 'red');
CREATE TABLE bikes (id integer, paint colour[]);
CREATE FUNCTION wheels(of_colour colour) RETURNS integer LANGUAGE sql AS 'SELECT 4';
-- production:
DROP TYPE colour CASCADE;

-- change: a function is gone, with its triggers, an index and a check
-- drift: missing function public.noted()
-- drift: missing function public.price(integer)
CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE FUNCTION price(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT n';
CREATE TRIGGER orders_noted BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION noted();
CREATE TRIGGER users_noted BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION noted();
CREATE TABLE priced (n integer CHECK (price(n) > 0));
CREATE INDEX priced_by_price ON priced (price(n));
-- production:
DROP FUNCTION noted() CASCADE;
DROP FUNCTION price(integer) CASCADE;

-- change: a primary key is gone, with the foreign keys that point at it
-- drift: missing constraint public.keys.keys_pkey
CREATE TABLE keys (id integer PRIMARY KEY);
CREATE TABLE doors (key_id integer REFERENCES keys);
CREATE TABLE gates (key_id integer REFERENCES keys);
-- production:
ALTER TABLE keys DROP CONSTRAINT keys_pkey CASCADE;

-- change: what is unexpected in a table of the model is told, whatever it uses
-- drift: unexpected function public.checked()
-- drift: unexpected trigger public.orders.orders_checked
CREATE FUNCTION checked() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER orders_checked BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION checked();

-- change: a table too many, with a view over it
-- drift: unexpected table public.scratchpad
CREATE TABLE scratchpad (a integer);
CREATE VIEW scratchpad_view AS SELECT a FROM scratchpad;

-- change: a partition is attached elsewhere; the copies of triggers go with it
-- drift: changed table public.events_2024 partitionOf
CREATE TABLE archive (LIKE events) PARTITION BY RANGE (happened_at);
-- production:
ALTER TABLE events DETACH PARTITION events_2024;
ALTER TABLE archive ATTACH PARTITION events_2024 FOR VALUES FROM ('2024-01-01 00:00:00+00') TO ('2025-01-01 00:00:00+00');

-- change: an index of a partitioned table is gone, and so are those of its partitions
-- drift: missing index public.events_user_idx
DROP INDEX events_user_idx;

-- change: an enumerated type was never made, its columns are text
-- drift: missing enum public.level
CREATE TYPE level AS ENUM ('low', 'high');
CREATE TABLE alarms (id integer, level level DEFAULT 'low');
CREATE TABLE rules (id integer, level level);
-- production:
ALTER TABLE alarms ALTER level DROP DEFAULT, ALTER level TYPE text;
ALTER TABLE alarms ALTER level SET DEFAULT 'low';
ALTER TABLE rules ALTER level TYPE text;
DROP TYPE level;

-- change: a function is gone, and with it a default that calls it
-- drift: missing function public.fresh()
CREATE FUNCTION fresh() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE TABLE numbered (n integer DEFAULT fresh());
-- production:
DROP FUNCTION fresh() CASCADE;

-- change: a sequence is gone, and with it the default that takes numbers from it
-- drift: missing sequence public.numbers
CREATE SEQUENCE numbers;
CREATE TABLE counted (n integer DEFAULT nextval('numbers'));
-- production:
DROP SEQUENCE numbers CASCADE;

-- change: a column has another type, and what uses it has other casts
-- drift: changed column public.labelled.label type
CREATE TABLE labelled (id integer, label character varying(20) DEFAULT 'new' CHECK (label IN ('new', 'old')));
CREATE INDEX labelled_new ON labelled (id) WHERE label = 'new';
CREATE INDEX labelled_lower ON labelled (lower(label));
CREATE VIEW labelled_new_ones AS SELECT id FROM labelled WHERE label = 'new';
-- production:
DROP VIEW labelled_new_ones;
ALTER TABLE labelled ALTER label TYPE text;
CREATE VIEW labelled_new_ones AS SELECT id FROM labelled WHERE label = 'new';

-- change: a column has another type and its check another value
-- drift: changed column public.labelled.label type
-- drift: changed constraint public.labelled.labelled_label_check definition
CREATE TABLE labelled (id integer, label character varying(20) CHECK (label IN ('new', 'old')));
-- production:
ALTER TABLE labelled ALTER label TYPE text;
ALTER TABLE labelled DROP CONSTRAINT labelled_label_check, ADD CHECK (label IN ('new', 'gone'));

-- change: a column has another type, and so have the columns of views that give it another name
-- drift: changed column public.paid.amount type
CREATE TABLE paid (id integer, amount numeric(10, 2));
CREATE VIEW paid_totals AS SELECT id, amount AS total FROM paid;
CREATE VIEW paid_sums AS SELECT total AS sum FROM paid_totals;
-- production:
DROP VIEW paid_totals CASCADE;
ALTER TABLE paid ALTER amount TYPE numeric(12, 2);
CREATE VIEW paid_totals AS SELECT id, amount AS total FROM paid;
CREATE VIEW paid_sums AS SELECT total AS sum FROM paid_totals;

-- change: a serial column is an identity column, and so has no sequence of its own
-- drift: changed column public.numbered.id identity
CREATE TABLE numbered (id serial PRIMARY KEY);
-- production:
ALTER TABLE numbered ALTER id DROP DEFAULT;
DROP SEQUENCE numbered_id_seq;
ALTER TABLE numbered ALTER id ADD GENERATED BY DEFAULT AS IDENTITY;

-- change: an identity column is a serial column
-- drift: changed column public.numbered.id identity
CREATE TABLE numbered (id integer GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY);
-- production:
ALTER TABLE numbered ALTER id DROP IDENTITY;
CREATE SEQUENCE numbered_id_seq OWNED BY numbered.id;
ALTER TABLE numbered ALTER id SET DEFAULT nextval('numbered_id_seq');

-- change: a table is partitioned, with partitions
-- drift: changed table public.log form
CREATE TABLE log (id bigint NOT NULL, at date NOT NULL, PRIMARY KEY (id, at));
-- production:
DROP TABLE log;
CREATE TABLE log (id bigint NOT NULL, at date NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE log_2 PARTITION OF log FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
