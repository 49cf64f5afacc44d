// A command of the user's, run through their shell to its end, with everything that it started: nothing of it is left
// running afterwards. What it says is kept aside, both streams as they were written.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { processGroup } from './process-group.ts';

export interface CommandOptions {
  environment: Readonly<Record<string, string>>;
  signal: AbortSignal;
}

export interface CommandEnd {
  succeeded: boolean;
  /** `ended with 1`, `was ended by SIGKILL`. */
  how: string;
  /** Both streams in one; what is too long has lost its beginning. */
  output: string;
  outputLeftOutBytes: number;
}

const longestOutputBytes = 1 << 20;

/** @throws the signal's reason, once nothing of the command runs any more */
export async function runCommand(command: string, { environment, signal }: CommandOptions): Promise<CommandEnd> {
  signal.throwIfAborted();
  const output = await scratchFile();
  try {
    const child = spawn(shellOf(environment), ['-c', command], {
      env: environment,
      // Into one file: the streams keep their order, and nobody has to read for them to be written.
      stdio: ['ignore', output.fd, output.fd],
      detached: true,
    });
    await once(child, 'spawn');
    const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
    const group = processGroup(child.pid as number);
    const stop = () => void group.end();
    signal.addEventListener('abort', stop, { once: true });
    const [code, by] = await ended;
    signal.removeEventListener('abort', stop);
    await group.end();
    signal.throwIfAborted();
    const how = by === null ? `ended with ${code}` : `was ended by ${by}`;
    return { succeeded: code === 0, how, ...(await lastOf(output)) };
  } finally {
    await output.close();
  }
}

/** The shell that somebody types into, unless it is none that takes `-c`: `sh` then. */
function shellOf({ SHELL = '' }: Readonly<Record<string, string>>): string {
  return /^(?:ba|z|da|k|fi|a)?sh$/.test(basename(SHELL)) ? SHELL : '/bin/sh';
}

/** A file without a name: it is gone when nobody has it open any more, however that comes. */
async function scratchFile(): Promise<FileHandle> {
  const folder = await mkdtemp(join(tmpdir(), 'driftwatch-output-'));
  try {
    return await open(join(folder, 'output'), 'a+', 0o600);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function lastOf(file: FileHandle): Promise<Pick<CommandEnd, 'output' | 'outputLeftOutBytes'>> {
  const { size } = await file.stat();
  const from = Math.max(0, size - longestOutputBytes);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
  return { output: buffer.toString('utf8', 0, bytesRead), outputLeftOutBytes: from };
}
