#!/usr/bin/env -S node --
// The driftwatch command: connects the commands to this process and is the only place that ends it.
// With `--` in front of it: without, Node takes an --env-file of the gate for its own, and ends when there is none.
import { CommanderError } from 'commander';
import { EdgeError } from '../lambda/errors.ts';
import { withoutLikelySecrets } from '../lambda/monitor/redact.ts';
import { exitCode } from './exit-code.ts';
import { program } from './program.ts';
import { UsageError } from './terminal.ts';

const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => interrupt.abort(new Error(`stopped by ${signal}`)));
}

const terminal = {
  out: (text: string) => void process.stdout.write(`${text}\n`),
  // Complaints repeat what was typed, and by mistake that may be a URL with its password.
  err: (text: string) => void process.stderr.write(`${withoutLikelySecrets(text)}\n`),
  environment: process.env,
  signal: interrupt.signal,
  ...(process.stdout.isTTY && { columns: process.stdout.columns }),
};

/** What went wrong, for a person; the stack only when it was not expected. */
function explain(error: unknown): number {
  if (interrupt.signal.aborted) {
    terminal.err(`error: ${interrupt.signal.reason.message}`);
    return exitCode.unverified;
  }
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.usage;
  if (error instanceof UsageError) {
    terminal.err(`error: ${error.message}`);
    return exitCode.usage;
  }
  if (error instanceof EdgeError) {
    terminal.err(`error: ${error.message}\n${error.remedy}`);
    return exitCode.unverified;
  }
  terminal.err(`error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return exitCode.unverified;
}

// Whoever reads has seen enough (`| head`): what the command found still decides how it ends.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

// Node would end with 1, which here says that something was found. What an interrupted command leaves undone may fail
// behind its back: cleaning up goes on.
process.on('uncaughtException', (error) => {
  if (!interrupt.signal.aborted) process.exit(explain(error));
});

process.exitCode = await program(terminal).run(process.argv.slice(2)).catch(explain);
// Somebody who interrupts does not wait for what the command may have left open.
if (interrupt.signal.aborted) process.exit();
