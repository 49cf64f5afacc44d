-- change: a table is gone, with its columns, constraints and indexes
-- drift: missing table public.rooms
DROP TABLE rooms;

-- change: a table that others refer to is gone, with their foreign keys
-- drift: missing table public.parents
CREATE TABLE parents (id integer PRIMARY KEY);
CREATE TABLE children (id integer PRIMARY KEY, parent_id integer REFERENCES parents);
-- production:
DROP TABLE parents CASCADE;

-- change: a table too many
-- drift: unexpected table public.backup_of_users
CREATE TABLE backup_of_users AS SELECT * FROM users;

-- change: a table became a partitioned one
-- drift: changed table public.plain form
CREATE TABLE plain (a integer);
-- production:
DROP TABLE plain;
CREATE TABLE plain (a integer) PARTITION BY LIST (a);

-- change: an unlogged table became a logged one
-- drift: changed table public.cache persistence
ALTER TABLE cache SET LOGGED;

-- change: another access method
-- drift: changed table public.stored accessMethod
CREATE ACCESS METHOD heap_too TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE stored (a integer);
-- production:
DROP TABLE stored;
CREATE TABLE stored (a integer) USING heap_too;

-- change: another tablespace
-- since: 15
-- drift: changed table public.users tablespace
ALTER TABLE users SET TABLESPACE spare;

-- change: another fill factor
-- drift: changed table public.users options
ALTER TABLE users SET (fillfactor = 70);

-- change: autovacuum is switched off
-- drift: changed table public.users options
ALTER TABLE users SET (autovacuum_enabled = false);

-- change: another option for the TOAST table
-- drift: changed table public.users toastOptions
ALTER TABLE users SET (toast.autovacuum_enabled = false);

-- change: the columns stand in another order
-- drift: changed table public.ordered columnOrder
CREATE TABLE ordered (a integer, b text, c date);
-- production:
ALTER TABLE ordered DROP a;
ALTER TABLE ordered ADD a integer;

-- change: a table no longer inherits
-- drift: changed table public.dogs inherits
ALTER TABLE dogs NO INHERIT animals;

-- change: a table inherits from a second one
-- drift: changed table public.dogs inherits
CREATE TABLE pets (name text NOT NULL);
-- production:
ALTER TABLE dogs INHERIT pets;

-- change: a partition is detached; the copies of the table's trigger go with it
-- drift: changed table public.events_2024 partitionOf
ALTER TABLE events DETACH PARTITION events_2024;

-- change: a partition holds other rows
-- drift: changed table public.events_2025 partitionBound
ALTER TABLE events DETACH PARTITION events_2025;
ALTER TABLE events ATTACH PARTITION events_2025 FOR VALUES FROM ('2025-01-01 00:00:00+00') TO ('2025-07-01 00:00:00+00');

-- change: a partition too many, with all that comes with it
-- drift: unexpected table public.events_2026
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01 00:00:00+00') TO ('2027-01-01 00:00:00+00');

-- change: a partitioned table is gone, with its partitions
-- drift: missing table public.events
DROP TABLE events;

-- change: a concurrent detach was not finished
-- since: 14
-- drift: changed table public.events_2024 detachPending
UPDATE pg_inherits SET inhdetachpending = true WHERE inhrelid = 'events_2024'::regclass;

-- change: rows are spread by another key
-- drift: changed table public.spread partitionKey
CREATE TABLE spread (a integer, b integer) PARTITION BY HASH (a);
-- production:
DROP TABLE spread;
CREATE TABLE spread (a integer, b integer) PARTITION BY HASH (b);

-- change: a typed table no longer follows its type
-- drift: changed table public.settings ofType
ALTER TABLE settings NOT OF;

-- change: row-level security is switched on
-- drift: changed table public.users rowSecurity
ALTER TABLE users ENABLE ROW LEVEL SECURITY;

-- change: row-level security is switched off
-- drift: changed table public.orders rowSecurity
ALTER TABLE orders DISABLE ROW LEVEL SECURITY;

-- change: row-level security binds the owner too
-- drift: changed table public.orders forceRowSecurity
ALTER TABLE orders FORCE ROW LEVEL SECURITY;

-- change: logical replication sends whole rows
-- drift: changed table public.users replicaIdentity
ALTER TABLE users REPLICA IDENTITY FULL;

-- change: logical replication identifies rows by an index
-- drift: changed table public.users replicaIdentity
ALTER TABLE users REPLICA IDENTITY USING INDEX users_login_key;

-- change: CLUSTER sorts by an index
-- drift: changed table public.users clusteredOn
ALTER TABLE users CLUSTER ON users_born_idx;

-- change: a foreign table on another server
-- drift: changed table public.remote_rows server
CREATE SERVER spare_archive FOREIGN DATA WRAPPER remote;
CREATE FOREIGN TABLE remote_rows (a integer) SERVER archive;
-- production:
DROP FOREIGN TABLE remote_rows;
CREATE FOREIGN TABLE remote_rows (a integer) SERVER spare_archive;

-- change: a foreign table reads another table
-- drift: changed table public.old_orders foreignOptions
ALTER FOREIGN TABLE old_orders OPTIONS (SET table_name 'orders_2019');

-- change: an option too many, whose value is never read
-- drift: changed table public.old_orders foreignOptions
ALTER FOREIGN TABLE old_orders OPTIONS (ADD password 'hunter2');
