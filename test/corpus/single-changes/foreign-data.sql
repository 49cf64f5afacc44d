-- change: a foreign data wrapper is gone
-- drift: missing foreign data wrapper spare
CREATE FOREIGN DATA WRAPPER spare;
-- production:
DROP FOREIGN DATA WRAPPER spare;

-- change: a foreign data wrapper is gone, with all that reads through it
-- drift: missing foreign data wrapper remote
DROP FOREIGN DATA WRAPPER remote CASCADE;

-- change: a foreign data wrapper too many
-- drift: unexpected foreign data wrapper spare
CREATE FOREIGN DATA WRAPPER spare VALIDATOR postgresql_fdw_validator;

-- change: another reader
-- drift: changed foreign data wrapper remote handler
-- drift: changed foreign data wrapper remote validator
CREATE FUNCTION file_handler() RETURNS fdw_handler LANGUAGE c AS '$libdir/file_fdw', 'file_fdw_handler';
-- production:
ALTER FOREIGN DATA WRAPPER remote HANDLER file_handler VALIDATOR postgresql_fdw_validator;

-- change: an option of the wrapper
-- drift: changed foreign data wrapper remote foreignOptions
ALTER FOREIGN DATA WRAPPER remote OPTIONS (ADD fetch_size '1000');

-- change: a foreign server is gone
-- drift: missing foreign server spare
CREATE SERVER spare FOREIGN DATA WRAPPER remote;
-- production:
DROP SERVER spare;

-- change: a foreign server is gone, with all that reads through it
-- drift: missing foreign server archive
DROP SERVER archive CASCADE;

-- change: a foreign server too many
-- drift: unexpected foreign server spare
CREATE SERVER spare TYPE 'files' VERSION '2' FOREIGN DATA WRAPPER remote OPTIONS (fetch_size '100');

-- change: another type
-- drift: changed foreign server spare type
CREATE SERVER spare TYPE 'files' FOREIGN DATA WRAPPER remote;
-- production:
DROP SERVER spare;
CREATE SERVER spare TYPE 'rows' FOREIGN DATA WRAPPER remote;

-- change: another version
-- drift: changed foreign server archive version
ALTER SERVER archive VERSION '2';

-- change: an option whose value is known to be harmless
-- drift: changed foreign server archive foreignOptions
ALTER SERVER archive OPTIONS (ADD use_remote_estimate 'true');

-- change: rows come from another host
-- drift: changed foreign server archive foreignOptions
ALTER SERVER archive OPTIONS (ADD host 'archive.example.com');
-- production:
ALTER SERVER archive OPTIONS (SET host 'elsewhere.example.com');

-- change: another value of an option that is never read
-- drift: none
ALTER SERVER archive OPTIONS (ADD sslpassword 'one');
-- production:
ALTER SERVER archive OPTIONS (SET sslpassword 'two');

-- change: a user mapping is gone
-- drift: missing user mapping archive.public
DROP USER MAPPING FOR public SERVER archive;

-- change: a user mapping too many
-- drift: unexpected user mapping archive.pg_monitor
CREATE USER MAPPING FOR pg_monitor SERVER archive OPTIONS (password 'never-read');

-- change: another password, which is never read
-- drift: none
ALTER USER MAPPING FOR public SERVER archive OPTIONS (SET password 'other');
