-- One entry for each object that stands alone, on either side.
CREATE SCHEMA app;
CREATE TABLE app.users (id serial PRIMARY KEY, name text UNIQUE);
CREATE TABLE app.orders (id serial PRIMARY KEY, user_id integer REFERENCES app.users);
