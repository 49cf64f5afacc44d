// Repairs every single change of the corpus on one server, back to the base and from the base to the change.
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CatalogRead } from '../../../lambda/postgres/read-catalog.ts';
import { baseSql, readSingleChanges, type SingleChange, singleChangeFiles } from '../../corpus/read-corpus.ts';
import { prepareCluster } from '../cluster.ts';
import { connectClient, type DatabaseMaker, databaseMaker, readUrl, withClient } from '../databases.ts';
import { isTransactional, type Proof, prove, repairOf, rolledBack } from './proof.ts';

/** `back`: the change has happened to production. `forth`: the model has it, production lacks it. */
export type Direction = 'back' | 'forth';

/** What cannot be created anywhere, since the library that it names does not exist. */
const beyondRepair: Readonly<Record<Direction, readonly string[]>> = {
  back: [],
  forth: ['routines.sql: from another library'],
};

/** @param server of its own: the tablespace that the corpus needs is made on it */
export function describeCorpusRepairs(major: number, direction: Direction, server: () => string): void {
  let databases: DatabaseMaker;
  let base: { url: string; read: CatalogRead };
  let client: pg.Client;

  beforeAll(async () => {
    databases = await databaseMaker(server(), `repair_${direction}`);
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
    const changes = readSingleChanges(file).filter(
      ({ since, name }) => since <= major && !beyondRepair[direction].includes(name),
    );
    test.each(changes.map((change) => [change.name, change] as const))('%s', async (_, change) => {
      const proof = (change.alone ? undefined : await proveInTransaction(change)) ?? (await proveAlone(change));
      expect(proof).toMatchObject({ left: [] });
    });
  }

  /** Fast: everything is rolled back. `undefined` when that cannot tell. */
  async function proveInTransaction(change: SingleChange): Promise<Proof | undefined> {
    return rolledBack(client, async (read) => {
      for (const statement of change.both) await client.query(statement);
      const before = change.both.length === 0 ? base.read : await read();
      await client.query('SAVEPOINT before_change');
      for (const statement of change.production) await client.query(statement);
      const after = await read();
      if (direction === 'forth') await client.query('ROLLBACK TO before_change');
      const [model, production] = direction === 'back' ? [before, after] : [after, before];
      const steps = repairOf(model, production);
      if (!isTransactional(steps)) return undefined;
      const proof = await prove(model, steps, client, read);
      return proof.left.length === 0 ? proof : undefined;
    });
  }

  async function proveAlone(change: SingleChange): Promise<Proof> {
    const template = base.url;
    const [before, after] = [await databases.create({ template }), await databases.create({ template })];
    try {
      const reads: CatalogRead[] = [];
      for (const [url, statements] of [
        [before, change.both],
        [after, [...change.both, ...change.production]],
      ] as const) {
        await withClient(url, async (writer) => {
          for (const statement of statements) await writer.query(statement);
        });
        reads.push(await readUrl(url));
      }
      const [model, production] = (direction === 'back' ? reads : reads.toReversed()) as [CatalogRead, CatalogRead];
      const url = direction === 'back' ? after : before;
      const steps = repairOf(model, production);
      return await withClient(url, (writer) => prove(model, steps, writer, () => readUrl(url)));
    } finally {
      await databases.drop(before);
      await databases.drop(after);
    }
  }
}
