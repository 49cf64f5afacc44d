-- change: a table has another owner; what it is granted by default is no other grant
-- drift: changed table public.rooms owner
ALTER TABLE rooms OWNER TO corpus_owner;

-- change: a table has another owner, and its grants stay what they were
-- drift: changed table public.users owner
GRANT SELECT ON users TO corpus_app;
-- production:
ALTER TABLE users OWNER TO corpus_owner;

-- change: a table may be read by a role
-- drift: changed table public.rooms grants
GRANT SELECT ON rooms TO corpus_reader;

-- change: a table may no longer be read by a role
-- drift: changed table public.rooms grants
GRANT SELECT, INSERT ON rooms TO corpus_reader;
-- production:
REVOKE SELECT ON rooms FROM corpus_reader;

-- change: a role may hand on what it may do
-- drift: changed table public.rooms grants
GRANT SELECT ON rooms TO corpus_app;
-- production:
GRANT SELECT ON rooms TO corpus_app WITH GRANT OPTION;

-- change: everybody may write
-- drift: changed table public.rooms grants
GRANT INSERT ON rooms TO public;

-- change: the owner may no longer delete
-- drift: changed table public.rooms grants
REVOKE DELETE ON rooms FROM current_user;

-- change: granted and revoked again
-- drift: none
GRANT SELECT ON rooms TO corpus_app;
REVOKE SELECT ON rooms FROM corpus_app;

-- change: a column may be written by a role
-- drift: changed column public.users.login grants
GRANT UPDATE (login) ON users TO corpus_app;
