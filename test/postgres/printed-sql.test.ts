import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { samePrintedSql } from '../../lambda/postgres/printed-sql.ts';
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
    ["timezone('x'::text, (f)::timestamp with time zone)", "(f AT TIME ZONE 'x'::text)"],
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
