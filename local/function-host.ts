// A deployed function on this machine: its bundle in a process of its own, as Lambda would run it, with nothing but
// its environment to tell it where it is. The process ends with the one that started it.
import { fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { endedCall } from './function-host/end-of-call.ts';

export interface LocalFunction {
  /**
   * Calls the handler with a JSON event. When it settles, the log has all that the call wrote.
   * @throws Error with the function's own message when it fails
   */
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

interface Call {
  resolve(result: unknown): void;
  reject(error: Error): void;
  reply?: Reply | undefined;
  /** Of its reply and the ends of its log, one in each stream: how many are not there yet. */
  awaited: number;
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
  const waiting = new Map<number, Call>();
  const arrived = (id: number, reply?: Reply) => {
    const call = waiting.get(id);
    if (!call) return;
    call.awaited -= 1;
    call.reply ??= reply;
    if (call.awaited > 0) return;
    waiting.delete(id);
    if (call.reply?.error === undefined) call.resolve(call.reply?.result);
    else call.reject(new Error(call.reply.error));
  };
  const streams = [child.stdout, child.stderr].filter((stream) => stream !== null);
  for (const input of streams) {
    createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => {
      const ended = endedCall(line);
      if (ended !== undefined) arrived(ended);
      else if (line !== '') log.push(line);
    });
  }
  child.on('message', (reply: Reply) => arrived(reply.id, reply));
  let calls = 0;
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
        waiting.set(calls, { resolve, reject, awaited: 1 + streams.length });
        child.send({ id: calls, event });
      }),
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
