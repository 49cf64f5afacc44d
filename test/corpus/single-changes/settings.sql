-- change: a parameter is set for the database
-- drift: unexpected database setting search_path
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = billing, public', current_database()); END $$;

-- change: a parameter is no longer set for the database
-- drift: missing database setting statement_timeout
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET statement_timeout = ''5s''', current_database()); END $$;
-- production:
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I RESET statement_timeout', current_database()); END $$;

-- change: a parameter of the database has another value
-- drift: changed database setting search_path value
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = billing, public', current_database()); END $$;
-- production:
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = public, billing', current_database()); END $$;

-- change: a parameter of an application is set; its value is not read
-- drift: unexpected database setting app.jwt_secret
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET app.jwt_secret = ''one''', current_database()); END $$;

-- change: a parameter of an application has another value, which is not read
-- drift: none
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET app.jwt_secret = ''one''', current_database()); END $$;
-- production:
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET app.jwt_secret = ''other''', current_database()); END $$;

-- change: a parameter is set for a role in the database
-- drift: unexpected database setting search_path for role corpus_app
DO $$ BEGIN EXECUTE format('ALTER ROLE corpus_app IN DATABASE %I SET search_path = billing', current_database()); END $$;

-- change: a parameter is set for a role in every database
-- drift: unexpected database setting search_path for role corpus_app in every database
GRANT SELECT ON users TO corpus_app;
-- production:
ALTER ROLE corpus_app SET search_path = billing;

-- change: a parameter is set for a role that nothing here names
-- drift: none
ALTER ROLE corpus_app SET search_path = billing;

-- change: a parameter is set for every role in every database
-- drift: unexpected database setting work_mem for every role in every database
ALTER ROLE ALL SET work_mem = '64MB';

-- change: fewer connections to the database
-- drift: changed database the database connectionLimit
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I CONNECTION LIMIT 5', current_database()); END $$;

-- change: a database that may be copied
-- drift: changed database the database template
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I IS_TEMPLATE true', current_database()); END $$;

-- change: settings of the database that change what PostgreSQL prints change nothing else
-- drift: unexpected database setting DateStyle
-- drift: unexpected database setting quote_all_identifiers
-- drift: unexpected database setting search_path
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = billing, public', current_database()) ; END $$;
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET DateStyle = ''German''', current_database()) ; END $$;
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET quote_all_identifiers = on', current_database()) ; END $$;
