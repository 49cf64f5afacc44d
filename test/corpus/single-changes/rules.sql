-- change: a rule is gone
-- drift: missing rule public.rooms.rooms_are_kept
DROP RULE rooms_are_kept ON rooms;

-- change: a rule too many
-- drift: unexpected rule public.orders.spare
CREATE RULE spare AS ON UPDATE TO orders WHERE NEW.amount < 0 DO INSTEAD NOTHING;

-- change: a rule that makes a view writable
-- drift: unexpected rule public.active_users.spare
CREATE RULE spare AS ON INSERT TO active_users DO INSTEAD
  (INSERT INTO users (login, status) VALUES (NEW.login, 'active'); UPDATE users SET score = NEW.score WHERE login = NEW.login);

-- change: another condition
-- drift: changed rule public.rooms.rooms_are_kept definition
CREATE OR REPLACE RULE rooms_are_kept AS ON DELETE TO rooms WHERE OLD.room > 10 DO INSTEAD NOTHING;

-- change: in addition, and not instead
-- drift: changed rule public.rooms.rooms_are_kept definition
CREATE OR REPLACE RULE rooms_are_kept AS ON DELETE TO rooms WHERE OLD.room > 100 DO ALSO INSERT INTO cache (key) VALUES ('kept');

-- change: disabled
-- drift: changed rule public.rooms.rooms_are_kept enabled
ALTER TABLE rooms DISABLE RULE rooms_are_kept;

-- change: in replication only
-- drift: changed rule public.rooms.rooms_are_kept enabled
ALTER TABLE rooms ENABLE REPLICA RULE rooms_are_kept;

-- change: in replication too
-- drift: changed rule public.rooms.rooms_are_kept enabled
ALTER TABLE rooms ENABLE ALWAYS RULE rooms_are_kept;

-- change: a table goes with its rules
-- drift: missing table public.rooms
DROP TABLE rooms;

-- change: a rule has another name
-- drift: changed rule public.rooms.rooms_are_kept name
ALTER RULE rooms_are_kept ON rooms RENAME TO rooms_stay;
