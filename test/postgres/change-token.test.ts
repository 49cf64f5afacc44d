// What leaves the change token alone, and who may read it. That every DDL changes it is tried with the corpus of single
// changes (single-changes.ts). On a server of its own: roles that other tests make would change the token, too.
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askToken } from '../../lambda/postgres/ask-catalog.ts';
import { compareWithDatabase } from '../../lambda/postgres/compare-with-database.ts';
import { type PostgresServer, startPostgres } from '../../local/postgres.ts';
import { baseSql } from '../corpus/read-corpus.ts';
import { connectClient, type DatabaseMaker, databaseMaker, openSession, readUrl, withClient } from './databases.ts';

let server: PostgresServer;
let databases: DatabaseMaker;
let url: string;
let client: pg.Client;
beforeAll(async () => {
  server = await startPostgres();
  databases = await databaseMaker(server.url(), 'token');
  url = await databases.create();
  client = await connectClient(url);
  await client.query(baseSql);
});
afterAll(async () => {
  await client.end();
  await databases.close();
  await server.stop();
});

async function tokenAt(address: string): Promise<string> {
  const session = await openSession(address);
  return (await askToken(session, {}).finally(() => session.close())).token;
}

test.each([
  ['rows that come and go', "INSERT INTO users (login, contact) SELECT n, n || '@x.org' FROM generate_series(1, 99) n"],
  ['statistics', 'ANALYZE'],
  ['vacuuming', 'VACUUM (FREEZE, ANALYZE)'],
  ['vacuuming the catalog', 'VACUUM FULL pg_class'],
  ['sequences that move on', "SELECT nextval('ticket_number'), setval('orders_id_seq', 77)"],
  [
    'temporary objects',
    'CREATE TEMP TABLE scratch (a serial PRIMARY KEY, b text CHECK (b > $$$$)); CREATE TEMP VIEW w AS TABLE scratch',
  ],
  ['DDL that is rolled back', 'BEGIN; ALTER TABLE users ADD fleeting integer; ROLLBACK'],
  ['another database', 'CREATE DATABASE token_elsewhere'],
  ['and its end', 'DROP DATABASE token_elsewhere'],
])('%s leave the token alone', async (_, sql) => {
  const before = await tokenAt(url);
  await client.query(sql);
  expect(await tokenAt(url)).toBe(before);
});

test.each([
  ['a role', `CREATE ROLE token_${process.pid}`],
  ['what a role may do', `ALTER ROLE token_${process.pid} CREATEDB`],
  ['a setting of a role', `ALTER ROLE token_${process.pid} SET work_mem = '1MB'`],
  ['a membership', `GRANT pg_monitor TO token_${process.pid}`],
  ['the end of a role', `DROP ROLE token_${process.pid}`],
  [
    'a setting of the database',
    "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET jit = off', current_database()); END $$",
  ],
  [
    'a right on the database',
    "DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO public', current_database()); END $$",
  ],
  ['an owner', 'ALTER TABLE users OWNER TO pg_monitor'],
  ['a right', 'GRANT SELECT (login) ON users TO public'],
  ['default rights', 'ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO public'],
  ['a comment', "COMMENT ON SCHEMA public IS 'theirs'"],
  [
    'a comment on the database',
    "DO $$ BEGIN EXECUTE format('COMMENT ON DATABASE %I IS $c$ours$c$', current_database()); END $$",
  ],
  ['a publication', 'CREATE PUBLICATION news FOR TABLE users'],
  ['what is published', 'ALTER PUBLICATION news SET (publish = $$insert$$)'],
  [
    'a subscription',
    "CREATE SUBSCRIPTION feed CONNECTION 'dbname=nowhere' PUBLICATION news WITH (connect = false, slot_name = NONE)",
  ],
  ['what is subscribed', 'ALTER SUBSCRIPTION feed SET PUBLICATION other WITH (refresh = false)'],
  ['the end of a subscription', 'DROP SUBSCRIPTION feed'],
  [
    'a server with a user mapping',
    'CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE USER MAPPING FOR public SERVER s',
  ],
  ['options of a server', "ALTER SERVER s OPTIONS (ADD host 'h')"],
  [
    'an event trigger',
    'CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$; CREATE EVENT TRIGGER watching ON ddl_command_end EXECUTE FUNCTION watch()',
  ],
  ['an event trigger that is off', 'ALTER EVENT TRIGGER watching DISABLE'],
  ['extended statistics', 'CREATE STATISTICS both_of ON login, contact FROM users'],
  ['a member of an extension', 'ALTER EXTENSION plpgsql ADD FUNCTION watch()'],
  ['a cast', 'CREATE CAST (text AS orders) WITH INOUT'],
  ['a text search configuration', 'CREATE TEXT SEARCH CONFIGURATION plain (COPY = simple)'],
  ['one of its mappings', 'ALTER TEXT SEARCH CONFIGURATION plain DROP MAPPING FOR word'],
  ['an operator class', 'CREATE OPERATOR CLASS mine FOR TYPE integer USING btree AS STORAGE integer'],
  ['a right on a setting', 'GRANT SET ON PARAMETER log_statement TO pg_monitor'],
  ['that right taken away', 'REVOKE SET ON PARAMETER log_statement FROM pg_monitor'],
  ['a table written anew, though nothing differs', 'VACUUM FULL users'],
])('%s changes the token', async (_, sql) => {
  const before = await tokenAt(url);
  await client.query(sql);
  expect(await tokenAt(url)).not.toBe(before);
});

test('a role with CONNECT alone reads the token that a superuser reads', async () => {
  const role = `token_reader_${process.pid}`;
  await client.query(`CREATE ROLE ${role} LOGIN PASSWORD 'only-connect'`);
  const address = new URL(url);
  address.username = role;
  address.password = 'only-connect';
  const [little, all] = [await tokenAt(address.href), await tokenAt(url)];
  await client.query(`DROP ROLE ${role}`);
  expect(little).toBe(all);
});

test('a comparison is not made again while the token is the same', async () => {
  const own = await databases.create();
  await withClient(own, (writer) => writer.query('CREATE TABLE t (a integer)'));
  const model = { ...(await readUrl(own)), options: {} };
  const compare = async (unchangedSince?: string) => {
    const session = await openSession(own);
    const options = { signal: AbortSignal.timeout(60_000), ...(unchangedSince !== undefined && { unchangedSince }) };
    return compareWithDatabase(model, session, options).finally(() => session.close());
  };
  const first = await compare();
  if (first.state !== 'compared' || first.token === null) throw new Error('everything was compared');
  expect(first).toMatchObject({ drift: [], databaseMs: expect.any(Number) });
  expect(await compare(first.token)).toEqual({
    state: 'unchanged',
    token: first.token,
    databaseMs: expect.any(Number),
  });
  await withClient(own, (writer) => writer.query('ALTER TABLE t ADD b integer'));
  const second = await compare(first.token);
  expect(second).toMatchObject({ state: 'compared', drift: [{ subject: 'public.t.b' }] });
  expect(await compare('of another catalog')).toMatchObject({
    state: 'compared',
    token: (second as typeof first).token,
  });
});
