import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { EdgeError } from '../../lambda/errors.ts';
import type { DatabaseSession } from '../../lambda/platform/ports.ts';
import { confirmDrift } from '../../lambda/postgres/confirm.ts';
import { diff } from '../../lambda/postgres/diff.ts';
import { type CatalogRead, readCatalog } from '../../lambda/postgres/read-catalog.ts';
import '../support/postgres-url.ts';
import { baseSql, printingSql, readSchemaPairs } from '../corpus/read-corpus.ts';
import { connectClient, type DatabaseMaker, databaseMaker, openSession, readUrl, withClient } from './databases.ts';

const server = inject('postgresUrl');
let databases: DatabaseMaker;
let base: string;

beforeAll(async () => {
  databases = await databaseMaker(server, 'reading');
  base = await databases.create();
  await withClient(base, async (client) => {
    await client.query(baseSql);
    await client.query(`CREATE SCHEMA printing; SET search_path = printing; ${printingSql}`);
  });
});
afterAll(() => databases.close());

describe('what is read does not depend on who reads', () => {
  const role = `reader_${process.pid}`;
  const password = 'only-connect';
  const as = (user: string, options = ''): string => {
    const url = new URL(base);
    url.username = user;
    url.password = password;
    if (options) url.searchParams.set('options', options);
    return url.href;
  };
  beforeAll(() =>
    withClient(base, async (client) => {
      await client.query(`CREATE ROLE ${role} LOGIN PASSWORD '${password}'`);
      await client.query(
        `REVOKE ALL ON SCHEMA public FROM public; REVOKE ALL ON ALL TABLES IN SCHEMA public FROM public`,
      );
    }),
  );
  afterAll(() => withClient(base, (client) => client.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`)));

  test('a role with nothing but CONNECT reads what a superuser reads', async () => {
    const [all, little] = await Promise.all([readUrl(base), readUrl(as(role))]);
    expect(little).toEqual(all);
    expect(all.facts.length).toBeGreaterThan(300);
  });

  test('settings of the role do not show', async () => {
    const settings = {
      search_path: 'printing, public, billing',
      DateStyle: 'German',
      IntervalStyle: 'iso_8601',
      TimeZone: 'Asia/Kathmandu',
      extra_float_digits: '-5',
      bytea_output: 'escape',
      quote_all_identifiers: 'on',
      standard_conforming_strings: 'off',
      lc_monetary: 'C',
      jit: 'on',
      jit_above_cost: '0',
      default_transaction_isolation: 'serializable',
      enable_hashjoin: 'off',
    };
    const expected = await readUrl(base);
    await withClient(base, async (client) => {
      for (const [name, value] of Object.entries(settings)) {
        await client.query(`ALTER ROLE ${role} SET ${name} = ${name === 'search_path' ? value : `'${value}'`}`);
      }
    });
    expect(await readUrl(as(role))).toEqual(expected);
  });
});

test.each([
  ['C', "LOCALE 'C'"],
  ['C.UTF-8', "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"],
  ['ICU', "LOCALE_PROVIDER icu ICU_LOCALE 'de-DE' LOCALE 'C'"],
])('what is read does not depend on the locale of the database: %s', async (_, locale) => {
  const url = await databases.create({ locale });
  await withClient(url, (client) => client.query(baseSql));
  const elsewhere = await databases.create();
  await withClient(elsewhere, (client) => client.query(baseSql));
  const [one, other] = [await readUrl(url), await readUrl(elsewhere)];
  expect(
    diff(one, other).drift.every(({ kind, attribute = '' }) => kind === 'database' && /^locale/.test(attribute)),
  ).toBe(true);
  expect(diff({ ...one, scope: ['structure'] }, other).drift).toEqual([]);
});

test('every name is read as it is quoted in SQL', async () => {
  const url = await databases.create();
  const name = `"Drop""; DROP TABLE x; -- <b>\n💥 USING WHERE . 'q' \\"`;
  await withClient(url, (client) =>
    client.query(`CREATE SCHEMA ${name}; SET search_path = ${name};
      CREATE TYPE ${name} AS ENUM (E'<i>\n', 'it''s');
      CREATE TABLE "order" (${name} integer CONSTRAINT ${name} CHECK (${name} > 0), "select" ${name} DEFAULT 'it''s');
      CREATE INDEX ${name} ON "order" (${name}) WHERE "select" IS NOT NULL;
      CREATE FUNCTION ${name}(${name}) RETURNS integer LANGUAGE sql AS 'SELECT 1';
      CREATE FUNCTION "user"() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END';
      CREATE TRIGGER ${name} BEFORE INSERT ON "order" EXECUTE FUNCTION "user"();
      CREATE POLICY ${name} ON "order" USING (true)`),
  );
  const { facts } = await readUrl(url);
  const told = facts.map(({ kind, id }) => `${kind} ${id}`);
  expect(told).toEqual(
    [
      `column ${name}."order".${name}`,
      `column ${name}."order"."select"`,
      `constraint ${name}."order".${name}`,
      `enum ${name}.${name}`,
      'database the database',
      'extension plpgsql',
      `function ${name}."user"()`,
      `function ${name}.${name}(${name}.${name})`,
      `index ${name}.${name}`,
      `policy ${name}."order".${name}`,
      'schema public',
      `schema ${name}`,
      `table ${name}."order"`,
      `trigger ${name}."order".${name}`,
    ].sort(),
  );
  const attributes = Object.fromEntries(facts.map((fact) => [fact.kind, fact.attributes]));
  expect(attributes.index).toMatchObject({ definition: `btree (${name})`, predicate: '("select" IS NOT NULL)' });
  expect(attributes.trigger?.definition).toMatch(/^BEFORE INSERT ON /);
});

describe('which schemas are read', () => {
  const schemasOf = async (options: Parameters<typeof readUrl>[1]): Promise<string[]> => {
    const { facts } = await readUrl(base, options);
    // Extensions, publications, foreign servers and the like belong to the database and are always read.
    const inSchemas = facts.filter(
      ({ kind, parent = 'foreign' }) => kind === 'schema' || !parent.startsWith('foreign'),
    );
    return [...new Set(inSchemas.map(({ id }) => id.split('.')[0] ?? ''))].sort();
  };

  test.each([
    ['all of them', {}, ['billing', 'printing', 'public']],
    ['those named', { includeSchemas: ['billing'] }, ['billing']],
    ['those that match', { includeSchemas: ['p*'] }, ['printing', 'public']],
    ['one character', { includeSchemas: ['publi?'] }, ['public']],
    ['without some', { excludeSchemas: ['p*'] }, ['billing']],
    ['never those of PostgreSQL', { includeSchemas: ['pg_catalog', 'information_schema', 'pg_toast'] }, []],
    ['as text, not as a pattern', { includeSchemas: ['publi_', 'b%', `x'"\\{,}`] }, []],
  ])('%s', async (_, options, expected) => {
    expect(await schemasOf(options)).toEqual(expected);
  });

  test('casts go with the schemas of their types', async () => {
    const casts = async (options: Parameters<typeof readUrl>[1]) =>
      (await readUrl(base, options)).facts.filter(({ kind }) => kind === 'cast').map(({ id }) => id);
    expect(await casts({ includeSchemas: ['public'] })).toEqual(['(public.mood AS integer)']);
    expect(await casts({ includeSchemas: ['billing'] })).toEqual([]);
  });
});

describe('objects that somebody else has locked', () => {
  test('are named instead of read, with what would have to wait for them; the rest is read', async () => {
    const url = await databases.create({ template: base });
    const other = await connectClient(url);
    await other.query(`
      CREATE RULE keep AS ON UPDATE TO rooms DO ALSO INSERT INTO cache (key) SELECT login FROM users;
      CREATE STATISTICS users_login ON lower(login), status FROM users;
      ALTER PUBLICATION app SET TABLE users WHERE (id > 0);
      CREATE POLICY orders_of_known ON orders USING (user_id IN (SELECT id FROM users));
      CREATE FUNCTION count_users() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM users; END`);
    const before = await readUrl(url);
    await other.query('BEGIN; LOCK TABLE users IN ACCESS EXCLUSIVE MODE');
    const during = await readUrl(url);
    await other.end();
    const reason = 'another session holds or awaits an ACCESS EXCLUSIVE lock on it or on a relation it reads';
    expect(during.notVerified).toEqual([
      { kind: 'view', subject: 'public.active_users', reason },
      { kind: 'function', subject: 'public.count_users()', reason },
      { kind: 'view', subject: 'public.order_totals', reason },
      { kind: 'policy', subject: 'public.orders.orders_of_known', reason },
      { kind: 'table', subject: 'public.rooms', reason },
      { kind: 'table', subject: 'public.users', reason },
    ]);
    const comparison = diff(before, during);
    expect(comparison.drift).toEqual([]);
    expect(comparison.equal).toBeGreaterThan(250);
  });

  test('a lock that is only awaited counts as well', async () => {
    const url = await databases.create({ template: base });
    const [reader, writer] = [await connectClient(url), await connectClient(url)];
    await reader.query('BEGIN; SELECT FROM rooms');
    const waiting = writer.query('ALTER TABLE rooms ADD comment text');
    await expect
      .poll(
        async () =>
          (await reader.query("SELECT FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND NOT granted")).rowCount,
      )
      .toBe(1);
    const { notVerified } = await readUrl(url);
    await reader.query('COMMIT');
    await waiting;
    await Promise.all([reader.end(), writer.end()]);
    expect(notVerified.map(({ subject }) => subject)).toEqual(['public.rooms']);
  });

  test('a reader keeps no lock once it has read', async () => {
    const session = await openSession(base);
    await readCatalog(session);
    await withClient(base, async (client) => {
      await client.query("SET lock_timeout = '1s'; BEGIN; LOCK TABLE users IN ACCESS EXCLUSIVE MODE; ROLLBACK");
    });
    await session.close();
  });
});

describe('DDL while it reads', () => {
  /** As often as it takes: with DDL at every moment, two readings in a row can fail. */
  const steadyRead = async (url: string): Promise<CatalogRead> => {
    for (;;) {
      const session = await openSession(url);
      try {
        return await readCatalog(session, { reconnect: () => openSession(url) });
      } catch (error) {
        if (!(error instanceof EdgeError) || error.reason !== 'invalid') throw error;
      } finally {
        await session.close();
      }
    }
  };

  test('never gives a state that a second reading confirms and that never was', async () => {
    const url = await databases.create();
    const tables = Array.from(
      { length: 40 },
      (_, n) => `CREATE TABLE t${n} (id integer PRIMARY KEY, a text DEFAULT 'x');`,
    );
    await withClient(url, (client) => client.query(tables.join('\n')));
    const model = await readUrl(url);
    let stop = false;
    const churn = withClient(url, async (client) => {
      for (let n = 0; !stop; n += 1) {
        const table = `t${n % 40}`;
        await client.query(`BEGIN; ALTER TABLE ${table} RENAME a TO b; ALTER TABLE ${table} RENAME b TO a; COMMIT`);
        await client.query('SELECT pg_sleep(0.02)');
        if (n % 30 > 0) continue;
        await client.query(
          `BEGIN; DROP TABLE ${table}; CREATE TABLE ${table} (id integer PRIMARY KEY, a text DEFAULT 'x'); COMMIT`,
        );
      }
    });
    const verdicts: unknown[] = [];
    try {
      while (verdicts.length < 10) {
        const [first, second] = [await steadyRead(url), await steadyRead(url)].map((read) => diff(model, read));
        if (first && second) verdicts.push(confirmDrift(first, second).drift);
      }
    } finally {
      stop = true;
      await churn;
    }
    expect(verdicts).toEqual(Array(10).fill([]));
  });

  const failing = (code: string): DatabaseSession => ({
    serverVersion: 180_004,
    queryAll: async () => {
      throw new EdgeError('unavailable', 'the read failed', {
        remedy: 'Again.',
        cause: new Error(`${code} some text`),
      });
    },
    close: async () => {},
  });

  test('a read that met a lock is tried once more, over another session', async () => {
    const read = await readCatalog(failing('55P03'), { reconnect: () => openSession(base) });
    expect(read).toEqual(await readUrl(base));
  });

  test('and not a third time', async () => {
    let tries = 0;
    const reconnect = async () => {
      tries += 1;
      return failing('55P03');
    };
    await expect(readCatalog(failing('XX000'), { reconnect })).rejects.toThrow('the read failed');
    expect(tries).toBe(1);
  });

  test.each(['57014', '42501', ''])('another failure (%s) is not tried again', async (code) => {
    const reconnect = () => openSession(base);
    await expect(readCatalog(failing(code), { reconnect })).rejects.toThrow('the read failed');
  });
});

test('a server that is too old is refused', async () => {
  const session: DatabaseSession = { serverVersion: 120_010, queryAll: async () => [], close: async () => {} };
  await expect(readCatalog(session)).rejects.toThrow('The server is PostgreSQL 12.');
});

test('a statement that takes too long is given up', async () => {
  const session = await openSession(base);
  await expect(readCatalog(session, { limits: { statementTimeoutMs: 1 } })).rejects.toMatchObject({
    reason: 'timeout',
  });
});

test.each(readSchemaPairs().map((pair) => [pair.name, pair] as const))('schema pair %s', async (_, pair) => {
  const [model, production] = await Promise.all(
    [pair.model, pair.production].map(async (sql) => {
      const url = await databases.create();
      await withClient(url, (client) => client.query(sql));
      return readUrl(url);
    }),
  );
  if (!model || !production) throw new Error('two databases are read');
  const told = diff(model, production).drift.map(({ kind, verb, subject, attribute }) => ({
    kind,
    verb,
    subject,
    ...(attribute === undefined ? {} : { attribute }),
  }));
  expect(told).toEqual(pair.drift);
});
