import { expect, test } from 'vitest';
import { scopes } from '../../lambda/postgres/scope.ts';
import { factsWithin } from '../../lambda/postgres/within-scope.ts';
import { fact } from '../support/snapshots.ts';

const users = fact('table', 'public.users', { persistence: 'permanent', owner: 'app', grants: { reader: 'SELECT' } });

test('what a snapshot does not speak of is not in it', () => {
  expect(factsWithin([users], ['structure'])).toEqual([fact('table', 'public.users', { persistence: 'permanent' })]);
  expect(factsWithin([users], ['structure', 'owners'])).toEqual([
    fact('table', 'public.users', { persistence: 'permanent', owner: 'app' }),
  ]);
});

test('an object outside of the scope stays with what is inside of it, or goes', () => {
  const schema = fact('schema', 'public');
  expect(factsWithin([users, schema], ['grants'])).toEqual([
    fact('table', 'public.users', { grants: { reader: 'SELECT' } }),
  ]);
});

test('a snapshot of everything has everything, also what this version does not know', () => {
  const unknown = fact('of the future', 'x', { y: 1 });
  expect(factsWithin([users, unknown], scopes)).toEqual([users, unknown]);
  expect(factsWithin([unknown], ['structure'])).toEqual([unknown]);
});
