import { execFile } from 'node:child_process';
import { chmod, cp, lstat, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { runnableFolder } from '../../../local/postgres/runnable-copy.ts';
import { serverAccount, spawnAs } from '../../../local/postgres/unprivileged.ts';
import { packageFor } from '../../../local/postgres/versions.ts';

const run = promisify(execFile);
const packageName = packageFor(process.platform, process.arch) ?? '';
const native = join(dirname(dirname(createRequire(import.meta.url).resolve(packageName))), 'native');

describe.skipIf(process.getuid?.() !== 0)('as root', () => {
  let home: string;
  let copy: string | undefined;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'closed-home-'));
    await chmod(home, 0o700);
    await cp(native, join(home, 'native'), { recursive: true, verbatimSymlinks: true });
  });
  afterEach(async () => {
    await rm(home, { recursive: true, force: true });
    if (copy) await rm(copy, { recursive: true, force: true });
  });

  test('binaries in a closed home folder are copied once to where the server account can run them', async () => {
    const account = await serverAccount();
    const version = `0-test-${process.pid}`;
    const [first, second] = await Promise.all([
      runnableFolder(join(home, 'native'), version, account),
      runnableFolder(join(home, 'native'), version, account),
    ]);
    copy = first;
    expect(first.startsWith(home)).toBe(false);
    expect(second).toBe(first);
    const { stdout } = await run(join(first, 'bin/postgres'), ['--version'], { cwd: '/', ...spawnAs(account) });
    expect(stdout).toMatch(/^postgres \(PostgreSQL\) 18/);

    const { ino } = await lstat(first);
    await runnableFolder(join(home, 'native'), version, account);
    expect((await lstat(first)).ino).toBe(ino);
  });

  test('a copy that was tidied away in part is made again', async () => {
    const account = await serverAccount();
    const version = `3-test-${process.pid}`;
    copy = await runnableFolder(join(home, 'native'), version, account);
    await rm(join(copy, 'share/postgresql/extension/hstore.control'));
    await runnableFolder(join(home, 'native'), version, account);
    expect((await lstat(join(copy, 'share/postgresql/extension/hstore.control'))).isFile()).toBe(true);
  });

  test('a folder of that name that somebody else could have written is not run', async () => {
    const account = await serverAccount();
    const version = `1-test-${process.pid}`;
    copy = await runnableFolder(join(home, 'native'), version, account);
    await rm(copy, { recursive: true });
    await mkdir(copy);
    await chmod(copy, 0o777);
    await expect(runnableFolder(join(home, 'native'), version, account)).rejects.toMatchObject({
      name: 'EdgeError',
      reason: 'forbidden-address',
    });
  });
});

test('without an account the binaries are run where they are', async () => {
  expect(await runnableFolder(native, '18', undefined)).toBe(native);
});

test('links that the package lists are made when its install script was not run', async () => {
  const bare = await mkdtemp(join(tmpdir(), 'bare-'));
  onTestFinished(() => rm(bare, { recursive: true, force: true }));
  await mkdir(join(bare, 'lib'));
  await writeFile(join(bare, 'lib', 'libpq.so.5.18'), 'library');
  const listed = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
  await writeFile(join(bare, 'pg-symlinks.json'), JSON.stringify(listed));
  await Promise.all([runnableFolder(bare, '18', undefined), runnableFolder(bare, '18', undefined)]);
  expect(await readFile(join(bare, 'lib', 'libpq.so.5'), 'utf8')).toBe('library');
});

test.skipIf(process.getuid?.() === 0)('where they may not be made, they are made in a copy', async () => {
  const bare = await mkdtemp(join(tmpdir(), 'bare-'));
  await writeFile(join(bare, 'library'), 'library');
  await writeFile(join(bare, 'pg-symlinks.json'), '[{"source":"native/library","target":"native/link"}]');
  await chmod(bare, 0o500);
  const copy = await runnableFolder(bare, `2-test-${process.pid}`, undefined);
  onTestFinished(async () => {
    await chmod(bare, 0o700);
    await Promise.all([bare, copy].map((folder) => rm(folder, { recursive: true, force: true })));
  });
  expect(copy).not.toBe(bare);
  expect(await readFile(join(copy, 'link'), 'utf8')).toBe('library');
});
