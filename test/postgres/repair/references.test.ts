import { expect, test } from 'vitest';
import { referencesIn } from '../../../lambda/postgres/repair/references.ts';

const cases: [sql: string, qualified: string[]][] = [
  ['SELECT u.id FROM public.users u', ['u.id', 'public.users']],
  ["nextval('public.users_id_seq'::regclass)", ['public.users_id_seq']],
  ["'public.users'::text || 'it''s public.x'", []],
  ['("my schema"."a""b".c)::public.mood[]', ['"my schema"."a""b"', '"a""b".c', 'public.mood']],
  ['x > 1.5 AND y', []],
  ['OPERATOR(public.=) a', []],
  ['a . b', []],
];

test.each(cases)('%s', (sql, qualified) => {
  expect([...referencesIn(sql).qualified]).toEqual(qualified);
});

test('names stand alone as well; what literals say is no name', () => {
  expect([...referencesIn(`lower(email) = 'login' AND "Group" IS NULL`).names]).toEqual([
    'lower',
    'email',
    'AND',
    '"Group"',
    'IS',
    'NULL',
  ]);
});
