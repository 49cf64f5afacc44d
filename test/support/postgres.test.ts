import { expect, test } from 'vitest';
import { useDatabase } from './postgres.ts';

const one = useDatabase();
const other = useDatabase();

test('a test file has databases of its own', async () => {
  await one.query('create table here (id int); insert into here values (1), (2)');
  expect(await one.query('select 1 as a; select id from here order by id')).toEqual([{ id: 1 }, { id: 2 }]);
  expect(await other.query(`select to_regclass('here') as found`)).toEqual([{ found: null }]);
  expect(one.url).not.toBe(other.url);
});

test('a role signs in with its own password only', async () => {
  expect(one.urlFor('app user', 'p@ss/word')).toContain('//app%20user:p%40ss%2Fword@127.0.0.1');
});
