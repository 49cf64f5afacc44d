-- change: a sequence is gone
-- drift: missing sequence public.ticket_number
DROP SEQUENCE ticket_number;

-- change: a sequence too many
-- drift: unexpected sequence public.spare
CREATE SEQUENCE spare;

-- change: a sequence of smaller numbers
-- drift: changed sequence public.spare maximum
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
