-- Who owns and may use what, in every way that a dump keeps; runs on every supported major. The roles are made before.
CREATE SCHEMA shop AUTHORIZATION corpus_owner;
SET ROLE corpus_owner;
CREATE TYPE shop.state AS ENUM ('new', 'paid');
CREATE TABLE shop.orders (id bigint GENERATED ALWAYS AS IDENTITY, number serial, state shop.state, note text);
CREATE VIEW shop.paid AS SELECT id FROM shop.orders WHERE state = 'paid';
CREATE FUNCTION shop.count() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM shop.orders';
CREATE SEQUENCE shop.tickets;
RESET ROLE;
CREATE TABLE audit (id integer, what text);

GRANT USAGE ON SCHEMA shop TO corpus_app, corpus_reader;
GRANT ALL ON shop.orders TO corpus_app;
GRANT SELECT ON shop.orders TO corpus_reader WITH GRANT OPTION;
GRANT UPDATE (note), SELECT (id) ON shop.orders TO corpus_reader;
GRANT SELECT ON shop.paid TO public;
GRANT USAGE ON SEQUENCE shop.orders_number_seq, shop.tickets TO corpus_app;
REVOKE ALL ON FUNCTION shop.count() FROM public;
GRANT EXECUTE ON FUNCTION shop.count() TO corpus_app;
REVOKE USAGE ON TYPE shop.state FROM public;
REVOKE INSERT, DELETE ON audit FROM current_user;
GRANT INSERT ON audit TO corpus_app;
SET ROLE corpus_reader;
GRANT SELECT ON shop.orders TO corpus_app;
RESET ROLE;

ALTER DEFAULT PRIVILEGES FOR ROLE corpus_owner GRANT SELECT ON TABLES TO corpus_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE corpus_owner REVOKE EXECUTE ON FUNCTIONS FROM public;
ALTER DEFAULT PRIVILEGES FOR ROLE corpus_owner IN SCHEMA shop GRANT ALL ON TABLES TO corpus_app;
ALTER DEFAULT PRIVILEGES FOR ROLE corpus_owner IN SCHEMA shop GRANT USAGE ON SEQUENCES TO corpus_app WITH GRANT OPTION;

CREATE POLICY own_orders ON shop.orders TO corpus_app, corpus_reader USING (true);
COMMENT ON SCHEMA shop IS 'what is sold';
COMMENT ON TABLE shop.orders IS 'it''s "quoted"';
COMMENT ON COLUMN shop.orders.note IS 'two
lines';
COMMENT ON FUNCTION shop.count() IS 'how many';
COMMENT ON TYPE shop.state IS 'where it is';
