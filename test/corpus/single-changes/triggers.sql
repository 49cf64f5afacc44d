-- change: a trigger is gone
-- drift: missing trigger public.users.users_touch
DROP TRIGGER users_touch ON users;

-- change: a trigger too many
-- drift: unexpected trigger public.orders.spare
CREATE TRIGGER spare BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION touch();

-- change: a trigger of a partitioned table is gone, from its partitions too
-- drift: missing trigger public.events.events_touch
DROP TRIGGER events_touch ON events;

-- change: a trigger of a partition alone
-- drift: unexpected trigger public.events_2024.spare
CREATE TRIGGER spare AFTER DELETE ON events_2024 FOR EACH ROW EXECUTE FUNCTION touch();

-- change: fired after instead of before
-- drift: changed trigger public.users.users_touch definition
DROP TRIGGER users_touch ON users;
CREATE TRIGGER users_touch AFTER UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();

-- change: fired by more events
-- drift: changed trigger public.users.users_touch definition
DROP TRIGGER users_touch ON users;
CREATE TRIGGER users_touch BEFORE INSERT OR UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();

-- change: fired once a statement
-- drift: changed trigger public.users.users_touch definition
DROP TRIGGER users_touch ON users;
CREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH STATEMENT EXECUTE FUNCTION touch();

-- change: fired by another column
-- drift: changed trigger public.users.users_touch_login definition
DROP TRIGGER users_touch_login ON users;
CREATE TRIGGER users_touch_login AFTER UPDATE OF status ON users FOR EACH ROW WHEN (OLD.login IS DISTINCT FROM NEW.login)
  EXECUTE FUNCTION touch();

-- change: fired on another condition
-- drift: changed trigger public.users.users_touch_login definition
DROP TRIGGER users_touch_login ON users;
CREATE TRIGGER users_touch_login AFTER UPDATE OF login ON users FOR EACH ROW WHEN (OLD.login <> NEW.login)
  EXECUTE FUNCTION touch();

-- change: another argument
-- drift: changed trigger public.users.users_touch definition
DROP TRIGGER users_touch ON users;
CREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch('now');

-- change: with the rows it changed
-- drift: changed trigger public.orders.watch definition
CREATE TRIGGER watch AFTER UPDATE ON orders FOR EACH STATEMENT EXECUTE FUNCTION touch();
-- production:
DROP TRIGGER watch ON orders;
CREATE TRIGGER watch AFTER UPDATE ON orders REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION touch();

-- change: a constraint trigger that is not deferred
-- drift: changed trigger public.orders.orders_check definition
DROP TRIGGER orders_check ON orders;
CREATE CONSTRAINT TRIGGER orders_check AFTER INSERT ON orders DEFERRABLE INITIALLY IMMEDIATE
  FOR EACH ROW EXECUTE FUNCTION touch();

-- change: no constraint trigger
-- drift: changed trigger public.orders.spare constraint
-- drift: changed trigger public.orders.spare definition
CREATE CONSTRAINT TRIGGER spare AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION touch();
-- production:
DROP TRIGGER spare ON orders;
CREATE TRIGGER spare AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION touch();

-- change: switched off
-- drift: changed trigger public.users.users_touch enabled
ALTER TABLE users DISABLE TRIGGER users_touch;

-- change: fired on replicas only
-- drift: changed trigger public.users.users_touch enabled
ALTER TABLE users ENABLE REPLICA TRIGGER users_touch;

-- change: fired always
-- drift: changed trigger public.users.users_touch enabled
ALTER TABLE users ENABLE ALWAYS TRIGGER users_touch;

-- change: switched off on one partition
-- drift: changed trigger public.events_2024.events_touch enabled
ALTER TABLE events_2024 DISABLE TRIGGER events_touch;

-- change: a trigger of a partition is its own instead of the partitioned table's
-- drift: missing trigger public.events.spare
-- drift: changed trigger public.events_2024.spare partitionOf
-- drift: changed trigger public.events_2025.spare partitionOf
CREATE TRIGGER spare AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION touch();
-- production:
DROP TRIGGER spare ON events;
CREATE TRIGGER spare AFTER INSERT ON events_2024 FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER spare AFTER INSERT ON events_2025 FOR EACH ROW EXECUTE FUNCTION touch();

-- change: a trigger of a view is gone
-- drift: missing trigger public.order_totals.redirect
CREATE TRIGGER redirect INSTEAD OF INSERT ON order_totals FOR EACH ROW EXECUTE FUNCTION touch();
-- production:
DROP TRIGGER redirect ON order_totals;
