import { describe, expect, test } from 'vitest';
import {
  derivedName,
  label,
  lastName,
  optionValue,
  qualifiedName,
  schemaName,
} from '../../../lambda/postgres/repair/identifier.ts';

describe('names are taken apart at their quotes', () => {
  test.each([
    ['public.users', ['public', 'users']],
    ['public.users.email', ['public', 'users', 'email']],
    ['"a.b"."c""d".e', ['"a.b"', '"c""d"', 'e']],
    ['public.f(integer, public.mood)', ['public', 'f']],
    ['public."f(x)"(text)', ['public', '"f(x)"']],
    ['billing', ['billing']],
    ['"🙂\n".x', ['"🙂\n"', 'x']],
  ])('%s', (id, parts) => {
    expect(schemaName(id)).toBe(parts[0]);
    expect(lastName(id)).toBe(parts.at(-1));
    expect(qualifiedName(id)).toBe(parts.join('.'));
  });
});

test('derived names are quoted where they have to be', () => {
  expect(derivedName('users', 'id', 'seq')).toBe('users_id_seq');
  expect(derivedName('"Users"', '"a""b"', 'seq')).toBe('"Users_a""b_seq"');
});

test('names and values of options', () => {
  expect([label('fillfactor'), label('my Option"')]).toEqual(['fillfactor', '"my Option"""']);
  expect(['70', 'on', '-1.5', "it's", 'a\\b', ''].map(optionValue)).toEqual([
    '70',
    'on',
    '-1.5',
    "'it''s'",
    "E'a\\\\b'",
    "''",
  ]);
});
