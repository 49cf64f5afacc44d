import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type ComparedDatabase, compareWithDatabase } from '../../lambda/postgres/compare-with-database.ts';
import { diffTenants } from '../../lambda/postgres/diff-tenants.ts';
import type { DriftEntry } from '../../lambda/postgres/drift.ts';
import type { CatalogRead } from '../../lambda/postgres/read-catalog.ts';
import { type TenantRule, underModelName } from '../../lambda/postgres/tenants.ts';
import '../support/postgres-url.ts';
import { connectClient, type DatabaseMaker, databaseMaker, openSession, readUrl, withClient } from './databases.ts';

const shared = 'CREATE TABLE public.plans (id integer PRIMARY KEY, name text);';
/** A schema whose every printed text names it. */
const tenantSql = (schema: string): string => `
  CREATE SCHEMA ${schema};
  SET search_path = ${schema};
  CREATE TYPE mood AS ENUM ('good', 'bad');
  CREATE TABLE users (id serial PRIMARY KEY, plan integer REFERENCES public.plans, mood mood DEFAULT 'good', note text);
  CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_id integer REFERENCES users, total numeric);
  CREATE INDEX orders_by_user ON orders (user_id);
  CREATE FUNCTION count_of(wanted mood, times integer DEFAULT 2) RETURNS bigint LANGUAGE sql
    SET search_path = ${schema}, public BEGIN ATOMIC SELECT count(*) FROM users WHERE mood = wanted; END;
  CREATE VIEW totals AS SELECT u.id, sum(o.total) AS total, count_of(u.mood) AS same FROM users u JOIN orders o ON o.user_id = u.id GROUP BY u.id;
  CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
  CREATE TRIGGER touching BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();
  CREATE POLICY own ON orders USING (user_id IN (SELECT id FROM users));
  RESET search_path;`;

let databases: DatabaseMaker;
let model: Pick<CatalogRead, 'facts' | 'serverVersion'> & { options: { includeSchemas?: string[] } };
beforeAll(async () => {
  databases = await databaseMaker(inject('postgresUrl'), 'tenants');
  const url = await databases.create();
  await withClient(url, (client) => client.query(shared + tenantSql('tenant')));
  model = { ...(await readUrl(url)), options: {} };
});
afterAll(() => databases.close());

const rules: TenantRule[] = [{ schemas: 'tenant_*', model: 'tenant', except: ['tenant_old*'] }];

async function production(schemas: readonly string[], sql = ''): Promise<string> {
  const url = await databases.create();
  await withClient(url, (client) => client.query(shared + schemas.map(tenantSql).join('\n') + sql));
  return url;
}

async function compare(url: string, tenants = rules, against = model): Promise<ComparedDatabase> {
  const session = await openSession(url);
  const options = { signal: AbortSignal.timeout(60_000), tenants };
  return compareWithDatabase(against, session, options).finally(() => session.close());
}

const told = (drift: readonly DriftEntry[]) =>
  drift.map(({ verb, kind, subject, attribute, tenants }) =>
    [verb, kind, subject, attribute, tenants?.join(' ')].filter((part) => part !== undefined).join(' '),
  );

test('schemas that hold what the model has for them are equal, whatever they are called', async () => {
  const names = ['tenant_1', 'tenant_2', 'tenant_10', '"tenant_Ä-1"', '"tenant_a.b"', '"tenant_\'q"', 'tenant_users'];
  const { drift, notVerified, equal, objects, production: rest, token } = await compare(await production(names));
  expect(told(drift)).toEqual([]);
  expect(notVerified).toEqual([]);
  const ofTenant = model.facts.filter(({ id }) => /^tenant(\.|$)/.test(id)).length;
  expect(ofTenant).toBeGreaterThan(20);
  expect(equal).toBe(model.facts.length - ofTenant + names.length * ofTenant);
  expect(objects).toBe(equal);
  expect(rest.facts.filter(({ kind }) => kind === 'schema').map(({ id }) => id)).toEqual(['public']);
  expect(token).toEqual(expect.any(String));
});

test('more views than one slice holds are counted once', async () => {
  const views = (schema: string): string =>
    Array.from({ length: 60 }, (_, n) => `CREATE VIEW ${schema}.v${n} AS SELECT id FROM ${schema}.users;`).join('\n');
  const from = await production(['tenant'], views('tenant'));
  const against = { ...(await readUrl(from)), options: {} };
  const names = ['tenant_1', 'tenant_2', 'tenant_3', 'tenant_4', 'tenant_5'];
  const url = await production(names, `${names.map(views).join('')} DROP VIEW tenant_4.v59;`);
  const { drift, equal } = await compare(url, rules, against);
  expect(told(drift)).toEqual(['missing view tenant.v59 tenant_4']);
  const ofTenant = against.facts.filter(({ id }) => /^tenant(\.|$)/.test(id)).length;
  const ofView = against.facts.filter(({ id }) => /^tenant\.v59(\.|$)/.test(id)).length;
  expect(equal).toBe(against.facts.length - ofTenant + names.length * ofTenant - ofView);
});

test('what differs in the same way is told once, with the schemas that it is about', async () => {
  const url = await production(
    ['tenant_1', 'tenant_2', 'tenant_3', 'tenant_4', 'tenant_old_5', 'other'],
    `ALTER TABLE tenant_2.users DROP note; ALTER TABLE tenant_3.users DROP note;
     CREATE TABLE tenant_3.extra (id integer);
     DROP VIEW tenant_4.totals;
     ALTER TABLE tenant_4.orders ALTER user_id SET DEFAULT 1;
     ALTER TABLE public.plans ADD price numeric;`,
  );
  const { drift } = await compare(url);
  expect(told(drift)).toEqual([
    'unexpected schema other',
    'unexpected column public.plans.price',
    'unexpected table tenant.extra tenant_3',
    'changed column tenant.orders.user_id default tenant_4',
    'missing view tenant.totals tenant_4',
    'missing column tenant.users.note tenant_2 tenant_3',
    'unexpected schema tenant_old_5',
  ]);
});

test('the same is told of facts that are all at hand', async () => {
  const url = await production(
    ['tenant_1', 'tenant_2', 'tenant_3', 'other'],
    'ALTER TABLE tenant_2.users DROP note; ALTER TABLE tenant_3.users DROP note; DROP VIEW tenant_3.totals;',
  );
  const live = await compare(url);
  const { drift, equal } = diffTenants(model, await readUrl(url), rules);
  expect(drift).toEqual(live.drift);
  expect(told(drift)).toContain('missing column tenant.users.note tenant_2 tenant_3');
  expect(equal).toBe(live.equal);
});

test('a reference to another schema of the same kind is a difference', async () => {
  const url = await production(
    ['tenant_1', 'tenant_2', 'tenant_3'],
    'CREATE OR REPLACE VIEW tenant_2.totals AS SELECT u.id, sum(o.total) AS total, tenant_2.count_of(u.mood) AS same FROM tenant_2.users u JOIN tenant_3.orders o ON o.user_id = u.id GROUP BY u.id',
  );
  expect(told((await compare(url)).drift)).toEqual(['changed view tenant.totals definition tenant_2']);
});

test('nor does another tenant hide behind a name that the model has', async () => {
  // The model itself names tenant_1: what is right there is wrong in every other schema that names itself instead.
  const view = (schema: string, named: string): string =>
    `CREATE VIEW ${schema}.shared AS SELECT id FROM ${named}.users;`;
  const from = await production(['tenant_1', 'tenant'], view('tenant', 'tenant_1'));
  const against = { ...(await readUrl(from)), options: {} };
  const url = await production(
    ['tenant_1', 'tenant_2', 'tenant_3'],
    view('tenant_1', 'tenant_1') + view('tenant_2', 'tenant_2') + view('tenant_3', 'tenant_1'),
  );
  const { drift } = await compare(url, rules, against);
  expect(told(drift).filter((line) => line.includes('tenant_3'))).toEqual([]);
  expect(told(drift).filter((line) => line.includes('tenant_2'))).toEqual([
    // tenant_1 names itself, which the model's schema does not.
    'changed view tenant.shared definition tenant_1 tenant_2',
  ]);
});

test('a table may be named like the schema of a tenant', async () => {
  const more = (schema: string): string => `
    CREATE TABLE ${schema}.tenant_acme (id integer PRIMARY KEY, name text);
    CREATE VIEW ${schema}.named AS SELECT tenant_acme.id, tenant_acme.name, users.note
      FROM ${schema}.tenant_acme JOIN ${schema}.users ON users.id = tenant_acme.id;`;
  const url = await databases.create();
  await withClient(url, (client) => client.query(shared + tenantSql('tenant') + more('tenant')));
  const against = { ...(await readUrl(url)), options: {} };
  const names = ['tenant_acme', 'tenant_other'];
  const { drift } = await compare(await production(names, names.map(more).join('\n')), rules, against);
  expect(told(drift)).toEqual([]);
});

test('the schema of the model may be among the tenants, or beside them', async () => {
  expect(
    told((await compare(await production(['tenant', 'tenant_1'], 'DROP TABLE tenant.orders CASCADE'))).drift),
  ).toEqual(['missing table tenant.orders']);
  const all = [{ schemas: 'tenant*', model: 'tenant' }];
  expect(told((await compare(await production(['tenant', 'tenant_1'], 'DROP VIEW tenant.totals'), all)).drift)).toEqual(
    ['missing view tenant.totals tenant'],
  );
});

test('a model of one schema is held against all of its tenants', async () => {
  const facts = model.facts.filter(({ id }) => !/^public(\.|$)/.test(id));
  const against = { ...model, facts, options: { includeSchemas: ['tenant'] } };
  const { drift, equal } = await compare(await production(['tenant_1', 'other']), rules, against);
  expect(told(drift)).toEqual([]);
  expect(equal).toBe(facts.length);
});

test('a rule that no schema matches is named, and never counts as verified', async () => {
  const { drift, notVerified } = await compare(await production(['other']), [
    { schemas: 'shop_*', model: 'tenant' },
    { schemas: 'oth?r', model: 'tenant' },
  ]);
  expect(told(drift)).toEqual([]);
  expect(notVerified).toEqual([
    { kind: 'schema', subject: 'shop_*', reason: 'no schema of production has such a name' },
  ]);
});

test('a model without the schema is refused', async () => {
  await expect(compare(await production([]), [{ schemas: 'x*', model: 'x' }])).rejects.toThrow(
    'The model has no schema x',
  );
});

test('what is locked in one schema hides nothing in another that lacks it', async () => {
  const url = await production(
    ['tenant_1', 'tenant_2', 'tenant_3'],
    'DROP TABLE tenant_2.orders CASCADE; DROP TABLE tenant_3.orders CASCADE',
  );
  const blocker = await connectClient(url);
  await blocker.query(`${tenantSql('tenant_4')} BEGIN; LOCK TABLE tenant_1.orders IN ACCESS EXCLUSIVE MODE`);
  const { drift, notVerified, token } = await compare(url);
  await blocker.end();
  expect(token).toBeNull();
  expect(told(drift)).toEqual(['missing table tenant.orders tenant_2 tenant_3']);
  expect(notVerified.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([
    'table tenant_1.orders',
    'view tenant_1.totals',
  ]);
});

describe('a fact under the name of the model', () => {
  const renamed = (text: string): unknown => {
    const fact = { kind: 'view', id: 't1.v', parent: 'schema t1', needs: ['column t1.v.t1'], attributes: { text } };
    return underModelName([fact], 't1', '"My tenant"')[0]?.attributes.text;
  };

  test.each([
    ['t1.a', '"My tenant".a'],
    ["nextval('t1.s'::regclass)", `nextval('"My tenant".s'::regclass)`],
    ['(t1.a + x.t1.b)', '("My tenant".a + x.t1.b)'],
    ['at1.x, t10.x, "t1".x, $t1.x, ät1.x', 'at1.x, t10.x, "t1".x, $t1.x, ät1.x'],
    ['t1', 't1'],
  ])('%s', (text, expected) => {
    expect(renamed(text)).toBe(expected);
  });

  test('has its identity, its parent and its needs there', () => {
    const fact = {
      kind: 'function',
      id: 't1.t1(t1.mood)',
      parent: 'schema t1',
      needs: ['materialized view t1.t1', 'table t10.a', 'function t2.f(t1.mood)'],
      attributes: { configuration: { search_path: 't1, public, t10' } },
    };
    expect(underModelName([fact], 't1', 'm')).toEqual([
      {
        kind: 'function',
        id: 'm.t1(m.mood)',
        parent: 'schema m',
        needs: ['materialized view m.t1', 'table t10.a', 'function t2.f(m.mood)'],
        attributes: { configuration: { search_path: 'm, public, t10' } },
      },
    ]);
  });
});
