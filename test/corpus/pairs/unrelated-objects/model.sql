-- The same objects, made in another order and one by one.
CREATE TABLE a (id integer PRIMARY KEY, b_id integer, name text DEFAULT 'x' NOT NULL);
CREATE TABLE b (id integer PRIMARY KEY);
ALTER TABLE a ADD CONSTRAINT a_b_fk FOREIGN KEY (b_id) REFERENCES b;
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f(text) RETURNS integer LANGUAGE sql AS 'SELECT 2';
CREATE VIEW v AS SELECT a.id FROM a JOIN b ON b.id = a.b_id;
CREATE TYPE t AS ENUM ('x', 'y');
