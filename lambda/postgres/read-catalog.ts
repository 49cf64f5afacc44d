// Reads the facts of a database through an open session, in one round trip. Objects that somebody else has locked
// come back named instead of read; everything else is one consistent picture, in one deterministic order.
import { EdgeError } from '../errors.ts';
import { byCodeUnit, type JsonObject } from '../json.ts';
import type { DatabaseSession } from '../platform/ports.ts';
import type { NotVerified } from './drift.ts';
import { type Fact, sortFacts } from './fact.ts';
import { keyQuotedAsNewest, quotedAsNewest } from './keywords.ts';
import { catalogStatements, type FamilyRow, type SessionLimits } from './session.ts';
import type { ReadOptions } from './snapshot.ts';
import { majorOf } from './versions.ts';

export interface CatalogRead {
  /** Sorted by key. */
  facts: Fact[];
  notVerified: NotVerified[];
  /** `server_version_num`. */
  serverVersion: number;
}

/** The oldest major version whose catalogs the families know. */
const oldestMajor = 13;

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

/** @throws EdgeError `invalid` for a server that is too old; what the session throws otherwise */
export async function readCatalog(session: DatabaseSession, options: CatalogOptions = {}): Promise<CatalogRead> {
  try {
    return await readOnce(session, options);
  } catch (error) {
    if (!options.reconnect || !crossedByDdl.has(sqlState(error))) throw error;
    const fresh = await options.reconnect();
    try {
      return await readOnce(fresh, options);
    } finally {
      await fresh.close();
    }
  }
}

async function readOnce(session: DatabaseSession, options: CatalogOptions): Promise<CatalogRead> {
  const { serverVersion } = session;
  if (majorOf(serverVersion) < oldestMajor) {
    throw new EdgeError('invalid', `The server is PostgreSQL ${majorOf(serverVersion)}.`, {
      remedy: `Driftwatch reads PostgreSQL ${oldestMajor} and newer; upgrade the server.`,
    });
  }
  const message = catalogStatements(serverVersion, options, { ...defaultLimits, ...options.limits });
  const { families, locked } = message.pick(await session.queryAll(message.statements, options.signal));
  return {
    facts: sortFacts(families.flat().map((row) => toFact(row as FamilyRow, majorOf(serverVersion)))),
    notVerified: locked
      .map((row) => toNotVerified(row, majorOf(serverVersion)))
      .sort((a, b) => byCodeUnit(a.subject, b.subject)),
    serverVersion,
  };
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
    if (value !== null && value !== undefined && !identityColumns.has(column)) attributes[column] = value;
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
