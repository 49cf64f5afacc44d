-- change: a sequence is gone
-- drift: missing sequence public.ticket_number
DROP SEQUENCE ticket_number;

-- change: a sequence too many
-- drift: unexpected sequence public.spare
CREATE SEQUENCE spare;

-- change: a sequence of smaller numbers; that it ends earlier goes with its type
-- drift: changed sequence public.spare type
CREATE SEQUENCE spare;
-- production:
ALTER SEQUENCE spare AS integer;

-- change: a sequence starts elsewhere
-- drift: changed sequence public.ticket_number start
ALTER SEQUENCE ticket_number START WITH 200;

-- change: a sequence counts in other steps
-- drift: changed sequence public.ticket_number increment
ALTER SEQUENCE ticket_number INCREMENT BY 1;

-- change: a sequence has another smallest value
-- drift: changed sequence public.ticket_number minimum
ALTER SEQUENCE ticket_number MINVALUE 1;

-- change: a sequence has another largest value
-- drift: changed sequence public.ticket_number maximum
ALTER SEQUENCE ticket_number MAXVALUE 9007199254740993;

-- change: a sequence gives more values at once
-- drift: changed sequence public.ticket_number cache
ALTER SEQUENCE ticket_number CACHE 100;

-- change: a sequence starts again at its end
-- drift: changed sequence public.ticket_number cycle
ALTER SEQUENCE ticket_number CYCLE;

-- change: a sequence goes with a column
-- drift: changed sequence public.ticket_number ownedBy
ALTER SEQUENCE ticket_number OWNED BY orders.amount;

-- change: an unlogged sequence
-- since: 15
-- drift: changed sequence public.ticket_number persistence
ALTER SEQUENCE ticket_number SET UNLOGGED;

-- change: a sequence of smaller numbers that counts down
-- drift: changed sequence public.countdown type
CREATE SEQUENCE countdown INCREMENT BY -1;
-- production:
ALTER SEQUENCE countdown AS smallint;

-- change: a sequence of smaller numbers that ends before they do
-- drift: changed sequence public.spare maximum
-- drift: changed sequence public.spare type
CREATE SEQUENCE spare;
-- production:
ALTER SEQUENCE spare AS integer MAXVALUE 1000;

-- change: a serial column of smaller numbers; its sequence goes with it
-- drift: changed column public.numbered.id type
CREATE TABLE numbered (id bigserial PRIMARY KEY);
-- production:
DROP TABLE numbered;
CREATE TABLE numbered (id serial PRIMARY KEY);

-- change: an identity column of smaller numbers; its sequence goes with it
-- drift: changed column public.numbered.id type
CREATE TABLE numbered (id bigint GENERATED ALWAYS AS IDENTITY);
-- production:
DROP TABLE numbered;
CREATE TABLE numbered (id integer GENERATED ALWAYS AS IDENTITY);

-- change: a serial column of larger numbers whose sequence stays as it was
-- drift: changed column public.numbered.id type
CREATE TABLE numbered (id serial PRIMARY KEY);
-- production:
ALTER TABLE numbered ALTER id TYPE bigint;
