// Takes a snapshot, from a database that is there or from one that is made for it, and puts it where it is wanted.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { EdgeError } from '../../../lambda/errors.ts';
import type { Scope } from '../../../lambda/postgres/scope.ts';
import { encodeSnapshot, type Snapshot } from '../../../lambda/postgres/snapshot.ts';
import { showServerVersion } from '../../../lambda/postgres/versions.ts';
import type { PostgresMajor } from '../../../local/postgres.ts';
import { type Address, parseAddress, showAddress } from '../../address.ts';
import { writeTextFile } from '../../files.ts';
import { readOptions, type SchemaFlags } from '../../flags.ts';
import { cliPlatform, type Platform } from '../../platform.ts';
import { type TakeOptions, takeSnapshot, withDatabase } from '../../side.ts';
import { type Terminal, UsageError } from '../../terminal.ts';
import { buildDatabase } from './build.ts';
import { emptinessOf } from './emptiness.ts';
import { type Publishing, publishingOf, publishSnapshot } from './publish.ts';

export interface TakeFlags extends SchemaFlags {
  from?: string;
  run?: string;
  sql?: string[];
  postgres?: PostgresMajor;
  like?: string;
  target?: string;
  config: string;
  database?: string;
  withoutExtension?: string[];
  scope?: Scope[];
  out?: string;
  publish?: true;
  model?: string;
  bucket?: string;
  back?: true;
  applicationVersion?: string;
  commit?: string | true;
}

/** @throws UsageError for flags that do not go together, before anything is started */
export async function take(flags: TakeFlags, terminal: Terminal): Promise<void> {
  checkSource(flags);
  const to = outOf(flags);
  const publishing = flags.publish ? publishingOf(flags, flags.applicationVersion, terminal) : undefined;
  if (!to && !publishing) throw new UsageError('Say where it goes: --out <file>, or --publish with --model.');
  const platform = cliPlatform(terminal);
  const commit = flags.commit === true ? await commitHere() : flags.commit;
  const { taken, emptiness } = await takeFrom(flags, commit, platform, terminal);
  if (emptiness) terminal.err(`warning: ${emptiness}`);
  if (to) await write(taken, to, platform, terminal);
  if (publishing) await publish(taken, publishing, emptiness, platform, terminal);
}

function checkSource(flags: TakeFlags): void {
  const builds = flags.run !== undefined || flags.sql !== undefined;
  if (flags.from === undefined && !builds) {
    throw new UsageError(
      'Say where the model comes from: --run "<your migrations>", --sql <files> or --from <postgres url>; driftwatch snapshot --help shows how.',
    );
  }
  if (flags.from !== undefined && builds) {
    throw new UsageError('--from reads a database that is there, --run and --sql make one: name one or the other.');
  }
  const building = (['postgres', 'like', 'target', 'database', 'withoutExtension'] as const).find(
    (name) => flags[name] !== undefined,
  );
  if (flags.from !== undefined && building) {
    const option = building === 'withoutExtension' ? 'without-extension' : building;
    throw new UsageError(`--${option} is for a database that is made here: with --run or --sql.`);
  }
  if (flags.withoutExtension && flags.sql === undefined) {
    throw new UsageError('--without-extension is for --sql: what a command creates is up to the command.');
  }
  if (!flags.publish && (flags.model ?? flags.bucket ?? flags.back) !== undefined) {
    throw new UsageError('--model, --bucket and --back say how it is published: add --publish.');
  }
}

function outOf({ out }: TakeFlags): Exclude<Address, { kind: 'database' }> | undefined {
  if (out === undefined) return undefined;
  const to = parseAddress(out);
  if (to.kind === 'database') throw new UsageError('--out is a file or s3://bucket/key, not a database.');
  return to;
}

async function takeFrom(
  flags: TakeFlags,
  commit: string | undefined,
  platform: Platform,
  terminal: Terminal,
): Promise<{ taken: Snapshot; emptiness: string | undefined }> {
  const { signal } = terminal;
  const read = (url: string, source: string, options: Pick<TakeOptions, 'scope' | 'madeBy'>) =>
    withDatabase(url, platform, signal, (session, reconnect) =>
      takeSnapshot(session, source, {
        ...readOptions(flags),
        ...options,
        ...(flags.scope && { scope: flags.scope }),
        ...(flags.applicationVersion !== undefined && { applicationVersion: flags.applicationVersion }),
        ...(commit !== undefined && { commit }),
        now: platform.clock.now(),
        signal,
        reconnect,
      }),
    );
  if (flags.from === undefined) {
    const madeBy = flags.run === undefined ? 'sql-files' : 'command';
    return buildDatabase(flags, platform, terminal, async (url, elsewhere) => {
      const taken = await read(url, 'the throw-away database', { scope: ['structure'], madeBy });
      const emptiness = emptinessOf(taken);
      const others = emptiness === undefined ? [] : await elsewhere();
      if (others.length === 0) return { taken, emptiness };
      return {
        taken,
        emptiness: `${emptiness} There are tables in ${others.join(', ')}: --database ${others[0]} reads that one.`,
      };
    });
  }
  const from = parseAddress(flags.from);
  if (from.kind !== 'database')
    throw new UsageError('--from is a postgres URL, such as postgres://user@host/database.');
  terminal.err(`Reading ${showAddress(from)} ...`);
  const taken = await read(from.url, showAddress(from), {});
  return { taken, emptiness: emptinessOf(taken) };
}

async function write(
  taken: Snapshot,
  to: Exclude<Address, { kind: 'database' }>,
  platform: Platform,
  { out, signal }: Terminal,
): Promise<void> {
  const text = encodeSnapshot(taken);
  if (to.kind === 'file') await writeTextFile(to.path, text);
  else await platform.objects().put(to.bucket, to.key, text, { contentType: 'application/json', signal });
  out(
    `${taken.facts.length} objects of PostgreSQL ${showServerVersion(taken.serverVersion)} written to ${showAddress(to)}`,
  );
}

async function publish(
  taken: Snapshot,
  publishing: Publishing,
  emptiness: string | undefined,
  platform: Platform,
  terminal: Terminal,
): Promise<void> {
  if (emptiness) {
    throw new EdgeError(
      'invalid',
      'Nothing was published: a model without tables would make all of production drift.',
      {
        remedy: 'If it is meant, write it with --out and publish that file with `driftwatch snapshot publish`.',
      },
    );
  }
  terminal.err(`${taken.facts.length} objects of PostgreSQL ${showServerVersion(taken.serverVersion)} read`);
  await publishSnapshot(taken, publishing, platform, terminal);
}

/** The commit that is checked out here, marked when files differ from it. */
async function commitHere(): Promise<string> {
  try {
    const described = ['describe', '--always', '--dirty', '--abbrev=40', '--exclude=*'];
    return (await promisify(execFile)('git', described)).stdout.trim();
  } catch (cause) {
    throw new EdgeError('missing', 'git does not know which commit this folder is.', {
      remedy: 'Name it: --commit <commit>.',
      cause,
    });
  }
}
