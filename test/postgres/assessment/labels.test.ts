import { expect, test } from 'vitest';
import { attributeLabel } from '../../../lambda/postgres/assessment/labels.ts';
import { kinds } from '../../../lambda/postgres/kinds.ts';

const attributes = Object.entries(kinds).flatMap(([kind, { attributes }]) =>
  Object.keys(attributes).map((name) => [kind, name] as const),
);

test('every attribute has words for the middle of a sentence', () => {
  // "partition of of table x" is no sentence.
  const awkward = attributes.filter(([kind, attribute]) =>
    / (of|by|to|from|with)$|[^A-Za-z_ ]/.test(attributeLabel(kind, attribute)),
  );
  expect(awkward).toEqual([]);
});

test('what means something else for one kind has its own words there', () => {
  expect(attributeLabel('trigger', 'enabled')).toBe('firing mode');
  expect(attributeLabel('subscription', 'enabled')).toBe('enabled');
  expect(attributeLabel('no such kind', 'rowSecurity')).toBe('row security');
});
