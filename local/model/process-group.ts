// A process with all that it started, ended as a whole. A guard (a shell reading a pipe that only we hold open) ends the
// group when we end without a chance to, SIGKILL included.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ProcessGroup {
  /** Resolves when nothing of it runs any more. Calling it again waits for the same end. */
  end(): Promise<void>;
}

/** Between being asked to end and being ended. */
const politeMs = 5_000;
/** A process that the system does not take away any more (a zombie of a container without init) is not waited for. */
const longestEndMs = 2_000;

const guardScript = 'read -r _ || kill -s KILL -- "-$1"';

/** @param id the number of a process that leads a group of its own */
export function processGroup(id: number): ProcessGroup {
  const guard = spawn('/bin/sh', ['-c', guardScript, 'driftwatch-guard', String(id)], {
    cwd: '/',
    env: {},
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const guardEnded = once(guard, 'exit');
  const isThere = () => signalGroup(id, 0);
  const goneWithin = async (ms: number): Promise<boolean> => {
    for (let waited = 0; waited < ms && isThere(); waited += 20) await sleep(20);
    return !isThere();
  };
  let ending: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    signalGroup(id, 'SIGTERM');
    if (!(await goneWithin(politeMs))) {
      signalGroup(id, 'SIGKILL');
      await goneWithin(longestEndMs);
    }
    guard.stdin.end('done\n');
    await guardEnded;
  };
  return {
    end: () => (ending ??= end()),
  };
}

/** False when there is nobody left to be sent it. */
function signalGroup(id: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-id, signal);
    return true;
  } catch (error) {
    // EPERM: what is left runs as somebody else, and is theirs.
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ESRCH' || code === 'EPERM') return false;
    throw error;
  }
}
