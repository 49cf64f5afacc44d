// The schema engine on every supported major: the corpus of single changes on each of them, and the same migrations
// compared between any two of them.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { diff } from '../../lambda/postgres/diff.ts';
import type { CatalogRead } from '../../lambda/postgres/read-catalog.ts';
import { type PostgresMajor, type PostgresServer, postgresMajors, startPostgres } from '../../local/postgres.ts';
import { baseSql, newerWordsSql, printingSql } from '../corpus/read-corpus.ts';
import { readUrl, withClient } from '../postgres/databases.ts';
import { describeSingleChanges } from '../postgres/single-changes.ts';

const servers = new Map<PostgresMajor, PostgresServer>();
const reads = new Map<PostgresMajor, CatalogRead>();
const serverOf = (major: PostgresMajor): string => servers.get(major)?.url() ?? '';

beforeAll(async () => {
  for (const major of postgresMajors) {
    const server = await startPostgres({ major });
    servers.set(major, server);
    const url = await server.createDatabase('same_migrations');
    await withClient(url, async (client) => {
      await client.query(baseSql);
      await client.query(`CREATE SCHEMA printing; SET search_path = printing; ${printingSql} ${newerWordsSql}`);
    });
    reads.set(major, await readUrl(url));
  }
});
afterAll(async () => {
  for (const server of servers.values()) await server.stop();
});

const pairs = postgresMajors.flatMap((model) => postgresMajors.map((production) => [model, production] as const));

test.each(pairs)('the same migrations on %i and %i are no drift', (model, production) => {
  const [expected, actual] = [reads.get(model), reads.get(production)];
  if (!expected || !actual) throw new Error('every major was read');
  const { drift, equal } = diff(expected, actual);
  expect(drift).toEqual([]);
  expect(equal).toBeGreaterThan(300);
});

test.each(postgresMajors)('on %i, a role with nothing but CONNECT reads what a superuser reads', async (major) => {
  await withClient(serverOf(major), (client) => client.query("CREATE ROLE reader LOGIN PASSWORD 'only-connect'"));
  const url = servers.get(major)?.url('same_migrations', 'reader', 'only-connect') ?? '';
  expect(await readUrl(url)).toEqual(reads.get(major));
});

describe.each(postgresMajors)('single changes on PostgreSQL %i', (major) => {
  describeSingleChanges(major, () => serverOf(major));
});
