// A real PostgreSQL server of any supported major on loopback, for the demo, the tests and for taking snapshots.
// Owns its data (a temporary folder, removed at the end) and its process, which never outlives ours. Sets no
// environment and knows nothing of what is kept in it.
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { findBinaries } from './postgres/binaries.ts';
import { connectTo } from './postgres/client.ts';
import { guard, initialise, launch, type ServerFolder, shutDown } from './postgres/process.ts';
import { privateFolder, serverAccount } from './postgres/unprivileged.ts';
import { installedMajor, type PostgresMajor, releases } from './postgres/versions.ts';

export { type PostgresMajor, postgresMajors } from './postgres/versions.ts';

export interface PostgresServer {
  major: PostgresMajor;
  /** `18.4` */
  version: string;
  host: '127.0.0.1';
  port: number;
  /**
   * A connection URL. The server asks for passwords (scram-sha-256): that of `postgres`, a superuser, is filled in; a
   * role that you created needs the one you gave it.
   * @default database 'postgres', user 'postgres'
   */
  url(database?: string, user?: string, password?: string): string;
  /** Creates an empty database and gives its URL. */
  createDatabase(name: string): Promise<string>;
  /** Ends the server and removes its data. Calling it again does nothing more. */
  stop(): Promise<void>;
}

export interface PostgresOptions {
  /** @default 18, which `npm ci` installed; the others are fetched into a cache on first use */
  major?: PostgresMajor;
  /** Told what takes time: fetching binaries. */
  onProgress?: (line: string) => void;
  /** Server settings, over the ones that make it start fast: `{ log_statement: 'all' }`. */
  settings?: Record<string, string>;
  signal?: AbortSignal;
}

/** @throws EdgeError when the binaries cannot be had or the server does not start. */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const { major = installedMajor, onProgress = () => {}, settings = {}, signal } = options;
  const account = await serverAccount();
  const binaries = await findBinaries(major, account, { environment: process.env, onProgress, signal });
  const folder: ServerFolder = { path: await privateFolder(account), account };
  const watch = guard(folder);
  try {
    const password = randomBytes(12).toString('hex');
    await initialise(binaries, folder, password);
    signal?.throwIfAborted();
    const { port, child } = await launch(binaries, folder, settings, signal);
    child.unref();
    let stopped: Promise<void> | undefined;
    return serverAt(major, port, password, () => {
      stopped ??= shutDown(child).then(() => watch.close());
      return stopped;
    });
  } catch (error) {
    await watch.close();
    throw error;
  }
}

function serverAt(major: PostgresMajor, port: number, password: string, stop: () => Promise<void>): PostgresServer {
  const url = (database = 'postgres', user = 'postgres', secret = user === 'postgres' ? password : ''): string => {
    const credentials = `${encodeURIComponent(user)}${secret === '' ? '' : `:${encodeURIComponent(secret)}`}`;
    return `postgres://${credentials}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  };
  return {
    major,
    version: releases[major].split('.').slice(0, 2).join('.'),
    host: '127.0.0.1',
    port,
    url,
    async createDatabase(name) {
      const client = await connectTo(url());
      try {
        await client.query(`create database ${pg.escapeIdentifier(name)}`);
      } finally {
        await client.end();
      }
      return url(name);
    },
    stop,
  };
}
