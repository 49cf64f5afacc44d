// driftwatch snapshot: takes the model schema from a database, and publishes it where the schema checks look.
import { createSnapshotStore } from '../../lambda/monitor/snapshots.ts';
import { encodeSnapshot } from '../../lambda/postgres/snapshot.ts';
import { showServerVersion } from '../../lambda/postgres/versions.ts';
import { parseAddress, showAddress } from '../address.ts';
import { exitCode } from '../exit-code.ts';
import { writeTextFile } from '../files.ts';
import { collectValues, readOptions, type SchemaFlags } from '../flags.ts';
import { cliPlatform } from '../platform.ts';
import type { AddCommand } from '../program.ts';
import { loadSnapshot, takeSnapshot, withDatabase } from '../side.ts';
import { type Terminal, UsageError } from '../terminal.ts';

interface TakeFlags extends SchemaFlags {
  // Not `requiredOption`: commander would ask `snapshot publish` for them as well.
  from?: string;
  out?: string;
  applicationVersion?: string;
  commit?: string;
}

interface PublishFlags {
  model: string;
  bucket?: string;
  version?: string;
}

export const snapshot: AddCommand = (parent, terminal, end) => {
  const command = parent
    .command('snapshot')
    .description('Take the model schema from a database that the application’s own migrations built.')
    .option('--from <postgres url>', 'the database to read; CONNECT is all its role needs')
    .option('--out <place>', 'where to write it: a file or s3://bucket/key')
    .option('--application-version <version>', 'the version of the application that these migrations belong to')
    .option('--commit <commit>', 'the commit of the application')
    .option('--schema <glob>', 'only schemas that match; may be repeated', collectValues)
    .option('--exclude-schema <glob>', 'leave matching schemas out; may be repeated', collectValues)
    .addHelpText(
      'after',
      `
Examples:
  $ driftwatch snapshot --from postgres://localhost/app_migrated --out model.json --application-version 1.5.0
  $ driftwatch snapshot publish model.json --model pap-api --bucket my-driftwatch-bucket`,
    )
    .action(async (flags: TakeFlags) => {
      await take(flags, terminal);
      end(exitCode.ok);
    });
  addPublish(command, terminal, end);
};

const addPublish: AddCommand = (parent, terminal, end) => {
  parent
    .command('publish')
    .description('Store a snapshot as a version of a model and make it the one that counts.')
    .argument('<snapshot>', 'a file or s3://bucket/key that `driftwatch snapshot` wrote')
    .requiredOption('--model <name>', 'the model, as the settings of the schema checks name it')
    .option('--bucket <name>', 'the monitor’s bucket (default: $DRIFTWATCH_BUCKET)')
    .option('--version <version>', 'its version (default: the application version it was taken with)')
    .addHelpText(
      'after',
      `
Example:
  $ driftwatch snapshot publish model.json --model pap-api --version 1.5.0 --bucket my-driftwatch-bucket`,
    )
    .action(async (from: string, flags: PublishFlags) => {
      await publish(from, flags, terminal);
      end(exitCode.ok);
    });
};

async function take(flags: TakeFlags, terminal: Terminal): Promise<void> {
  if (flags.from === undefined || flags.out === undefined) {
    throw new UsageError(
      'Name the database with --from and the file with --out; driftwatch snapshot --help shows how.',
    );
  }
  const from = parseAddress(flags.from);
  const to = parseAddress(flags.out);
  if (from.kind !== 'database')
    throw new UsageError('--from is a postgres URL, such as postgres://user@host/database.');
  if (to.kind === 'database') throw new UsageError('--out is a file or s3://bucket/key, not a database.');
  const platform = cliPlatform(terminal);
  const { signal } = terminal;
  terminal.err(`Reading ${showAddress(from)} ...`);
  const taken = await withDatabase(from.url, platform, signal, (session, reconnect) =>
    takeSnapshot(session, showAddress(from), {
      ...readOptions(flags),
      ...(flags.applicationVersion !== undefined && { applicationVersion: flags.applicationVersion }),
      ...(flags.commit !== undefined && { commit: flags.commit }),
      now: platform.clock.now(),
      signal,
      reconnect,
    }),
  );
  const text = encodeSnapshot(taken);
  if (to.kind === 'file') await writeTextFile(to.path, text);
  else await platform.objects().put(to.bucket, to.key, text, { contentType: 'application/json', signal });
  terminal.out(
    `${taken.facts.length} objects of PostgreSQL ${showServerVersion(taken.serverVersion)} written to ${showAddress(to)}`,
  );
}

async function publish(from: string, flags: PublishFlags, terminal: Terminal): Promise<void> {
  const address = parseAddress(from);
  if (address.kind === 'database')
    throw new UsageError('Take the snapshot to a file first: driftwatch snapshot --from ...');
  const bucket = flags.bucket ?? terminal.environment.DRIFTWATCH_BUCKET;
  if (!bucket) throw new UsageError('Name the monitor’s bucket: --bucket, or DRIFTWATCH_BUCKET in the environment.');
  const platform = cliPlatform(terminal);
  const loaded = await loadSnapshot(address, platform, terminal.signal);
  const version = flags.version ?? loaded.applicationVersion;
  if (!version) throw new UsageError('The snapshot was taken without --application-version: name one with --version.');
  const store = createSnapshotStore(platform.objects(), bucket);
  await store.publish(flags.model, version, loaded, platform.clock.now(), { signal: terminal.signal });
  terminal.out(`${flags.model}@${version} is published in ${bucket} and current`);
}
