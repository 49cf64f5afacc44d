// driftwatch diff: what production has that the model does not, and the other way round. For people and for pipelines.
import { compareWithDatabase } from '../../lambda/postgres/compare-with-database.ts';
import { diff as compareFacts } from '../../lambda/postgres/diff.ts';
import type { Comparison } from '../../lambda/postgres/drift.ts';
import type { Snapshot } from '../../lambda/postgres/snapshot.ts';
import { type Address, parseAddress, showAddress } from '../address.ts';
import { driftJson, driftText } from '../drift-report.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { collectValues, type Format, parseFormat, readOptions, type SchemaFlags } from '../flags.ts';
import { cliPlatform, type Platform } from '../platform.ts';
import type { AddCommand } from '../program.ts';
import { loadSnapshot, takeSnapshot, withDatabase } from '../side.ts';
import { type Terminal, UsageError } from '../terminal.ts';

interface DiffFlags extends SchemaFlags {
  format: Format;
}

export const diff: AddCommand = (parent, terminal, end) => {
  parent
    .command('diff')
    .description('Compare a production schema with its model. Nothing is written to either.')
    .argument('<model>', 'what it should be: a snapshot file, s3://bucket/key or a postgres URL')
    .argument('<production>', 'what it is: a snapshot file, s3://bucket/key or a postgres URL')
    .option('--format <format>', 'text or json', parseFormat, 'text')
    .option('--schema <glob>', 'only schemas that match, between two databases; may be repeated', collectValues)
    .option('--exclude-schema <glob>', 'leave matching schemas out, likewise; may be repeated', collectValues)
    .addHelpText(
      'after',
      `
Ends with 0 when they are equal, 1 when they differ, 2 when that could not be verified.

Examples:
  $ driftwatch diff model.json postgres://driftwatch@db.example.com/app
  $ driftwatch diff s3://my-driftwatch-bucket/snapshots/pap-api/1.5.0.json production.json --format json`,
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
  const expected = await loadModel(model, flags, platform, terminal);
  const compared = await compare(expected, production, platform, terminal);
  const named = { ...compared, model: showAddress(model), production: showAddress(production) };
  terminal.out(flags.format === 'json' ? driftJson(named) : driftText(named));
  if (compared.drift.length > 0) return exitCode.found;
  return compared.notVerified.length > 0 ? exitCode.unverified : exitCode.ok;
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
  model: Snapshot,
  production: Address,
  platform: Platform,
  terminal: Terminal,
): Promise<Comparison> {
  if (production.kind !== 'database') {
    return compareFacts(model, await loadSnapshot(production, platform, terminal.signal));
  }
  terminal.err(`Reading ${showAddress(production)} ...`);
  const compared = await withDatabase(production.url, platform, terminal.signal, (session, reconnect) =>
    compareWithDatabase(model, session, { signal: terminal.signal, reconnect }),
  );
  for (const warning of compared.warnings) terminal.err(warning);
  return compared;
}
