// Runs the corpus of single changes against one server: the drift of each must be what its block says, and what is
// drift must change the change token.
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatabaseSession } from '../../lambda/platform/ports.ts';
import { changeToken } from '../../lambda/postgres/change-token.ts';
import { diff } from '../../lambda/postgres/diff.ts';
import type { DriftEntry } from '../../lambda/postgres/drift.ts';
import { type CatalogRead, readCatalog } from '../../lambda/postgres/read-catalog.ts';
import { baseSql, readSingleChanges, type SingleChange, singleChangeFiles } from '../corpus/read-corpus.ts';
import { prepareCluster } from './cluster.ts';
import { connectClient, type DatabaseMaker, databaseMaker, readUrl, withClient } from './databases.ts';

export function describeSingleChanges(major: number, server: () => string): void {
  let databases: DatabaseMaker;
  let base: { url: string; read: CatalogRead };
  let client: pg.Client;

  beforeAll(async () => {
    databases = await databaseMaker(server(), 'change');
    await prepareCluster(server(), major);
    const template = await databases.create();
    await withClient(template, (writer) => writer.query(baseSql));
    base = { url: template, read: await readUrl(template) };
    client = await connectClient(await databases.create({ template }));
  });
  afterAll(async () => {
    await client.end();
    await databases.close();
  });

  for (const file of singleChangeFiles()) {
    const changes = readSingleChanges(file).filter(({ since }) => since <= major);
    test.each(changes.map((change) => [change.name, change] as const))('%s', async (_, change) => {
      const { drift, tokens } = await (change.alone ? alone(change) : inTransaction(change));
      expect(drift.sort()).toEqual(change.drift);
      if (change.drift.length > 0) expect(tokens.after).not.toBe(tokens.before);
    });
  }

  /** Fast: everything is rolled back, so that one database serves all changes. */
  async function inTransaction(change: SingleChange): Promise<Tried> {
    await client.query('BEGIN');
    try {
      return await tryOut(change, client, () => readCatalog(sessionWithin(client, base.read.serverVersion)));
    } finally {
      await client.query('ROLLBACK');
    }
  }

  async function alone(change: SingleChange): Promise<Tried> {
    const url = await databases.create({ template: base.url });
    try {
      return await withClient(url, (writer) => tryOut(change, writer, () => readUrl(url)));
    } finally {
      await databases.drop(url);
    }
  }

  async function tryOut(change: SingleChange, writer: pg.Client, read: () => Promise<CatalogRead>): Promise<Tried> {
    for (const statement of change.both) await writer.query(statement);
    const model = change.both.length === 0 ? base.read : await read();
    const before = await tokenOf(writer);
    // A transaction number of its own, as two transactions have.
    if (!change.alone) await writer.query('SAVEPOINT before_change');
    for (const statement of change.production) await writer.query(statement);
    const tokens = { before, after: await tokenOf(writer) };
    return { drift: diff(model, await read()).drift.map(asLine), tokens };
  }

  async function tokenOf(writer: pg.Client): Promise<string> {
    return (await writer.query<{ token: string }>(changeToken(major))).rows[0]?.token ?? '';
  }
}

interface Tried {
  drift: string[];
  tokens: { before: string; after: string };
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
