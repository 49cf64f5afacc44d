-- change: an index is gone
-- drift: missing index public.orders_user_idx
DROP INDEX orders_user_idx;

-- change: an index too many
-- drift: unexpected index public.orders_note_idx
CREATE INDEX orders_note_idx ON orders (note);

-- change: an index on another table
-- drift: missing index public.orders_user_idx
-- drift: unexpected index public.orders_user_idx
DROP INDEX orders_user_idx;
CREATE INDEX orders_user_idx ON events_2024 (user_id);

-- change: an index is no longer unique
-- drift: changed index public.users_contact_idx unique
DROP INDEX users_contact_idx;
CREATE INDEX users_contact_idx ON users (contact) INCLUDE (score);

-- change: an index of another column
-- drift: changed index public.orders_user_idx definition
DROP INDEX orders_user_idx;
CREATE INDEX orders_user_idx ON orders (amount);

-- change: an index of columns in another order
-- drift: changed index public.pair_idx definition
CREATE INDEX pair_idx ON orders (user_id, amount);
-- production:
DROP INDEX pair_idx;
CREATE INDEX pair_idx ON orders (amount, user_id);

-- change: an index that sorts the other way
-- drift: changed index public.users_born_idx definition
DROP INDEX users_born_idx;
CREATE INDEX users_born_idx ON users (born ASC NULLS LAST);

-- change: an index that sorts nulls elsewhere
-- drift: changed index public.users_born_idx definition
DROP INDEX users_born_idx;
CREATE INDEX users_born_idx ON users (born DESC NULLS FIRST);

-- change: an index of another method
-- drift: changed index public.orders_user_idx definition
DROP INDEX orders_user_idx;
CREATE INDEX orders_user_idx ON orders USING hash (user_id);

-- change: another operator class
-- drift: changed index public.users_lower_login_idx definition
DROP INDEX users_lower_login_idx;
CREATE INDEX users_lower_login_idx ON users (lower(login)) WHERE status = 'active';

-- change: another collation
-- drift: changed index public.note_idx definition
CREATE INDEX note_idx ON orders (note);
-- production:
DROP INDEX note_idx;
CREATE INDEX note_idx ON orders (note COLLATE "C");

-- change: an operator class with parameters
-- drift: changed index public.document_idx definition
CREATE TABLE documents (words tsvector);
CREATE INDEX document_idx ON documents USING gist (words);
-- production:
DROP INDEX document_idx;
CREATE INDEX document_idx ON documents USING gist (words tsvector_ops (siglen = 100));

-- change: an index that includes no column
-- drift: changed index public.users_contact_idx definition
DROP INDEX users_contact_idx;
CREATE UNIQUE INDEX users_contact_idx ON users (contact);

-- change: an index of another expression
-- drift: changed index public.users_lower_login_idx definition
DROP INDEX users_lower_login_idx;
CREATE INDEX users_lower_login_idx ON users (upper(login) text_pattern_ops) WHERE status = 'active';

-- change: nulls are duplicates
-- since: 15
-- drift: changed index public.users_contact_idx nullsNotDistinct
DROP INDEX users_contact_idx;
CREATE UNIQUE INDEX users_contact_idx ON users (contact) INCLUDE (score) NULLS NOT DISTINCT;

-- change: another condition
-- drift: changed index public.users_lower_login_idx predicate
DROP INDEX users_lower_login_idx;
CREATE INDEX users_lower_login_idx ON users (lower(login) text_pattern_ops) WHERE status = 'new';

-- change: no condition
-- drift: changed index public.users_lower_login_idx predicate
DROP INDEX users_lower_login_idx;
CREATE INDEX users_lower_login_idx ON users (lower(login) text_pattern_ops);

-- change: an index whose building failed
-- drift: changed index public.users_contact_idx valid
UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'users_contact_idx'::regclass;

-- change: the index of a constraint is not valid
-- drift: changed index public.users_login_key valid
UPDATE pg_index SET indisready = false WHERE indexrelid = 'users_login_key'::regclass;

-- change: another fill factor
-- drift: changed index public.users_born_idx options
ALTER INDEX users_born_idx SET (fillfactor = 50);

-- change: another fill factor in the index of a primary key
-- drift: changed index public.users_pkey options
ALTER INDEX users_pkey SET (fillfactor = 50);

-- change: options and a condition at once are told apart
-- drift: changed index public.optional_idx options
CREATE INDEX optional_idx ON orders (note) WITH (fillfactor = 60, deduplicate_items = off) WHERE note <> ' WITH (fillfactor = 10)';
-- production:
ALTER INDEX optional_idx SET (fillfactor = 61);

-- change: another tablespace
-- since: 15
-- drift: changed index public.users_born_idx tablespace
ALTER INDEX users_born_idx SET TABLESPACE spare;

-- change: statistics of an expression
-- drift: changed index public.users_lower_login_idx statisticsTargets
ALTER INDEX users_lower_login_idx ALTER COLUMN 1 SET STATISTICS 1000;

-- change: an index of a partition is attached to that of the partitioned table
-- drift: changed index public.thirds_1_k_idx partitionOf
CREATE TABLE thirds (k integer) PARTITION BY LIST (k);
CREATE TABLE thirds_1 PARTITION OF thirds FOR VALUES IN (1);
CREATE INDEX thirds_1_k_idx ON thirds_1 (k);
CREATE INDEX thirds_k_idx ON ONLY thirds (k);
UPDATE pg_index SET indisvalid = true WHERE indexrelid = 'thirds_k_idx'::regclass;
-- production:
ALTER INDEX thirds_k_idx ATTACH PARTITION thirds_1_k_idx;

-- change: an index of a partitioned table is gone, from its partitions too
-- drift: missing index public.events_user_idx
DROP INDEX events_user_idx;

-- change: an index of a materialized view is gone
-- drift: missing index public.daily_orders_day_idx
DROP INDEX daily_orders_day_idx;
