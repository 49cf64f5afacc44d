// Where the PostgreSQL binaries of a major are: the installed package, or one fetched into the cache, or a copy that
// the server's account can reach. Always ends with a folder holding bin/, lib/ and share/ that is ready to run.
import { createHash } from 'node:crypto';
import { chmod, cp, lstat, mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { EdgeError } from '../../lambda/errors.ts';
import { cachedPackage, type FetchOptions } from './package-cache.ts';
import { type Account, openToOthers, temporaryRoot } from './unprivileged.ts';
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
  const native = join(folder, 'native');
  const runnable = account && !(await reachable(native)) ? await copyForOthers(native, version, account) : native;
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

/** Whether any account can run these binaries where they are. */
async function reachable(native: string): Promise<boolean> {
  const needed = ['bin/postgres', 'lib', 'share/postgresql/postgres.bki'].map((path) =>
    openToOthers(join(native, path)),
  );
  return (await Promise.all(needed)).every(Boolean);
}

/** A copy under the temporary folder, made once and used by every later start. */
async function copyForOthers(native: string, version: string, account: Account): Promise<string> {
  const root = await temporaryRoot(account);
  const place = createHash('sha256').update(native).digest('hex').slice(0, 12);
  const copy = join(root, `driftwatch-postgres-${version}-${place}`);
  if (await isOurs(copy)) return copy;
  const work = await mkdtemp(join(root, 'driftwatch-copy-'));
  try {
    await cp(native, work, { recursive: true, verbatimSymlinks: true });
    await openAll(work);
    await rename(work, copy).catch(async (error: unknown) => {
      if (!(await isOurs(copy))) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return copy;
}

/** The temporary folder is everybody's: what lies there under the right name is only run when root put it there. */
async function isOurs(path: string): Promise<boolean> {
  if (!(await isThere(path))) return false;
  const entry = await lstat(path);
  if (entry.isDirectory() && entry.uid === process.getuid?.() && (entry.mode & 0o022) === 0) return true;
  throw new EdgeError('forbidden-address', `${path} was not made by this account, so it is not run`, {
    remedy: 'Remove it, or set TMPDIR to another folder.',
  });
}

async function openAll(path: string): Promise<void> {
  const entry = await lstat(path);
  if (entry.isSymbolicLink()) return;
  await chmod(path, entry.isDirectory() || entry.mode & 0o100 ? 0o755 : 0o644);
  if (!entry.isDirectory()) return;
  for (const name of await readdir(path)) await openAll(join(path, name));
}

function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
