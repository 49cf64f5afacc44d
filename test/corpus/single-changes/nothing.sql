-- change: statistics are gathered
-- drift: none
INSERT INTO users (login, contact) SELECT 'user ' || n, n || '@example.org' FROM generate_series(1, 500) n;
ANALYZE;

-- change: rows come and go
-- drift: none
INSERT INTO orders (user_id) SELECT id FROM users;
DELETE FROM orders;
TRUNCATE orders CASCADE;

-- change: a table is written anew
-- alone
-- drift: none
VACUUM FULL users;

-- change: everything is vacuumed
-- alone
-- drift: none
VACUUM (FREEZE, ANALYZE);

-- change: indexes are built anew
-- alone
-- drift: none
REINDEX TABLE users;
REINDEX TABLE CONCURRENTLY orders;

-- change: sequences move on
-- drift: none
SELECT nextval('ticket_number'), nextval('users_id_seq'), setval('orders_id_seq', 5000);

-- change: a sequence is restarted
-- drift: none
ALTER SEQUENCE ticket_number RESTART;

-- change: the last column is dropped and added again
-- drift: none
ALTER TABLE orders DROP note;
ALTER TABLE orders ADD note text;

-- change: a column came and went
-- drift: none
ALTER TABLE users ADD fleeting integer DEFAULT 5;
ALTER TABLE users DROP fleeting;

-- change: a column that comes last was added with a default for the rows that are there
-- drift: none
ALTER TABLE orders ADD flag boolean NOT NULL DEFAULT true;
-- production:
ALTER TABLE orders DROP flag;
ALTER TABLE orders ADD flag boolean;
UPDATE orders SET flag = true;
ALTER TABLE orders ALTER flag SET NOT NULL, ALTER flag SET DEFAULT true;

-- change: an index is built in another way
-- alone
-- drift: none
DROP INDEX orders_user_idx;
CREATE INDEX CONCURRENTLY orders_user_idx ON orders (user_id);

-- change: a constraint is validated later
-- drift: none
ALTER TABLE orders DROP CONSTRAINT orders_user_fk;
ALTER TABLE orders ADD CONSTRAINT orders_user_fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT orders_user_fk;

-- change: a unique constraint is made of an index
-- drift: none
ALTER TABLE users DROP CONSTRAINT users_login_key;
CREATE UNIQUE INDEX users_login_new ON users (login);
ALTER TABLE users ADD CONSTRAINT users_login_key UNIQUE USING INDEX users_login_new;

-- change: names come back
-- drift: none
ALTER TABLE users RENAME TO people;
ALTER TABLE people RENAME login TO handle;
ALTER TABLE people RENAME handle TO login;
ALTER TABLE people RENAME TO users;

-- change: triggers are off for a while
-- drift: none
ALTER TABLE orders DISABLE TRIGGER ALL;
ALTER TABLE orders ENABLE TRIGGER ALL;

-- change: a partition leaves and comes back
-- drift: none
ALTER TABLE events DETACH PARTITION events_2024;
ALTER TABLE events ATTACH PARTITION events_2024 FOR VALUES FROM ('2024-01-01 00:00:00+00') TO ('2025-01-01 00:00:00+00');

-- change: a table is switched to unlogged and back
-- drift: none
ALTER TABLE rooms SET UNLOGGED;
ALTER TABLE rooms SET LOGGED;

-- change: a materialized view is refreshed
-- alone
-- drift: none
REFRESH MATERIALIZED VIEW daily_orders;
REFRESH MATERIALIZED VIEW CONCURRENTLY daily_orders;

-- change: a materialized view that the model has not filled is filled
-- drift: none
REFRESH MATERIALIZED VIEW daily_orders WITH NO DATA;
-- production:
REFRESH MATERIALIZED VIEW daily_orders;

-- change: routines and views are replaced by themselves
-- drift: none
CREATE OR REPLACE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE OR REPLACE VIEW active_users AS SELECT id, login, score FROM users WHERE status = 'active';

-- change: a value of an enumerated type was added between two others
-- drift: none
CREATE TYPE grade AS ENUM ('a', 'b', 'c');
-- production:
DROP TYPE grade;
CREATE TYPE grade AS ENUM ('a', 'c');
ALTER TYPE grade ADD VALUE 'b' BEFORE 'c';

-- change: the rows of an identity column are numbered on
-- drift: none
ALTER TABLE users ALTER id RESTART WITH 9000;

-- change: a temporary table of a session that is still there
-- drift: none
CREATE TEMPORARY TABLE scratch (a integer PRIMARY KEY);
CREATE TEMPORARY VIEW scratch_view AS SELECT 1 AS one;
