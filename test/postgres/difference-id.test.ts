import { expect, test } from 'vitest';
import { differenceId } from '../../lambda/postgres/difference-id.ts';
import type { DriftEntry } from '../../lambda/postgres/drift.ts';

const entry: DriftEntry = {
  kind: 'column',
  subject: 'public.users.email',
  parent: 'table public.users',
  verb: 'changed',
  attribute: 'type',
  expected: { a: 1, b: 2 },
  actual: 'text',
};

test('the id of a difference is the same in every version: settings hold it', () => {
  expect(differenceId(entry)).toBe('fae7a8b4ae');
  expect(differenceId({ ...entry, expected: { b: 2, a: 1 } })).toBe(differenceId(entry));
});

test('what it takes along, and who has it, are not part of it', () => {
  expect(differenceId({ ...entry, swallowed: ['column a.b.c'], tenants: ['a'], parent: 'table x' } as DriftEntry)).toBe(
    differenceId(entry),
  );
});

test.each([
  { kind: 'attribute' },
  { subject: 'public.users.mail' },
  { verb: 'missing' },
  { attribute: 'default' },
  { expected: null },
  { actual: 'Text' },
] as Partial<DriftEntry>[])('%j makes another difference of it', (part) => {
  expect(differenceId({ ...entry, ...part })).not.toBe(differenceId(entry));
});
