// Proof of a repair: it is run on production, statement by statement, and what differs afterwards must be what was said
// to have no repair.
import type pg from 'pg';
import type { DatabaseSession } from '../../../lambda/platform/ports.ts';
import { diff } from '../../../lambda/postgres/diff.ts';
import type { DriftEntry } from '../../../lambda/postgres/drift.ts';
import { factKey } from '../../../lambda/postgres/fact.ts';
import { type CatalogRead, readCatalog } from '../../../lambda/postgres/read-catalog.ts';
import { repair } from '../../../lambda/postgres/repair/repair.ts';
import type { RepairStep } from '../../../lambda/postgres/repair/statement.ts';
import { connectClient, type DatabaseMaker, databaseMaker, readUrl, withClient } from '../databases.ts';

export interface Proof {
  steps: RepairStep[];
  /** What differs afterwards although no step said so, or the statement that failed, with PostgreSQL's message. */
  left: string[];
}

export function repairOf(model: CatalogRead, production: CatalogRead): RepairStep[] {
  const { serverVersion } = production;
  return repair(diff(model, production).drift, model.facts, production.facts, { serverVersion });
}

/** Runs the statements over this connection; `read` reads what they made of the database. */
export async function prove(
  model: CatalogRead,
  steps: RepairStep[],
  client: pg.Client,
  read: () => Promise<CatalogRead>,
): Promise<Proof> {
  for (const step of steps) {
    if (!('sql' in step)) continue;
    try {
      await client.query(step.sql);
    } catch (error) {
      return { steps, left: [`${step.sql} -- ${(error as Error).message}`] };
    }
  }
  const without = steps.filter((step) => 'none' in step);
  const unrepaired = new Set(without.map(nameOf));
  const isTold = (entry: DriftEntry): boolean =>
    unrepaired.has(nameOf(entry)) ||
    without.some(({ none }) => none.startsWith(`${factKey({ kind: entry.kind, id: entry.subject })}: `));
  const { drift } = diff(model, await read());
  return { steps, left: drift.filter((entry) => !isTold(entry)).map(asLine) };
}

export interface Workshop {
  /** Connected to an empty database, and in no transaction. */
  client: pg.Client;
  databases: DatabaseMaker;
  close(): Promise<void>;
}

/** @param prefix keeps apart what test files that run at once make on the same server */
export async function openWorkshop(server: string, prefix: string): Promise<Workshop> {
  const databases = await databaseMaker(server, prefix);
  const client = await connectClient(await databases.create());
  return {
    client,
    databases,
    async close() {
      await client.end();
      await databases.close();
    },
  };
}

/** What SQL makes of an empty database. */
export function readSql({ client }: Workshop, sql: string): Promise<CatalogRead> {
  return rolledBack(client, async (read) => {
    await client.query(sql);
    return read();
  });
}

/** Makes of an empty database what `production` says, and repairs it to what `model` says. */
export async function provePair(workshop: Workshop, sql: { model: string; production: string }): Promise<Proof> {
  const model = await readSql(workshop, sql.model);
  const { client, databases } = workshop;
  const proof = await rolledBack(client, async (read) => {
    await client.query(sql.production);
    const steps = repairOf(model, await read());
    return isTransactional(steps) ? prove(model, steps, client, read) : undefined;
  });
  if (proof?.left.length === 0) return proof;
  const url = await databases.create();
  try {
    return await withClient(url, async (writer) => {
      await writer.query(sql.production);
      return prove(model, repairOf(model, await readUrl(url)), writer, () => readUrl(url));
    });
  } finally {
    await databases.drop(url);
  }
}

/** Lets `use` work in a transaction that leaves nothing behind. */
export async function rolledBack<Result>(
  client: pg.Client,
  use: (read: () => Promise<CatalogRead>) => Promise<Result>,
): Promise<Result> {
  const { rows } = await client.query("SELECT current_setting('server_version_num')::integer AS version");
  await client.query('BEGIN');
  try {
    return await use(() => readWithin(client, rows[0].version));
  } finally {
    await client.query('ROLLBACK');
  }
}

/** Whether every statement may run inside one transaction. */
export function isTransactional(steps: readonly RepairStep[]): boolean {
  return steps.every((step) => !('sql' in step) || step.transaction !== false);
}

/** Reads inside a transaction that is open already; the reader's own settings end with the savepoint. */
function readWithin(client: pg.Client, serverVersion: number): Promise<CatalogRead> {
  const session: DatabaseSession = {
    serverVersion,
    async queryAll([, ...statements]) {
      const inner = ['SAVEPOINT before_read', ...statements.slice(0, -1), 'ROLLBACK TO before_read'];
      const results = (await client.query(inner.join(';\n'))) as unknown as pg.QueryResult[];
      return results.map((result) => result.rows);
    },
    close: async () => {},
  };
  return readCatalog(session);
}

function nameOf({ kind, subject, attribute }: Pick<DriftEntry, 'kind' | 'subject' | 'attribute'>): string {
  return JSON.stringify([kind, subject, attribute ?? null]);
}

function asLine({ verb, kind, subject, attribute, expected, actual }: DriftEntry): string {
  return [verb, kind, subject, attribute ?? '', JSON.stringify(expected), JSON.stringify(actual)].join(' ');
}
