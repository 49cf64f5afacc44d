// driftwatch diff: what production has that the model does not, and the other way round. For people and for pipelines.

import { Option } from 'commander';
import { isAtLeast, type Severity, severities } from '../../lambda/monitor/finding.ts';
import { compareWithDatabase } from '../../lambda/postgres/compare-with-database.ts';
import { diffTenants } from '../../lambda/postgres/diff-tenants.ts';
import { renameRoles } from '../../lambda/postgres/role-names.ts';
import type { Snapshot } from '../../lambda/postgres/snapshot.ts';
import type { TenantRule } from '../../lambda/postgres/tenants.ts';
import { vocabularyWarning } from '../../lambda/postgres/vocabulary.ts';
import { type Address, parseAddress, showAddress } from '../address.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { writeTextFile } from '../files.ts';
import { collectRoles, collectTenants, collectValues, readOptions, type SchemaFlags } from '../flags.ts';
import { cliPlatform, type Platform } from '../platform.ts';
import type { AddCommand } from '../program.ts';
import { type ReportFormat, renderReport, reportFormats } from '../report/index.ts';
import { type ComparedSide, type DriftReport, driftReport } from '../report/report.ts';
import { type ColourChoice, colourChoices, wantsColour } from '../report/style.ts';
import { headline } from '../report/words.ts';
import { loadSnapshot, takeSnapshot, withDatabase } from '../side.ts';
import { type Terminal, UsageError } from '../terminal.ts';

interface DiffFlags extends SchemaFlags {
  format: ReportFormat;
  out?: string;
  repair?: true;
  includeDestructive?: true;
  failOn: Severity;
  color: ColourChoice;
  tenants?: TenantRule[];
  role?: ReadonlyMap<string, string>;
}

export const diff: AddCommand = (parent, terminal, end) => {
  parent
    .command('diff')
    .description('Compare a production schema with its model. Nothing is written to either.')
    .argument('<model>', 'what it should be: a snapshot file, s3://bucket/key or a postgres URL')
    .argument('<production>', 'what it is: a snapshot file, s3://bucket/key or a postgres URL')
    .addOption(new Option('--format <format>', 'how to tell it').choices(reportFormats).default('text'))
    .option('--out <file>', 'write it to a file')
    .option('--repair', 'show the SQL that would bring production to the model, in text and Markdown')
    .option('--include-destructive', 'in that SQL, do not comment out what loses data')
    .addOption(
      new Option('--fail-on <severity>', 'end with 1 only for differences this bad or worse')
        .choices(severities)
        .default('info'),
    )
    .addOption(new Option('--color <when>', 'colours in text').choices(colourChoices).default('auto'))
    .option('--schema <glob>', 'only schemas that match, between two databases; may be repeated', collectValues)
    .option('--exclude-schema <glob>', 'leave matching schemas out, likewise; may be repeated', collectValues)
    .option('--role <model=production>', 'a role of the model by its name in production; may be repeated', collectRoles)
    .option(
      '--tenants <glob=schema>',
      'hold every schema that matches to one of the model; may be repeated',
      collectTenants,
    )
    .addHelpText(
      'after',
      `
Formats: text for people, json for programs (docs/schemas/diff-1.schema.json), markdown for pull requests, sarif for
code hosts, sql for the repair alone. Driftwatch never runs that SQL.

Ends with 0 when they are equal, 1 when they differ, 2 when that could not be verified.

Examples:
  $ driftwatch diff model.json postgres://driftwatch@db.example.com/app
  $ driftwatch diff s3://my-driftwatch-bucket/snapshots/pap-api/1.5.0.json production.json --format json
  $ driftwatch diff model.json production.json --format markdown --repair --fail-on warning --out comment.md
  $ driftwatch diff model.json production.json --format sql > repair.sql
  $ driftwatch diff model.json postgres://driftwatch@db.example.com/app --tenants 'tenant_*=tenant'`,
    )
    .action(async (model: string, production: string, flags: DiffFlags) => {
      end(await run(parseAddress(model), parseAddress(production), flags, terminal));
    });
};

async function run(model: Address, production: Address, flags: DiffFlags, terminal: Terminal): Promise<ExitCode> {
  if ((flags.schema ?? flags.excludeSchema) && (model.kind !== 'database' || production.kind !== 'database')) {
    throw new UsageError(
      'A snapshot says itself which schemas it holds: take it with --schema or --exclude-schema, and compare it without.',
    );
  }
  const platform = cliPlatform(terminal);
  const loaded = await loadModel(model, flags, platform, terminal);
  const expected = flags.role ? { ...loaded, facts: renameRoles(loaded.facts, flags.role) } : loaded;
  const report = await compare(sideOf(model, expected), expected, production, flags, platform, terminal);
  await tell(report, flags, terminal);
  if (report.differences.some(({ severity }) => isAtLeast(severity, flags.failOn))) return exitCode.found;
  return report.notVerified.length > 0 ? exitCode.unverified : exitCode.ok;
}

async function tell(report: DriftReport, flags: DiffFlags, terminal: Terminal): Promise<void> {
  const toFile = flags.out !== undefined;
  const text = renderReport(report, flags.format, {
    colour: wantsColour(flags.color, terminal.environment, !toFile && terminal.columns !== undefined),
    width: toFile ? undefined : terminal.columns,
    repair: flags.repair ?? false,
    destructive: flags.includeDestructive ? 'as-is' : 'commented',
  });
  if (flags.out === undefined) return terminal.out(text);
  await writeTextFile(flags.out, `${text}\n`);
  terminal.out(`${headline(report)}; written to ${flags.out}`);
}

async function loadModel(
  address: Address,
  flags: DiffFlags,
  platform: Platform,
  terminal: Terminal,
): Promise<Snapshot> {
  if (address.kind !== 'database') return loadSnapshot(address, platform, terminal.signal);
  terminal.err(`Reading ${showAddress(address)} ...`);
  const options = { ...readOptions(flags), now: platform.clock.now(), signal: terminal.signal };
  return withDatabase(address.url, platform, terminal.signal, (session, reconnect) =>
    takeSnapshot(session, showAddress(address), { ...options, reconnect }),
  );
}

async function compare(
  told: ComparedSide,
  model: Snapshot,
  production: Address,
  { tenants = [] }: DiffFlags,
  platform: Platform,
  terminal: Terminal,
): Promise<DriftReport> {
  if (production.kind !== 'database') {
    const actual = await loadSnapshot(production, platform, terminal.signal);
    for (const warning of new Set([model, actual].map(vocabularyWarning))) if (warning) terminal.err(warning);
    return driftReport(told, sideOf(production, actual), diffTenants(model, actual, tenants));
  }
  terminal.err(`Reading ${showAddress(production)} ...`);
  const compared = await withDatabase(production.url, platform, terminal.signal, (session, reconnect) =>
    compareWithDatabase(model, session, { signal: terminal.signal, reconnect, tenants }),
  );
  for (const warning of compared.warnings) terminal.err(warning);
  const { facts, serverVersion } = compared.production;
  return driftReport(told, { source: showAddress(production), facts, serverVersion }, compared);
}

/** A side that is, or was made, a snapshot; one that was read just now needs no date. */
function sideOf(address: Address, snapshot: Snapshot): ComparedSide {
  const { facts, serverVersion, scope, applicationVersion, commit, takenAt, takenBy } = snapshot;
  return {
    source: showAddress(address),
    ...(address.kind === 'file' && { path: address.path }),
    facts,
    serverVersion,
    scope,
    ...(applicationVersion !== undefined && { applicationVersion }),
    ...(commit !== undefined && { commit }),
    ...(address.kind !== 'database' && { takenAt, takenBy }),
  };
}
