// PostgreSQL refuses to run as root. This file knows under whose name it runs then (`nobody`, by spawn's uid and gid;
// no account is ever made) and which folders that account can enter. For a normal user there is nothing to do.
import { chmod, chown, mkdtemp, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { EdgeError } from '../../lambda/errors.ts';

export interface Account {
  uid: number;
  gid: number;
}

/** `nobody` when this process is root; `undefined` when it may run PostgreSQL as itself. */
export async function serverAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const line = (await readFile('/etc/passwd', 'utf8')).split('\n').find((entry) => entry.startsWith('nobody:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (uid === undefined || gid === undefined) {
    throw new EdgeError('missing', 'PostgreSQL cannot run as root, and this system has no account "nobody"', {
      remedy: 'Run the command as a normal user.',
    });
  }
  // macOS writes -2 for both; spawn and chown take it as the signed number it is.
  return { uid: Number(uid) | 0, gid: Number(gid) | 0 };
}

/** Whether accounts other than its owner may read `path` and enter every folder above it. */
export async function openToOthers(path: string): Promise<boolean> {
  const entry = await stat(path);
  const needed = entry.isDirectory() ? 0o005 : 0o004;
  if ((entry.mode & needed) !== needed) return false;
  return foldersAboveOpen(path);
}

async function foldersAboveOpen(path: string): Promise<boolean> {
  const parent = dirname(path);
  if (parent === path) return true;
  if (((await stat(parent)).mode & 0o001) === 0) return false;
  return foldersAboveOpen(parent);
}

/** A folder for temporary files; when root, one that other accounts can enter too. */
export async function temporaryRoot(account: Account | undefined): Promise<string> {
  if (!account) return tmpdir();
  for (const folder of [tmpdir(), '/tmp', '/var/tmp']) {
    if (await openToOthers(folder).catch(() => false)) return folder;
  }
  throw new EdgeError('denied', `The account "nobody" can enter neither ${tmpdir()} nor /tmp nor /var/tmp`, {
    remedy: 'Set TMPDIR to a folder that every account can enter, or run the command as a normal user.',
  });
}

/** A new folder that belongs to the server's account and that nobody else can read. */
export async function privateFolder(account: Account | undefined): Promise<string> {
  const folder = await mkdtemp(join(await temporaryRoot(account), 'driftwatch-pg-'));
  await chmod(folder, 0o700);
  if (account) await chown(folder, account.uid, account.gid);
  return folder;
}
