// The demo as a new user runs it, and what is left of it afterwards: nothing, also when it is stopped half-way.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { driftwatch, main } from './command.ts';

interface Demo {
  child: ChildProcess;
  /** What it has said so far, on stdout and stderr. */
  said: { out: string; err: string };
  ended: Promise<number | string>;
  /** Its folder for temporary files, which nothing else uses. */
  folder: string;
}

async function startDemo(whenOver: (end: () => Promise<void>) => void, ...options: string[]): Promise<Demo> {
  const folder = await mkdtemp(join(tmpdir(), 'driftwatch-e2e-'));
  // Where the server's own account may write, too.
  await chmod(folder, 0o777);
  const env = { PATH: process.env.PATH ?? '', TMPDIR: folder };
  const child = spawn(process.execPath, [main, 'demo', ...options], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
  });
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  whenOver(async () => {
    child.kill('SIGKILL');
    await ended;
    await rm(folder, { recursive: true, force: true });
  });
  return { child, said, ended, folder };
}

/** Command lines of running processes that name the folder: its servers, functions, guards and commands. */
async function processesOf(folder: string): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')));
  return lines.filter((line) => line.includes(folder)).map((line) => line.replaceAll('\0', ' '));
}

/** PostgreSQL's binaries may have been made runnable there; those are kept for the next time. */
async function filesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => !/^driftwatch-postgres-\d/.test(name));
}

const hasProc = process.platform === 'linux';

// Each in a world of its own, and mostly waiting: side by side.
describe.concurrent('the demo', () => {
  test('tells the whole story and leaves nothing behind', { timeout: 90_000 }, async ({ expect, onTestFinished }) => {
    const { said, ended, folder } = await startDemo(onTestFinished);
    expect(await ended, said.err).toBe(0);
    for (const line of [
      /^1\. Version 1\.4\.0 runs, and its model is published$/m,
      /^ {2}pap-api: PASS$/m,
      /^2\. Version 1\.5\.0 is deployed\. Its migration is not\./m,
      /│ \[CRITICAL\] pap-api production: backup nightly is failing/,
      /│ \[CRITICAL\] pap-api production: login is failing/,
      /│ \[CRITICAL\] pap-api production: schema is failing/,
      /users\.api_key_sandbox is missing: every query that selects it fails/,
      /^3\. The repair SQL of the alert is applied, and a fresh backup arrives$/m,
      /│ \[RESOLVED\] pap-api production: schema is all right again/,
      /^Told in \d+ s: nothing left this machine\.$/m,
    ]) {
      expect(said.out).toMatch(line);
    }
    expect(said.out.match(/^ {2}pap-api: (PASS|FAIL|UNKNOWN)$/gm)).toEqual(['  pap-api: PASS', '  pap-api: PASS']);
    // What is told goes to stdout, what is being done meanwhile to stderr.
    expect(said.err).toMatch(/^Bundling the functions as CDK does \.\.\.$/m);
    expect(said.out).not.toContain('Bundling');
    expect(await filesIn(folder)).toEqual([]);
    if (hasProc) expect(await processesOf(folder)).toEqual([]);
  });

  test('stays up when asked to, says how to connect, and is gone at Ctrl-C', { timeout: 90_000 }, async ({
    expect,
    onTestFinished,
  }) => {
    const { child, said, ended, folder } = await startDemo(onTestFinished, '--stay');
    const command = /^ {4}npm run driftwatch -- (diff s3:\S+ postgres:\S+)$/m;
    await expect.poll(() => command.test(said.out), { timeout: 60_000, interval: 20 }).toBe(true);
    // What it says to type, typed.
    const environment = Object.fromEntries(
      [...said.out.matchAll(/^ {4}export (\w+)=(\S+)$/gm)].map(([, ...pair]) => pair),
    );
    const args = command.exec(said.out)?.[1]?.split(' ') ?? [];
    const connected = await driftwatch(args, { environment });
    expect(connected).toMatchObject({ code: 0, stdout: expect.stringMatching(/^No differences/) });
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(await filesIn(folder)).toEqual([]);
    if (hasProc) expect(await processesOf(folder)).toEqual([]);
  });

  test.for<[string, (said: Demo['said']) => boolean]>([
    ['while it starts', (said) => said.err.includes('PostgreSQL listens')],
    ['in the middle of the story', (said) => said.out.includes('2. Version 1.5.0')],
  ])(
    'stops at Ctrl-C %s, and leaves nothing behind',
    { timeout: 60_000 },
    async ([_when, reached], { expect, onTestFinished }) => {
      const { child, said, ended, folder } = await startDemo(onTestFinished);
      await expect.poll(() => reached(said), { timeout: 40_000, interval: 20 }).toBe(true);
      if (hasProc) expect(await processesOf(folder)).not.toEqual([]);
      child.kill('SIGINT');
      expect(await ended).toBe(2);
      expect(said.err).toMatch(/^error: stopped by SIGINT$/m);
      expect(said.out).not.toContain('Told in');
      expect(await filesIn(folder)).toEqual([]);
      if (hasProc) expect(await processesOf(folder)).toEqual([]);
    },
  );
});
