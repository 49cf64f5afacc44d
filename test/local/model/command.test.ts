// Commands as a person gives them: run to their end by a shell, heard, and ended with everything that they started.
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from '../../../local/model/command.ts';
import { commandEnvironment } from '../../../local/model/command-environment.ts';
import { commandError } from '../../../local/model/command-error.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'driftwatch-command-'));
});
afterAll(() => rm(folder, { recursive: true }));

const run = (command: string, signal = AbortSignal.timeout(20_000), more: Record<string, string> = {}) =>
  runCommand(command, { environment: { PATH: process.env.PATH ?? '', FOLDER: folder, ...more }, signal });

describe('a command', () => {
  test.each<[string, { succeeded: boolean; how: string; output: string }]>([
    ['echo a && echo b | cat', { succeeded: true, how: 'ended with 0', output: 'a\nb\n' }],
    ['echo a; echo b >&2; echo c; exit 3', { succeeded: false, how: 'ended with 3', output: 'a\nb\nc\n' }],
    ['kill -KILL $$', { succeeded: false, how: 'was ended by SIGKILL', output: '' }],
    ['cat', { succeeded: true, how: 'ended with 0', output: '' }],
  ])('%j', async (command, expected) => {
    expect(await run(command)).toEqual({ ...expected, outputLeftOutBytes: 0 });
  });

  test('is run by the shell of whoever gives it, unless that is none', async () => {
    const shellOf = async (SHELL: string) => (await run('echo $0', undefined, { SHELL })).output.trim();
    expect(await shellOf('/bin/bash')).toBe('/bin/bash');
    expect(await shellOf('/usr/sbin/nologin')).toBe('/bin/sh');
  });

  test('that says more than anybody reads is heard to its end', async () => {
    const { output, outputLeftOutBytes } = await run('yes | head -c 1500000; echo the end');
    expect(output).toMatch(/the end\n$/);
    expect(output.length + outputLeftOutBytes).toBe(1_500_008);
    expect(output.length).toBe(1 << 20);
  });

  test('leaves nothing running that it put into the background', async () => {
    const { succeeded } = await run('(while :; do echo >> $FOLDER/beat; sleep 0.05; done) & sleep 0.3');
    expect(succeeded).toBe(true);
    const { size } = await stat(join(folder, 'beat'));
    expect(size).toBeGreaterThan(0);
    await sleep(300);
    expect((await stat(join(folder, 'beat'))).size).toBe(size);
  });

  test('that is stopped may tidy up, and is gone when that is told', async () => {
    const stop = new AbortController();
    const command = "trap 'echo tidy > $FOLDER/tidy; exit' TERM; echo > $FOLDER/ready; while :; do sleep 0.05; done";
    const running = run(command, stop.signal);
    await expect
      .poll(() =>
        stat(join(folder, 'ready')).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    stop.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
    expect(await readFile(join(folder, 'tidy'), 'utf8')).toBe('tidy\n');
  });

  test('is not started when it is too late', async () => {
    await expect(run('echo > $FOLDER/late', AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
    await expect(stat(join(folder, 'late'))).rejects.toThrow('ENOENT');
  });
});

test('its environment is the caller’s, with this database in the place of every other', () => {
  const callers = { PATH: '/bin', PGSERVICE: 'production', PGPASSFILE: 'x', PGDATA: 'y', UNSET: undefined, pgx: '1' };
  const database = { host: '127.0.0.1', port: 5433, user: 'postgres', password: 'a/b', database: 'my app' };
  expect(commandEnvironment(callers, database)).toEqual({
    PATH: '/bin',
    pgx: '1',
    DATABASE_URL: 'postgresql://postgres:a%2Fb@127.0.0.1:5433/my%20app',
    PGHOST: '127.0.0.1',
    PGPORT: '5433',
    PGUSER: 'postgres',
    PGPASSWORD: 'a/b',
    PGDATABASE: 'my app',
  });
});

describe('what to do about a command that failed is read from what it said:', () => {
  test.each<[string, string, RegExp, RegExp]>([
    ['nothing', 'boom', /^The command ended with 1: migrate$/, /It has to use DATABASE_URL or PGHOST/],
    [
      'missing extensions, all of them once',
      'ERROR: extension "vector" is not available\ncould not open extension control file "/x/postgis.control"\n' +
        'ERROR: extension "vector" is not available',
      /lacks extensions that this schema creates: postgis, vector\.$/,
      /take the snapshot there: driftwatch snapshot --from/,
    ],
    ['a missing role', 'role "rds_superuser" does not exist', /ended with 1/, /CREATE ROLE .* --sql beside --run/],
    ['a missing database', 'FATAL: database "shop" does not exist', /ended with 1/, /--database shop/],
  ])('%s', (_, output, message, remedy) => {
    const ended = { succeeded: false, how: 'ended with 1', output, outputLeftOutBytes: 0 };
    const error = commandError('migrate', ended, '18.4');
    expect(error.message).toMatch(message);
    expect(error.remedy).toMatch(remedy);
  });

  test('no such command', () => {
    const ended = { succeeded: false, how: 'ended with 127', output: 'sh: not found', outputLeftOutBytes: 0 };
    expect(commandError('migrat', ended, '18.4').remedy).toMatch(/did not find it/);
  });
});
