import { expect, test } from 'vitest';
import { compareWidth, type Width } from '../../../lambda/postgres/assessment/type-width.ts';

const cases: [model: string, production: string, Width][] = [
  ['integer', 'integer', 'equal'],
  ['bigint', 'integer', 'narrower'],
  ['smallint', 'bigint', 'wider'],
  ['double precision', 'real', 'narrower'],
  ['character varying(64)', 'character varying(32)', 'narrower'],
  ['character varying', 'character varying(32)', 'narrower'],
  ['text', 'character varying(32)', 'narrower'],
  ['character varying(32)', 'text', 'wider'],
  ['text', 'character varying', 'equal'],
  ['numeric', 'numeric(10,2)', 'narrower'],
  ['numeric(10,2)', 'numeric(12,2)', 'wider'],
  ['numeric(10,2)', 'numeric(10,4)', 'other'],
  ['timestamp without time zone', 'timestamp(3) without time zone', 'narrower'],
  ['timestamp without time zone', 'timestamp with time zone', 'other'],
  ['integer[]', 'bigint[]', 'wider'],
  ['integer[]', 'bigint', 'other'],
  ['character(10)', 'character(12)', 'other'],
  ['public.mood', 'text', 'other'],
  ['public."character varying"(3)', 'public."character varying"(2)', 'other'],
];

test.each(cases)('%s in the model, %s in production: %s', (model, production, width) => {
  expect(compareWidth(model, production)).toBe(width);
});
