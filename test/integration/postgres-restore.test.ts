// A dump and restore, or a major upgrade by dump and restore, is no drift. pg_dump is the client of whoever runs this
// (Debian 12 has 15): it dumps servers up to its own major, and what it dumps is restored on every newer one.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { diff } from '../../lambda/postgres/diff.ts';
import { type PostgresServer, postgresMajors, startPostgres } from '../../local/postgres.ts';
import { accessSql, baseSql, printedFormsSql, printingSql } from '../corpus/read-corpus.ts';
import { prepareCluster } from '../postgres/cluster.ts';
import { readUrl, withClient } from '../postgres/databases.ts';
import { pgDump, pgDumpMajor } from '../postgres/pg-dump.ts';

const client = await pgDumpMajor();

describe.skipIf(client === undefined)(`dumped by pg_dump ${client}`, () => {
  const servers: PostgresServer[] = [];
  beforeAll(async () => {
    for (const major of postgresMajors) {
      const server = await startPostgres({ major });
      await prepareCluster(server.url(), major);
      servers.push(server);
    }
  });
  afterAll(async () => {
    for (const server of servers) await server.stop();
  });

  const pairs = postgresMajors.flatMap((from) => postgresMajors.map((to) => [from, to] as const));
  test.each(pairs.filter(([from, to]) => from <= to && from <= (client ?? 0)))('from %i to %i', async (from, to) => {
    const [source, target] = [servers, servers].map((all, n) => all.find(({ major }) => major === [from, to][n]));
    if (!source || !target) throw new Error('every major was started');
    const original = await source.createDatabase(`original_${to}`);
    await withClient(original, async (client) => {
      await client.query(baseSql);
      await client.query(accessSql);
      await client.query(`CREATE SCHEMA printing; SET search_path = printing; ${printingSql}`);
      await client.query(`CREATE SCHEMA forms; SET search_path = forms; ${printedFormsSql(from)}`);
    });
    const restored = await target.createDatabase(`restored_from_${from}`);
    const dump = await pgDump('--inserts', original);
    // The lines for psql; there are no others that start like this without COPY.
    await withClient(restored, (client) => client.query(dump.replace(/^\\.*$/gm, '')));
    const comparison = diff(await readUrl(original), await readUrl(restored));
    expect(comparison.drift).toEqual([]);
    expect(comparison.equal).toBeGreaterThan(300);
  });
});
