import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diff } from '../../lambda/postgres/diff.ts';
import type { Fact } from '../../lambda/postgres/fact.ts';
import { type GrantList, granteeKey, grantsOf, roleOfGrantee } from '../../lambda/postgres/privileges.ts';

describe('what a list of grants says', () => {
  test.each<[string, GrantList, number, unknown]>([
    ['what the owner may do goes without saying', ['r', 'o', ['o=arwdDxt/o']], 16, null],
    ['the same with what 17 brought', ['r', 'o', ['o=arwdDxtm/o']], 17, null],
    [
      'on 17, less than all',
      ['r', 'o', ['o=arwdDxt/o']],
      17,
      { owner: 'DELETE, INSERT, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE' },
    ],
    ['the owner may do nothing', ['r', 'o', []], 18, { owner: '' }],
    ['an owner may always hand on', ['r', 'o', ['o=a*r*w*d*D*x*t*m*/o']], 18, null],
    ['sorted, with grant option', ['r', 'o', ['o=arwdDxtm/o', 'app=w*r/o']], 18, { app: 'SELECT, UPDATE*' }],
    ['whoever granted it', ['r', 'o', ['o=arwdDxtm/o', 'app=r/o', 'app=r*w/other']], 18, { app: 'SELECT*, UPDATE' }],
    ['everybody', ['r', 'o', ['o=arwdDxtm/o', '=r/o']], 18, { public: 'SELECT' }],
    ['a function as it is created', ['f', 'o', ['=X/o', 'o=X/o']], 18, null],
    ['a function that was taken from everybody', ['f', 'o', ['o=X/o']], 18, {}],
    [
      'a function that was given to one as well',
      ['f', 'o', ['=X/o', 'o=X/o', 'app=X/o']],
      18,
      { app: 'EXECUTE', public: 'EXECUTE' },
    ],
    ['a database as it is created', ['d', 'o', ['=Tc/o', 'o=CTc/o']], 18, null],
    ['a sequence', ['s', 'o', ['o=rwU/o', 'app=U/o']], 18, { app: 'USAGE' }],
    ['a column', ['c', 'o', ['app=w/o', 'o=r/o']], 18, { app: 'UPDATE', owner: 'SELECT' }],
    [
      'roles called like nobody',
      ['r', 'o', ['o=arwdDxtm/o', 'owner=r/o', '"""x"=r/o']],
      18,
      { '"owner"': 'SELECT', '"""x"': 'SELECT' },
    ],
    ['names of every kind', ['r', 'o=/', ['"o=/"=arwdDxtm/"o=/"', '"a=b/c"=r/"o=/"']], 18, { 'a=b/c': 'SELECT' }],
    ['a role that is gone', ['r', 'o', ['o=arwdDxtm/o', '16423=r/o']], 18, { '16423': 'SELECT' }],
    ['a privilege of a newer version', ['r', 'o', ['o=arwdDxtm/o', 'app=Z/o']], 19, { app: 'Z' }],
  ])('%s', (_, list, major, expected) => {
    expect(grantsOf(list, major)).toEqual(expected);
  });

  test('a grantee keeps its name, whatever it is', () => {
    const name = fc.oneof(fc.constantFrom('owner', '"owner"', '"', '""', 'public"'), fc.string({ minLength: 1 }));
    fc.assert(
      fc.property(name, (role) => {
        fc.pre(role !== 'public' && role !== 'o');
        const item = `"${role.replaceAll('"', '""')}"=r/o`;
        expect(Object.keys(grantsOf(['c', 'o', [item]], 18) ?? {})).toEqual([granteeKey(role)]);
        expect(roleOfGrantee(granteeKey(role))).toBe(role);
      }),
    );
  });
});

describe('grants on servers of two majors', () => {
  const drift = (
    kind: string,
    id: string,
    attribute: string,
    [expected, from]: [unknown, number],
    [actual, to]: [unknown, number],
  ) => {
    const side = (value: unknown, major: number) => ({
      facts: [{ kind, id, attributes: value === null ? {} : { [attribute]: value } } as Fact],
      serverVersion: major * 10_000,
    });
    return diff(side(expected, from), side(actual, to)).drift.length;
  };

  test.each<[string, Parameters<typeof drift>, number]>([
    [
      'GRANT ALL means more on 17',
      ['table', 't', 'grants', [{ app: 'INSERT, SELECT' }, 16], [{ app: 'INSERT, MAINTAIN, SELECT' }, 17]],
      0,
    ],
    ['and may be all there is', ['table', 't', 'grants', [null, 16], [{ app: 'MAINTAIN' }, 17]], 0],
    [
      'the rest counts all the same',
      ['table', 't', 'grants', [{ app: 'INSERT' }, 16], [{ app: 'MAINTAIN, SELECT' }, 17]],
      1,
    ],
    [
      'between newer ones it counts',
      ['table', 't', 'grants', [{ app: 'SELECT' }, 17], [{ app: 'MAINTAIN, SELECT' }, 18]],
      1,
    ],
    [
      'the schema public as installed',
      ['schema', 'public', 'grants', [{ public: 'CREATE, USAGE' }, 14], [{ public: 'USAGE' }, 15]],
      0,
    ],
    [
      'and the other way round',
      ['schema', 'public', 'grants', [{ public: 'USAGE' }, 18], [{ public: 'CREATE, USAGE' }, 13]],
      0,
    ],
    [
      'but not on one major',
      ['schema', 'public', 'grants', [{ public: 'USAGE' }, 15], [{ public: 'CREATE, USAGE' }, 16]],
      1,
    ],
    [
      'nor opened on the newer one',
      ['schema', 'public', 'grants', [{ public: 'USAGE' }, 14], [{ public: 'CREATE, USAGE' }, 15]],
      1,
    ],
    [
      'nor another schema',
      ['schema', 'app', 'grants', [{ public: 'CREATE, USAGE' }, 14], [{ public: 'USAGE' }, 15]],
      1,
    ],
    ['its owner as installed', ['schema', 'public', 'owner', ['postgres', 14], ['pg_database_owner', 15]], 0],
    ['its owner, changed', ['schema', 'public', 'owner', ['postgres', 14], ['app', 15]], 1],
    ['options of memberships', ['role', 'a', 'memberOf', [{ b: 'member' }, 15], [{ b: 'member, no set' }, 16]], 0],
    ['which count later', ['role', 'a', 'memberOf', [{ b: 'member' }, 16], [{ b: 'member, no set' }, 17]], 1],
  ])('%s', (_, args, count) => {
    expect(drift(...args)).toBe(count);
  });
});
