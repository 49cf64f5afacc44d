// driftwatch silence: not to be told of a target, or of one check of it, for a while. Checks go on.

import { activeSilences } from '../../lambda/monitor/decide/silences.ts';
import { recall } from '../../lambda/monitor/memory/memory.ts';
import { carryOut, type PersonalRequest, silenceLine } from '../../lambda/monitor/requests.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { parseDurationFlag } from '../flags.ts';
import { type MemoryFlags, memoryOf, withPlace } from '../memory.ts';
import type { AddCommand } from '../program.ts';
import { type Terminal, UsageError } from '../terminal.ts';
import { byFlag, whoSays } from '../who.ts';

interface SilenceFlags extends MemoryFlags {
  for: number;
  reason: string;
  by?: string;
}

export const silence: AddCommand = (parent, terminal, end) => {
  const command = parent
    .command('silence')
    .description('Do not tell what is wrong with a target, or with one check of it, for a while. Checks go on.');
  withPlace(command.command('start'))
    .description('Begin a silence. Ends are told, and what is still wrong when it is over is told then.')
    .requiredOption('--for <duration>', 'how long: 30m, 2h, at most 7d', parseDurationFlag)
    .requiredOption('--reason <text>', 'why: shown to whoever asks why nothing is told')
    .option('--check <id or kind>', 'only this check, such as schema or probe:login')
    .option(byFlag.flags, byFlag.description)
    .addHelpText(
      'after',
      `
For what happens regularly, the place is \`maintenance\` in the settings.

Examples:
  $ driftwatch silence start --target pap-api --for 2h --reason "moving the database" --bucket my-driftwatch-bucket
  $ driftwatch silence start --target pap-api --check probe --for 30m --reason "new router" --by ada`,
    )
    .action(async (flags: SilenceFlags) => {
      const { reason, check, for: forMs } = flags;
      const by = whoSays(flags.by, terminal);
      if (by === '') throw new UsageError('Say who asks for it: --by.');
      end(await ask({ kind: 'silence', check, reason, by, forMs }, flags, terminal));
    });
  withPlace(command.command('list'))
    .description('The silences of a target that are not over.')
    .addHelpText('after', '\nExamples:\n  $ driftwatch silence list --target pap-api --bucket my-driftwatch-bucket')
    .action(async (flags: MemoryFlags) => end(await list(flags, terminal)));
  withPlace(command.command('end'))
    .description('End a silence before its time.')
    .argument('<id>', 'as `silence list` shows it')
    .addHelpText('after', '\nExamples:\n  $ driftwatch silence end 92214a98e3 --target pap-api')
    .action(async (id: string, flags: MemoryFlags) => end(await ask({ kind: 'end-silence', id }, flags, terminal)));
};

async function ask(request: PersonalRequest, flags: MemoryFlags, terminal: Terminal): Promise<ExitCode> {
  const { changing } = await memoryOf(flags, terminal);
  const answer = await carryOut(request, changing);
  if ('refused' in answer) throw new UsageError(`${answer.refused}. ${answer.remedy}`);
  terminal.out(answer.done.join('\n'));
  return exitCode.ok;
}

async function list(flags: MemoryFlags, terminal: Terminal): Promise<ExitCode> {
  const { target, clock, place } = await memoryOf(flags, terminal);
  const recalled = await recall(place, target.name, terminal.signal);
  const active = recalled.kind === 'state' ? activeSilences(recalled.state, clock.now()) : [];
  terminal.out(active.length === 0 ? `No silence of ${target.name}.` : active.map(silenceLine).join('\n'));
  return exitCode.ok;
}
