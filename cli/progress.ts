// Says that something still runs, for as long as it does. Progress goes to `err`, as everything that is no result.
import type { Terminal } from './terminal.ts';

const everyMs = 5_000;

/** @param what continues "Still": "running npm run migrate" */
export async function withProgress<Result>(
  terminal: Terminal,
  what: () => string,
  work: () => Promise<Result>,
): Promise<Result> {
  let seconds = 0;
  const timer = setInterval(() => {
    seconds += everyMs / 1_000;
    terminal.err(`Still ${what()} (${seconds} s) ...`);
  }, everyMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
