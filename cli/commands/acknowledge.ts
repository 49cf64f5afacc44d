// driftwatch acknowledge: somebody is at it. No reminders of what is open for a while; what is new and the end are told.
import { defaultAcknowledgement } from '../../lambda/monitor/decide/acknowledge.ts';
import { carryOut } from '../../lambda/monitor/requests.ts';
import { exitCode } from '../exit-code.ts';
import { durationOption } from '../flags.ts';
import { type MemoryFlags, memoryOf, withPlace } from '../memory.ts';
import type { AddCommand } from '../program.ts';
import { UsageError } from '../terminal.ts';
import { byFlag, whoSays } from '../who.ts';

interface AcknowledgeFlags extends MemoryFlags {
  for: number;
  note?: string;
  by?: string;
}

export const acknowledge: AddCommand = (parent, terminal, end) => {
  withPlace(parent.command('acknowledge'))
    .description('Say that you are at it: no reminders of what is open for a while.')
    .option('--check <id or kind>', 'only this check, such as schema or probe:login')
    .addOption(durationOption('--for <duration>', 'how long: at most 7d', defaultAcknowledgement))
    .option('--note <text>', 'shown in what is told of it, such as a ticket')
    .option(byFlag.flags, byFlag.description)
    .addHelpText(
      'after',
      `
What is new, what gets worse and the end are told all the same.

Examples:
  $ driftwatch acknowledge --target pap-api --note OPS-412 --bucket my-driftwatch-bucket
  $ driftwatch acknowledge --target pap-api --check schema --for 3d --note "goes with release 1.6"`,
    )
    .action(async (flags: AcknowledgeFlags) => {
      const by = whoSays(flags.by, terminal);
      if (by === '') throw new UsageError('Say who is at it: --by.');
      const { check, note, for: forMs } = flags;
      const { changing } = await memoryOf(flags, terminal);
      const answer = await carryOut({ kind: 'acknowledge', check, note, by, forMs }, changing);
      if ('refused' in answer) throw new UsageError(`${answer.refused}. ${answer.remedy}`);
      terminal.out(answer.done.join('\n'));
      end(exitCode.ok);
    });
};
