// One side of a comparison, wherever it is: a snapshot in a file or in S3, or a live database.
import { EdgeError } from '../lambda/errors.ts';
import type { DatabaseSession } from '../lambda/platform/ports.ts';
import { readCatalog } from '../lambda/postgres/read-catalog.ts';
import { type Scope, scopes } from '../lambda/postgres/scope.ts';
import {
  decodeSnapshot,
  makeSnapshot,
  type ReadOptions,
  type Snapshot,
  type SnapshotSource,
} from '../lambda/postgres/snapshot.ts';
import { factsWithin } from '../lambda/postgres/within-scope.ts';
import { driftwatchVersion } from '../lambda/version.ts';
import type { Address } from './address.ts';
import { readTextFile } from './files.ts';
import type { Platform } from './platform.ts';

export async function loadSnapshot(
  address: Exclude<Address, { kind: 'database' }>,
  platform: Platform,
  signal: AbortSignal,
): Promise<Snapshot> {
  if (address.kind === 'file') return decodeSnapshot(await readTextFile(address.path), address.path);
  const object = await platform.objects().get(address.bucket, address.key, { signal });
  if (object) return decodeSnapshot(object.body, address.text);
  throw new EdgeError('missing', `There is nothing at ${address.text}.`, {
    remedy: 'Check the bucket and the key: `aws s3 ls` shows what is there.',
  });
}

export async function withDatabase<Result>(
  url: string,
  platform: Platform,
  signal: AbortSignal,
  use: (session: DatabaseSession, reconnect: () => Promise<DatabaseSession>) => Promise<Result>,
): Promise<Result> {
  const connect = () => platform.connect(url, signal);
  const session = await connect();
  return use(session, connect).finally(() => session.close());
}

export interface TakeOptions extends ReadOptions {
  /** What the snapshot is to speak of. @default everything */
  scope?: readonly Scope[];
  /** What the database is. @default one that somebody named */
  madeBy?: SnapshotSource;
  applicationVersion?: string;
  commit?: string;
  now: Date;
  signal: AbortSignal;
  /** For a second attempt, when somebody's lock ends the first. */
  reconnect: () => Promise<DatabaseSession>;
}

/** @throws EdgeError `unavailable` when something could not be read: half a model would call the rest unexpected */
export async function takeSnapshot(session: DatabaseSession, source: string, options: TakeOptions): Promise<Snapshot> {
  const {
    scope = scopes,
    madeBy = 'database',
    applicationVersion,
    commit,
    now,
    signal,
    reconnect,
    ...readOptions
  } = options;
  const { facts, notVerified, serverVersion } = await readCatalog(session, { ...readOptions, signal, reconnect });
  if (readOptions.includeSchemas && !facts.some(({ kind }) => kind === 'schema')) {
    throw new EdgeError('missing', `No schema of ${source} matches ${readOptions.includeSchemas.join(', ')}.`, {
      remedy: 'Check the spelling: nothing would be compared, and nothing found.',
    });
  }
  const [locked] = notVerified;
  if (locked) {
    throw new EdgeError(
      'unavailable',
      `${notVerified.length} objects of ${source} could not be read, ${locked.kind} ${locked.subject} among them: ${locked.reason}.`,
      { remedy: 'Take the snapshot when no migration is running.' },
    );
  }
  return makeSnapshot({
    scope: [...scope],
    facts: factsWithin(facts, scope),
    serverVersion,
    options: readOptions,
    source: madeBy,
    ...(applicationVersion !== undefined && { applicationVersion }),
    ...(commit !== undefined && { commit }),
    takenAt: now.toISOString(),
    takenBy: driftwatchVersion,
  });
}
