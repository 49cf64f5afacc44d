import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { couldBeSame, samePrintedSql } from '../../lambda/postgres/printed-sql.ts';
import { parseSql, tokensOf } from '../../lambda/postgres/sql-tree.ts';

const within = { expected: 180_004, actual: 180_000 };
const across = (expected: number, actual: number) => ({ expected: expected * 10_000 + 3, actual: actual * 10_000 + 4 });

describe('within one major', () => {
  test.each([
    [
      'the cast of an array goes to its elements when its text is read back',
      "CHECK (((status)::text = ANY ((ARRAY['new'::character varying, 'a,b'::character varying])::text[])))",
      "CHECK (((status)::text = ANY (ARRAY[('new'::character varying)::text, ('a,b'::character varying)::text])))",
    ],
    [
      'so does that of a type with a modifier',
      "((ARRAY['a'::bpchar, 'b'::bpchar])::character varying(3)[])",
      "(ARRAY[('a'::bpchar)::character varying(3), ('b'::bpchar)::character varying(3)])",
    ],
    [
      'a condition in a condition is one condition',
      'CHECK ((((a >= 1) AND (a <= 5)) AND (b > 0)))',
      'CHECK (((a >= 1) AND (a <= 5) AND (b > 0)))',
    ],
    ['an alternative in an alternative is one', '((a OR b) OR (c OR d))', '(a OR b OR c OR d)'],
    [
      'what was dumped from an older version calls the function behind the syntax',
      'btrim((v)::text)',
      'TRIM(BOTH FROM v)',
    ],
    ['white space is no difference', 'SELECT a,\n    b\n   FROM t', 'SELECT a, b FROM t'],
  ])('%s', (_, expected, actual) => {
    expect(samePrintedSql(expected, actual, within)).toBe(true);
    expect(samePrintedSql(actual, expected, within)).toBe(true);
  });

  test.each([
    ['another value', "(a = 'x'::text)", "(a = 'y'::text)"],
    ['white space in a string', "'a b'::text", "'a  b'::text"],
    ['letter case', '(a = b)', '(A = b)'],
    ['a name that is quoted', '("A" = b)', '(a = b)'],
    ['parentheses that count', '((a AND b) OR c)', '(a AND (b OR c))'],
    ['an array of another type', "(ARRAY['a'])::text[]", "(ARRAY['a'])::name[]"],
    ['an element more', "(ARRAY['a'::name, 'b'::name])::text[]", "ARRAY[('a'::name)::text]"],
    ['a qualified name', 'SELECT t.a FROM t', 'SELECT a FROM t'],
    ['a call where there is syntax', "date_part('year'::text, a)", 'EXTRACT(year FROM a)'],
    ['more at the end', 'now()', 'now() + 1'],
    ['a cast to another type', "(a)::text = 'x'::text", "(a)::character varying = 'x'::text"],
    ['a cast of an argument that changes the value', 'btrim(((v)::character(3))::text)', 'TRIM(BOTH FROM v)'],
    ['a cast to a timestamp', "timezone('x'::text, (t)::timestamp with time zone)", "(t AT TIME ZONE 'x'::text)"],
  ])('%s is a difference', (_, expected, actual) => {
    expect(samePrintedSql(expected, actual, within)).toBe(false);
    expect(samePrintedSql(actual, expected, within)).toBe(false);
  });
});

describe('between 13 and 14', () => {
  test.each([
    ["date_part('year'::text, t.c)", 'EXTRACT(year FROM t.c)'],
    ["(date_part('year'::text, at) > (2000)::double precision)", '(EXTRACT(year FROM at) > (2000)::numeric)'],
    ['"substring"(b, 2, 3)', 'SUBSTRING(b FROM 2 FOR 3)'],
    ["\"substring\"(b, 'a'::text, '#'::text)", "SUBSTRING(b SIMILAR 'a'::text ESCAPE '#'::text)"],
    ['"position"(b, \'x\'::text)', "POSITION(('x'::text) IN (b))"],
    ['"overlay"(b, \'zz\'::text, 2, 1)', "OVERLAY(b PLACING 'zz'::text FROM 2 FOR 1)"],
    ["btrim(b, 'x'::text)", "TRIM(BOTH 'x'::text FROM b)"],
    ['ltrim(b)', 'TRIM(LEADING FROM b)'],
    ["timezone('UTC'::text, now())", "(now() AT TIME ZONE 'UTC'::text)"],
    ['timezone((z)::text, now())', '(now() AT TIME ZONE z)'],
    ['btrim((v)::text)', 'TRIM(BOTH FROM v)'],
    ["btrim(((v)::text || 'x'::text))", "TRIM(BOTH FROM ((v)::text || 'x'::text))"],
    ['"substring"((v)::text, i, (s)::integer)', 'SUBSTRING(v FROM i FOR s)'],
    ['"position"((a)::text, (b)::text)', 'POSITION((b) IN (a))'],
    ['"overlay"((a)::text, (b)::text, 2)', 'OVERLAY(a PLACING b FROM 2)'],
    ["(NOT is_normalized((v)::text, 'nfd'::text))", '(NOT (v IS NFD NORMALIZED))'],
    ['"xmlexists"(\'//a\'::text, x)', "XMLEXISTS(('//a'::text) PASSING (x))"],
    ["(date_part('epoch'::text, t))::numeric", 'EXTRACT(epoch FROM t)'],
    [
      "make_interval(secs => date_part('epoch'::text, t))",
      'make_interval(secs => (EXTRACT(epoch FROM t))::double precision)',
    ],
    ["((date_part('epoch'::text, t))::numeric > (0)::numeric)", '(EXTRACT(epoch FROM t) > (0)::numeric)'],
    ['array_append(anyarray,anyelement)', 'array_append(anycompatiblearray,anycompatible)'],
    ['is_normalized(b)', '(b IS NORMALIZED)'],
    ['"normalize"(b, \'nfc\'::text)', 'NORMALIZE(b, NFC)'],
    ['pg_collation_for(b)', 'COLLATION FOR (b)'],
    ['a integer, INOUT b text', 'IN a integer, INOUT b text'],
  ])('%s is %s', (older, newer) => {
    expect(samePrintedSql(older, newer, across(13, 18))).toBe(true);
    expect(samePrintedSql(newer, older, across(14, 13))).toBe(true);
  });

  test.each([
    ["date_part('year'::text, c)", 'EXTRACT(month FROM c)'],
    ['"position"(b, a)', 'POSITION((b) IN (a))'],
    ['ltrim(b)', 'TRIM(TRAILING FROM b)'],
    ["timezone('UTC'::text, now())", "(now() AT TIME ZONE 'CET'::text)"],
    ["timezone('x'::text, (f)::timestamp with time zone)", "(f AT TIME ZONE 'x'::text)"],
    ["date_part('year'::text, c), (a)::numeric", 'EXTRACT(year FROM c), (a)::double precision'],
    ["(date_part('epoch'::text, t) / (n)::double precision)", '(EXTRACT(epoch FROM t) / n)'],
  ])('%s is not %s', (older, newer) => {
    expect(samePrintedSql(older, newer, across(13, 14))).toBe(false);
  });
});

describe('between 15 and 16', () => {
  test.each([
    ['SELECT t.a, t.b FROM public.t WHERE (t.a > 0)', 'SELECT a, b FROM public.t WHERE (a > 0)'],
    ['SELECT label.label FROM label', 'SELECT label FROM label'],
    ['XMLSERIALIZE(CONTENT x AS text)', 'XMLSERIALIZE(CONTENT x AS text NO INDENT)'],
  ])('%s is %s', (older, newer) => {
    expect(samePrintedSql(older, newer, across(15, 16))).toBe(true);
    expect(samePrintedSql(newer, older, across(18, 13))).toBe(true);
  });

  test.each([
    ['SELECT a.id FROM a, b', 'SELECT b.id FROM a, b'],
    ['SELECT t.a FROM public.t', 'SELECT a FROM public.u'],
    ['SELECT t.a FROM t', 'SELECT b FROM t'],
  ])('%s is not %s', (older, newer) => {
    expect(samePrintedSql(older, newer, across(15, 16))).toBe(false);
  });
});

describe('what two majors print differently', () => {
  test.each([
    ['a cast that is made unasked', "timezone('x'::text, (f)::timestamp with time zone)", "(f AT TIME ZONE 'x'::text)"],
    [
      'numeric where it was double precision',
      "(date_part('epoch'::text, t) / (n)::double precision)",
      '(EXTRACT(epoch FROM t) / n)',
    ],
    ['parentheses', '((a AND b) OR c)', '(a AND (b OR c))'],
    ['casts', '(a)::character varying(10)', '((a)::text)::numeric(10,2)[]'],
    ['an element of an array', '((a)[1])::text', '(a[1])'],
  ])('could be the same: %s', (_, expected, actual) => {
    expect(samePrintedSql(expected, actual, across(13, 18))).toBe(false);
    expect(couldBeSame(expected, actual, across(13, 18))).toBe(true);
    expect(couldBeSame(actual, expected, across(18, 13))).toBe(true);
  });

  test.each([
    ['another literal', "(a = 'x'::text)", "(a = 'y'::text)"],
    ['another operator', '(a < b)', '(a <= b)'],
    ['another column', 'SELECT t.a FROM t', 'SELECT t.b FROM t'],
    ['another order', '(a - b)', '(b - a)'],
    ['another relation', 'SELECT a.id FROM a, b', 'SELECT b.id FROM a, b'],
    ['another element', '(a[1])', '(a[2])'],
    ['something more', 'now()', '(now() + 1)'],
  ])('is another thing: %s', (_, expected, actual) => {
    expect(couldBeSame(expected, actual, across(13, 18))).toBe(false);
  });

  test('within one major nothing is left open', () => {
    expect(couldBeSame('((a AND b) OR c)', '(a AND (b OR c))', within)).toBe(false);
  });
});

describe('a real change shows between any two majors', () => {
  const text =
    "SELECT btrim((t.v)::text, 'x'::text) AS a, date_part('year'::text, t.at) AS b FROM public.t WHERE ((t.n > 5) AND (t.v = 'y'::text))";
  test.each([
    ['a literal', "'y'", "'z'"],
    ['a number', '5', '6'],
    ['an operator', '>', '>='],
    ['a column', 't.n', 't.m'],
    ['a function', 'btrim', 'ltrim'],
    ['a field', "'year'", "'month'"],
    ['a relation', 'public.t', 'public.u'],
    ['AND', 'AND', 'OR'],
    ['a name of its own', 'AS a', 'AS c'],
    ['a condition less', " AND (t.v = 'y'::text)", ''],
  ])('%s', (_, part, other) => {
    for (const [model, production] of [
      [13, 18],
      [15, 16],
      [18, 14],
    ] as const) {
      expect(samePrintedSql(text, text.replace(part, other), across(model, production))).toBe(false);
      expect(couldBeSame(text, text.replace(part, other), across(model, production))).toBe(false);
    }
  });
});

test('any text can be compared, with itself and with another', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (left, right) => {
      expect(samePrintedSql(left, left, across(13, 18))).toBe(true);
      expect(samePrintedSql(left, right, across(13, 18))).toBe(samePrintedSql(right, left, across(18, 13)));
    }),
  );
});

test('strings, quoted names and operators are one token each', () => {
  expect(tokensOf(parseSql(`f('it''s (x)', "a ""b"")") || E'\\\\' ->> 1.5e3::text[]`))).toEqual([
    'f',
    '(',
    `'it''s (x)'`,
    ',',
    `"a ""b"")"`,
    ')',
    '||',
    `E'\\\\'`,
    '->>',
    '1.5e3',
    '::',
    'text',
    '[',
    ']',
  ]);
});
