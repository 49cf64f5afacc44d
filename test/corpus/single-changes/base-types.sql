-- change: a base type is gone, with its functions
-- drift: missing base type public.color
DROP TYPE color CASCADE;

-- change: a base type too many, with its functions
-- drift: unexpected base type public.spare
CREATE TYPE spare;
CREATE FUNCTION spare_in(cstring) RETURNS spare LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
CREATE FUNCTION spare_out(spare) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
CREATE TYPE spare (INPUT = spare_in, OUTPUT = spare_out, INTERNALLENGTH = 4, PASSEDBYVALUE, ALIGNMENT = int4);

-- change: stored in another way
-- drift: changed base type public.color storage
ALTER TYPE color SET (STORAGE = main);

-- change: without a binary form
-- drift: changed base type public.color receive
-- drift: changed base type public.color send
ALTER TYPE color SET (RECEIVE = NONE, SEND = NONE);

-- change: with type modifiers
-- drift: changed base type public.color modifierInput
-- drift: changed base type public.color modifierOutput
ALTER TYPE color SET (TYPMOD_IN = varchartypmodin, TYPMOD_OUT = varchartypmodout);

-- change: other statistics
-- drift: changed base type public.color analyze
ALTER TYPE color SET (ANALYZE = ts_typanalyze);

-- change: taken apart by a function
-- since: 14
-- drift: changed base type public.color subscript
ALTER TYPE color SET (SUBSCRIPT = jsonb_subscript_handler);

-- change: read by another function
-- drift: changed base type public.color input
CREATE FUNCTION color_read(cstring) RETURNS color LANGUAGE internal IMMUTABLE STRICT AS 'textin';
-- production:
UPDATE pg_type SET typinput = 'color_read'::regproc WHERE typname = 'color';

-- change: written by another function
-- drift: changed base type public.color output
CREATE FUNCTION color_write(color) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
-- production:
UPDATE pg_type SET typoutput = 'color_write'::regproc WHERE typname = 'color';

-- change: laid out in another way
-- drift: changed base type public.spare alignment
-- drift: changed base type public.spare byValue
-- drift: changed base type public.spare category
-- drift: changed base type public.spare collatable
-- drift: changed base type public.spare default
-- drift: changed base type public.spare delimiter
-- drift: changed base type public.spare element
-- drift: changed base type public.spare length
-- drift: changed base type public.spare preferred
CREATE TYPE spare;
CREATE FUNCTION spare_in(cstring) RETURNS spare LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION spare_out(spare) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE spare (INPUT = spare_in, OUTPUT = spare_out, INTERNALLENGTH = 4, PASSEDBYVALUE, ALIGNMENT = int4);
-- production:
UPDATE pg_type SET typalign = 'd', typbyval = false, typcategory = 'X', typcollation = '"default"'::regcollation,
  typdefault = 'none', typdelim = ';', typelem = 'integer'::regtype, typlen = 16, typispreferred = true WHERE typname = 'spare';

-- change: a shell type is gone
-- drift: missing shell type public.unfinished
DROP TYPE unfinished;

-- change: a shell type too many
-- drift: unexpected shell type public.spare
CREATE TYPE spare;
