// Binaries that root's stand-in can run: in a checkout or home folder that other accounts cannot enter they are copied
// out once, and every later start uses the copy. What lies in the temporary folder is run only if we put it there.
import { createHash } from 'node:crypto';
import { chmod, cp, lstat, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EdgeError } from '../../lambda/errors.ts';
import { type Account, openToOthers, temporaryRoot } from './unprivileged.ts';

/** `native` itself, or a copy of it, that `account` can run (without an account: that we can run ourselves). */
export async function runnableFolder(native: string, version: string, account: Account | undefined): Promise<string> {
  return account && !(await reachable(native)) ? copyForOthers(native, version, account) : native;
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
  const entry = await lstat(path).catch(() => undefined);
  if (!entry) return false;
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
