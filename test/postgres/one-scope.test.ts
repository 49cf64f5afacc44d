// Facts as one scope speaks of them, and how a comparison holds production to them.
import { describe, expect, test } from 'vitest';
import { compareAll } from '../../lambda/postgres/compare-all.ts';
import type { Fact } from '../../lambda/postgres/fact.ts';
import { allScopes, withinScope, withScope } from '../../lambda/postgres/one-scope.ts';
import { fact } from '../support/snapshots.ts';

const table = (name: string, grants?: Record<string, string>, owner = 'app'): Fact =>
  fact('table', `public.${name}`, { form: 'ordinary', owner, ...(grants && { grants }) }, 'schema public');
const column = (grants?: Record<string, string>): Fact =>
  fact('column', 'public.users.email', { type: 'text', ...(grants && { grants }) }, 'table public.users');
const index = fact('index', 'public.by_email', { unique: true }, 'table public.users');
const facts = [column(), index, table('orders', { app: 'SELECT' }), table('users')];

const serverVersion = 180_004;
const side = (of: Fact[], scope: 'structure' | 'owners' | 'grants') => ({ facts: of, serverVersion, scope: [scope] });

test('a scope has what it speaks of, and what could be granted stays without a word', () => {
  expect(withinScope(facts, 'owners')).toEqual([
    fact('table', 'public.orders', { owner: 'app' }, 'schema public'),
    fact('table', 'public.users', { owner: 'app' }, 'schema public'),
  ]);
  expect(withinScope(facts, 'grants')).toEqual([
    fact('column', 'public.users.email', {}, 'table public.users'),
    fact('table', 'public.orders', { grants: { app: 'SELECT' } }, 'schema public'),
    fact('table', 'public.users', {}, 'schema public'),
  ]);
});

test('scopes together say what each of them says', () => {
  const parts = [withinScope(facts, 'owners'), withinScope(facts, 'grants')];
  expect(allScopes(parts).map(({ id, attributes }) => [id, attributes])).toEqual([
    ['public.users.email', {}],
    ['public.orders', { owner: 'app', grants: { app: 'SELECT' } }],
    ['public.users', { owner: 'app' }],
  ]);
});

describe('production held to what was accepted', () => {
  const accepted = withinScope(facts, 'grants');
  const differencesOf = (production: Fact[]) =>
    compareAll([side(facts, 'structure'), side(accepted, 'grants')], { facts: production, serverVersion }).drift.map(
      ({ verb, subject, attribute }) => [verb, subject, attribute].filter(Boolean).join(' '),
    );

  test('is equal to itself', () => {
    expect(differencesOf(facts)).toEqual([]);
  });

  test('a grant that was taken away, one that was added, and one on a column', () => {
    const production = [column({ public: 'SELECT' }), index, table('orders'), table('users', { reporting: 'SELECT' })];
    expect(differencesOf(production)).toEqual([
      'changed public.orders grants',
      'changed public.users grants',
      'changed public.users.email grants',
    ]);
  });

  test('what is newer than the accepted state is the model’s business alone', () => {
    expect(differencesOf([...facts, table('invoices', { public: 'SELECT' })])).toEqual(['unexpected public.invoices']);
    expect(differencesOf(facts.slice(0, 3))).toEqual(['missing public.users']);
  });

  test('goes back over production, so that it can be repaired', () => {
    const production = [column({ public: 'SELECT' }), index, table('orders', undefined, 'eve'), table('users')];
    expect(withScope(production, 'grants', accepted)).toEqual([
      column(),
      index,
      table('orders', { app: 'SELECT' }, 'eve'),
      table('users'),
    ]);
  });
});
