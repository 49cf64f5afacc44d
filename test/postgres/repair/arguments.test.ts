import { expect, test } from 'vitest';
import { differInDefaultsOnly } from '../../../lambda/postgres/repair/kinds/arguments.ts';

const cases: [model: string, production: string, replaceable: boolean][] = [
  ['a integer DEFAULT 1', 'a integer', true],
  ['a integer DEFAULT 1', 'a integer DEFAULT 2', true],
  ['a integer', 'a integer DEFAULT 1', false],
  ['a integer', 'b integer', false],
  ['a integer, b text', 'a integer', false],
  ["a text DEFAULT 'x, y DEFAULT z', b integer", "a text DEFAULT ')', b integer", true],
  ['a numeric(10,2) DEFAULT f(1, 2), VARIADIC b text[]', 'a numeric(10,2), VARIADIC b text[]', true],
  ['"a,b" integer DEFAULT 1', '"a,b" integer', true],
  ['OUT a integer', 'a integer', false],
];

test.each(cases)('%s in the model, %s in production: %s', (model, production, replaceable) => {
  expect(differInDefaultsOnly(model, production)).toBe(replaceable);
});
