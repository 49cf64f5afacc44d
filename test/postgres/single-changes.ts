// Runs the corpus of single changes against one server: the drift of each must be what its block says.
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatabaseSession } from '../../lambda/platform/ports.ts';
import { diff } from '../../lambda/postgres/diff.ts';
import type { DriftEntry } from '../../lambda/postgres/drift.ts';
import { type CatalogRead, readCatalog } from '../../lambda/postgres/read-catalog.ts';
import { baseSql, readSingleChanges, type SingleChange, singleChangeFiles } from '../corpus/read-corpus.ts';
import { prepareCluster } from './cluster.ts';
import { connectClient, type DatabaseMaker, databaseMaker, readUrl, withClient } from './databases.ts';

export function describeSingleChanges(major: number, server: () => string): void {
  let databases: DatabaseMaker;
  let clearCluster: () => Promise<void>;
  let base: { url: string; read: CatalogRead };
  let client: pg.Client;

  beforeAll(async () => {
    databases = await databaseMaker(server(), 'change');
    clearCluster = await prepareCluster(server(), major);
    const template = await databases.create();
    await withClient(template, (writer) => writer.query(baseSql));
    base = { url: template, read: await readUrl(template) };
    client = await connectClient(await databases.create({ template }));
  });
  afterAll(async () => {
    await client.end();
    await databases.close();
    await clearCluster();
  });

  for (const file of singleChangeFiles()) {
    const changes = readSingleChanges(file).filter(({ since }) => since <= major);
    test.each(changes.map((change) => [change.name, change] as const))('%s', async (_, change) => {
      expect((await (change.alone ? driftAlone(change) : driftInTransaction(change))).sort()).toEqual(change.drift);
    });
  }

  /** Fast: everything is rolled back, so that one database serves all changes. */
  async function driftInTransaction(change: SingleChange): Promise<string[]> {
    await client.query('BEGIN');
    try {
      return await driftOf(change, client, () => readCatalog(sessionWithin(client, base.read.serverVersion)));
    } finally {
      await client.query('ROLLBACK');
    }
  }

  async function driftAlone(change: SingleChange): Promise<string[]> {
    const url = await databases.create({ template: base.url });
    try {
      return await withClient(url, (writer) => driftOf(change, writer, () => readUrl(url)));
    } finally {
      await databases.drop(url);
    }
  }

  async function driftOf(change: SingleChange, writer: pg.Client, read: () => Promise<CatalogRead>): Promise<string[]> {
    for (const statement of change.both) await writer.query(statement);
    const model = change.both.length === 0 ? base.read : await read();
    for (const statement of change.production) await writer.query(statement);
    return diff(model, await read()).drift.map(asLine);
  }
}

/** The reader's statements inside a transaction that is open already; its settings end with the savepoint. */
function sessionWithin(client: pg.Client, serverVersion: number): DatabaseSession {
  return {
    serverVersion,
    async queryAll([, ...statements]) {
      const inner = ['SAVEPOINT before_read', ...statements.slice(0, -1), 'ROLLBACK TO before_read'];
      const results = (await client.query(inner.join(';\n'))) as unknown as pg.QueryResult[];
      return results.map((result) => result.rows);
    },
    close: async () => {},
  };
}

function asLine({ verb, kind, subject, attribute }: DriftEntry): string {
  return [verb, kind, subject, ...(attribute === undefined ? [] : [attribute])].join(' ');
}
