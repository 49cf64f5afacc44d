-- change: a publication is gone
-- drift: missing publication app
DROP PUBLICATION app;

-- change: a publication too many
-- drift: unexpected publication spare
CREATE PUBLICATION spare FOR TABLE animals;

-- change: of all tables
-- drift: changed publication spare allTables
CREATE PUBLICATION spare;
-- production:
DROP PUBLICATION spare;
CREATE PUBLICATION spare FOR ALL TABLES;

-- change: other operations
-- drift: changed publication app operations
ALTER PUBLICATION app SET (publish = 'insert, truncate');

-- change: partitions as their table
-- drift: changed publication app viaPartitionRoot
ALTER PUBLICATION app SET (publish_via_partition_root = true);

-- change: generated columns too
-- since: 18
-- drift: changed publication app generatedColumns
ALTER PUBLICATION app SET (publish_generated_columns = stored);

-- change: a table is published no longer
-- drift: missing publication table public.orders.app
ALTER PUBLICATION app DROP TABLE orders;

-- change: another table is published
-- drift: unexpected publication table public.rooms.app
ALTER PUBLICATION app ADD TABLE ONLY rooms;

-- change: a table goes with what was published of it
-- drift: missing table billing.invoices
ALTER PUBLICATION app ADD TABLE billing.invoices;
-- production:
DROP TABLE billing.invoices;

-- change: some columns only
-- since: 15
-- drift: changed publication table public.orders.app columns
ALTER PUBLICATION app SET TABLE users, orders (id, amount);

-- change: some rows only
-- since: 15
-- drift: changed publication table public.orders.app filter
ALTER PUBLICATION app SET TABLE users, orders WHERE (id > 100 AND amount > 0);

-- change: a column goes with the table that was published by it
-- since: 15
-- drift: missing column public.orders.note
ALTER PUBLICATION app SET TABLE users, orders (id, note);
-- production:
ALTER TABLE orders DROP note CASCADE;

-- change: a schema is published
-- since: 15
-- drift: unexpected publication schema billing.app
ALTER PUBLICATION app ADD TABLES IN SCHEMA billing;

-- change: a schema is published no longer
-- since: 15
-- drift: missing publication schema billing.app
ALTER PUBLICATION app ADD TABLES IN SCHEMA billing;
-- production:
ALTER PUBLICATION app DROP TABLES IN SCHEMA billing;

-- change: a subscription is gone
-- drift: missing subscription feed
CREATE SUBSCRIPTION feed CONNECTION 'host=nowhere password=never-read' PUBLICATION app WITH (connect = false, slot_name = NONE);
-- production:
DROP SUBSCRIPTION feed;

-- change: a subscription too many
-- drift: unexpected subscription feed
CREATE SUBSCRIPTION feed CONNECTION 'host=nowhere password=never-read' PUBLICATION app WITH (connect = false, slot_name = NONE);

-- change: another connection, which is never read
-- drift: none
CREATE SUBSCRIPTION feed CONNECTION 'host=nowhere password=never-read' PUBLICATION app WITH (connect = false, slot_name = NONE);
-- production:
ALTER SUBSCRIPTION feed CONNECTION 'host=elsewhere password=never-read';

-- change: another slot, other publications
-- drift: changed subscription feed publications
-- drift: changed subscription feed slotName
CREATE SUBSCRIPTION feed CONNECTION 'host=nowhere' PUBLICATION app WITH (connect = false, slot_name = NONE);
-- production:
ALTER SUBSCRIPTION feed SET (slot_name = kept);
ALTER SUBSCRIPTION feed SET PUBLICATION app, other WITH (refresh = false);

-- change: enabled
-- drift: changed subscription feed enabled
CREATE SUBSCRIPTION feed CONNECTION 'host=nowhere' PUBLICATION app WITH (connect = false, slot_name = 'kept');
-- production:
ALTER SUBSCRIPTION feed ENABLE;

-- change: its workers wait less
-- since: 14
-- drift: changed subscription feed binary
-- drift: changed subscription feed streaming
-- drift: changed subscription feed synchronousCommit
CREATE SUBSCRIPTION feed CONNECTION 'host=nowhere' PUBLICATION app WITH (connect = false, slot_name = NONE, streaming = off);
-- production:
ALTER SUBSCRIPTION feed SET (synchronous_commit = local, binary = true, streaming = on);

-- change: errors disable it
-- since: 15
-- drift: changed subscription feed disableOnError
CREATE SUBSCRIPTION feed CONNECTION 'host=nowhere' PUBLICATION app WITH (connect = false, slot_name = NONE);
-- production:
ALTER SUBSCRIPTION feed SET (disable_on_error = true);

-- change: prepared transactions are prepared
-- since: 15
-- drift: changed subscription feed twoPhase
CREATE SUBSCRIPTION feed CONNECTION 'host=nowhere' PUBLICATION app WITH (connect = false, slot_name = NONE);
-- production:
DROP SUBSCRIPTION feed;
CREATE SUBSCRIPTION feed CONNECTION 'host=nowhere' PUBLICATION app WITH (connect = false, slot_name = NONE, two_phase = true);

-- change: of the other server only, as its owner, without a password, in parallel
-- since: 16
-- drift: changed subscription feed origin
-- drift: changed subscription feed passwordRequired
-- drift: changed subscription feed runAsOwner
-- drift: changed subscription feed streaming
CREATE SUBSCRIPTION feed CONNECTION 'host=nowhere' PUBLICATION app WITH (connect = false, slot_name = NONE, streaming = on);
-- production:
ALTER SUBSCRIPTION feed SET (origin = none, password_required = false, run_as_owner = true, streaming = parallel);

-- change: its slot survives a failover
-- since: 17
-- drift: changed subscription feed failover
CREATE SUBSCRIPTION feed CONNECTION 'host=nowhere' PUBLICATION app WITH (connect = false, slot_name = NONE);
-- production:
DROP SUBSCRIPTION feed;
CREATE SUBSCRIPTION feed CONNECTION 'host=nowhere' PUBLICATION app WITH (connect = false, slot_name = NONE, failover = true);
