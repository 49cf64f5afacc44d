// Reads the facts of a database through an open session, in one round trip (two when there are very many views). Objects that somebody else has locked
// come back named instead of read; everything else is one consistent picture, in one deterministic order.
import { EdgeError } from '../errors.ts';
import { byCodeUnit, type JsonObject } from '../json.ts';
import type { DatabaseSession } from '../platform/ports.ts';
import type { NotVerified } from './drift.ts';
import { compareFacts, type Fact, sortFacts } from './fact.ts';
import { keyQuotedAsNewest, quotedAsNewest } from './keywords.ts';
import { type GrantList, grantsOf } from './privileges.ts';
import {
  catalogMessage,
  type FamilyRow,
  furtherViewsMessage,
  type Part,
  type SessionLimits,
  type Statement,
  tokenMessage,
} from './session.ts';
import type { ReadOptions } from './snapshot.ts';
import { majorOf, newestMajor, oldestMajor } from './versions.ts';

export interface CatalogRead {
  /** Sorted by key. */
  facts: Fact[];
  notVerified: NotVerified[];
  /** `server_version_num`. */
  serverVersion: number;
}

const defaultLimits: SessionLimits = { statementTimeoutMs: 20_000, lockTimeoutMs: 500 };

/** SQLSTATEs of a read that crossed somebody's DDL: a lock not had in time, an object gone between two lookups. */
const crossedByDdl = new Set(['55P03', 'XX000', '42P01', '42703', '42704', '42883', '40001']);

export interface CatalogOptions extends ReadOptions {
  signal?: AbortSignal;
  /** @default 20 s a statement, 500 ms a lock */
  limits?: Partial<SessionLimits>;
  /**
   * Opens another session when a read crossed somebody's DDL, for a second and last try; that session is closed here.
   * @default such a read fails
   */
  reconnect?: () => Promise<DatabaseSession>;
}

/** A read with the change token of what was read. */
export interface TokenedRead {
  token: string;
  catalog: CatalogRead;
  /** Time that the server itself was at work. */
  databaseMs: number;
}

/** Asks for the change token alone: one short statement. */
export async function readToken(
  session: DatabaseSession,
  options: Pick<CatalogOptions, 'signal' | 'limits'>,
): Promise<{ token: string; databaseMs: number }> {
  checkVersion(session.serverVersion);
  const answer = await send(session, tokenMessage(session.serverVersion, limitsOf(options)), options.signal);
  return { token: tokenOf(answer), databaseMs: spentOf(answer) };
}

/** @throws as readCatalog does */
export async function readCatalogWithToken(session: DatabaseSession, options: CatalogOptions): Promise<TokenedRead> {
  checkVersion(session.serverVersion);
  return read(session, options, true);
}

/**
 * @throws EdgeError `invalid` for a server that is too old, or too new to be read as the newest known one; what the
 * session throws otherwise
 */
export async function readCatalog(session: DatabaseSession, options: CatalogOptions = {}): Promise<CatalogRead> {
  checkVersion(session.serverVersion);
  return (await read(session, options, false)).catalog;
}

async function read(session: DatabaseSession, options: CatalogOptions, withToken: boolean): Promise<TokenedRead> {
  try {
    return await readOnce(session, options, withToken);
  } catch (error) {
    if (!options.reconnect || !crossedByDdl.has(sqlState(error))) throw explained(error, session.serverVersion);
    const fresh = await options.reconnect();
    try {
      return await readOnce(fresh, options, withToken);
    } catch (again) {
      throw explained(again, session.serverVersion);
    } finally {
      await fresh.close();
    }
  }
}

async function readOnce(session: DatabaseSession, options: CatalogOptions, withToken: boolean): Promise<TokenedRead> {
  const { serverVersion } = session;
  const major = majorOf(serverVersion);
  const limits = limitsOf(options);
  const first = await send(session, catalogMessage(serverVersion, { ...options, withToken }, limits), options.signal);
  const answers = [first];
  const starts = startsOf(first);
  if (starts.length > 0) {
    const message = furtherViewsMessage(serverVersion, { ...options, starts }, limits);
    answers.push(await send(session, message, options.signal));
  }
  return {
    token: tokenOf(first),
    catalog: {
      facts: newestOfEach(
        sortFacts(answers.flatMap(({ facts }) => facts.flat().map((row) => toFact(row as FamilyRow, major)))),
      ),
      notVerified: withoutRepeats(
        answers.flatMap(({ locked }) => locked.flat().map((row) => toNotVerified(row, major))),
      ),
      serverVersion,
    },
    databaseMs: answers.reduce((sum, answer) => sum + spentOf(answer), 0),
  };
}

/** A view that was made anew between two messages is in both: the later one counts. */
function newestOfEach(sorted: Fact[]): Fact[] {
  return sorted.filter((fact, place) => {
    const next = sorted[place + 1];
    return next === undefined || compareFacts(fact, next) !== 0;
  });
}

function withoutRepeats(named: readonly NotVerified[]): NotVerified[] {
  const bySubject = new Map(named.map((entry) => [`${entry.subject} ${entry.kind}`, entry]));
  return [...bySubject].sort(([a], [b]) => byCodeUnit(a, b)).map(([, entry]) => entry);
}

type Answer = Record<Part, Record<string, unknown>[][]>;

async function send(
  session: DatabaseSession,
  message: readonly Statement[],
  signal: AbortSignal | undefined,
): Promise<Answer> {
  const results = await session.queryAll(
    message.map(({ sql }) => sql),
    signal,
  );
  const of = (wanted: Part) => results.filter((_, place) => message[place]?.part === wanted);
  return { token: of('token'), slices: of('slices'), locked: of('locked'), facts: of('facts'), spent: of('spent') };
}

/** Empty when it was not asked for. */
function tokenOf({ token }: Answer): string {
  return String(token[0]?.[0]?.token ?? '');
}

function startsOf({ slices }: Answer): number[] {
  return slices.flat().flatMap(({ starts }) => starts as number[]);
}

function spentOf({ spent }: Answer): number {
  return Math.round(Number(spent[0]?.[0]?.ms ?? 0));
}

function limitsOf(options: Pick<CatalogOptions, 'limits'>): SessionLimits {
  return { ...defaultLimits, ...options.limits };
}

function checkVersion(serverVersion: number): void {
  const major = majorOf(serverVersion);
  if (major >= oldestMajor) return;
  throw new EdgeError('invalid', `The server is PostgreSQL ${major}.`, {
    remedy: `Driftwatch reads PostgreSQL ${oldestMajor} and newer; upgrade the server.`,
  });
}

/** SQLSTATEs of a catalog that is not what the families take it for. */
const otherCatalog = new Set(['42P01', '42703', '42704', '42883']);

function explained(error: unknown, serverVersion: number): unknown {
  const major = majorOf(serverVersion);
  if (major <= newestMajor || !otherCatalog.has(sqlState(error))) return error;
  return new EdgeError('invalid', `The catalog of PostgreSQL ${major} is not like that of ${newestMajor}.`, {
    remedy: `Update Driftwatch to a version that knows PostgreSQL ${major}.`,
    cause: error,
  });
}

/** Sessions put the server's SQLSTATE first in the message of the cause. */
function sqlState(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return (cause instanceof Error && /^[0-9A-Z]{5}(?= )/.exec(cause.message)?.[0]) || '';
}

const identityColumns = new Set(['kind', 'id', 'parent', 'needs']);

function toFact(row: FamilyRow, major: number): Fact {
  const attributes: JsonObject = {};
  for (const column in row) {
    const value = row[column];
    if (value === null || value === undefined || identityColumns.has(column)) continue;
    const told = column === 'grants' ? grantsOf(value as unknown as GrantList, major) : value;
    if (told !== null) attributes[column] = told;
  }
  const fact: Fact = { kind: row.kind, id: quotedAsNewest(row.id, major), attributes };
  if (row.parent !== null) fact.parent = keyQuotedAsNewest(row.parent, major);
  if (row.needs !== null && row.needs.length > 0) fact.needs = row.needs.map((key) => keyQuotedAsNewest(key, major));
  return fact;
}

function toNotVerified(row: Record<string, unknown>, major: number): NotVerified {
  return {
    kind: String(row.kind),
    subject: quotedAsNewest(String(row.id), major),
    reason: 'another session holds or awaits an ACCESS EXCLUSIVE lock on it or on a relation it reads',
  };
}
