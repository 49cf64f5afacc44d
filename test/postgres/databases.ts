// Databases made for one comparison each, on any server, and sessions to them as the product opens them.
import pg from 'pg';
import { createDatabases } from '../../lambda/platform/database.ts';
import type { DatabaseSession } from '../../lambda/platform/ports.ts';
import { type CatalogRead, readCatalog } from '../../lambda/postgres/read-catalog.ts';
import type { ReadOptions } from '../../lambda/postgres/snapshot.ts';

export function openSession(url: string, signal = AbortSignal.timeout(60_000)): Promise<DatabaseSession> {
  const secrets = { read: async () => url };
  return createDatabases({ secrets }).connect({ secret: 'env:URL', tls: { mode: 'disable' } }, { signal });
}

export async function readUrl(url: string, options: ReadOptions = {}): Promise<CatalogRead> {
  const session = await openSession(url);
  try {
    return await readCatalog(session, options);
  } finally {
    await session.close();
  }
}

export async function connectClient(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

export async function withClient<Result>(url: string, use: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = await connectClient(url);
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

function urlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

export interface DatabaseMaker {
  /** An empty database, or a copy of another one that nobody is connected to; gives its URL. */
  create(options?: { template?: string; locale?: string }): Promise<string>;
  drop(url: string): Promise<void>;
  /** Drops what is left. */
  close(): Promise<void>;
}

/** @param prefix keeps apart what test files that run at once make on the same server */
export async function databaseMaker(server: string, prefix: string): Promise<DatabaseMaker> {
  const admin = await connectClient(server);
  const made = new Set<string>();
  let count = 0;
  const drop = async (url: string): Promise<void> => {
    const name = new URL(url).pathname.slice(1);
    made.delete(url);
    await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  };
  return {
    async create({ template, locale } = {}) {
      count += 1;
      const name = `${prefix}_${process.pid}_${process.env.VITEST_POOL_ID ?? 0}_${count}`;
      const from = template === undefined ? 'template0' : new URL(template).pathname.slice(1);
      await admin.query(`CREATE DATABASE ${name} TEMPLATE ${from} ${locale ?? ''}`);
      const url = urlOf(server, name);
      made.add(url);
      return url;
    },
    drop,
    async close() {
      for (const url of made) await drop(url);
      await admin.end();
    },
  };
}
