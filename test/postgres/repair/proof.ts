// Proof of a repair: it is run on production, statement by statement, and what differs afterwards must be what was said
// to have no repair.
import type pg from 'pg';
import type { DatabaseSession } from '../../../lambda/platform/ports.ts';
import { diff } from '../../../lambda/postgres/diff.ts';
import type { DriftEntry } from '../../../lambda/postgres/drift.ts';
import { type CatalogRead, readCatalog } from '../../../lambda/postgres/read-catalog.ts';
import { repair } from '../../../lambda/postgres/repair/repair.ts';
import type { RepairStep } from '../../../lambda/postgres/repair/statement.ts';

export interface Proof {
  steps: RepairStep[];
  /** The first statement that failed, with PostgreSQL's message. */
  failed?: string;
  /** `changed column public.t.c type`: what differs afterwards, although no step said so. */
  left: string[];
}

export function repairOf(model: CatalogRead, production: CatalogRead): RepairStep[] {
  const { serverVersion } = production;
  return repair(diff(model, production).drift, model.facts, production.facts, { serverVersion });
}

/** Whether every statement may run inside one transaction. */
export function isTransactional(steps: readonly RepairStep[]): boolean {
  return steps.every((step) => !('sql' in step) || step.transaction !== false);
}

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
      return { steps, failed: `${step.sql} -- ${(error as Error).message}`, left: [] };
    }
  }
  const unrepaired = new Set(
    steps.filter((step) => 'none' in step).map(({ kind, subject, attribute }) => nameOf(kind, subject, attribute)),
  );
  const { drift } = diff(model, await read());
  const left = drift.filter(({ kind, subject, attribute }) => !unrepaired.has(nameOf(kind, subject, attribute)));
  return { steps, left: left.map(asLine) };
}

/** The reader's statements inside a transaction that is open already; its settings end with the savepoint. */
export function readWithin(client: pg.Client, serverVersion: number): Promise<CatalogRead> {
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

function nameOf(kind: string, subject: string, attribute: string | undefined): string {
  return JSON.stringify([kind, subject, attribute ?? null]);
}

function asLine({ verb, kind, subject, attribute, expected, actual }: DriftEntry): string {
  return [verb, kind, subject, attribute ?? '', JSON.stringify(expected), JSON.stringify(actual)].join(' ');
}
