// A package's binaries made ready to run: with the links that npm cannot carry, and where the server's account can
// read them. They are used in place when that can be had in place; otherwise (a home folder closed to others, a package
// that only its installer may write) they are copied out once, and every later start uses the copy.
import { createHash } from 'node:crypto';
import { chmod, cp, lstat, mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { EdgeError } from '../../lambda/errors.ts';
import { type Account, openToOthers, temporaryRoot } from './unprivileged.ts';

/** A folder with bin/, lib/ and share/: `native` itself or a copy of it. */
export async function runnableFolder(native: string, version: string, account: Account | undefined): Promise<string> {
  const inPlace = (await link(native)) && (account === undefined || (await reachable(native)));
  return inPlace ? native : copyOf(native, version, account);
}

const linkTable = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Makes the symbolic links that the package lists, since npm packages hold none and its install script may not have
 * been allowed to run. False when this account may not make them there.
 */
async function link(native: string): Promise<boolean> {
  const table = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of linkTable.parse(JSON.parse(table))) {
    const path = join(native, relative('native', target));
    if (await lstat(path).catch(() => undefined)) continue;
    try {
      await symlink(relative(dirname(target), source), path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return false;
      // Another process is doing the same.
      if (code !== 'EEXIST') throw error;
    }
  }
  return true;
}

/** Whether any account can run these binaries where they are. */
async function reachable(native: string): Promise<boolean> {
  const needed = ['bin/postgres', 'lib', 'share/postgresql/postgres.bki'].map((path) =>
    openToOthers(join(native, path)),
  );
  return (await Promise.all(needed)).every(Boolean);
}

async function copyOf(native: string, version: string, account: Account | undefined): Promise<string> {
  const root = await temporaryRoot(account);
  const place = createHash('sha256').update(native).digest('hex').slice(0, 12);
  const copy = join(root, `driftwatch-postgres-${version}-${process.getuid?.()}-${place}`);
  if (await usable(copy, native)) return copy;
  const work = await mkdtemp(join(root, 'driftwatch-copy-'));
  try {
    await cp(native, work, { recursive: true, verbatimSymlinks: true });
    await link(work);
    await openAll(work);
    await rename(work, copy).catch(async (error: unknown) => {
      // Somebody else was first: theirs is as good as ours.
      if (!(await usable(copy, native))) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return copy;
}

/** The temporary folder is everybody's, and gets tidied: what lies there is used if we put it there and it is whole. */
async function usable(copy: string, native: string): Promise<boolean> {
  const entry = await lstat(copy).catch(() => undefined);
  if (!entry) return false;
  if (!entry.isDirectory() || entry.uid !== process.getuid?.() || (entry.mode & 0o022) !== 0) {
    throw new EdgeError('forbidden-address', `${copy} was not made by this account, so it is not run`, {
      remedy: 'Remove it, or set TMPDIR to another folder.',
    });
  }
  const [there, wanted] = await Promise.all([copy, native].map((folder) => readdir(folder, { recursive: true })));
  const names = new Set(there);
  if (wanted?.every((name) => names.has(name))) return true;
  await rm(copy, { recursive: true, force: true });
  return false;
}

async function openAll(path: string): Promise<void> {
  const entry = await lstat(path);
  if (entry.isSymbolicLink()) return;
  await chmod(path, entry.isDirectory() || entry.mode & 0o100 ? 0o755 : 0o644);
  if (!entry.isDirectory()) return;
  for (const name of await readdir(path)) await openAll(join(path, name));
}
