import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { compareWithDatabase } from '../../lambda/postgres/compare-with-database.ts';
import '../support/postgres-url.ts';
import { connectClient, type DatabaseMaker, databaseMaker, openSession, readUrl, withClient } from './databases.ts';

const signal = AbortSignal.timeout(60_000);
let databases: DatabaseMaker;
beforeAll(async () => {
  databases = await databaseMaker(inject('postgresUrl'), 'comparing');
});
afterAll(() => databases.close());

async function modelOf(sql: string) {
  const url = await databases.create();
  await withClient(url, (client) => client.query(sql));
  return { url, model: { ...(await readUrl(url)), options: {} } };
}

test('drift that two readings tell is told', async () => {
  const { url, model } = await modelOf('CREATE TABLE t (a integer)');
  await withClient(url, (client) => client.query('ALTER TABLE t ADD b integer'));
  const session = await openSession(url);
  const comparison = await compareWithDatabase(model, session, { signal });
  await session.close();
  expect(comparison.drift).toMatchObject([{ verb: 'unexpected', kind: 'column', subject: 'public.t.b' }]);
  expect(comparison.production.facts).toHaveLength(model.facts.length + 1);
});

test('schemas that the model was read without are not compared', async () => {
  const { url, model } = await modelOf('CREATE TABLE t (a integer)');
  await withClient(url, (client) => client.query('CREATE SCHEMA audit; CREATE TABLE audit.log (a integer)'));
  const session = await openSession(url);
  const comparison = await compareWithDatabase({ ...model, options: { excludeSchemas: ['audit'] } }, session, {
    signal,
  });
  await session.close();
  expect(comparison.drift).toEqual([]);
});

test('a lock taken in the middle of a reading is met with another session', async () => {
  const { url, model } = await modelOf('CREATE TABLE t (a integer CHECK (a > 0)); CREATE VIEW v AS SELECT a FROM t');
  const session = await openSession(url);
  const blocker = await connectClient(url);
  let reconnected = 0;
  const interrupted = {
    ...session,
    // As if the lock came between the statement that looks for locks and the one that prints.
    async queryAll(statements: readonly string[]) {
      await blocker.query('BEGIN; LOCK TABLE t IN ACCESS EXCLUSIVE MODE');
      return session.queryAll(statements.map((sql) => sql.replace("mode = 'AccessExclusiveLock'", 'false')));
    },
  };
  const comparison = await compareWithDatabase(model, interrupted, {
    signal,
    async reconnect() {
      reconnected += 1;
      await blocker.query('ROLLBACK');
      return openSession(url);
    },
  });
  await blocker.end();
  expect(comparison.drift).toEqual([]);
  expect(comparison.equal).toBe(model.facts.length);
  expect(reconnected).toBe(1);
});

test('a server that is newer than every known one is read as the newest, with a warning', async () => {
  const { url, model } = await modelOf('CREATE TABLE t (a integer NOT NULL); CREATE VIEW v AS SELECT a FROM t');
  const session = await openSession(url);
  const newer = { ...session, serverVersion: 190_001 };
  const comparison = await compareWithDatabase(model, newer, { signal });
  await session.close();
  expect(comparison).toMatchObject({
    drift: [],
    equal: model.facts.length,
    warnings: ['The server is PostgreSQL 19, newer than this Driftwatch knows: what is new since 18 is not compared.'],
  });
});

test('one whose catalog cannot be read as that says so', async () => {
  const { url, model } = await modelOf('CREATE TABLE t (a integer)');
  const session = await openSession(url);
  const newer = {
    ...session,
    serverVersion: 190_001,
    queryAll: (statements: readonly string[]) =>
      session.queryAll(statements.map((sql) => sql.replaceAll('attstorage', 'attstorage_of_19'))),
  };
  await expect(compareWithDatabase(model, newer, { signal })).rejects.toMatchObject({
    reason: 'invalid',
    message: 'The catalog of PostgreSQL 19 is not like that of 18.',
    remedy: 'Update Driftwatch to a version that knows PostgreSQL 19.',
  });
});
