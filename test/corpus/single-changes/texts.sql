-- change: a collation is gone
-- drift: missing collation public.by_code
DROP COLLATION by_code;

-- change: a collation too many
-- drift: unexpected collation public.spare
CREATE COLLATION spare FROM "C";

-- change: of another library
-- drift: changed collation public.by_code locale
-- drift: changed collation public.by_code provider
DROP COLLATION by_code;
CREATE COLLATION by_code (provider = icu, locale = 'und');

-- change: another language
-- drift: changed collation public.case_blind locale
DROP COLLATION case_blind;
CREATE COLLATION case_blind (provider = icu, locale = 'de-u-ks-level2', deterministic = false);

-- change: other classes of characters
-- drift: changed collation public.by_code characterType
DROP COLLATION by_code;
CREATE COLLATION by_code (provider = libc, lc_collate = 'C', lc_ctype = 'POSIX');

-- change: different texts are never equal
-- drift: changed collation public.case_blind deterministic
DROP COLLATION case_blind;
CREATE COLLATION case_blind (provider = icu, locale = 'und-u-ks-level2');

-- change: additional rules
-- since: 16
-- drift: changed collation public.case_blind rules
DROP COLLATION case_blind;
CREATE COLLATION case_blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false, rules = '& a < g');

-- change: built into PostgreSQL
-- since: 17
-- drift: changed collation public.by_code locale
-- drift: changed collation public.by_code provider
DROP COLLATION by_code;
CREATE COLLATION by_code (provider = builtin, locale = 'C.UTF-8');

-- change: a newer version of the library is accepted
-- drift: none
ALTER COLLATION case_blind REFRESH VERSION;

-- change: a conversion is gone
-- drift: missing conversion public.from_latin
DROP CONVERSION from_latin;

-- change: a conversion too many
-- drift: unexpected conversion public.spare
CREATE CONVERSION spare FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;

-- change: a conversion from another encoding
-- drift: changed conversion public.from_latin from
-- drift: changed conversion public.from_latin function
DROP CONVERSION from_latin;
CREATE CONVERSION from_latin FOR 'LATIN2' TO 'UTF8' FROM iso8859_to_utf8;

-- change: a conversion the other way round
-- drift: changed conversion public.from_latin from
-- drift: changed conversion public.from_latin function
-- drift: changed conversion public.from_latin to
DROP CONVERSION from_latin;
CREATE CONVERSION from_latin FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;

-- change: a conversion that is the default one
-- drift: changed conversion public.from_latin default
DROP CONVERSION from_latin;
CREATE DEFAULT CONVERSION from_latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;

-- change: a text search configuration is gone
-- drift: missing text search configuration public.notes_search
DROP TEXT SEARCH CONFIGURATION notes_search;

-- change: a text search configuration too many
-- drift: unexpected text search configuration public.spare
CREATE TEXT SEARCH CONFIGURATION spare (COPY = pg_catalog.german);

-- change: another parser
-- drift: changed text search configuration public.notes_search parser
DROP TEXT SEARCH CONFIGURATION notes_search;
CREATE TEXT SEARCH CONFIGURATION notes_search (PARSER = default);
ALTER TEXT SEARCH CONFIGURATION notes_search ADD MAPPING FOR asciiword, word WITH known_words, english_stem;

-- change: more tokens
-- drift: changed text search configuration public.notes_search mappings
ALTER TEXT SEARCH CONFIGURATION notes_search ADD MAPPING FOR email WITH simple;

-- change: dictionaries in another order
-- drift: changed text search configuration public.notes_search mappings
ALTER TEXT SEARCH CONFIGURATION notes_search ALTER MAPPING FOR word WITH english_stem, known_words;

-- change: another dictionary
-- drift: changed text search configuration public.notes_search mappings
ALTER TEXT SEARCH CONFIGURATION notes_search ALTER MAPPING REPLACE english_stem WITH german_stem;

-- change: fewer tokens
-- drift: changed text search configuration public.notes_search mappings
ALTER TEXT SEARCH CONFIGURATION notes_search DROP MAPPING FOR word;

-- change: a text search dictionary is gone
-- drift: missing text search dictionary public.spare
CREATE TEXT SEARCH DICTIONARY spare (TEMPLATE = simple);
-- production:
DROP TEXT SEARCH DICTIONARY spare;

-- change: a text search dictionary too many
-- drift: unexpected text search dictionary public.spare
CREATE TEXT SEARCH DICTIONARY spare (TEMPLATE = snowball, LANGUAGE = 'german', STOPWORDS = 'german');

-- change: from another template
-- drift: changed text search dictionary public.spare template
CREATE TEXT SEARCH DICTIONARY spare (TEMPLATE = plain);
-- production:
DROP TEXT SEARCH DICTIONARY spare;
CREATE TEXT SEARCH DICTIONARY spare (TEMPLATE = simple);

-- change: other options
-- drift: changed text search dictionary public.known_words options
ALTER TEXT SEARCH DICTIONARY known_words (STOPWORDS = 'german', ACCEPT = false);

-- change: an option less
-- drift: changed text search dictionary public.known_words options
ALTER TEXT SEARCH DICTIONARY known_words (STOPWORDS);

-- change: a text search parser is gone, with what uses it
-- drift: missing text search parser public.words
DROP TEXT SEARCH PARSER words CASCADE;

-- change: a text search parser too many
-- drift: unexpected text search parser public.spare
CREATE TEXT SEARCH PARSER spare (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);

-- change: a text search parser without headlines
-- drift: changed text search parser public.spare headline
CREATE TEXT SEARCH PARSER spare (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype, HEADLINE = prsd_headline);
-- production:
DROP TEXT SEARCH PARSER spare;
CREATE TEXT SEARCH PARSER spare (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);

-- change: a text search parser of other functions
-- drift: changed text search parser public.spare end
-- drift: changed text search parser public.spare nextToken
-- drift: changed text search parser public.spare start
-- drift: changed text search parser public.spare tokenTypes
CREATE TEXT SEARCH PARSER spare (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE FUNCTION a(internal, integer) RETURNS internal LANGUAGE internal AS 'prsd_start';
CREATE FUNCTION b(internal, internal, internal) RETURNS internal LANGUAGE internal AS 'prsd_nexttoken';
CREATE FUNCTION c(internal) RETURNS void LANGUAGE internal AS 'prsd_end';
CREATE FUNCTION d(internal) RETURNS internal LANGUAGE internal AS 'prsd_lextype';
-- production:
DROP TEXT SEARCH PARSER spare;
CREATE TEXT SEARCH PARSER spare (START = a, GETTOKEN = b, END = c, LEXTYPES = d);

-- change: a text search template is gone, with the dictionaries made from it
-- drift: missing text search template public.spare
CREATE TEXT SEARCH TEMPLATE spare (LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY spare_words (TEMPLATE = spare);
-- production:
DROP TEXT SEARCH TEMPLATE spare CASCADE;

-- change: a text search template too many
-- drift: unexpected text search template public.spare
CREATE TEXT SEARCH TEMPLATE spare (LEXIZE = dsimple_lexize);

-- change: a text search template without options
-- drift: changed text search template public.spare init
CREATE TEXT SEARCH TEMPLATE spare (INIT = dsimple_init, LEXIZE = dsimple_lexize);
-- production:
DROP TEXT SEARCH TEMPLATE spare;
CREATE TEXT SEARCH TEMPLATE spare (LEXIZE = dsimple_lexize);

-- change: a text search template that reduces otherwise
-- drift: changed text search template public.spare lexize
CREATE TEXT SEARCH TEMPLATE spare (LEXIZE = dsimple_lexize);
-- production:
DROP TEXT SEARCH TEMPLATE spare;
CREATE TEXT SEARCH TEMPLATE spare (LEXIZE = dsynonym_lexize);
