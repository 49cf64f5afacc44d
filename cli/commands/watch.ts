// driftwatch watch: the closer look at a target after a deployment. Started, stopped and asked for in the monitor's bucket;
// the functions do the rest.
import {
  startWatch,
  stopRunningWatch,
  type WatchAnswer,
  type WatchPlace,
  watchStanding,
} from '../../lambda/monitor/watches.ts';
import { defaultWatch } from '../../lambda/watch/request.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { durationOption } from '../flags.ts';
import { type MemoryFlags, memoryOf, withPlace } from '../memory.ts';
import type { AddCommand } from '../program.ts';
import { type Terminal, UsageError } from '../terminal.ts';
import { byFlag, whoSays } from '../who.ts';

type Flags = Omit<MemoryFlags, 'check'> & { by?: string };

interface StartFlags extends Flags {
  version: string;
  commit?: string;
  for: number;
  every: number;
}

export const watch: AddCommand = (parent, terminal, end) => {
  const command = parent
    .command('watch')
    .description('Look closer at a target after a deployment, and report what changed.');
  withPlace(command.command('start'))
    .description('Every check runs at a closer cadence, its first failing run is told, and a report comes in the end.')
    .requiredOption('--version <text>', 'what was deployed')
    .option('--commit <id>', 'of which commit')
    .addOption(durationOption('--for <duration>', 'how long: 10m to 7d', defaultWatch.forMs))
    .addOption(
      durationOption('--every <duration>', 'how far its rounds are apart: whole minutes', defaultWatch.everyMs),
    )
    .option(byFlag.flags, byFlag.description)
    .addHelpText(
      'after',
      `
Start it as the deployment begins: what fails from then on counts as new. A newer deployment takes the place of an older
one. Without access to the bucket, put an event on the account's event bus:
  $ aws events put-events --entries '[{"Source":"driftwatch","DetailType":"deployment",
      "Detail":"{\\"target\\":\\"pap-api\\",\\"version\\":\\"1.5.0\\"}"}]'

Examples:
  $ driftwatch watch start --target pap-api --version 1.5.0 --commit 4f2a91c --bucket my-driftwatch-bucket
  $ driftwatch watch start --target pap-api --version 1.5.0 --for 30m --every 1m`,
    )
    .action(async (flags: StartFlags) => {
      const { version, commit } = flags;
      const by = whoSays(flags.by, terminal) || undefined;
      const asked = { version, commit, by, forMs: flags.for, everyMs: flags.every };
      print(accepted(await startWatch(await placeOf(flags, terminal), asked)), terminal);
      end(exitCode.ok);
    });
  withPlace(command.command('status'))
    .description('How the watch stands, or the report of the last one.')
    .addHelpText(
      'after',
      `
Exit codes: 0 passed, or going on with nothing new that is wrong; 1 failed, or something is; 2 inconclusive, or never watched.

Examples:
  $ driftwatch watch status --target pap-api --bucket my-driftwatch-bucket`,
    )
    .action(async (flags: Flags) => {
      const standing = await watchStanding(await placeOf(flags, terminal));
      print(standing, terminal);
      end(codeOf(standing));
    });
  withPlace(command.command('stop'))
    .description('End the watch before its time, with a report of what was seen.')
    .option(byFlag.flags, byFlag.description)
    .addHelpText('after', '\nExamples:\n  $ driftwatch watch stop --target pap-api --bucket my-driftwatch-bucket')
    .action(async (flags: Flags) => {
      const by = whoSays(flags.by, terminal) || undefined;
      print(accepted(await stopRunningWatch(await placeOf(flags, terminal), by)), terminal);
      end(exitCode.ok);
    });
};

async function placeOf(flags: Flags, terminal: Terminal): Promise<WatchPlace> {
  const { settings, target, changing } = await memoryOf(flags, terminal);
  return {
    ports: changing.ports,
    deadline: changing.deadline,
    monitor: settings.name,
    target,
    alerts: settings.alerts,
  };
}

function accepted(answer: WatchAnswer | { refused: string; remedy: string }): WatchAnswer {
  if ('refused' in answer) throw new UsageError(`${answer.refused}. ${answer.remedy}`);
  return answer;
}

function print({ done }: WatchAnswer, terminal: Terminal): void {
  terminal.out(done.join('\n'));
}

function codeOf({ state: { watching, lastWatch } }: WatchAnswer): ExitCode {
  if (watching)
    return watching.trouble.some(({ known, endedAt }) => !known && endedAt === undefined)
      ? exitCode.found
      : exitCode.ok;
  switch (lastWatch?.verdict) {
    case 'passed':
      return exitCode.ok;
    case 'failed':
      return exitCode.found;
    default:
      return exitCode.unverified;
  }
}
