CREATE TABLE users (
  id serial PRIMARY KEY,
  username character varying(80) NOT NULL UNIQUE,
  hashed_password character varying(255) NOT NULL,
  is_admin boolean DEFAULT false NOT NULL,
  created_at timestamp with time zone DEFAULT now()
);
CREATE TABLE policies (id serial PRIMARY KEY, owner_id integer NOT NULL REFERENCES users (id) ON DELETE CASCADE, body jsonb);
