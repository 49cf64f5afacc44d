// Owners, grants, roles and settings of a live database: what of it a comparison holds against production, and what of
// it is never read.
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { diff } from '../../lambda/postgres/diff.ts';
import { renameRoles } from '../../lambda/postgres/role-names.ts';
import type { Scope } from '../../lambda/postgres/scope.ts';
import '../support/postgres-url.ts';
import { accessSql } from '../corpus/read-corpus.ts';
import { createGarden } from '../e2e/plants.ts';
import { prepareCluster } from './cluster.ts';
import { type DatabaseMaker, databaseMaker, readUrl, withClient } from './databases.ts';

const server = inject('postgresUrl');
let databases: DatabaseMaker;

beforeAll(async () => {
  await prepareCluster(server, 18);
  databases = await databaseMaker(server, 'access');
});
afterAll(() => databases.close());

const databaseOf = async (sql: string): Promise<string> => {
  const url = await databases.create();
  await withClient(url, (client) => client.query(sql));
  return url;
};
const told = ({ drift }: ReturnType<typeof diff>): string[] =>
  drift.map(({ verb, kind, subject, attribute }) => [verb, kind, subject, attribute].filter(Boolean).join(' '));

describe('a model of the structure alone, beside a production that is owned, granted and set up in its own way', () => {
  const structure = `
    CREATE SCHEMA shop;
    CREATE TABLE shop.orders (id serial PRIMARY KEY, note text);
    CREATE VIEW shop.notes AS SELECT note FROM shop.orders;
    CREATE FUNCTION shop.count() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM shop.orders';
    CREATE TYPE shop.state AS ENUM ('new');`;
  const access = `
    ALTER SCHEMA shop OWNER TO corpus_owner;
    ALTER TABLE shop.orders OWNER TO corpus_owner;
    ALTER VIEW shop.notes OWNER TO corpus_owner;
    GRANT SELECT ON ALL TABLES IN SCHEMA shop TO corpus_reader;
    GRANT UPDATE (note) ON shop.orders TO corpus_app;
    REVOKE ALL ON FUNCTION shop.count() FROM public;
    GRANT USAGE ON TYPE shop.state TO corpus_app;
    ALTER DEFAULT PRIVILEGES FOR ROLE corpus_owner IN SCHEMA shop GRANT SELECT ON TABLES TO corpus_reader;
    DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = shop, public', current_database()); END $$;
    DO $$ BEGIN EXECUTE format('ALTER ROLE corpus_app IN DATABASE %I SET statement_timeout = 5000', current_database()); END $$;
    DO $$ BEGIN EXECUTE format('ALTER DATABASE %I CONNECTION LIMIT 20', current_database()); END $$;`;

  const compared = async (...scope: Scope[]) =>
    told(
      diff(
        { ...(await readUrl(await databaseOf(structure))), scope },
        await readUrl(await databaseOf(structure + access)),
      ),
    );

  test('no difference', async () => {
    expect(await compared('structure')).toEqual([]);
  });

  test('but what the model speaks of counts', async () => {
    expect(await compared('structure', 'owners')).toEqual([
      'changed schema shop owner',
      'changed view shop.notes owner',
      'changed table shop.orders owner',
    ]);
    expect(await compared('grants')).toEqual([
      'unexpected default privileges for role corpus_owner in schema shop on tables',
      'changed function shop.count() grants',
      'changed view shop.notes grants',
      'changed table shop.orders grants',
      'changed column shop.orders.note grants',
      'changed enum shop.state grants',
    ]);
    expect(await compared('settings')).toEqual([
      'unexpected database setting search_path',
      'unexpected database setting statement_timeout for role corpus_app',
      'changed database the database connectionLimit',
    ]);
    expect(await compared('roles')).toEqual([
      'unexpected role corpus_app',
      'unexpected role corpus_owner',
      'unexpected role corpus_reader',
    ]);
  });
});

test('roles that are called otherwise in production are no difference once they are mapped', async () => {
  const other = (sql: string): string =>
    sql.replaceAll('corpus_owner', '"Other Owner"').replaceAll('corpus_app', '"user"');
  await withClient(server, (client) => client.query('CREATE ROLE "Other Owner"; CREATE ROLE "user"'));
  try {
    const model = await readUrl(await databaseOf(accessSql));
    const url = await databaseOf(other(accessSql));
    const production = await readUrl(url);
    expect(diff(model, production).drift.length).toBeGreaterThan(10);
    const names = new Map([
      ['corpus_owner', 'Other Owner'],
      ['corpus_app', 'user'],
    ]);
    const mapped = { ...model, facts: renameRoles(model.facts, names) };
    expect(told(diff(mapped, production))).toEqual([]);
    await databases.drop(url);
  } finally {
    await withClient(server, (client) => client.query('DROP ROLE "Other Owner"; DROP ROLE "user"'));
  }
});

test('a role with nothing but CONNECT reads the same', async () => {
  const url = await databaseOf(accessSql);
  const expected = await readUrl(url);
  expect(expected.facts.filter(({ kind }) => kind === 'role').map(({ id }) => id)).toEqual([
    'corpus_app',
    'corpus_owner',
    'corpus_reader',
  ]);
  const role = `access_reader_${process.pid}`;
  await withClient(url, (client) => client.query(`CREATE ROLE ${role} LOGIN PASSWORD 'only-connect'`));
  const as = new URL(url);
  as.username = role;
  as.password = 'only-connect';
  try {
    expect(await readUrl(as.href)).toEqual(expected);
  } finally {
    await withClient(url, (client) => client.query(`DROP ROLE ${role}`));
  }
});

test('passwords of roles and what applications keep in settings are not among the facts', async () => {
  const { plant, search } = createGarden();
  const quoted = (name: string): string => `'${plant(name).replaceAll("'", "''")}'`;
  const setting = (statement: string, name: string): string =>
    `DO $do$ BEGIN EXECUTE format('${statement} %L', current_database(), ${quoted(name)}); END $do$;`;
  const url = await databaseOf(`
    CREATE ROLE access_keeper;
    GRANT USAGE ON SCHEMA public TO access_keeper;
    ALTER ROLE access_keeper LOGIN PASSWORD ${quoted('password of a role')};
    ALTER ROLE access_keeper SET app.jwt_secret = ${quoted('setting of a role')};
    ${setting('ALTER DATABASE %I SET app.api_key =', 'setting of the database')}
    ${setting('ALTER ROLE access_keeper IN DATABASE %I SET vault.token =', 'setting of a role in the database')}
    CREATE FUNCTION signed() RETURNS int SET app.signing_key = ${quoted('setting of a function')} SET work_mem = '1MB'
      LANGUAGE sql AS 'SELECT 1';`);
  try {
    const { facts } = await readUrl(url);
    expect(facts.filter(({ kind }) => kind === 'database setting').map(({ id }) => id)).toEqual([
      'app.api_key',
      'app.jwt_secret for role access_keeper in every database',
      'vault.token for role access_keeper',
    ]);
    expect(facts.find(({ kind }) => kind === 'function')?.attributes.configuration).toEqual({
      'app.signing_key': null,
      work_mem: '1MB',
    });
    expect(search([{ place: 'the facts', text: JSON.stringify(facts) }])).toEqual([]);
  } finally {
    await databases.drop(url);
    await withClient(server, (client) => client.query('DROP ROLE access_keeper'));
  }
});
