// Somebody's DDL and our read, on the same objects: neither waits longer for the other than it must.
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { DatabaseSession } from '../../lambda/platform/ports.ts';
import { type CompareOptions, compareWithDatabase } from '../../lambda/postgres/compare-with-database.ts';
import { diff } from '../../lambda/postgres/diff.ts';
import { readCatalog } from '../../lambda/postgres/read-catalog.ts';
import '../support/postgres-url.ts';
import { connectClient, type DatabaseMaker, databaseMaker, openSession, readUrl, withClient } from './databases.ts';

let databases: DatabaseMaker;
beforeAll(async () => {
  databases = await databaseMaker(inject('postgresUrl'), 'locks');
});
afterAll(() => databases.close());

/** A table with everything whose printing could wait for its lock, and what is made of it elsewhere. */
const entangled = `
  CREATE TABLE account (id integer PRIMARY KEY);
  CREATE TABLE busy (
    id integer PRIMARY KEY DEFAULT 1 + 1, account_id integer REFERENCES account, state text DEFAULT 'new',
    total integer GENERATED ALWAYS AS (id * 2) STORED, CHECK (length(state) > 0), EXCLUDE USING btree (total WITH =));
  CREATE INDEX busy_partial ON busy (lower(state)) WHERE state <> 'done';
  CREATE STATISTICS busy_statistics ON (id + total), (lower(state)) FROM busy;
  CREATE POLICY busy_policy ON busy USING (account_id IN (SELECT id FROM account));
  CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
  CREATE TRIGGER busy_trigger BEFORE UPDATE ON busy FOR EACH ROW WHEN (NEW.state <> OLD.state) EXECUTE FUNCTION touch();
  CREATE RULE busy_rule AS ON DELETE TO busy WHERE OLD.state = 'kept' DO INSTEAD NOTHING;
  CREATE VIEW busy_view AS SELECT id, state FROM busy;
  CREATE VIEW over_view AS SELECT id FROM busy_view;
  CREATE MATERIALIZED VIEW busy_summary AS SELECT state, count(*) FROM busy GROUP BY 1;
  CREATE FUNCTION count_busy() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM busy; END;
  CREATE TABLE follower (id integer REFERENCES busy, CHECK (id > 0));
  CREATE POLICY follower_policy ON follower USING (id IN (SELECT id FROM busy));
  CREATE VIEW follower_view AS SELECT id FROM follower;
  CREATE PUBLICATION busy_publication FOR TABLE busy WHERE (id > 0);`;

test('a long ALTER TABLE hides its table and what reads it, and nothing else waits or is left out', async () => {
  const url = await databases.create();
  await withClient(url, (client) => client.query(entangled));
  const before = await readUrl(url);
  const altering = await connectClient(url);
  await altering.query(`BEGIN; ALTER TABLE busy ADD added integer DEFAULT 7 CHECK (added > 0)`);
  const session = await openSession(url);
  // One lock that is waited for ends this read: nobody reconnects.
  const during = await readCatalog(session, { limits: { lockTimeoutMs: 100 } }).finally(() => session.close());
  await altering.query('ROLLBACK');
  await altering.end();
  expect(during.notVerified.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([
    'table public.busy',
    'materialized view public.busy_summary',
    'view public.busy_view',
    'function public.count_busy()',
    'policy public.follower.follower_policy',
  ]);
  const { drift, equal } = diff(before, during);
  expect(drift).toEqual([]);
  const told = during.facts.map(({ kind, id }) => `${kind} ${id}`);
  expect(told).toEqual(
    expect.arrayContaining([
      'table public.account',
      'table public.follower',
      'view public.follower_view',
      'view public.over_view',
      'constraint public.follower.follower_id_fkey',
      'function public.touch()',
    ]),
  );
  expect(equal).toBe(during.facts.length);
});

test('an ALTER TABLE that arrives while a view is printed waits for that statement, not for the whole read', async () => {
  const url = await databases.create();
  await withClient(url, (client) => client.query('CREATE TABLE t (a integer); CREATE VIEW v AS SELECT a FROM t'));
  const [migration, application] = [await connectClient(url), await connectClient(url)];
  const done: string[] = [];
  const reader = await connectClient(url);
  const read = await readCatalog(
    await sessionThat(reader, async (sql) => {
      if (/'view' AS kind/.test(sql)) {
        void migration.query('ALTER TABLE t ADD b integer').then(() => done.push('migration'));
        await expect.poll(() => waiting(application)).toBe(1);
        // Queries of the application queue behind the ALTER TABLE that waits.
        void application.query('SELECT FROM t').then(() => done.push('application'));
      }
      // Both before our own end; which answer reaches us first says nothing.
      if (sql === 'COMMIT') await expect.poll(() => done.toSorted()).toEqual(['application', 'migration']);
    }),
  );
  await Promise.all([reader, migration, application].map((client) => client.end()));
  expect(read.facts.filter(({ kind }) => kind === 'view')).toHaveLength(1);
  expect(done.toSorted()).toEqual(['application', 'migration']);
});

describe('DDL in a loop beside comparisons is drift of what it changes at most, and keeps nobody from the rest', () => {
  const reads = 6;

  /** Adds and drops a column of this table over and over; ends with the table as it was. */
  async function changing(url: string, table: string, during: () => Promise<void>): Promise<number> {
    let isOver = false;
    let changes = 0;
    const migration = (async () => {
      const client = await connectClient(url);
      while (!isOver) {
        await client.query(`ALTER TABLE ${table} ADD added integer DEFAULT 7 CHECK (added > 0)`);
        await client.query(`ALTER TABLE ${table} DROP added`);
        changes += 1;
      }
      await client.end();
    })();
    await during().finally(() => {
      isOver = true;
    });
    await migration;
    return changes;
  }

  async function compared(model: Model, url: string, options: Omit<CompareOptions, 'signal'>) {
    const session = await openSession(url);
    const asking = { signal: AbortSignal.timeout(20_000), reconnect: () => openSession(url) };
    return compareWithDatabase(model, session, { ...asking, ...options }).finally(() => session.close());
  }

  test('with a change token', async () => {
    const url = await databases.create();
    await withClient(url, (client) => client.query(`${entangled} CREATE TABLE calm (id integer CHECK (id > 0))`));
    const model = { ...(await readUrl(url)), options: {} };
    let token = '';
    const changes = await changing(url, 'busy', async () => {
      for (let read = 0; read < reads; read += 1) {
        const answer = await compared(model, url, { unchangedSince: token });
        if (answer.state === 'unchanged') continue;
        const told = [...answer.drift, ...answer.notVerified].map(({ kind, subject }) => `${kind} ${subject}`);
        expect(told.filter((each) => !/busy|follower_policy/.test(each))).toEqual([]);
        // What was not read whole has no token that could make it stand.
        if (answer.notVerified.length > 0) expect(answer.token).toBeNull();
        token = answer.token ?? '';
      }
    });
    expect(changes).toBeGreaterThan(reads);
    expect(await compared(model, url, { unchangedSince: token })).toMatchObject({ drift: [], notVerified: [] });
  });

  test('in one of many tenants', async () => {
    const url = await databases.create();
    await withClient(url, async (client) => {
      for (const schema of ['tenant', ...Array.from({ length: 8 }, (_, n) => `tenant_${n}`)]) {
        await client.query(
          `CREATE SCHEMA ${schema}; SET search_path = ${schema}; ${entangled.replace(/CREATE PUBLICATION.*/, '')}`,
        );
      }
    });
    const options = { includeSchemas: ['tenant'] };
    const model = { ...(await readUrl(url, options)), options };
    const tenants = [{ schemas: 'tenant_*', model: 'tenant' }];
    const changes = await changing(url, 'tenant_3.busy', async () => {
      for (let read = 0; read < reads; read += 1) {
        const answer = await compared(model, url, { tenants });
        if (answer.state !== 'compared') throw new Error('no token was given');
        expect(new Set(answer.drift.flatMap((entry) => entry.tenants ?? [entry.subject]))).toEqual(
          new Set(answer.drift.length > 0 ? ['tenant_3'] : []),
        );
        const open = answer.notVerified.filter(({ subject, reason }) => !`${subject} ${reason}`.includes('tenant_3'));
        expect(open).toEqual([]);
        if (answer.notVerified.length > 0) expect(answer.token).toBeNull();
      }
    });
    expect(changes).toBeGreaterThan(reads);
    expect(await compared(model, url, { tenants })).toMatchObject({ drift: [], notVerified: [] });
  });
});

type Model = Parameters<typeof compareWithDatabase>[0];

/** A session whose message goes out a statement at a time, with something happening after each. */
async function sessionThat(client: pg.Client, after: (sql: string) => Promise<void>): Promise<DatabaseSession> {
  const { rows } = await client.query<{ version: number }>(
    "SELECT current_setting('server_version_num')::int AS version",
  );
  return {
    serverVersion: rows[0]?.version ?? 0,
    async queryAll(statements) {
      const results: Record<string, unknown>[][] = [];
      for (const sql of statements) {
        if (sql === 'COMMIT') await after(sql);
        results.push((await client.query(sql)).rows);
        if (sql !== 'COMMIT') await after(sql);
      }
      return results;
    },
    close: async () => {},
  };
}

async function waiting(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    "SELECT count(*)::int AS count FROM pg_locks WHERE relation = 't'::regclass AND NOT granted",
  );
  return rows[0]?.count ?? 0;
}
