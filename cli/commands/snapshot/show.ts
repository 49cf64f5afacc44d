// driftwatch snapshot show: what a snapshot says, without all that it says.

import { access } from 'node:fs/promises';
import { EdgeError } from '../../../lambda/errors.ts';
import { createSnapshotStore } from '../../../lambda/monitor/memory/snapshots.ts';
import { modelPattern } from '../../../lambda/monitor/memory/versions.ts';
import type { Snapshot } from '../../../lambda/postgres/snapshot.ts';
import { showServerVersion } from '../../../lambda/postgres/versions.ts';
import { vocabularyWarning } from '../../../lambda/postgres/vocabulary.ts';
import { parseAddress, showAddress } from '../../address.ts';
import { exitCode } from '../../exit-code.ts';
import { type Format, parseFormat } from '../../flags.ts';
import { cliPlatform, type Platform } from '../../platform.ts';
import type { AddCommand } from '../../program.ts';
import { loadSnapshot } from '../../side.ts';
import { textTable } from '../../table.ts';
import { type Terminal, UsageError } from '../../terminal.ts';
import { countsByKind, showTime, sourceText } from './describe.ts';
import { bucketOf } from './publish.ts';

interface ShowFlags {
  model?: string;
  version?: string;
  bucket?: string;
  format: Format;
}

export const addShow: AddCommand = (parent, terminal, end) => {
  parent
    .command('show')
    .description('Say what is in a snapshot: where it comes from, what it speaks of, how many objects of each kind.')
    .argument('[snapshot]', 'a file, s3://bucket/key, or the name of a published model')
    .option('--model <name>', 'a published model')
    .option('--version <version>', 'with a model: this version (default: the current one)')
    .option('--bucket <name>', 'with a model: the monitor’s bucket (default: $DRIFTWATCH_BUCKET)')
    .option('--format <format>', 'text or json', parseFormat, 'text')
    .addHelpText(
      'after',
      `
Examples:
  $ driftwatch snapshot show model.json
  $ driftwatch snapshot show pap-api --version 1.5.0 --bucket my-driftwatch-bucket --format json`,
    )
    .action(async (place: string | undefined, flags: ShowFlags) => {
      await show(place, flags, terminal);
      end(exitCode.ok);
    });
};

async function show(place: string | undefined, flags: ShowFlags, terminal: Terminal): Promise<void> {
  if ((place === undefined) === (flags.model === undefined)) {
    throw new UsageError('Name one snapshot: a file, s3://bucket/key or a published model.');
  }
  const platform = cliPlatform(terminal);
  const model = flags.model ?? ((await isModel(place ?? '', flags)) ? place : undefined);
  const { name, snapshot } =
    model === undefined
      ? await fromPlace(place ?? '', platform, terminal)
      : await fromBucket(model, flags, platform, terminal);
  const warning = vocabularyWarning(snapshot);
  if (warning) terminal.err(warning);
  terminal.out(flags.format === 'json' ? JSON.stringify(jsonOf(name, snapshot), null, 2) : textOf(name, snapshot));
}

/** A file that is there is a file, whatever its name; a name without one may be a model's. */
async function isModel(place: string, { version, bucket }: ShowFlags): Promise<boolean> {
  if (!modelPattern.test(place)) return false;
  if (version !== undefined || bucket !== undefined) return true;
  return access(place).then(
    () => false,
    () => !place.endsWith('.json'),
  );
}

interface Named {
  name: string;
  snapshot: Snapshot;
}

async function fromPlace(place: string, platform: Platform, { signal }: Terminal): Promise<Named> {
  const address = parseAddress(place);
  if (address.kind === 'database') throw new UsageError('That is a database: driftwatch snapshot --from reads it.');
  return { name: showAddress(address), snapshot: await loadSnapshot(address, platform, signal) };
}

async function fromBucket(model: string, flags: ShowFlags, platform: Platform, terminal: Terminal): Promise<Named> {
  const bucket = bucketOf(flags, terminal);
  const store = createSnapshotStore(platform.objects(), bucket);
  const version = flags.version ?? (await store.pointer(model, terminal.signal))?.current.version;
  const snapshot = version === undefined ? undefined : await store.load(model, version, terminal.signal);
  if (snapshot) return { name: `${model}@${version} in ${bucket}`, snapshot };
  throw new EdgeError('missing', `Nothing is published in ${bucket} as ${model}${version ? `@${version}` : ''}.`, {
    remedy: '`driftwatch snapshot list` says what is.',
  });
}

function jsonOf(name: string, snapshot: Snapshot) {
  const { facts, vocabulary: _, ...rest } = snapshot;
  return { name, ...rest, objects: facts.length, kinds: countsByKind(snapshot) };
}

function textOf(name: string, snapshot: Snapshot): string {
  const { facts, scope, source, options, serverVersion, applicationVersion, commit, takenAt, takenBy, factsHash } =
    snapshot;
  const schemas = [
    options.includeSchemas ? `only ${options.includeSchemas.join(', ')}` : 'all',
    ...(options.excludeSchemas ? [`without ${options.excludeSchemas.join(', ')}`] : []),
  ];
  const about = textTable(
    [name, ''],
    [
      ['application', applicationVersion ?? 'no version'],
      ['commit', commit ?? 'none'],
      ['source', sourceText[source]],
      ['server', `PostgreSQL ${showServerVersion(serverVersion)}`],
      ['taken', `${showTime(takenAt)} by Driftwatch ${takenBy}`],
      ['speaks of', scope.join(', ')],
      ['schemas', schemas.join(', ')],
      ['facts', factsHash],
    ].map(([what = '', value = '']) => [`  ${what}`, value]),
  );
  const counts = Object.entries(countsByKind(snapshot)).map(([kind, count]) => [`  ${kind}`, String(count)]);
  return `${about}\n\n${textTable([`${facts.length} objects`, ''], counts)}`;
}
