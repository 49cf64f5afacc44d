-- change: an event trigger is gone
-- drift: missing event trigger watch_tables
DROP EVENT TRIGGER watch_tables;

-- change: it goes with its function
-- drift: missing function public.watch_ddl()
DROP FUNCTION watch_ddl() CASCADE;

-- change: an event trigger too many
-- drift: unexpected event trigger spare
CREATE EVENT TRIGGER spare ON sql_drop EXECUTE FUNCTION watch_ddl();

-- change: at another time
-- drift: changed event trigger watch_tables event
DROP EVENT TRIGGER watch_tables;
CREATE EVENT TRIGGER watch_tables ON ddl_command_start WHEN TAG IN ('ALTER TABLE', 'DROP TABLE') EXECUTE FUNCTION watch_ddl();

-- change: another function
-- drift: changed event trigger watch_tables function
CREATE FUNCTION other_watch() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
-- production:
DROP EVENT TRIGGER watch_tables;
CREATE EVENT TRIGGER watch_tables ON ddl_command_end WHEN TAG IN ('ALTER TABLE', 'DROP TABLE') EXECUTE FUNCTION other_watch();

-- change: on other commands
-- drift: changed event trigger watch_tables tags
DROP EVENT TRIGGER watch_tables;
CREATE EVENT TRIGGER watch_tables ON ddl_command_end WHEN TAG IN ('ALTER TABLE') EXECUTE FUNCTION watch_ddl();

-- change: on every command
-- drift: changed event trigger watch_tables tags
DROP EVENT TRIGGER watch_tables;
CREATE EVENT TRIGGER watch_tables ON ddl_command_end EXECUTE FUNCTION watch_ddl();

-- change: disabled
-- drift: changed event trigger watch_tables enabled
ALTER EVENT TRIGGER watch_tables DISABLE;

-- change: in replication too
-- drift: changed event trigger watch_tables enabled
ALTER EVENT TRIGGER watch_tables ENABLE ALWAYS;

-- change: at sign-in
-- since: 17
-- drift: unexpected event trigger spare
CREATE EVENT TRIGGER spare ON login EXECUTE FUNCTION watch_ddl();
ALTER EVENT TRIGGER spare DISABLE;

-- change: another name
-- drift: changed event trigger watch_tables name
ALTER EVENT TRIGGER watch_tables RENAME TO watch_changes;
