// The schema engine on every supported major: the corpus of single changes on each of them, and the same migrations
// compared between any two of them.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { diff } from '../../lambda/postgres/diff.ts';
import type { CatalogRead } from '../../lambda/postgres/read-catalog.ts';
import { type PostgresMajor, type PostgresServer, postgresMajors, startPostgres } from '../../local/postgres.ts';
import { accessSql, baseSql, newerWordsSql, printedFormsSql, printingSql } from '../corpus/read-corpus.ts';
import { prepareCluster } from '../postgres/cluster.ts';
import { decisions, withoutDefinitions } from '../postgres/completeness/catalogs.ts';
import { readServerColumns, undecided } from '../postgres/completeness/server-columns.ts';
import { readUrl, withClient } from '../postgres/databases.ts';
import { describeSingleChanges } from '../postgres/single-changes.ts';

const servers = new Map<PostgresMajor, PostgresServer>();
const reads = new Map<PostgresMajor, CatalogRead>();
/** The printed forms that each version knows. */
const forms = new Map<PostgresMajor, CatalogRead>();
const serverOf = (major: PostgresMajor): string => servers.get(major)?.url() ?? '';

beforeAll(async () => {
  for (const major of postgresMajors) {
    const server = await startPostgres({ major });
    servers.set(major, server);
    await prepareCluster(server.url(), major);
    const url = await server.createDatabase('same_migrations');
    await withClient(url, async (client) => {
      await client.query(baseSql);
      await client.query(accessSql);
      await client.query(`CREATE SCHEMA printing; SET search_path = printing; ${printingSql} ${newerWordsSql}`);
    });
    reads.set(major, await readUrl(url));
    const formsUrl = await server.createDatabase('forms');
    await withClient(formsUrl, (client) =>
      client.query(`CREATE SCHEMA forms; SET search_path = forms; ${printedFormsSql(major)}`),
    );
    forms.set(major, await readUrl(formsUrl));
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

/** What 13 prints in a way that could be a change, whatever the other version is. */
const open = ['open_columns', 'open_extract', 'open_overlaps', 'open_zone'].map((name) => `forms.${name}`);

test.each(pairs)(
  'what %i and %i print differently is no drift, and what is not certain is named',
  (model, production) => {
    const [expected, actual] = [forms.get(model), forms.get(production)];
    if (!expected || !actual) throw new Error('every major was read');
    const { drift, notVerified, equal } = diff(expected, actual);
    // Forms that one of the two does not know are there in the other only.
    expect(drift.filter(({ verb }) => verb === 'changed')).toEqual([]);
    const certain = model === production || (model >= 14 && production >= 14);
    expect(notVerified.map(({ subject }) => subject)).toEqual(certain ? [] : open);
    expect(equal).toBeGreaterThan(600);
  },
);

test.each(postgresMajors)('on %i, a role with nothing but CONNECT reads what a superuser reads', async (major) => {
  await withClient(serverOf(major), (client) => client.query("CREATE ROLE reader LOGIN PASSWORD 'only-connect'"));
  const url = servers.get(major)?.url('same_migrations', 'reader', 'only-connect') ?? '';
  expect(await readUrl(url)).toEqual(reads.get(major));
});

describe('the catalogs', () => {
  const seen = new Set<string>();
  test.each(postgresMajors)('somebody has decided about every column of those of %i', async (major) => {
    const columns = await readServerColumns(serverOf(major));
    expect(undecided(columns)).toEqual([]);
    for (const { catalog, column } of columns) seen.add(catalog).add(`${catalog}.${column}`);
  });

  test('nothing was decided about what no server has', () => {
    const named = Object.entries(decisions).flatMap(([catalog, columns]) =>
      Object.keys(columns).map((column) => `${catalog}.${column}`),
    );
    expect([...named, ...Object.keys(withoutDefinitions)].filter((name) => !seen.has(name))).toEqual([]);
  });
});

// On the newest one, `npm test` has run them.
describe.each(postgresMajors.filter((major) => major < 18))('single changes on PostgreSQL %i', (major) => {
  describeSingleChanges(major, () => serverOf(major));
});
