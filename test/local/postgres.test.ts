import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';

import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { serverAccount, temporaryRoot } from '../../local/postgres/unprivileged.ts';
import { startPostgres } from '../../local/postgres.ts';
import { accepts } from '../support/accepts.ts';

const program = new URL('./fixtures/start-postgres.ts', import.meta.url).pathname;

/** A temporary folder as systems have them: everybody's. */
async function temporaryFolder(whenDone: typeof onTestFinished): Promise<string> {
  const folder = await mkdtemp(join(await temporaryRoot(await serverAccount()), 'pg-test-'));
  await chmod(folder, 0o1777);
  whenDone(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe('a server', () => {
  test('is the major it says, keeps a password, and is gone with its data when stopped', async () => {
    const server = await startPostgres();
    const client = new pg.Client({ connectionString: server.url() });
    await client.connect();
    const { rows } = await client.query('show server_version');
    await client.end();
    expect(rows).toEqual([{ server_version: server.version }]);

    const wrong = new pg.Client({ connectionString: server.url('postgres', 'postgres', 'wrong') });
    await expect(wrong.connect()).rejects.toThrow('password authentication failed');

    await server.stop();
    await server.stop();
    expect(await accepts(server.port)).toBe(false);
  });

  test('takes settings and hostile database names', async () => {
    const server = await startPostgres({ settings: { work_mem: '7MB' } });
    const url = await server.createDatabase(`it's "quoted" päth 🐘 --`);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query(`select current_database() as name, current_setting('work_mem') as memory`);
    await client.end();
    await server.stop();
    expect(rows).toEqual([{ name: `it's "quoted" päth 🐘 --`, memory: '7MB' }]);
  });

  test('that cannot start says why and leaves nothing behind', async () => {
    const temporary = await temporaryFolder(onTestFinished);
    vi.stubEnv('TMPDIR', temporary);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    await expect(startPostgres({ settings: { no_such_setting: '1' } })).rejects.toMatchObject({
      name: 'EdgeError',
      reason: 'unavailable',
      message: expect.stringContaining('no_such_setting'),
    });
    expect(await dataFolders(temporary)).toEqual([]);
  });

  test('that is called off while it starts rejects with the reason', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(startPostgres({ signal })).rejects.toThrow('enough');
  });

  test('several start at once, each on a port of its own', async () => {
    const servers = await Promise.all([startPostgres(), startPostgres(), startPostgres()]);
    expect(new Set(servers.map((server) => server.port)).size).toBe(3);
    await Promise.all(servers.map((server) => server.stop()));
  });
});

describe.concurrent('a server never outlives the process that started it', () => {
  test.for<{ end: string; by: (child: ChildProcess) => void }>([
    { end: 'SIGKILL', by: (child) => child.kill('SIGKILL') },
    { end: 'SIGTERM', by: (child) => child.kill('SIGTERM') },
    { end: 'SIGINT', by: (child) => child.kill('SIGINT') },
    { end: 'running to its end without stopping it', by: (child) => child.stdin?.write('end\n') },
    { end: 'process.exit', by: (child) => child.stdin?.write('exit\n') },
    { end: 'an uncaught error', by: (child) => child.stdin?.write('throw\n') },
  ])('when that ends by $end', async ({ by }, { expect, onTestFinished }) => {
    const temporary = await temporaryFolder(onTestFinished);
    const child = spawn(process.execPath, [program], {
      env: { ...process.env, TMPDIR: temporary },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    expect(await accepts(Number(line))).toBe(true);
    const ended = once(child, 'exit');
    by(child);
    await ended;
    await expect.poll(() => accepts(Number(line)), { timeout: 20_000 }).toBe(false);
    await expect.poll(() => dataFolders(temporary), { timeout: 20_000 }).toEqual([]);
  });
});

/** A copy of the binaries, which a closed checkout needs, is there to stay. */
async function dataFolders(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.startsWith('driftwatch-pg-'));
}
