-- change: a table is described otherwise
-- drift: changed table public.users comment
COMMENT ON TABLE users IS 'who signs in';
-- production:
COMMENT ON TABLE users IS 'who signed in';

-- change: a table is no longer described
-- drift: changed table public.users comment
COMMENT ON TABLE users IS 'who signs in';
-- production:
COMMENT ON TABLE users IS NULL;

-- change: a column is described
-- drift: changed column public.users.login comment
COMMENT ON COLUMN users.login IS 'unique, in lower case';
