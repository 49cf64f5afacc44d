-- change: a function of PostgreSQL may be called by a role
-- drift: unexpected privileges pg_catalog.pg_read_file(text) (function)
GRANT EXECUTE ON FUNCTION pg_read_file(text) TO corpus_app;

-- change: a function of PostgreSQL may no longer be called by everybody
-- drift: unexpected privileges pg_catalog.now() (function)
REVOKE EXECUTE ON FUNCTION now() FROM PUBLIC;

-- change: what was taken away is given back
-- drift: missing privileges pg_catalog.now() (function)
REVOKE EXECUTE ON FUNCTION now() FROM PUBLIC;
-- production:
GRANT EXECUTE ON FUNCTION now() TO PUBLIC;

-- change: given and taken away again
-- drift: none
GRANT SELECT ON pg_authid TO corpus_app;
REVOKE SELECT ON pg_authid FROM corpus_app;

-- change: a catalog may be read by another role
-- drift: changed privileges pg_catalog.pg_authid (table) grants
GRANT SELECT ON pg_authid TO corpus_app;
-- production:
GRANT SELECT ON pg_authid TO corpus_reader;

-- change: one column of a catalog may be read
-- drift: unexpected privileges pg_catalog.pg_authid.rolpassword (column)
GRANT SELECT (rolpassword) ON pg_authid TO corpus_app;

-- change: more was taken away from a view of PostgreSQL
-- drift: changed privileges pg_catalog.pg_roles (view) revoked
REVOKE SELECT ON pg_roles FROM PUBLIC;
-- production:
REVOKE UPDATE ON pg_roles FROM CURRENT_USER;

-- change: a view of the information schema may no longer be read
-- drift: unexpected privileges information_schema.tables (view)
REVOKE SELECT ON information_schema.tables FROM PUBLIC;

-- change: PostgreSQL's own schema, a language, a type
-- drift: unexpected privileges pg_catalog (schema)
-- drift: unexpected privileges pg_catalog.int4 (type)
-- drift: unexpected privileges sql (language)
GRANT CREATE ON SCHEMA pg_catalog TO corpus_app;
REVOKE USAGE ON LANGUAGE sql FROM PUBLIC;
REVOKE USAGE ON TYPE int4 FROM PUBLIC;

-- change: members of an extension
-- drift: unexpected privileges file_fdw (foreign data wrapper)
-- drift: unexpected privileges public.file_fdw_handler() (function)
CREATE EXTENSION file_fdw;
-- production:
GRANT USAGE ON FOREIGN DATA WRAPPER file_fdw TO corpus_app;
REVOKE EXECUTE ON FUNCTION file_fdw_handler() FROM PUBLIC;

-- change: what an extension itself revokes is no difference
-- drift: unexpected extension pg_stat_statements
CREATE EXTENSION pg_stat_statements;

-- change: an extension that is gone takes what was granted on its members along
-- drift: missing extension file_fdw
GRANT SELECT ON users TO corpus_app;
CREATE EXTENSION file_fdw;
GRANT USAGE ON FOREIGN DATA WRAPPER file_fdw TO corpus_app;
-- production:
DROP EXTENSION file_fdw;

-- change: the sequence of an identity column may be used
-- drift: unexpected privileges public.users_id_seq (sequence)
GRANT USAGE ON SEQUENCE users_id_seq TO corpus_app;

-- change: the row types of a table and of a view may no longer be used
-- drift: unexpected privileges public.active_users (row type)
-- drift: unexpected privileges public.users (row type)
REVOKE USAGE ON TYPE users FROM PUBLIC;
REVOKE USAGE ON TYPE active_users FROM PUBLIC;
