-- change: an enumerated type is gone
-- drift: missing enum public.spare
CREATE TYPE spare AS ENUM ('a');
-- production:
DROP TYPE spare;

-- change: an enumerated type too many
-- drift: unexpected enum public.spare
CREATE TYPE spare AS ENUM ();

-- change: a label more
-- drift: changed enum public.mood labels
ALTER TYPE mood ADD VALUE 'ecstatic';

-- change: a label in another place
-- drift: changed enum public.level labels
CREATE TYPE level AS ENUM ('low', 'high', 'middle');
-- production:
DROP TYPE level;
CREATE TYPE level AS ENUM ('low', 'middle', 'high');

-- change: a label has another name
-- drift: changed enum public.mood labels
ALTER TYPE mood RENAME VALUE 'sad' TO 'blue';

-- change: a domain is gone
-- drift: missing domain public.plain_text
DROP DOMAIN plain_text;

-- change: a domain too many, with its check
-- drift: unexpected domain public.positive
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);

-- change: a domain of another type
-- drift: changed domain public.plain_text type
DROP DOMAIN plain_text;
CREATE DOMAIN plain_text AS character varying(10);

-- change: a domain that takes nulls
-- drift: changed domain public.email nullable
ALTER DOMAIN email DROP NOT NULL;

-- change: a domain with another default
-- drift: changed domain public.email default
ALTER DOMAIN email SET DEFAULT 'somebody@example.org';

-- change: a domain with another collation
-- drift: changed domain public.plain_text collation
DROP DOMAIN plain_text;
CREATE DOMAIN plain_text AS text COLLATE "C";

-- change: a composite type is gone
-- drift: missing composite type public.spare
CREATE TYPE spare AS (a integer);
-- production:
DROP TYPE spare;

-- change: a composite type too many, with its attributes
-- drift: unexpected composite type public.spare
CREATE TYPE spare AS (a integer);

-- change: a composite type without one of its attributes
-- drift: missing attribute public.spare.b
CREATE TYPE spare AS (a integer, b text);
-- production:
ALTER TYPE spare DROP ATTRIBUTE b;

-- change: a composite type with an attribute more
-- drift: unexpected attribute public.spare.b
CREATE TYPE spare AS (a integer);
-- production:
ALTER TYPE spare ADD ATTRIBUTE b text;

-- change: a composite type with its attributes in another order
-- drift: changed composite type public.spare attributeOrder
CREATE TYPE spare AS (a integer, b text);
-- production:
ALTER TYPE spare DROP ATTRIBUTE a;
ALTER TYPE spare ADD ATTRIBUTE a integer;

-- change: an attribute of another type
-- drift: changed attribute public.spare.a type
CREATE TYPE spare AS (a integer);
-- production:
ALTER TYPE spare ALTER ATTRIBUTE a TYPE bigint;

-- change: an attribute with another collation
-- drift: changed attribute public.spare.a collation
CREATE TYPE spare AS (a text);
-- production:
ALTER TYPE spare ALTER ATTRIBUTE a TYPE text COLLATE "C";

-- change: a range type is gone
-- drift: missing range type public.price_range
DROP TYPE price_range;

-- change: a range type too many; its constructors are part of it
-- drift: unexpected range type public.spare
CREATE TYPE spare AS RANGE (subtype = date);

-- change: a range of another subtype
-- drift: changed range type public.spare operatorClass
-- drift: changed range type public.spare subtype
CREATE TYPE spare AS RANGE (subtype = date);
-- production:
DROP TYPE spare;
CREATE TYPE spare AS RANGE (subtype = bigint);

-- change: a range sorted by another operator class
-- drift: changed range type public.spare operatorClass
CREATE TYPE spare AS RANGE (subtype = text, subtype_opclass = text_ops);
-- production:
DROP TYPE spare;
CREATE TYPE spare AS RANGE (subtype = text, subtype_opclass = text_pattern_ops);

-- change: a range with another collation
-- drift: changed range type public.spare collation
CREATE TYPE spare AS RANGE (subtype = text);
-- production:
DROP TYPE spare;
CREATE TYPE spare AS RANGE (subtype = text, collation = "C");

-- change: a range without a difference function
-- drift: changed range type public.price_range subtypeDiff
DROP TYPE price_range;
CREATE TYPE price_range AS RANGE (subtype = double precision);

-- change: a range with a canonical form
-- drift: changed range type public.spare canonical
CREATE TYPE spare;
CREATE FUNCTION spare_canonical(spare) RETURNS spare LANGUAGE internal IMMUTABLE STRICT AS 'int4range_canonical';
CREATE TYPE spare AS RANGE (subtype = integer);
-- production:
UPDATE pg_range SET rngcanonical = 'spare_canonical(spare)'::regprocedure WHERE rngtypid = 'spare'::regtype;

-- change: the multirange type has another name
-- since: 14
-- drift: changed range type public.price_range multirange
ALTER TYPE price_multirange RENAME TO price_ranges;

-- change: the NOT NULL constraint of a domain has another name
-- since: 17
-- drift: changed domain public.spare notNullName
CREATE DOMAIN spare AS text CONSTRAINT spare_is_given NOT NULL;
-- production:
ALTER DOMAIN spare RENAME CONSTRAINT spare_is_given TO spare_is_there;
