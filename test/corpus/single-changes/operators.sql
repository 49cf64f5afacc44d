-- change: an operator is gone
-- drift: missing operator public.===(text, text)
DROP OPERATOR === (text, text);

-- change: an operator too many
-- drift: unexpected operator public.===(integer, integer)
CREATE OPERATOR === (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer);

-- change: a prefix operator too many
-- drift: unexpected operator public.@!@(NONE, bigint)
CREATE OPERATOR @!@ (FUNCTION = int8abs, RIGHTARG = bigint);

-- change: another function behind it
-- drift: changed operator public.#==(text, text) function
CREATE OPERATOR #== (FUNCTION = same_sound, LEFTARG = text, RIGHTARG = text);
-- production:
DROP OPERATOR #== (text, text);
CREATE OPERATOR #== (FUNCTION = texteq, LEFTARG = text, RIGHTARG = text);

-- change: another result
-- drift: changed operator public.#==(integer, integer) function
-- drift: changed operator public.#==(integer, integer) result
CREATE OPERATOR #== (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer);
-- production:
DROP OPERATOR #== (integer, integer);
CREATE OPERATOR #== (FUNCTION = int4pl, LEFTARG = integer, RIGHTARG = integer);

-- change: without a commutator
-- drift: changed operator public.===(text, text) commutator
DROP OPERATOR === (text, text);
CREATE OPERATOR === (FUNCTION = same_sound, LEFTARG = text, RIGHTARG = text, RESTRICT = eqsel, JOIN = eqjoinsel);

-- change: a negator, which is linked back
-- drift: changed operator public.===(text, text) negator
-- drift: unexpected operator public.!===(text, text)
CREATE OPERATOR !=== (FUNCTION = textne, LEFTARG = text, RIGHTARG = text, NEGATOR = ===);

-- change: other estimates
-- drift: changed operator public.===(text, text) join
-- drift: changed operator public.===(text, text) restrict
ALTER OPERATOR === (text, text) SET (RESTRICT = NONE, JOIN = NONE);

-- change: mergeable
-- drift: changed operator public.===(text, text) merges
DROP OPERATOR === (text, text);
CREATE OPERATOR === (FUNCTION = same_sound, LEFTARG = text, RIGHTARG = text, COMMUTATOR = ===, RESTRICT = eqsel, JOIN = eqjoinsel, MERGES);

-- change: hashable
-- drift: changed operator public.===(text, text) hashes
DROP OPERATOR === (text, text);
CREATE OPERATOR === (FUNCTION = same_sound, LEFTARG = text, RIGHTARG = text, COMMUTATOR = ===, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES);

-- change: an operator family is gone, with its classes
-- drift: missing operator family public.whole_numbers USING btree
DROP OPERATOR FAMILY whole_numbers USING btree CASCADE;

-- change: an operator family too many
-- drift: unexpected operator family public.spare USING hash
CREATE OPERATOR FAMILY spare USING hash;

-- change: an operator family lost an operator
-- drift: changed operator family public.whole_numbers USING btree operators
ALTER OPERATOR FAMILY whole_numbers USING btree DROP OPERATOR 1 (bigint, smallint);

-- change: an operator family lost a function
-- drift: changed operator family public.whole_numbers USING btree functions
ALTER OPERATOR FAMILY whole_numbers USING btree DROP FUNCTION 1 (bigint, smallint);

-- change: an operator class is gone
-- drift: missing operator class public.backwards USING btree
DROP OPERATOR CLASS backwards USING btree;

-- change: an operator class too many
-- drift: unexpected operator class public.spare USING hash
CREATE OPERATOR FAMILY spares USING hash;
-- production:
CREATE OPERATOR CLASS spare FOR TYPE integer USING hash FAMILY spares AS OPERATOR 1 =, FUNCTION 1 hashint4(integer);

-- change: an operator class in another family
-- drift: changed operator class public.backwards USING btree family
CREATE OPERATOR FAMILY spare USING btree;
-- production:
DROP OPERATOR CLASS backwards USING btree;
CREATE OPERATOR CLASS backwards FOR TYPE integer USING btree FAMILY spare AS
  OPERATOR 1 >, OPERATOR 2 >=, OPERATOR 3 =, OPERATOR 4 <=, OPERATOR 5 <, FUNCTION 1 btint4cmp(integer, integer);

-- change: an operator class for another type
-- drift: changed operator class public.spare USING hash functions
-- drift: changed operator class public.spare USING hash inputType
-- drift: changed operator class public.spare USING hash operators
CREATE OPERATOR FAMILY spares USING hash;
CREATE OPERATOR CLASS spare FOR TYPE integer USING hash FAMILY spares AS OPERATOR 1 =, FUNCTION 1 hashint4(integer);
-- production:
DROP OPERATOR CLASS spare USING hash;
CREATE OPERATOR CLASS spare FOR TYPE bigint USING hash FAMILY spares AS OPERATOR 1 =, FUNCTION 1 hashint8(bigint);

-- change: an operator class that stores another type
-- drift: changed operator class public.spare USING gist storageType
CREATE OPERATOR CLASS spare FOR TYPE point USING gist AS OPERATOR 6 ~=;
-- production:
DROP OPERATOR FAMILY spare USING gist CASCADE;
CREATE OPERATOR CLASS spare FOR TYPE point USING gist AS OPERATOR 6 ~=, STORAGE box;

-- change: an operator class that is the default one
-- drift: changed operator class public.spare USING gist default
CREATE OPERATOR CLASS spare FOR TYPE color USING gist AS FUNCTION 1 gist_box_consistent(internal, box, smallint, oid, internal);
-- production:
DROP OPERATOR FAMILY spare USING gist CASCADE;
CREATE OPERATOR CLASS spare DEFAULT FOR TYPE color USING gist AS FUNCTION 1 gist_box_consistent(internal, box, smallint, oid, internal);

-- change: an operator class with an operator more, between its type and another
-- drift: changed operator class public.backwards USING btree operators
ALTER OPERATOR FAMILY whole_numbers USING btree ADD OPERATOR 1 > (integer, bigint);

-- change: an operator class with a function more
-- drift: changed operator class public.backwards USING btree functions
ALTER OPERATOR FAMILY whole_numbers USING btree ADD FUNCTION 2 (integer, integer) btint4sortsupport(internal);

-- change: an operator class that sorts by distance
-- drift: changed operator class public.spare USING gist operators
CREATE OPERATOR CLASS spare FOR TYPE point USING gist AS OPERATOR 6 ~=;
-- production:
ALTER OPERATOR FAMILY spare USING gist ADD OPERATOR 15 <-> (point, point) FOR ORDER BY float_ops;
