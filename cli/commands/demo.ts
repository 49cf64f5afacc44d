// driftwatch demo: the story the product exists for, told on a world of its own on this machine.
import { exitCode } from '../exit-code.ts';
import type { AddCommand } from '../program.ts';

export const demo: AddCommand = (parent, terminal, end) => {
  parent
    .command('demo')
    .description('Watch Driftwatch catch a deployment that went out without its migration, on this machine alone.')
    .option('--stay', 'keep the world up afterwards and say how to connect')
    .addHelpText(
      'after',
      `
Starts PostgreSQL, S3, SNS, SQS and a small application on loopback, and runs the functions that a deployment runs.
Nothing leaves this machine.

Examples:
  $ npm start
  $ npm start -- --stay`,
    )
    .action(async ({ stay = false }: { stay?: boolean }) => {
      const { tellStory } = await import('../../local/demo/story.ts');
      await tellStory({ say: terminal.out, progress: terminal.err, stay, signal: terminal.signal });
      end(exitCode.ok);
    });
};
