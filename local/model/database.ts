// A throw-away server for building a model: an empty database whose owner is a superuser, as a migration that creates
// extensions, roles and further databases needs it. Nothing in it reaches out: subscriptions do not run.
import type pg from 'pg';
import { connectTo } from '../postgres/client.ts';
import { type PostgresMajor, type PostgresServer, startPostgres } from '../postgres.ts';
import { commandEnvironment } from './command-environment.ts';

export interface ModelDatabase {
  server: PostgresServer;
  /** The variables for a command that fills the database, over those of the caller. */
  environmentFor(database: string, callers: Readonly<Record<string, string | undefined>>): Record<string, string>;
  /** The databases of the server that hold tables, this one aside: where a command may have gone instead. */
  othersWithTables(database: string): Promise<string[]>;
  stop(): Promise<void>;
}

export interface ModelDatabaseOptions {
  major: PostgresMajor;
  /** The name of the empty database: migrations may say it. */
  database: string;
  onProgress: (line: string) => void;
  signal: AbortSignal;
}

export async function startModelDatabase(options: ModelDatabaseOptions): Promise<ModelDatabase> {
  const { major, database, onProgress, signal } = options;
  const settings = { max_logical_replication_workers: '0', max_locks_per_transaction: '256' };
  const server = await startPostgres({ major, settings, onProgress, signal });
  try {
    if (database !== 'postgres') await server.createDatabase(database);
  } catch (error) {
    await server.stop();
    throw error;
  }
  const { username, password } = new URL(server.url());
  return {
    server,
    environmentFor: (name, callers) =>
      commandEnvironment(callers, {
        host: server.host,
        port: server.port,
        user: decodeURIComponent(username),
        password: decodeURIComponent(password),
        database: name,
      }),
    async othersWithTables(name) {
      const names = await ask<{ name: string }>(
        server.url(),
        'select datname as name from pg_database where datallowconn order by datname',
      );
      const found: string[] = [];
      for (const other of names.map((row) => row.name)) {
        if (other === name) continue;
        const tables = await ask(server.url(other), ownTables);
        if (tables.length > 0) found.push(other);
      }
      return found;
    },
    stop: server.stop,
  };
}

/** One row if there are any: numbers below this one are PostgreSQL's own. */
const ownTables = "select from pg_class where relkind in ('r', 'p') and oid >= 16384 limit 1";

async function ask<Row extends pg.QueryResultRow>(url: string, query: string): Promise<Row[]> {
  const client = await connectTo(url);
  try {
    return (await client.query<Row>(query)).rows;
  } finally {
    await client.end();
  }
}
