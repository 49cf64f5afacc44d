-- change: a cast is gone
-- drift: missing cast (public.mood AS integer)
DROP CAST (mood AS integer);

-- change: a cast too many
-- drift: unexpected cast (character varying AS integer)
CREATE CAST (character varying AS integer) WITH INOUT AS IMPLICIT;

-- change: a cast goes with its function
-- drift: missing function public.mood_to_number(public.mood)
DROP FUNCTION mood_to_number(mood) CASCADE;

-- change: another function
-- drift: changed cast (public.mood AS integer) method
CREATE FUNCTION mood_to_zero(mood) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 0';
-- production:
DROP CAST (mood AS integer);
CREATE CAST (mood AS integer) WITH FUNCTION mood_to_zero(mood) AS ASSIGNMENT;

-- change: by its text
-- drift: changed cast (public.mood AS integer) method
DROP CAST (mood AS integer);
CREATE CAST (mood AS integer) WITH INOUT AS ASSIGNMENT;

-- change: without being asked for
-- drift: changed cast (public.mood AS integer) context
DROP CAST (mood AS integer);
CREATE CAST (mood AS integer) WITH FUNCTION mood_to_number(mood) AS IMPLICIT;

-- change: only where it is written out
-- drift: changed cast (public.mood AS integer) context
DROP CAST (mood AS integer);
CREATE CAST (mood AS integer) WITH FUNCTION mood_to_number(mood);

-- change: a range type brings casts of its own
-- since: 14
-- drift: unexpected range type public.spare_range
CREATE TYPE spare_range AS RANGE (subtype = integer);

-- change: a transform is gone
-- drift: missing transform FOR integer LANGUAGE plpgsql
DROP TRANSFORM FOR integer LANGUAGE plpgsql;

-- change: a transform too many
-- drift: unexpected transform FOR bigint LANGUAGE plpgsql
CREATE TRANSFORM FOR bigint LANGUAGE plpgsql (FROM SQL WITH FUNCTION prsd_lextype(internal));

-- change: a transform in one direction
-- drift: changed transform FOR integer LANGUAGE plpgsql toSql
CREATE OR REPLACE TRANSFORM FOR integer LANGUAGE plpgsql (FROM SQL WITH FUNCTION prsd_lextype(internal));

-- change: a transform in the other direction
-- drift: changed transform FOR integer LANGUAGE plpgsql fromSql
CREATE OR REPLACE TRANSFORM FOR integer LANGUAGE plpgsql (TO SQL WITH FUNCTION int4recv(internal));

-- change: a language is gone
-- drift: missing language quiet
DROP LANGUAGE quiet;

-- change: a language too many
-- drift: unexpected language spare
CREATE LANGUAGE spare HANDLER plpgsql_call_handler;

-- change: everybody may write in it no longer
-- drift: changed language quiet trusted
CREATE OR REPLACE LANGUAGE quiet HANDLER quiet_call INLINE quiet_block VALIDATOR quiet_check;

-- change: another handler
-- drift: changed language quiet handler
CREATE FUNCTION other_handler() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
-- production:
CREATE OR REPLACE TRUSTED LANGUAGE quiet HANDLER other_handler INLINE quiet_block VALIDATOR quiet_check;

-- change: no blocks
-- drift: changed language quiet inline
CREATE OR REPLACE TRUSTED LANGUAGE quiet HANDLER quiet_call VALIDATOR quiet_check;

-- change: no validator
-- drift: changed language quiet validator
CREATE OR REPLACE TRUSTED LANGUAGE quiet HANDLER quiet_call INLINE quiet_block;

-- change: an access method is gone
-- drift: missing access method piles
DROP ACCESS METHOD piles;

-- change: an access method too many
-- drift: unexpected access method spare
CREATE ACCESS METHOD spare TYPE INDEX HANDLER bthandler;

-- change: an access method for indexes
-- drift: changed access method piles handler
-- drift: changed access method piles type
DROP ACCESS METHOD piles;
CREATE ACCESS METHOD piles TYPE INDEX HANDLER bthandler;
