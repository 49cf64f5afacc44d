// driftwatch gate: whether a new version may be deployed to a target now, by every rule of its settings. Changes nothing
// there, sends nothing, and needs no deployed monitor.
import { InvalidArgumentError, Option } from 'commander';
import { type Milliseconds, parseDuration } from '../../lambda/config/duration.ts';
import { parseSettings } from '../../lambda/config/index.ts';
import type { TargetSettings } from '../../lambda/config/settings.ts';
import { connectPorts } from '../../lambda/functions/ports.ts';
import type { NewModel } from '../../lambda/gate/rule.ts';
import { rules } from '../../lambda/gate/rules/index.ts';
import { runGate } from '../../lambda/gate/run.ts';
import { allowances, type GateSettings, ruleSettings } from '../../lambda/gate/settings.ts';
import { select } from '../../lambda/monitor/selection.ts';
import { defaultSettingsFile, readSettingsFile } from '../../lambda/platform/settings-file.ts';
import { parseAddress, showAddress } from '../address.ts';
import { type ExitCode, exitCodeOf } from '../exit-code.ts';
import { writeTextFile } from '../files.ts';
import { collectValues } from '../flags.ts';
import { fileEndings, formatOfFile, type GateFormat, gateFormats, renderGate } from '../gate/index.ts';
import { variablesOf } from '../gate/variables.ts';
import { cliPlatform, type Platform } from '../platform.ts';
import type { AddCommand } from '../program.ts';
import { type ColourChoice, colourChoices, wantsColour } from '../report/style.ts';
import { loadSnapshot } from '../side.ts';
import { type Terminal, UsageError } from '../terminal.ts';

interface GateFlags {
  target: string;
  config: string;
  model?: string;
  applicationVersion?: string;
  bucket?: string;
  envFile?: string;
  requireBackup?: Milliseconds;
  allow?: (typeof allowances)[number];
  format: GateFormat;
  out?: string[];
  color: ColourChoice;
}

export const gate: AddCommand = (parent, terminal, end) => {
  parent
    .command('gate')
    .description('Say whether a new version may be deployed to a target now. Changes nothing there.')
    .requiredOption('--target <name>', 'the target, as the settings name it')
    .option('--model <snapshot>', 'schema of the new version: a snapshot file or s3://bucket/key')
    .option(
      '--application-version <version>',
      'the new version, whose schema is published in the bucket (default: the newest)',
    )
    .option('--env-file <file>', 'variables of the new version, as NAME=value (default: those of this command)')
    .option('--require-backup <age>', 'the newest backup may be this old, such as 1h', parseAge)
    .addOption(
      new Option('--allow <class>', 'the worst change to the database that may be left to do').choices(allowances),
    )
    .option('--bucket <name>', 'the monitor’s bucket, with published models (default: $DRIFTWATCH_BUCKET)')
    .option('--config <file>', 'the settings file', defaultSettingsFile)
    .addOption(new Option('--format <format>', 'how to tell it').choices(gateFormats).default('text'))
    .option(
      '--out <file>',
      `write it to a file too, in the format of its ending (${fileEndings.join(', ')}); may be repeated`,
      collectValues,
    )
    .addOption(new Option('--color <when>', 'colours in text').choices(colourChoices).default('auto'))
    .addHelpText(
      'after',
      `
The rules are those of "gate" of the target in the settings, all of them told even when the first one fails: what the
deployment would have to change in the database and what differs there already, environment variables, the database,
default credentials (tried once), the backup, the hours in which deployments are allowed. Values of variables are never
shown. Without --bucket nothing is known of the version that runs: all that differs is told as a change.

Ends with 0 when every rule passes, 1 when one fails, 2 when one could not be verified and none fails.

Examples:
  $ driftwatch gate --target pap-api --model model.json --bucket my-driftwatch-bucket --env-file .env.production
  $ driftwatch gate --target pap-api --application-version 1.5.0 --require-backup 1h --out gate.md --out gate.xml
  $ driftwatch gate --target pap-api --model model.json --allow nothing    (after the migrations, before the code)`,
    )
    .action(async (flags: GateFlags) => end(await run(flags, terminal)));
};

function parseAge(text: string): Milliseconds {
  try {
    return parseDuration(text);
  } catch {
    throw new InvalidArgumentError('Expected a duration: a whole number and m, h or d, such as 1h.');
  }
}

async function run(flags: GateFlags, terminal: Terminal): Promise<ExitCode> {
  const settings = parseSettings(await readSettingsFile(flags.config), flags.config);
  const [chosen] = select(settings, { targets: [flags.target] });
  if (!chosen) throw new UsageError(`The target ${flags.target} has no checks.`);
  const { target } = chosen;
  const files = (flags.out ?? []).map((path) => ({ path, format: formatNamed(path) }));
  const platform = cliPlatform(terminal);
  const { ports } = connectPorts(terminal.environment);
  terminal.err(`Looking at ${target.name} (${target.environment}) ...`);
  const report = await runGate(
    {
      target,
      gate: gateOf(target, flags),
      model: modelOf(flags, platform),
      variables: variablesOf(flags.envFile, terminal.environment),
      bucket: flags.bucket ?? (terminal.environment.DRIFTWATCH_BUCKET || undefined),
      ports,
      signal: terminal.signal,
    },
    rules,
  );
  const colour = wantsColour(flags.color, terminal.environment, terminal.columns !== undefined);
  terminal.out(renderGate(report, flags.format, { colour, width: terminal.columns }));
  for (const { path, format } of files) {
    await writeTextFile(path, `${renderGate(report, format, { colour: false })}\n`);
  }
  return exitCodeOf(report.rules.flatMap(({ status }) => (status === 'off' ? [] : [status])));
}

/** What is asked for on the command line is looked at, also when the settings switch it off. */
function gateOf({ gate = {}, checks }: TargetSettings, flags: GateFlags): GateSettings {
  const { envFile, requireBackup, allow } = flags;
  const asksSchema = [flags.model, flags.applicationVersion, allow].some((flag) => flag !== undefined);
  if (asksSchema && !checks.some(({ kind }) => kind === 'schema')) {
    throw new UsageError(
      `--model, --application-version and --allow need a schema check of ${flags.target} in the settings.`,
    );
  }
  const schema = gate.schema || ruleSettings.schema.parse({});
  return {
    ...gate,
    ...(asksSchema && { schema: { ...schema, ...(allow !== undefined && { allow }) } }),
    ...(envFile !== undefined && { environment: gate.environment || ruleSettings.environment.parse({}) }),
    ...(requireBackup !== undefined && { backup: { ...(gate.backup || {}), maxAge: requireBackup } }),
  };
}

function modelOf({ model, applicationVersion }: GateFlags, platform: Platform): NewModel {
  if (model === undefined) return { from: 'bucket', version: applicationVersion };
  if (applicationVersion !== undefined) {
    throw new UsageError('Name the new version by --model or by --application-version, not by both.');
  }
  const address = parseAddress(model);
  if (address.kind === 'database') {
    throw new UsageError('--model is a snapshot, a file or s3://bucket/key: take one with `driftwatch snapshot`.');
  }
  return {
    from: 'snapshot',
    source: showAddress(address),
    load: (signal) => loadSnapshot(address, platform, signal),
  };
}

function formatNamed(path: string): GateFormat {
  const format = formatOfFile(path);
  if (format !== undefined) return format;
  throw new UsageError(`--out ${path}: the ending says the format, one of ${fileEndings.join(', ')}.`);
}
