// moto (https://github.com/getmoto/moto), an implementation of AWS's protocols that is not ours, in a virtual
// environment in the cache. Its process ends with ours: it is started under a guard that watches a pipe we hold.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { cacheFolder } from '../../local/postgres/package-cache.ts';

const release = 'moto[server]==5.2.5';
const run = promisify(execFile);

export interface MotoServer {
  url: string;
  stop(): Promise<void>;
}

const guarded = `
"$1" -H 127.0.0.1 -p "$2" >/dev/null 2>&1 &
child=$!
cat >/dev/null
kill -KILL $child
wait $child
`;

/** @throws Error that says what could not be had: python3, its venv module, or the package. */
export async function startMoto(): Promise<MotoServer> {
  const program = await installed();
  const port = await freePort();
  const guard = spawn('/bin/sh', ['-c', guarded, 'moto-guard', program, String(port)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    const ended = once(guard, 'exit');
    guard.stdin.end();
    await ended;
  };
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const answered = await fetch(`${url}/moto-api/data.json`).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return { url, stop };
    await sleep(200);
  }
  await stop();
  throw new Error(`${program} did not answer at ${url} within a minute`);
}

/** The server program, installed unless it is there; a link to the finished environment is what makes it there. */
async function installed(): Promise<string> {
  const home = join(cacheFolder(process.env), 'python', release.replace(/[^\w.]+/g, '-'));
  const program = join(home, 'bin', 'moto_server');
  if (await isThere(program)) return program;
  await mkdir(dirname(home), { recursive: true });
  const work = await mkdtemp(`${home}.`);
  try {
    await step('python3 -m venv (Debian and Ubuntu: apt install python3-venv)', 'python3', ['-m', 'venv', work]);
    await step(`pip install '${release}' from PyPI`, join(work, 'bin', 'pip'), ['install', '--quiet', release]);
    await symlink(work, home);
  } catch (error) {
    await rm(work, { recursive: true, force: true });
    // Somebody else was first: theirs is as good as ours.
    if (!(await isThere(program))) throw error;
  }
  return program;
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function step(what: string, command: string, parameters: string[]): Promise<void> {
  try {
    await run(command, parameters);
  } catch (cause) {
    throw new Error(`The contract suite needs moto, and this failed: ${what}. ${String(cause).slice(0, 600)}`, {
      cause,
    });
  }
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
