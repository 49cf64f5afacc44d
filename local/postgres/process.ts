// The server's process: started under the right account, known to be ready, and never outliving the process that
// started it. A guard (a shell reading a pipe that only we hold open) ends the server and removes its data when that
// pipe closes, which it does however we end, SIGKILL included; so nothing here handles signals.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { chown, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EdgeError } from '../../lambda/errors.ts';
import type { Binaries } from './binaries.ts';
import { type Account, spawnAs } from './unprivileged.ts';

export interface ServerFolder {
  path: string;
  account: Account | undefined;
}

// Data that lives as long as one run needs no protection from a power cut.
const defaults: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '32MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

// The user's own PG* and locale settings must not reach the server: only what it needs to start.
const environment = { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' };

const dataOf = (folder: ServerFolder) => join(folder.path, 'data');
const logOf = (folder: ServerFolder) => join(folder.path, 'server.log');

/** Makes a cluster whose only role is `postgres` with this password. */
export async function initialise(binaries: Binaries, folder: ServerFolder, password: string): Promise<void> {
  const passwordFile = join(folder.path, 'password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (folder.account) await chown(passwordFile, folder.account.uid, folder.account.gid);
  const options = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  const log = openSync(logOf(folder), 'a');
  const child = spawn(
    binaries.initdb,
    ['-D', dataOf(folder), '--encoding=UTF8', '--locale=C', '--no-sync', ...options],
    { ...spawnAs(folder.account), cwd: folder.path, env: environment, stdio: ['ignore', log, log] },
  );
  closeSync(log);
  const code = await ended(child);
  await rm(passwordFile);
  if (code !== 0) throw await notStarted('initdb', code, folder);
}

/** Starts the server on a free port and resolves when it accepts connections. */
export async function launch(
  binaries: Binaries,
  folder: ServerFolder,
  settings: Record<string, string>,
  signal: AbortSignal | undefined,
  pickPort: () => Promise<number> = freePort,
): Promise<{ port: number; child: ChildProcess }> {
  // Between finding a port free and the server taking it, another process may: then the next one is tried.
  for (let attempt = 1; ; attempt += 1) {
    const port = await pickPort();
    const child = spawnServer(binaries, folder, port, settings);
    const code = await readyOrEnded(child, folder, signal);
    if (code === 'ready') return { port, child };
    const failure = await notStarted('postgres', code, folder);
    if (attempt === 5 || !/Address already in use/.test(failure.message)) throw failure;
    await writeFile(logOf(folder), '');
  }
}

function spawnServer(
  binaries: Binaries,
  folder: ServerFolder,
  port: number,
  settings: Record<string, string>,
): ChildProcess {
  const flags = Object.entries({ ...defaults, ...settings, port: String(port) });
  const log = openSync(logOf(folder), 'a');
  const child = spawn(
    binaries.postgres,
    ['-D', dataOf(folder), ...flags.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    // A session of its own: Ctrl-C in the terminal is for us, and we stop the server when we are done with it.
    { ...spawnAs(folder.account), cwd: folder.path, env: environment, detached: true, stdio: ['ignore', log, log] },
  );
  closeSync(log);
  return child;
}

/** The last line of postmaster.pid says `ready`, as pg_ctl knows it too. */
async function readyOrEnded(
  child: ChildProcess,
  folder: ServerFolder,
  signal: AbortSignal | undefined,
): Promise<'ready' | number | string> {
  let code: number | string | undefined;
  const end = ended(child).then((value) => {
    code = value;
  });
  while (code === undefined) {
    const status = await readFile(join(dataOf(folder), 'postmaster.pid'), 'utf8').catch(() => '');
    if (status.split('\n')[7]?.trim() === 'ready') return 'ready';
    if (signal?.aborted) child.kill('SIGQUIT');
    await Promise.race([end, sleep(15)]);
  }
  signal?.throwIfAborted();
  return code;
}

/** Ends the server: politely, then (after 5 s) at once. */
export async function shutDown(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const end = once(child, 'exit');
  child.ref();
  child.kill('SIGINT');
  const timer = setTimeout(() => child.kill('SIGQUIT'), 5_000);
  await end;
  clearTimeout(timer);
}

const guardScript = `
cat >/dev/null
pid=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null)
if [ -n "$pid" ]; then
  kill -QUIT "$pid" 2>/dev/null
  tries=0
  while kill -0 "$pid" 2>/dev/null && [ $tries -lt 50 ]; do sleep 0.1; tries=$((tries + 1)); done
fi
rm -rf "$1"
`;

/** Watches over a folder from now on; closing what is returned makes it end the server in it and remove it. */
export function guard(folder: ServerFolder): { close(): Promise<void> } {
  const child = spawn('/bin/sh', ['-c', guardScript, 'driftwatch-guard', folder.path], {
    ...spawnAs(folder.account),
    cwd: '/',
    env: environment,
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.unref();
  const pipe = child.stdin as typeof child.stdin & { unref?: () => void };
  pipe.unref?.();
  return {
    async close() {
      const end = ended(child);
      child.ref();
      child.stdin.end();
      await end;
    },
  };
}

function ended(child: ChildProcess): Promise<number | string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
}

async function notStarted(program: string, code: number | string, folder: ServerFolder): Promise<EdgeError> {
  const log = await readFile(logOf(folder), 'utf8').catch(() => '');
  const lines = log.trim().split('\n').slice(-6).join(' | ');
  return new EdgeError('unavailable', `${program} did not start (${code}): ${lines || 'it wrote no log'}`, {
    remedy: 'Read what it says; a full or read-only temporary folder and a lack of memory are common reasons.',
  });
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
