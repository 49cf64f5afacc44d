// Python programs from PyPI that tests need, each in a virtual environment of its own in the cache, made on first use.
import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '../../local/postgres/package-cache.ts';

const run = promisify(execFile);

/**
 * The folder with the environment's programs.
 * @param packages pinned, as pip takes them: they name the environment
 * @throws Error that says what could not be had: python3, its venv module, or a package
 */
export async function pythonPrograms(packages: readonly string[]): Promise<string> {
  const home = join(cacheFolder(process.env), 'python', packages.join('+').replace(/[^\w.]+/g, '-'));
  const programs = join(home, 'bin');
  if (await isThere(programs)) return programs;
  await mkdir(dirname(home), { recursive: true });
  const work = await mkdtemp(`${home}.`);
  try {
    await step('python3 -m venv (Debian and Ubuntu: apt install python3-venv)', 'python3', ['-m', 'venv', work]);
    await step(`pip install ${packages.join(' ')} from PyPI`, join(work, 'bin', 'pip'), [
      'install',
      '--quiet',
      '--disable-pip-version-check',
      ...packages,
    ]);
    // A link to the finished environment is what makes it there.
    await symlink(work, home);
  } catch (error) {
    await rm(work, { recursive: true, force: true });
    // Somebody else was first: theirs is as good as ours.
    if (!(await isThere(programs))) throw error;
  }
  return programs;
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
    throw new Error(`The tests need Python, and this failed: ${what}. ${String(cause).slice(0, 600)}`, { cause });
  }
}
