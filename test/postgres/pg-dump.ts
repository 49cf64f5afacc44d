// pg_dump, if whoever runs this has one: no npm package does.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** @returns what it printed */
export async function pgDump(...options: string[]): Promise<string> {
  return (await run('pg_dump', options, { maxBuffer: 1e9 })).stdout;
}

/** @returns the dump of a whole server, by its superuser */
export async function pgDumpAll(url: string): Promise<string> {
  const env = { ...process.env, PGPASSWORD: decodeURIComponent(new URL(url).password) };
  return (await run('pg_dumpall', ['--dbname', url], { maxBuffer: 1e9, env })).stdout;
}

/** Its major version; `undefined` when there is none on the PATH. */
export async function pgDumpMajor(): Promise<number | undefined> {
  try {
    return Number(/(\d+)/.exec(await pgDump('--version'))?.[1]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
