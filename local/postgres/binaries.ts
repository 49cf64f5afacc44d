// Where the PostgreSQL binaries of a major come from: the installed package, or one fetched into the cache. What has
// to be done before they can run is runnable-copy.ts.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { EdgeError } from '../../lambda/errors.ts';
import { cachedPackage, type FetchOptions } from './package-cache.ts';
import { runnableFolder } from './runnable-copy.ts';
import type { Account } from './unprivileged.ts';
import { type PostgresMajor, packageFor, releases } from './versions.ts';

export interface Binaries {
  initdb: string;
  postgres: string;
}

export async function findBinaries(
  major: PostgresMajor,
  account: Account | undefined,
  options: FetchOptions,
): Promise<Binaries> {
  const packageName = packageFor(process.platform, process.arch);
  if (!packageName) {
    throw new EdgeError('missing', `There are no PostgreSQL binaries for ${process.platform}-${process.arch}`, {
      remedy: 'Run the command on Linux or macOS, on x64 or arm64.',
    });
  }
  const version = releases[major];
  const folder = (await installedPackage(packageName, version)) ?? (await cachedPackage(packageName, version, options));
  const runnable = await runnableFolder(join(folder, 'native'), version, account);
  return { initdb: join(runnable, 'bin', 'initdb'), postgres: join(runnable, 'bin', 'postgres') };
}

/** The package's folder when `npm ci` installed exactly this version of it. */
async function installedPackage(name: string, version: string): Promise<string | undefined> {
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch {
    // Not installed: the other platforms' packages never are, nor is any with `--omit=optional`.
    return undefined;
  }
  const folder = dirname(dirname(entry));
  const manifest = z
    .object({ version: z.string() })
    .parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')));
  return manifest.version === version ? folder : undefined;
}
