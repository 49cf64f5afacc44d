// The driftwatch command in a process of its own, as a shell starts it. Knows no single command.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

export const main = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));

// Half of a short command's time goes into compiling it: kept for the commands of the same test file.
const compiled = mkdtempSync(join(tmpdir(), 'driftwatch-e2e-compiled-'));
afterAll(() => rmSync(compiled, { recursive: true, force: true }));

export interface CommandOptions {
  /** All it is told of where it is, beside PATH. @default nothing */
  environment?: Readonly<Record<string, string>>;
  /** The folder it is started in. @default that of the tests */
  folder?: string;
}

export function driftwatch(args: readonly string[], options: CommandOptions = {}): Promise<Ended> {
  const { environment = {}, folder } = options;
  const env = { PATH: process.env.PATH ?? '', NODE_COMPILE_CACHE: compiled, ...environment };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ['--', main, ...args], { env, cwd: folder }, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') reject(error);
      else resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

/** The same, for what a test needs and is not about. @throws Error with what it said when it does not end with 0 */
export async function driftwatchSucceeds(args: readonly string[], options?: CommandOptions): Promise<Ended> {
  const ended = await driftwatch(args, options);
  if (ended.code !== 0) throw new Error(`driftwatch ${args[0]} ended with ${ended.code}: ${ended.stderr}`);
  return ended;
}
