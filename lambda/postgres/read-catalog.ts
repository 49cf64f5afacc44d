// Reads the facts of a database through an open session. Objects that somebody else has locked come back named instead
// of read; everything else is one consistent picture, in one deterministic order.
import { byCodeUnit, type JsonObject } from '../json.ts';
import type { DatabaseSession } from '../platform/ports.ts';
import { type Answer, type AskOptions, askCatalog } from './ask-catalog.ts';
import type { NotVerified } from './drift.ts';
import { compareFacts, type Fact, sortFacts } from './fact.ts';
import { keyQuotedAsNewest, quotedAsNewest, valueQuotedAsNewest } from './keywords.ts';
import type { KnownFacts } from './known-facts.ts';
import { type GrantList, grantsOf } from './privileges.ts';
import type { FamilyRow, SchemaChoice } from './session.ts';
import type { ReadOptions } from './snapshot.ts';
import { majorOf } from './versions.ts';

export interface CatalogRead {
  /** Sorted by key. */
  facts: Fact[];
  notVerified: NotVerified[];
  /** `server_version_num`. */
  serverVersion: number;
}

/** A read with the change token of what was read. */
export interface TokenedRead {
  /** Empty when it was not asked for. */
  token: string;
  catalog: CatalogRead;
  /** Time that the server itself was at work. */
  databaseMs: number;
}

/** @throws as askCatalog does */
export async function readCatalog(
  session: DatabaseSession,
  { includeSchemas, excludeSchemas, ...options }: AskOptions & ReadOptions = {},
): Promise<CatalogRead> {
  const matching = [{ ...(includeSchemas && { includeSchemas }), ...(excludeSchemas && { excludeSchemas }) }];
  return (await readSchemas(session, { matching }, options)).catalog;
}

/** @throws as askCatalog does */
export async function readSchemas(
  session: DatabaseSession,
  schemas: SchemaChoice,
  { withToken = false, known, ...options }: AskOptions & { withToken?: boolean; known?: KnownFacts },
): Promise<TokenedRead> {
  const { serverVersion } = session;
  const major = majorOf(serverVersion);
  const read = (row: Record<string, unknown>): Fact => {
    const fact = toFact(row as FamilyRow, major);
    return known?.same(fact) ?? fact;
  };
  const answer = await askCatalog(session, { schemas, as: 'facts', withToken }, options, read);
  const { token, databaseMs } = answer;
  return {
    token,
    catalog: {
      facts: inOrder(answer.facts),
      notVerified: notVerifiedOf(answer, serverVersion),
      serverVersion,
    },
    databaseMs,
  };
}

function inOrder(facts: readonly Fact[]): Fact[] {
  const sorted = sortFacts(facts);
  // A view that was made anew between two messages is in both: the later one counts.
  return sorted.filter((fact, place) => {
    const next = sorted[place + 1];
    return next === undefined || compareFacts(fact, next) !== 0;
  });
}

/** Lists of PostgreSQL's own form. */
const grantColumns = new Set(['grants', 'revoked']);
const identityColumns = new Set(['kind', 'id', 'parent', 'needs']);

function toFact(row: FamilyRow, major: number): Fact {
  const attributes: JsonObject = {};
  for (const column in row) {
    const value = row[column];
    if (value === null || value === undefined || identityColumns.has(column)) continue;
    const told = grantColumns.has(column)
      ? grantsOf(value as unknown as GrantList, major)
      : valueQuotedAsNewest(row.kind, column, value, major);
    if (told !== null) attributes[column] = told;
  }
  const fact: Fact = { kind: row.kind, id: quotedAsNewest(row.id, major), attributes };
  if (row.parent !== null) fact.parent = keyQuotedAsNewest(row.parent, major);
  if (row.needs !== null && row.needs.length > 0) fact.needs = row.needs.map((key) => keyQuotedAsNewest(key, major));
  return fact;
}

/** What could not be read because of somebody's lock, each named once. */
export function notVerifiedOf({ locked }: Pick<Answer, 'locked'>, serverVersion: number): NotVerified[] {
  const major = majorOf(serverVersion);
  const bySubject = new Map(
    locked.map((row) => {
      const [kind, subject] = [String(row.kind), quotedAsNewest(String(row.id), major)];
      const reason = 'another session holds or awaits an ACCESS EXCLUSIVE lock on it or on a relation it reads';
      return [`${subject} ${kind}`, { kind, subject, reason }];
    }),
  );
  return [...bySubject].sort(([a], [b]) => byCodeUnit(a, b)).map(([, entry]) => entry);
}
