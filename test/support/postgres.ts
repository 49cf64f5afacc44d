// Real databases for tests: one server a run (global-setup.ts), one fresh database a test file.
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import './postgres-url.ts';

export interface TestDatabase {
  /** Set once `beforeAll` has run: read it inside tests and hooks. */
  readonly url: string;
  readonly name: string;
  /** The same database for another role of the server. */
  urlFor(user: string, password: string): string;
  /** Runs one or more statements as superuser; gives the rows of the last one. */
  query<Row extends pg.QueryResultRow = Record<string, unknown>>(sql: string): Promise<Row[]>;
}

let made = 0;

/** Call it at the top of a test file (or a describe): its database is made before and dropped after the tests. */
export function useDatabase(): TestDatabase {
  made += 1;
  const name = `test_${process.pid}_${process.env.VITEST_POOL_ID ?? '0'}_${Date.now().toString(36)}_${made}`;
  const admin = new pg.Client({ connectionString: inject('postgresUrl') });
  const url = (user?: string, password?: string): string => {
    const address = new URL(inject('postgresUrl'));
    address.pathname = `/${name}`;
    if (user !== undefined) address.username = encodeURIComponent(user);
    if (password !== undefined) address.password = encodeURIComponent(password);
    return address.href;
  };
  let client: pg.Client | undefined;

  beforeAll(async () => {
    await admin.connect();
    await admin.query(`create database ${name}`);
    client = new pg.Client({ connectionString: url() });
    await client.connect();
  });
  afterAll(async () => {
    await client?.end();
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.end();
  });

  return {
    name,
    get url() {
      return url();
    },
    urlFor: url,
    async query<Row extends pg.QueryResultRow>(sql: string) {
      if (!client) throw new Error('the database is made in beforeAll: query it inside tests and hooks');
      const results: unknown = await client.query<Row>(sql);
      const last = Array.isArray(results) ? (results.at(-1) as pg.QueryResult<Row>) : (results as pg.QueryResult<Row>);
      return last.rows;
    },
  };
}
