// driftwatch check: the checks of a settings file, run from here as the functions run them. Remembers and sends nothing.
import { checks as registry } from '../../lambda/checks/index.ts';
import { parseSettings } from '../../lambda/config/index.ts';
import { connectPorts } from '../../lambda/functions/ports.ts';
import { answerOf } from '../../lambda/monitor/answer.ts';
import { inspectTarget } from '../../lambda/monitor/pipeline.ts';
import { select } from '../../lambda/monitor/selection.ts';
import type { Telemetry } from '../../lambda/platform/ports.ts';
import { defaultSettingsFile, readSettingsFile } from '../../lambda/platform/settings-file.ts';
import { type ExitCode, exitCodeOf } from '../exit-code.ts';
import { collectValues, type Format, parseFormat } from '../flags.ts';
import type { AddCommand } from '../program.ts';
import { type Terminal, UsageError } from '../terminal.ts';

interface CheckFlags {
  config: string;
  target?: string[];
  check?: string[];
  bucket?: string;
  format: Format;
}

/** As long as a function may take. */
const longestRunMs = 15 * 60_000;

export const check: AddCommand = (parent, terminal, end) => {
  parent
    .command('check')
    .description('Run the checks of a settings file now, from here. Remembers and sends nothing.')
    .option('--config <file>', 'the settings file', defaultSettingsFile)
    .option('--target <name>', 'only this target; may be repeated', collectValues)
    .option('--check <id or kind>', 'only this check, such as schema or probe:login; may be repeated', collectValues)
    .option('--bucket <name>', 'the monitor’s bucket, with the snapshots (default: $DRIFTWATCH_BUCKET)')
    .option('--format <format>', 'text or json', parseFormat, 'text')
    .addHelpText(
      'after',
      `
Ends with 0 when everything passes, 1 when something fails, 2 when something could not be verified and nothing fails.

Examples:
  $ driftwatch check --target pap-api --bucket my-driftwatch-bucket
  $ driftwatch check --check probe:login --format json`,
    )
    .action(async (flags: CheckFlags) => end(await run(flags, terminal)));
};

async function run(flags: CheckFlags, terminal: Terminal): Promise<ExitCode> {
  const settings = parseSettings(await readSettingsFile(flags.config), flags.config);
  const chosen = select(settings, { targets: flags.target, checks: flags.check });
  const bucket = flags.bucket ?? terminal.environment.DRIFTWATCH_BUCKET;
  if (!bucket) {
    throw new UsageError('Name the monitor’s bucket: --bucket, or DRIFTWATCH_BUCKET in the environment.');
  }
  const monitor = {
    ...connectPorts(terminal.environment),
    name: settings.name,
    alerts: settings.alerts,
    registry,
    bucket,
    telemetry: telemetryTo(terminal),
    random: Math.random,
  };
  terminal.err(
    `Checking ${chosen.map(({ target, checks }) => `${target.name} (${checks.join(', ')})`).join('; ')} ...`,
  );
  const deadline = new Date(monitor.ports.clock.now().getTime() + longestRunMs);
  const reports = await Promise.all(chosen.map((one) => inspectTarget(monitor, { ...one, deadline })));
  const answer = answerOf(reports, { notified: false });
  terminal.out(flags.format === 'json' ? JSON.stringify(answer, null, 2) : answer.summary.join('\n'));
  return exitCodeOf(answer.results.map(({ status }) => status));
}

/** Warnings and errors of the run go to the person; the rest of its log is the answer. */
function telemetryTo(terminal: Terminal): Telemetry {
  const say = (level: string) => (message: string, fields?: Record<string, unknown>) =>
    terminal.err(`${level}: ${message}${fields ? ` ${JSON.stringify(fields)}` : ''}`);
  return { info: () => {}, warn: say('warning'), error: say('error'), metric: () => {} };
}
