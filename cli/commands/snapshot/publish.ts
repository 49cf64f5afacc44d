// driftwatch snapshot publish: stores a snapshot as a version of a model and makes it the one that counts.
import { createSnapshotStore } from '../../../lambda/monitor/memory/snapshots.ts';
import type { Snapshot } from '../../../lambda/postgres/snapshot.ts';
import { parseAddress } from '../../address.ts';
import { exitCode } from '../../exit-code.ts';
import { cliPlatform, type Platform } from '../../platform.ts';
import type { AddCommand } from '../../program.ts';
import { loadSnapshot } from '../../side.ts';
import { type Terminal, UsageError } from '../../terminal.ts';

interface PublishFlags {
  model?: string;
  bucket?: string;
  version?: string;
  back?: true;
}

export interface Publishing {
  model: string;
  bucket: string;
  version: string;
  /** Also when the current version is newer. */
  back: boolean;
}

export const addPublish: AddCommand = (parent, terminal, end) => {
  parent
    .command('publish')
    .description('Store a snapshot as a version of a model and make it the one that counts.')
    .argument('<snapshot>', 'a file or s3://bucket/key that `driftwatch snapshot` wrote')
    .requiredOption('--model <name>', 'the model, as the settings of the schema checks name it')
    .option('--bucket <name>', 'the monitor’s bucket (default: $DRIFTWATCH_BUCKET)')
    .option('--version <version>', 'its version (default: the application version it was taken with)')
    .option('--back', 'make it current also when the version that is current is newer: after a rollback')
    .addHelpText(
      'after',
      `
A published version never changes: publishing it again with the same facts confirms it, with others it is refused.

Examples:
  $ driftwatch snapshot publish model.json --model pap-api --version 1.5.0 --bucket my-driftwatch-bucket
  $ driftwatch snapshot publish model-1.4.0.json --model pap-api --back`,
    )
    .action(async (from: string, flags: PublishFlags) => {
      await publish(from, flags, terminal);
      end(exitCode.ok);
    });
};

async function publish(from: string, flags: PublishFlags, terminal: Terminal): Promise<void> {
  const address = parseAddress(from);
  if (address.kind === 'database')
    throw new UsageError('Take the snapshot to a file first: driftwatch snapshot --from ...');
  bucketOf(flags, terminal);
  const platform = cliPlatform(terminal);
  const loaded = await loadSnapshot(address, platform, terminal.signal);
  const publishing = publishingOf(flags, flags.version ?? loaded.applicationVersion, terminal);
  await publishSnapshot(loaded, publishing, platform, terminal);
}

/** @throws UsageError for what is missing */
export function publishingOf(flags: PublishFlags, version: string | undefined, terminal: Terminal): Publishing {
  const bucket = bucketOf(flags, terminal);
  if (!flags.model) throw new UsageError('Name the model, as the settings of the schema checks do: --model.');
  if (!version) {
    throw new UsageError(
      'Say which version it is: --application-version when it is taken, or --version when it is published.',
    );
  }
  return { model: flags.model, bucket, version, back: flags.back ?? false };
}

/** @throws UsageError when neither flag nor environment names it */
export function bucketOf({ bucket }: { bucket?: string }, { environment }: Terminal): string {
  const named = bucket ?? environment.DRIFTWATCH_BUCKET;
  if (named) return named;
  throw new UsageError('Name the monitor’s bucket: --bucket, or DRIFTWATCH_BUCKET in the environment.');
}

export async function publishSnapshot(
  snapshot: Snapshot,
  { model, bucket, version, back }: Publishing,
  platform: Platform,
  { out, signal }: Terminal,
): Promise<void> {
  const store = createSnapshotStore(platform.objects(), bucket);
  const done = await store.publish(model, version, snapshot, platform.clock.now(), { back, signal });
  const replaced = done.stored === 'replaced' ? ', in place of what an older Driftwatch stored,' : '';
  const published = `${model}@${version} is published in ${bucket}${replaced}`;
  switch (done.current) {
    case 'moved':
    case 'confirmed':
      return out(`${published} and current`);
    case 'moved back':
      return out(`${published} and current again, in place of a newer version`);
    case 'left':
      return out(
        `${published}; ${done.currentVersion}, which is newer, stays current (--back makes the older version current)`,
      );
  }
}
