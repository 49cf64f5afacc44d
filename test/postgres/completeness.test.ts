// No blind spots: every column of every catalog that holds definitions is told by a fact, or excluded with its reason.
// Here on the newest major, in test/integration on all of them.
import { beforeAll, expect, inject, test } from 'vitest';
import { commonAttributes } from '../../lambda/postgres/kinds/shared.ts';
import { kinds } from '../../lambda/postgres/kinds.ts';
import '../support/postgres-url.ts';
import { decisions, withoutDefinitions } from './completeness/catalogs.ts';
import { readServerColumns, type ServerColumn, undecided } from './completeness/server-columns.ts';

let columns: ServerColumn[];
beforeAll(async () => {
  columns = await readServerColumns(inject('postgresUrl'));
});

test('somebody has decided about every column of every catalog', () => {
  expect(columns.length).toBeGreaterThan(500);
  expect(undecided(columns)).toEqual([]);
});

test('a column that nobody has decided about is told', () => {
  const other = { catalog: 'pg_class', column: 'relcolour' };
  expect(undecided([...columns, other, { catalog: 'pg_gadget', column: 'name' }])).toEqual([
    'pg_class.relcolour',
    'pg_gadget.name',
  ]);
});

test('a catalog holds definitions or holds none', () => {
  expect(Object.keys(withoutDefinitions).filter((catalog) => catalog in decisions)).toEqual([]);
});

const attributesOf = (kind: string): string[] =>
  Object.hasOwn(kinds, kind) ? Object.keys(kinds[kind as keyof typeof kinds].attributes) : [];
const known = new Set([
  ...Object.keys(commonAttributes),
  ...Object.keys(kinds).flatMap((kind) => attributesOf(kind).map((attribute) => `${kind} ${attribute}`)),
]);
const decided = Object.values(decisions).flatMap((catalog) => Object.values(catalog));
const told = new Set(decided.flatMap((decision) => ('told' in decision ? decision.told : [])));
const placed = new Set(decided.flatMap((decision) => ('places' in decision ? decision.places : [])));

test('every fact attribute that a column is said to be told by exists', () => {
  expect([...told].filter((attribute) => !known.has(attribute))).toEqual([]);
  expect([...placed].filter((kind) => !Object.hasOwn(kinds, kind))).toEqual([]);
});

test('every kind and every attribute comes from a column of a catalog', () => {
  // There is one database, and it is the same fact under any name.
  expect(Object.keys(kinds).filter((kind) => !placed.has(kind))).toEqual(['database']);
  expect([...known].filter((attribute) => !told.has(attribute))).toEqual([]);
});
