// PostgreSQL refuses to run as root. This file knows under whose name it runs then (`nobody`, by spawn's uid and gid;
// no account is ever made) and which folders that account can enter. For a normal user there is nothing to do.
import { chmod, chown, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { EdgeError } from '../../lambda/errors.ts';

/** Both numbers as the file system has them: never negative. */
export interface Account {
  uid: number;
  gid: number;
}

/** The account as spawn takes it: signed 32-bit numbers, so that macOS's 4294967294 is -2. */
export function spawnAs(account: Account | undefined): Partial<Account> {
  return account ? { uid: account.uid | 0, gid: account.gid | 0 } : {};
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
  // macOS writes -2 for both.
  return { uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 };
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

/** A folder for temporary files; when root, one in which other accounts can make and remove things too. */
export async function temporaryRoot(account: Account | undefined): Promise<string> {
  if (!account) return tmpdir();
  for (const folder of [tmpdir(), '/tmp', '/var/tmp']) {
    if (await sharedWithOthers(folder)) return folder;
  }
  throw new EdgeError('denied', `The account "nobody" can write neither ${tmpdir()} nor /tmp nor /var/tmp`, {
    remedy: 'Set TMPDIR to a folder that every account can write, or run the command as a normal user.',
  });
}

async function sharedWithOthers(folder: string): Promise<boolean> {
  try {
    return ((await stat(folder)).mode & 0o007) === 0o007 && (await foldersAboveOpen(folder));
  } catch {
    // Not there, or closed even to us: not one to use.
    return false;
  }
}

/** A new folder that belongs to the server's account and that nobody else can read. */
export async function privateFolder(account: Account | undefined): Promise<string> {
  const folder = await mkdtemp(join(await temporaryRoot(account), 'driftwatch-pg-'));
  await chmod(folder, 0o700);
  if (account) await handOver(folder, account);
  return folder;
}

async function handOver(folder: string, { uid, gid }: Account): Promise<void> {
  try {
    await chown(folder, uid, gid);
  } catch (cause) {
    await rm(folder, { recursive: true, force: true });
    // Root of a container that knows no other account.
    throw new EdgeError('denied', `PostgreSQL cannot run as root, and this root may not act as account ${uid}`, {
      remedy: 'Run the command as a normal user, or in a container whose user namespace has more than one account.',
      cause,
    });
  }
}
