// driftwatch accept: says that what production has of owners, grants, roles, settings and publications is as it should be.
// Shows what that changes, asks nothing, and keeps who accepted it and why.
import { InvalidArgumentError } from 'commander';
import { parseSettings } from '../../lambda/config/index.ts';
import type { TargetSettings } from '../../lambda/config/settings.ts';
import {
  type AcceptedScope,
  type AcceptedSection,
  acceptedScopes,
  createAcceptedStates,
} from '../../lambda/monitor/memory/accepted.ts';
import { printable } from '../../lambda/monitor/printable.ts';
import { select } from '../../lambda/monitor/selection.ts';
import { defaultSettingsFile, readSettingsFile } from '../../lambda/platform/settings-file.ts';
import { assess } from '../../lambda/postgres/assessment/assess.ts';
import { diff } from '../../lambda/postgres/diff.ts';
import type { DriftEntry } from '../../lambda/postgres/drift.ts';
import { withinScope } from '../../lambda/postgres/one-scope.ts';
import type { Snapshot } from '../../lambda/postgres/snapshot.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { cliPlatform } from '../platform.ts';
import { productionOf } from '../production.ts';
import type { AddCommand } from '../program.ts';
import { counted } from '../report/words.ts';
import { type Terminal, UsageError } from '../terminal.ts';
import { byFlag, whoSays } from '../who.ts';

interface AcceptFlags {
  target: string;
  reason?: string;
  bucket?: string;
  scope?: AcceptedScope[];
  by?: string;
  from?: string;
  config: string;
  dryRun?: boolean;
}

export const accept: AddCommand = (parent, terminal, end) => {
  parent
    .command('accept')
    .description(
      'Accept what production has of owners, grants, roles, settings and publications: the schema check holds it to that.',
    )
    .requiredOption('--target <name>', 'the target, as the settings name it')
    .option('--reason <text>', 'why it is as it should be; every finding against it says so (not needed to look)')
    .option('--bucket <name>', 'the monitor’s bucket (default: $DRIFTWATCH_BUCKET)')
    .option('--scope <names>', `of ${acceptedScopes.join(', ')}, with commas (default: all)`, parseScopes)
    .option(byFlag.flags, byFlag.description)
    .option('--from <place>', 'a postgres URL, or a capture: a file or s3://bucket/key (default: as the settings say)')
    .option('--config <file>', 'the settings file', defaultSettingsFile)
    .option('--dry-run', 'show what would change and write nothing; ends with 1 when something would')
    .addHelpText(
      'after',
      `
Reads production twice and writes accepted/<target>.json in the bucket; its earlier versions stay there. Nothing is
changed in production. A finding that is right in production is accepted by this; one that is wrong is reverted there.

Examples:
  $ driftwatch accept --target pap-api --bucket my-driftwatch-bucket --dry-run
  $ driftwatch accept --target pap-api --reason "as set up by terraform 2026-11" --bucket my-driftwatch-bucket
  $ driftwatch accept --target pap-api --scope grants --reason "reporting may read orders (OPS-412)" --by ada`,
    )
    .action(async (flags: AcceptFlags) => end(await run(flags, terminal)));
};

function parseScopes(text: string): AcceptedScope[] {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !(acceptedScopes as readonly string[]).includes(name));
  if (unknown !== undefined) {
    throw new InvalidArgumentError(`There is no scope "${unknown}": ${acceptedScopes.join(', ')}.`);
  }
  return acceptedScopes.filter((scope) => names.includes(scope));
}

async function run(flags: AcceptFlags, terminal: Terminal): Promise<ExitCode> {
  const { environment, signal } = terminal;
  const bucket = flags.bucket ?? environment.DRIFTWATCH_BUCKET;
  if (!bucket) throw new UsageError('Name the monitor’s bucket: --bucket, or DRIFTWATCH_BUCKET in the environment.');
  const word = wordOf(flags, terminal);
  const target = await targetOf(flags);

  const platform = cliPlatform(terminal);
  const states = createAcceptedStates(platform.objects(), bucket);
  const before = await states.load(target.name, signal);
  const production = await productionOf(target, { from: flags.from, bucket, platform, terminal });
  const now = platform.clock.now();
  const changes = (flags.scope ?? [...acceptedScopes]).map((scope) =>
    changeOf(scope, before.state[scope], production, { ...word, now }),
  );
  terminal.out(changes.flatMap(({ says }) => says).join('\n'));
  if (flags.dryRun) {
    terminal.out('Nothing was written: --dry-run.');
    return changes.some(({ changed }) => changed) ? exitCode.found : exitCode.ok;
  }
  const state = { ...before.state, ...Object.fromEntries(changes.map(({ scope, section }) => [scope, section])) };
  await states.store(target.name, state, before, signal);
  terminal.out(`Accepted for ${target.name} by ${word.by}: ${states.address(target.name)}`);
  return exitCode.ok;
}

/** Who says so, and why. Who only looks need not say either. */
function wordOf(flags: AcceptFlags, terminal: Terminal): { by: string; reason: string } {
  const by = whoSays(flags.by, terminal);
  const reason = flags.reason ?? '';
  if (!flags.dryRun && by === '') throw new UsageError('Say who accepts it: --by.');
  if (!flags.dryRun && reason.trim() === '') throw new UsageError('Say why it is as it should be: --reason "...".');
  return { by, reason };
}

/** Without settings at hand, the name is believed: `from` says where production is. */
async function targetOf(flags: AcceptFlags): Promise<Pick<TargetSettings, 'name' | 'database' | 'checks'>> {
  const settings = parseSettings(await readSettingsFile(flags.config), flags.config);
  const [chosen] = select(settings, { targets: [flags.target] });
  if (!chosen) throw new UsageError(`The target ${flags.target} has no checks.`);
  return chosen.target;
}

interface Change {
  scope: AcceptedScope;
  section: AcceptedSection;
  /** Whether the check would have said something, or holds nothing yet. */
  changed: boolean;
  says: string[];
}

function changeOf(
  scope: AcceptedScope,
  before: AcceptedSection | undefined,
  production: Snapshot,
  { by, reason, now }: { by: string; reason: string; now: Date },
): Change {
  const { serverVersion } = production;
  const facts = withinScope(production.facts, scope);
  const section = {
    acceptedAt: now.toISOString(),
    acceptedBy: by,
    reason,
    takenBy: production.takenBy,
    vocabulary: Object.fromEntries(Object.entries(production.vocabulary).map(([kind, names]) => [kind, [...names]])),
    serverVersion,
    facts,
  };
  if (!before) {
    const says = `${scope}: nothing was accepted yet; production has ${counted(facts.length, 'object')}`;
    return { scope, section, changed: true, says: [says] };
  }
  const { drift } = diff(
    { ...before, scope: [scope] },
    { facts, serverVersion, scope: [scope], vocabulary: production.vocabulary },
  );
  const since = `accepted on ${before.acceptedAt.slice(0, 10)} by ${printable(before.acceptedBy)}: ${printable(before.reason)}`;
  const differences = drift.length === 0 ? 'no differences' : counted(drift.length, 'difference');
  return {
    scope,
    section,
    changed: drift.length > 0,
    says: [`${scope}: ${differences} from what was ${since}`, ...drift.map(line)],
  };
}

function line(entry: DriftEntry): string {
  return `  ${assess(entry, { baseline: 'the accepted state' }).message}`;
}
