-- The incident: the model gained two API keys, the code was deployed, production was not migrated.
CREATE TABLE users (
  id serial PRIMARY KEY,
  username character varying(80) NOT NULL UNIQUE,
  hashed_password character varying(255) NOT NULL,
  is_admin boolean DEFAULT false NOT NULL,
  created_at timestamp with time zone DEFAULT now()
);
ALTER TABLE users ADD api_key_sandbox character varying(64);
ALTER TABLE users ADD api_key_production character varying(64);
CREATE UNIQUE INDEX ix_users_api_key_sandbox ON users (api_key_sandbox);
CREATE UNIQUE INDEX ix_users_api_key_production ON users (api_key_production);
CREATE TABLE policies (id serial PRIMARY KEY, owner_id integer NOT NULL REFERENCES users (id) ON DELETE CASCADE, body jsonb);
