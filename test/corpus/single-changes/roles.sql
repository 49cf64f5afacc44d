-- change: a role that may do something here
-- drift: changed table public.rooms grants
GRANT SELECT ON rooms TO corpus_app;

-- change: a superuser that may do something here
-- drift: changed table public.rooms grants
-- drift: unexpected role corpus_app
ALTER ROLE corpus_app SUPERUSER;
-- production:
GRANT SELECT ON rooms TO corpus_app;

-- change: a role with nothing left here
-- drift: changed table public.orders grants
-- drift: changed table public.rooms grants
-- drift: missing role corpus_app
GRANT SELECT ON rooms, orders TO corpus_app;
-- production:
DROP OWNED BY corpus_app;

-- change: a role that may no longer do anything here
-- drift: changed table public.rooms grants
GRANT SELECT ON rooms TO corpus_app;
-- production:
REVOKE SELECT ON rooms FROM corpus_app;

-- change: a role can act as one that may do something here
-- drift: unexpected role corpus_reader
GRANT SELECT ON rooms TO corpus_app;
-- production:
GRANT corpus_app TO corpus_reader;

-- change: a role is a member of another one, which has its own rights
-- drift: changed role corpus_app memberOf
GRANT SELECT ON rooms TO corpus_app;
-- production:
GRANT corpus_owner TO corpus_app;

-- change: the rights of a role that nothing here names
-- drift: none
ALTER ROLE corpus_reader SUPERUSER;

-- change: a password
-- drift: none
GRANT SELECT ON rooms TO corpus_app;
-- production:
ALTER ROLE corpus_app PASSWORD 'never-read';

-- change: a password that never ends
-- drift: none
GRANT SELECT ON rooms TO corpus_app;
-- production:
ALTER ROLE corpus_app VALID UNTIL 'infinity';

-- change: of a role: superuser
-- drift: changed role corpus_app superuser
GRANT SELECT ON rooms TO corpus_app;
-- production:
ALTER ROLE corpus_app SUPERUSER;

-- change: of a role: createrole
-- drift: changed role corpus_app createRole
GRANT SELECT ON rooms TO corpus_app;
-- production:
ALTER ROLE corpus_app CREATEROLE;

-- change: of a role: createdb
-- drift: changed role corpus_app createDatabase
GRANT SELECT ON rooms TO corpus_app;
-- production:
ALTER ROLE corpus_app CREATEDB;

-- change: of a role: replication
-- drift: changed role corpus_app replication
GRANT SELECT ON rooms TO corpus_app;
-- production:
ALTER ROLE corpus_app REPLICATION;

-- change: of a role: bypassrls
-- drift: changed role corpus_app bypassRowSecurity
GRANT SELECT ON rooms TO corpus_app;
-- production:
ALTER ROLE corpus_app BYPASSRLS;

-- change: of a role: login
-- drift: changed role corpus_app login
GRANT SELECT ON rooms TO corpus_app;
-- production:
ALTER ROLE corpus_app LOGIN;

-- change: of a role: noinherit
-- drift: changed role corpus_app inherit
GRANT SELECT ON rooms TO corpus_app;
-- production:
ALTER ROLE corpus_app NOINHERIT;

-- change: of a role: connection limit 3
-- drift: changed role corpus_app connectionLimit
GRANT SELECT ON rooms TO corpus_app;
-- production:
ALTER ROLE corpus_app CONNECTION LIMIT 3;

-- change: of a role: valid until '2030-01-01 00:00:00+00'
-- drift: changed role corpus_app validUntil
GRANT SELECT ON rooms TO corpus_app;
-- production:
ALTER ROLE corpus_app VALID UNTIL '2030-01-01 00:00:00+00';

-- change: of a role: grant pg_monitor to corpus_app
-- drift: changed role corpus_app memberOf
GRANT SELECT ON rooms TO corpus_app;
-- production:
GRANT pg_monitor TO corpus_app;

-- change: of a role: grant pg_monitor to corpus_app with admin option
-- drift: changed role corpus_app memberOf
GRANT SELECT ON rooms TO corpus_app;
GRANT pg_monitor TO corpus_app;
-- production:
GRANT pg_monitor TO corpus_app WITH ADMIN OPTION;

-- change: of a role: grant set on parameter session_replication_role to corpus_app
-- since: 15
-- drift: changed role corpus_app parameters
GRANT SELECT ON rooms TO corpus_app;
-- production:
GRANT SET ON PARAMETER session_replication_role TO corpus_app;

-- change: of a role: grant pg_monitor to corpus_app with inherit false
-- since: 16
-- drift: changed role corpus_app memberOf
GRANT SELECT ON rooms TO corpus_app;
GRANT pg_monitor TO corpus_app;
-- production:
GRANT pg_monitor TO corpus_app WITH INHERIT FALSE;

-- change: of a role: grant pg_monitor to corpus_app with set false
-- since: 16
-- drift: changed role corpus_app memberOf
GRANT SELECT ON rooms TO corpus_app;
GRANT pg_monitor TO corpus_app;
-- production:
GRANT pg_monitor TO corpus_app WITH SET FALSE;
