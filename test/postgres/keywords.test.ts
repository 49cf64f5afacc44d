import { expect, test } from 'vitest';
import {
  keyQuotedAsNewest,
  quotedAsNewest,
  valueQuotedAsNewest,
  withoutKeywordQuotes,
} from '../../lambda/postgres/keywords.ts';

test.each([
  [15, 'public.json', 'public."json"'],
  [15, 'public.t.system_user', 'public.t."system_user"'],
  [16, 'public."json_object".json', 'public."json_object"."json"'],
  [15, 'public.json_like', 'public.json_like'],
  [15, 'public."my json"', 'public."my json"'],
  [15, 'public."a.json.b"', 'public."a.json.b"'],
  [15, 'public.f(json, text)', 'public.f(json, text)'],
  [15, 'public.json_table(json)', 'public."json_table"(json)'],
  [18, 'public.json', 'public.json'],
])('on %i, %s is %s', (major, name, expected) => {
  expect(quotedAsNewest(name, major)).toBe(expected);
});

test.each([
  ['table public.json', 'table public."json"'],
  ['materialized view public.json', 'materialized view public."json"'],
  ['composite type json.t', 'composite type "json".t'],
])('the key %s is %s', (key, expected) => {
  expect(keyQuotedAsNewest(key, 15)).toBe(expected);
});

test.each([
  ['table', 'columnOrder', ['id', 'json'], ['id', '"json"']],
  ['table', 'inherits', ['public.json'], ['public."json"']],
  ['sequence', 'ownedBy', 'public.json.id', 'public."json".id'],
  ['table', 'replicaIdentity', 'index public.json_array', 'index public."json_array"'],
  ['enum', 'labels', ['json'], ['json']],
  ['column', 'type', 'json', 'json'],
])('the %s %s %j is %j', (kind, attribute, value, expected) => {
  expect(valueQuotedAsNewest(kind, attribute, value, 15)).toEqual(expected);
});

test('only those quotes go that some versions leave out', () => {
  expect(['"json"', '"user"', 'json', "'json'"].map(withoutKeywordQuotes)).toEqual([
    'json',
    '"user"',
    'json',
    "'json'",
  ]);
});
