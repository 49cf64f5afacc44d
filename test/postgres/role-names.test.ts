import { describe, expect, test } from 'vitest';
import { diff } from '../../lambda/postgres/diff.ts';
import type { Fact } from '../../lambda/postgres/fact.ts';
import { renameRoles } from '../../lambda/postgres/role-names.ts';

describe('roles by other names', () => {
  const names = new Map([
    ['model_owner', 'prod_owner'],
    ['app', 'My App'],
    ['writer', 'prod_owner'],
    ['web', 'user'],
  ]);
  const rename = (fact: Omit<Fact, 'attributes'> & { attributes?: Fact['attributes'] }): Fact =>
    renameRoles([{ attributes: {}, ...fact }], names)[0] as Fact;

  test.each([
    ['an owner', { owner: 'model_owner' }, { owner: 'prod_owner' }],
    ['another owner', { owner: 'somebody' }, { owner: 'somebody' }],
    ['grantees', { grants: { app: 'SELECT', public: 'USAGE' } }, { grants: { 'My App': 'SELECT', public: 'USAGE' } }],
    [
      'two that become one',
      { grants: { model_owner: 'SELECT*, UPDATE', writer: 'INSERT, SELECT' } },
      { grants: { prod_owner: 'INSERT, SELECT*, UPDATE' } },
    ],
    ['what the owner lost', { grants: { owner: '' } }, { grants: { owner: '' } }],
    ['roles of a policy', { roles: ['app', 'public'] }, { roles: ['My App', 'public'] }],
    ['memberships', { memberOf: { app: 'member' } }, { memberOf: { 'My App': 'member' } }],
    ['nothing else', { definition: 'app', comment: 'model_owner' }, { definition: 'app', comment: 'model_owner' }],
  ])('%s', (_, attributes, expected) => {
    expect(rename({ kind: 'table', id: 'public.app', attributes } as Fact)).toEqual({
      kind: 'table',
      id: 'public.app',
      attributes: expected,
    });
  });

  test.each([
    ['role', 'app', '"My App"'],
    ['role', 'web', '"user"'],
    ['role', 'other', 'other'],
    ['default privileges', 'for role app in schema "app" on tables', 'for role "My App" in schema "app" on tables'],
    ['database setting', 'search_path for role model_owner', 'search_path for role prod_owner'],
    ['database setting', 'search_path', 'search_path'],
    ['user mapping', 'archive.app', 'archive."My App"'],
    ['user mapping', 'app.public', 'app.public'],
    ['schema', 'app', 'app'],
  ])('the name of a %s: %s', (kind, id, expected) => {
    expect(rename({ kind, id }).id).toBe(expected);
  });

  test('a role that is mapped to what it is called changes nothing', () => {
    const facts: Fact[] = [{ kind: 'role', id: '"My App"', attributes: { memberOf: { app: 'member' } } }];
    expect(renameRoles(facts, new Map([['My App', 'My App']]))).toEqual(facts);
  });
});

describe('a role that something names', () => {
  const plain = { superuser: false, login: true, inherit: true };
  const table = (attributes: Fact['attributes']): Fact => ({ kind: 'table', id: 'public.t', attributes });
  const role = (id: string, attributes: Fact['attributes'] = plain): Fact => ({ kind: 'role', id, attributes });
  const told = (model: Fact[], production: Fact[]) =>
    diff({ facts: model, serverVersion: 180_000 }, { facts: production, serverVersion: 180_000 }).drift.map((entry) =>
      [entry.verb, entry.kind, entry.subject, entry.attribute ?? '', ...(entry.swallowed ?? [])].join(' ').trim(),
    );

  test('is told with the grant that names it', () => {
    expect(told([table({})], [table({ grants: { 'My App': 'SELECT' } }), role('"My App"')])).toEqual([
      'changed table public.t grants role "My App"',
    ]);
  });

  test('is told by itself when it has powers of its own', () => {
    const powerful = role('app', { ...plain, superuser: true });
    expect(told([table({})], [table({ owner: 'app' }), powerful])).toEqual([
      'unexpected role app',
      'changed table public.t owner',
    ]);
  });

  test('is told by itself when nothing else that differs names it', () => {
    expect(told([], [role('app')])).toEqual(['unexpected role app']);
  });

  test('is told by itself when everything that named it went with it', () => {
    const other: Fact = { kind: 'view', id: 'public.v', attributes: { grants: { app: 'SELECT' } } };
    expect(
      told([table({ grants: { app: 'SELECT' } }), other, role('app')], [table({}), { ...other, attributes: {} }]),
    ).toEqual(['missing role app', 'changed table public.t grants', 'changed view public.v grants']);
  });
});
