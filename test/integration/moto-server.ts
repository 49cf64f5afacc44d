// moto (https://github.com/getmoto/moto), an implementation of AWS's protocols that is not ours, in a virtual
// environment in the cache. Its process ends with ours: it is started under a guard that watches a pipe we hold.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pythonPrograms } from './python-environment.ts';

const release = 'moto[server]==5.2.5';

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
  const program = join(await pythonPrograms([release]), 'moto_server');
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

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
