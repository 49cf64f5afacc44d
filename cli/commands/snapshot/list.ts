// driftwatch snapshot list: which versions of which models are published, and which of them count.

import { EdgeError } from '../../../lambda/errors.ts';
import {
  createSnapshotStore,
  type SnapshotStore,
  type StoredVersion,
} from '../../../lambda/monitor/memory/snapshots.ts';
import { showServerVersion } from '../../../lambda/postgres/versions.ts';
import { type ExitCode, exitCode } from '../../exit-code.ts';
import { type Format, parseFormat } from '../../flags.ts';
import { cliPlatform } from '../../platform.ts';
import type { AddCommand } from '../../program.ts';
import { textTable } from '../../table.ts';
import type { Terminal } from '../../terminal.ts';
import { showTime } from './describe.ts';
import { bucketOf } from './publish.ts';

interface ListFlags {
  model?: string;
  bucket?: string;
  all?: true;
  format: Format;
}

/** Of each model; a snapshot has to be read to say what is in it, and a large one is megabytes. */
const newestShown = 20;

export const addList: AddCommand = (parent, terminal, end) => {
  parent
    .command('list')
    .description('List the published versions, with the one of each model that counts.')
    .option('--model <name>', 'only of this model')
    .option('--bucket <name>', 'the monitor’s bucket (default: $DRIFTWATCH_BUCKET)')
    .option('--all', `every version, not only the newest ${newestShown} of each model`)
    .option('--format <format>', 'text or json', parseFormat, 'text')
    .addHelpText(
      'after',
      `
Examples:
  $ driftwatch snapshot list --bucket my-driftwatch-bucket
  $ driftwatch snapshot list --model pap-api --all --format json`,
    )
    .action(async (flags: ListFlags) => end(await list(flags, terminal)));
};

interface Row {
  model: string;
  version: string;
  role: 'current' | 'previous' | null;
  publishedAt: string;
  /** When it was last published again with the same facts. */
  confirmedAt: string | null;
  commit: string | null;
  objects: number | null;
  serverVersion: string | null;
  scope: string[] | null;
  factsHash: string | null;
  /** Why nothing is known of it. */
  problem: string | null;
}

async function list(flags: ListFlags, terminal: Terminal): Promise<ExitCode> {
  const bucket = bucketOf(flags, terminal);
  const store = createSnapshotStore(cliPlatform(terminal).objects(), bucket);
  const stored = await store.versions(flags.model, terminal.signal);
  const models = [...new Set(stored.map(({ model }) => model))];
  const rows: Row[] = [];
  for (const model of models) {
    const versions = stored.filter((one) => one.model === model);
    const shown = flags.all ? versions : versions.slice(-newestShown);
    if (shown.length < versions.length) {
      terminal.err(`${versions.length - shown.length} older versions of ${model} are left out: --all lists them`);
    }
    rows.push(...(await rowsOf(shown, model, store, terminal.signal)));
  }
  for (const { model, version, problem } of rows) if (problem) terminal.err(`${model}@${version}: ${problem}`);
  if (flags.format === 'json') terminal.out(JSON.stringify({ bucket, versions: rows }, null, 2));
  else terminal.out(rows.length > 0 ? tableOf(rows) : nothing(bucket, flags.model));
  return rows.some(({ problem }) => problem) ? exitCode.unverified : exitCode.ok;
}

async function rowsOf(
  versions: readonly StoredVersion[],
  model: string,
  store: SnapshotStore,
  signal: AbortSignal,
): Promise<Row[]> {
  const pointer = await store.pointer(model, signal);
  const rows: Row[] = [];
  for (const { version, storedAt } of versions.toReversed()) {
    const role = version === pointer?.current.version ? 'current' : null;
    const before = version === pointer?.previous?.version ? 'previous' : null;
    const pointed = role ? pointer?.current : before ? pointer?.previous : undefined;
    rows.push({
      model,
      version,
      role: role ?? before,
      publishedAt: pointed?.publishedAt ?? storedAt.toISOString(),
      confirmedAt: pointed?.confirmedAt ?? null,
      ...(await contentOf(model, version, store, signal)),
    });
  }
  return rows;
}

type Content = Pick<Row, 'commit' | 'objects' | 'serverVersion' | 'scope' | 'factsHash' | 'problem'>;

async function contentOf(model: string, version: string, store: SnapshotStore, signal: AbortSignal): Promise<Content> {
  const unknown = { commit: null, objects: null, serverVersion: null, scope: null, factsHash: null };
  try {
    const snapshot = await store.load(model, version, signal);
    if (!snapshot) return { ...unknown, problem: 'it was removed while it was being listed' };
    const { commit = null, facts, serverVersion, scope, factsHash } = snapshot;
    return {
      commit,
      objects: facts.length,
      serverVersion: showServerVersion(serverVersion),
      scope,
      factsHash,
      problem: null,
    };
  } catch (error) {
    if (error instanceof EdgeError && error.reason === 'invalid') return { ...unknown, problem: error.message };
    throw error;
  }
}

function tableOf(rows: readonly Row[]): string {
  return textTable(
    ['MODEL', 'VERSION', '', 'PUBLISHED', 'COMMIT', 'OBJECTS', 'POSTGRESQL'],
    rows.map(({ model, version, role, publishedAt, commit, objects, serverVersion, problem }) => [
      model,
      version,
      role ?? '',
      showTime(publishedAt),
      commit?.slice(0, 12) ?? '',
      objects === null ? '' : String(objects),
      problem ? 'cannot be read' : (serverVersion ?? ''),
    ]),
  );
}

function nothing(bucket: string, model: string | undefined): string {
  return `Nothing is published in ${bucket}${model === undefined ? '' : ` for model ${model}`}: driftwatch snapshot --publish does it`;
}
