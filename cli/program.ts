// The command line as a whole: which commands there are, and what they share.
import { Command } from 'commander';
import { driftwatchVersion } from '../lambda/version.ts';
import { accept } from './commands/accept.ts';
import { acknowledge } from './commands/acknowledge.ts';
import { capture } from './commands/capture.ts';
import { check } from './commands/check.ts';
import { demo } from './commands/demo.ts';
import { diff } from './commands/diff.ts';
import { gate } from './commands/gate.ts';
import { silence } from './commands/silence.ts';
import { snapshot } from './commands/snapshot.ts';
import { watch } from './commands/watch.ts';
import { type ExitCode, exitCode } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

/** Adds one command to the line; `end` takes its exit code. */
export type AddCommand = (parent: Command, terminal: Terminal, end: (code: ExitCode) => void) => void;

const commands: AddCommand[] = [demo, snapshot, diff, check, gate, accept, capture, silence, acknowledge, watch];

export function program(terminal: Terminal): { run(args: readonly string[]): Promise<ExitCode> } {
  let code: ExitCode = exitCode.ok;
  const root = new Command('driftwatch')
    .description('Says when what runs in production is no longer what was built: schema, backups, health, login.')
    .version(driftwatchVersion)
    // Else `snapshot publish --version 1.5.0` would ask for the version of this command.
    .enablePositionalOptions()
    .addHelpText(
      'after',
      '\nExit codes: 0 nothing wrong, 1 something found, 2 could not be verified, 64 wrong usage.' +
        '\nEvery command has its own --help with examples.',
    )
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    })
    .showHelpAfterError('(add --help for the usage)')
    .exitOverride();
  for (const add of commands) {
    add(root, terminal, (ended) => {
      code = ended;
    });
  }
  return {
    async run(args) {
      await root.parseAsync(args, { from: 'user' });
      return code;
    },
  };
}
