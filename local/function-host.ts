// A deployed function on this machine: its bundle in a process of its own, as Lambda would run it, with nothing but
// its environment to tell it where it is. The process ends with the one that started it.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface LocalFunction {
  /** Calls the handler with a JSON event. @throws Error with the function's own message when it fails */
  invoke(event: unknown): Promise<unknown>;
  /** What the function wrote to its log, a line each. */
  log: readonly string[];
  stop(): Promise<void>;
}

interface Reply {
  id: number;
  result?: unknown;
  error?: string;
}

const runner = fileURLToPath(new URL('function-host/runner.ts', import.meta.url));

/** @param bundle the file whose `handler` is called */
export function startFunction(bundle: string, environment: Readonly<Record<string, string>>): LocalFunction {
  const child = fork(runner, [bundle], {
    env: { PATH: process.env.PATH ?? '', ...environment },
    execArgv: ['--enable-source-maps'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const log: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream
      ?.setEncoding('utf8')
      .on('data', (text: string) => log.push(...text.split('\n').filter((line) => line !== '')));
  }
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  let calls = 0;
  child.on('message', ({ id, result, error }: Reply) => {
    const call = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) call?.resolve(result);
    else call?.reject(new Error(error));
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      for (const call of waiting.values()) call.reject(new Error(`the function ended (${signal ?? code})`));
      waiting.clear();
      resolve();
    });
  });
  return {
    log,
    invoke: (event) =>
      new Promise((resolve, reject) => {
        if (child.exitCode !== null || child.signalCode !== null) return reject(new Error(`${bundle} is not running`));
        calls += 1;
        waiting.set(calls, { resolve, reject });
        child.send({ id: calls, event });
      }),
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
