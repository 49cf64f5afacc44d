// What has to hold for the schema of any seed, and for any changes of it. Each proof gives what does not hold, as lines
// that begin with the seed.
import type pg from 'pg';
import { diff } from '../../../lambda/postgres/diff.ts';
import type { DriftEntry } from '../../../lambda/postgres/drift.ts';
import type { CatalogRead } from '../../../lambda/postgres/read-catalog.ts';
import { scopes } from '../../../lambda/postgres/scope.ts';
import { type DatabaseMaker, readUrl, withClient } from '../databases.ts';
import { isTransactional, prove, repairOf, rolledBack } from '../repair/proof.ts';
import { keyOf, type RandomChange } from './change.ts';
import { someChanges } from './changes.ts';
import { inAnotherOrder, randomSchema, statementsOf } from './schema.ts';

export interface Seen {
  failures: string[];
  /** Names of the classes of which a change could be made. */
  made: Set<string>;
}

/**
 * Every change is told, and what is told names the right object.
 * @param isWanted by the name of its class
 */
export function proveSeen(
  client: pg.Client,
  seed: number,
  major: number,
  isWanted: (name: string) => boolean,
): Promise<Seen> {
  const world = randomSchema(seed, major);
  return rolledBack(client, async (read) => {
    for (const sql of statementsOf(world.all)) await client.query(sql);
    const before = await read();
    const seen: Seen = { failures: [], made: new Set() };
    for (const change of someChanges(world, Number.POSITIVE_INFINITY, ({ name }) => isWanted(name))) {
      await client.query('SAVEPOINT before_change');
      if (await runs(client, change)) {
        seen.made.add(change.name);
        const { drift } = diff(before, await read());
        const told = drift.flatMap((entry) => [
          keyOf({ kind: entry.kind, id: entry.subject }),
          ...(entry.swallowed ?? []),
        ]);
        if (!change.names.some((name) => told.includes(name))) {
          seen.failures.push(`seed ${seed}: ${change.sql}\n  told: ${told.join(', ') || 'nothing'}`);
        }
      }
      await client.query('ROLLBACK TO before_change');
    }
    return seen;
  });
}

/** What PostgreSQL refuses is no change: what depends on an object, or a rule that the generator does not know. */
async function runs(client: pg.Client, { sql }: RandomChange): Promise<boolean> {
  await client.query('SAVEPOINT before_statement');
  try {
    await client.query(sql);
    return true;
  } catch {
    await client.query('ROLLBACK TO before_statement');
    return false;
  }
}

/**
 * The same objects, made in another order in a database of another locale, are the same schema, but for names that
 * PostgreSQL made itself.
 */
export async function proveOrderless(
  databases: DatabaseMaker,
  seed: number,
  major: number,
  locale: string,
): Promise<string[]> {
  const { all, random } = randomSchema(seed, major);
  const reads: CatalogRead[] = [];
  for (const [made, options] of [
    [all, {}],
    [inAnotherOrder(all, random), { locale }],
  ] as const) {
    const url = await databases.create(options);
    await withClient(url, (client) => client.query(statementsOf(made).join(';\n')));
    reads.push(await readUrl(url));
    await databases.drop(url);
  }
  // Which locale a database has is a setting of it.
  const scope = scopes.filter((one) => one !== 'settings');
  const [one, other] = reads;
  if (!one || !other) throw new Error('both were read');
  return diff({ ...one, scope }, { ...other, scope })
    .drift.filter(({ attribute }) => attribute !== 'generatedNames')
    .map((entry) => `seed ${seed}: ${asLine(entry)}`);
}

/** Repairs what random changes did, and then makes of the unchanged schema the changed one. */
export async function proveRepaired(
  client: pg.Client,
  databases: DatabaseMaker,
  seed: number,
  major: number,
  changes: number,
): Promise<string[]> {
  const world = randomSchema(seed, major);
  const statements = statementsOf(world.all);
  const done: string[] = [];
  const lines = await rolledBack(client, async (read) => {
    for (const sql of statements) await client.query(sql);
    const before = await read();
    await client.query('SAVEPOINT unchanged');
    const isCleared = ({ leavesTraces }: RandomChange): boolean => leavesTraces !== true;
    for (const change of someChanges(world, changes, isCleared)) if (await runs(client, change)) done.push(change.sql);
    const after = await read();
    const back = await leftWithin(client, before, after, read);
    await client.query('ROLLBACK TO unchanged');
    const forth = await leftWithin(client, after, before, read);
    return [
      ...(back.length > 0 ? [{ way: 'back', model: before, sql: [...statements, ...done] }] : []),
      ...(forth.length > 0 ? [{ way: 'forth', model: after, sql: statements }] : []),
    ];
  });
  const failures: string[] = [];
  for (const { way, model, sql } of lines) {
    const left = await leftAlone(databases, model, sql);
    failures.push(...left.map((line) => `seed ${seed}, ${way}: ${line}\n${done.map((one) => `  ${one}`).join('\n')}`));
  }
  return failures;
}

/** Fast: what PostgreSQL runs outside of a transaction only is run in its other form. */
async function leftWithin(
  client: pg.Client,
  model: CatalogRead,
  production: CatalogRead,
  read: () => Promise<CatalogRead>,
): Promise<string[]> {
  const steps = repairOf(model, production).map((step) =>
    'sql' in step && !isTransactional([step]) ? { ...step, sql: step.sql.replace(/ CONCURRENTLY/, '') } : step,
  );
  return (await prove(model, steps, client, read)).left;
}

/** The last word: statement by statement, as a person would run them. */
async function leftAlone(
  databases: DatabaseMaker,
  model: CatalogRead,
  production: readonly string[],
): Promise<string[]> {
  const url = await databases.create();
  try {
    return await withClient(url, async (client) => {
      for (const sql of production) await client.query(sql);
      return (await prove(model, repairOf(model, await readUrl(url)), client, () => readUrl(url))).left;
    });
  } finally {
    await databases.drop(url);
  }
}

function asLine({ verb, kind, subject, attribute, expected, actual }: DriftEntry): string {
  return [verb, kind, subject, attribute ?? '', JSON.stringify(expected), JSON.stringify(actual)].join(' ');
}
