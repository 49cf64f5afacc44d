// Dumps as pg_dump and pg_dumpall write them, owners, grants and rows included, read by our own reader: the model that
// comes out is the database that was dumped. The client is that of whoever runs this (Debian 12 has 15).
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { diff } from '../../lambda/postgres/diff.ts';
import type { CatalogRead } from '../../lambda/postgres/read-catalog.ts';
import { startModelDatabase } from '../../local/model/database.ts';
import { type PostgresServer, startPostgres } from '../../local/postgres.ts';
import { applySqlFiles } from '../../local/sql-files/apply.ts';
import { dumpedFrom } from '../../local/sql-files/dump-header.ts';
import { baseSql } from '../corpus/read-corpus.ts';
import { readUrl, withClient } from '../postgres/databases.ts';
import { pgDump, pgDumpAll, pgDumpMajor } from '../postgres/pg-dump.ts';

const client = await pgDumpMajor();
const name = 'Shop "Production"';

/** Owners, grants, settings of the database, and rows that look like SQL. */
const ownedSql = `
CREATE ROLE "shop owner"; CREATE ROLE readonly LOGIN PASSWORD 'x'; CREATE ROLE unused_role;
CREATE SCHEMA extra AUTHORIZATION "shop owner";
CREATE TABLE extra.data (id int, "select" text);
INSERT INTO extra.data SELECT g, E'a\\tb;''\\\\ $$ -- \\\\. /* ' || g FROM generate_series(1, 100) g;
ALTER TABLE extra.data OWNER TO "shop owner";
GRANT SELECT ON extra.data TO readonly;
ALTER DEFAULT PRIVILEGES IN SCHEMA extra GRANT SELECT ON TABLES TO readonly;
ALTER DATABASE "Shop ""Production""" SET search_path = extra, public;`;

describe.skipIf(client === undefined)(`written by pg_dump ${client}`, () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'driftwatch-dumps-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  describe.each(([13, 15] as const).filter((major) => major <= (client ?? 0)))('from %i', (from) => {
    let source: PostgresServer;
    let original: CatalogRead;
    let url: string;
    beforeAll(async () => {
      source = await startPostgres({ major: from });
      url = await source.createDatabase(name);
      await withClient(url, async (connected) => {
        await connected.query(baseSql);
        await connected.query(ownedSql);
      });
      original = await readUrl(url);
    });
    afterAll(() => source.stop());

    const dumps: Record<string, () => Promise<string>> = {
      'as it is': () => pgDump(url),
      'with its database': () => pgDump('--create', '--clean', '--if-exists', url),
      'as inserts, by who owns what': () => pgDump('--inserts', '--use-set-session-authorization', url),
      'with all of its server': () => pgDumpAll(source.url()),
    };
    /** What such a dump does not tell, since it belongs to the server, or to the database as a whole. */
    const untold = (how: string): string[] => {
      if (how === 'with all of its server') return [];
      return how === 'with its database' ? ['role'] : ['role', 'database', 'database setting'];
    };
    const cases = Object.keys(dumps).flatMap((how) => [from, 18 as const].map((to) => [how, to] as const));
    test.each(cases)('%s, read on %i', async (how, to) => {
      const file = join(folder, `${from}-${to}-${how}.sql`);
      await writeFile(file, (await dumps[how]?.()) ?? '');
      expect(await dumpedFrom(file)).toBe(from);
      const signal = AbortSignal.timeout(120_000);
      const model = await startModelDatabase({ major: to, database: 'driftwatch', onProgress: () => {}, signal });
      try {
        const applied = await applySqlFiles([file], {
          server: model.server,
          database: { name: 'driftwatch', chosen: false },
          withoutExtensions: new Set(),
          onFile: () => {},
          signal,
        });
        const built = await readUrl(model.server.url(applied.database));
        const { drift, equal } = diff(built, original);
        expect(drift.filter(({ kind }) => !untold(how).includes(kind))).toEqual([]);
        expect(equal).toBeGreaterThan(100);
      } finally {
        await model.stop();
      }
    });
  });
});
