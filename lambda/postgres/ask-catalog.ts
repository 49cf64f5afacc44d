// Sends a question to a database and sorts its answer by what the rows are: one message, two when there are very many
// views. A question that crossed somebody's DDL is asked once more, over another session.
import { EdgeError } from '../errors.ts';
import type { DatabaseSession } from '../platform/ports.ts';
import {
  catalogMessage,
  furtherViewsMessage,
  type Part,
  type Question,
  type SessionLimits,
  type Statement,
  tokenMessage,
} from './session.ts';
import { majorOf, newestMajor, oldestMajor } from './versions.ts';

export interface AskOptions {
  signal?: AbortSignal;
  /** @default 20 s a statement, 500 ms a lock */
  limits?: Partial<SessionLimits>;
  /**
   * Opens another session when a read crossed somebody's DDL, for a second and last try; that session is closed here.
   * @default such a read fails
   */
  reconnect?: () => Promise<DatabaseSession>;
}

type Row = Record<string, unknown>;

/** The rows of the statements of each part, over all messages. */
export interface Answer<Told = never> {
  schemas: Row[];
  locked: Row[];
  facts: Told[];
  digests: Row[];
  /** Empty when it was not asked for. */
  token: string;
  /** Time that the server itself was at work. */
  databaseMs: number;
}

const defaultLimits: SessionLimits = { statementTimeoutMs: 20_000, lockTimeoutMs: 500 };

/** SQLSTATEs of a read that crossed somebody's DDL: a lock not had in time, an object gone between two lookups. */
const crossedByDdl = new Set(['55P03', 'XX000', '42P01', '42703', '42704', '42883', '40001']);

/** SQLSTATEs of a catalog that is not what the families take it for. */
const otherCatalog = new Set(['42P01', '42703', '42704', '42883']);

/**
 * @param toFact makes a fact of each row of a family as it comes, since all rows at once need more memory than a small
 * function has
 * @throws EdgeError `invalid` for a server that is too old, or too new to be read as the newest known one; what the
 * session throws otherwise
 */
export async function askCatalog<Told>(
  session: DatabaseSession,
  question: Question,
  options: AskOptions,
  toFact: (row: Row) => Told,
): Promise<Answer<Told>> {
  checkVersion(session.serverVersion);
  try {
    return await askOnce(session, question, options, toFact);
  } catch (error) {
    if (!options.reconnect || !crossedByDdl.has(sqlState(error))) throw explained(error, session.serverVersion);
    const fresh = await options.reconnect();
    try {
      return await askOnce(fresh, question, options, toFact);
    } catch (again) {
      throw explained(again, session.serverVersion);
    } finally {
      await fresh.close();
    }
  }
}

/** Asks for the change token alone: one short statement. */
export async function askToken(
  session: DatabaseSession,
  options: AskOptions,
): Promise<Pick<Answer, 'token' | 'databaseMs'>> {
  checkVersion(session.serverVersion);
  const message = tokenMessage(session.serverVersion, { ...defaultLimits, ...options.limits });
  const answer = emptyAnswer<never>();
  await send(session, message, options.signal, answer, () => {
    throw new Error('a family answers what only the token was asked for');
  });
  return { token: answer.token, databaseMs: Math.round(answer.databaseMs) };
}

async function askOnce<Told>(
  session: DatabaseSession,
  question: Question,
  options: AskOptions,
  toFact: (row: Row) => Told,
): Promise<Answer<Told>> {
  const { serverVersion } = session;
  const limits = { ...defaultLimits, ...options.limits };
  const answer = emptyAnswer<Told>();
  const ask = (message: Statement[]) => send(session, message, options.signal, answer, toFact);
  const starts = await ask(catalogMessage(serverVersion, question, limits));
  // Both messages say which schemas they read: the first one counts.
  const schemas = [...answer.schemas];
  if (starts.length > 0) await ask(furtherViewsMessage(serverVersion, question, starts, limits));
  return { ...answer, schemas, databaseMs: Math.round(answer.databaseMs) };
}

function emptyAnswer<Told>(): Answer<Told> {
  return { schemas: [], locked: [], facts: [], digests: [], token: '', databaseMs: 0 };
}

/** @returns where further slices of views start */
async function send<Told>(
  session: DatabaseSession,
  message: readonly Statement[],
  signal: AbortSignal | undefined,
  answer: Answer<Told>,
  toFact: (row: Row) => Told,
): Promise<number[]> {
  let starts: number[] = [];
  const take: Readonly<Record<Part, (row: Row) => void>> = {
    token: ({ token }) => {
      answer.token = String(token);
    },
    schemas: (row) => answer.schemas.push(row),
    slices: (row) => {
      starts = row.starts as number[];
    },
    locked: (row) => answer.locked.push(row),
    facts: (row) => answer.facts.push(toFact(row)),
    digests: (row) => answer.digests.push(row),
    spent: ({ ms }) => {
      answer.databaseMs += Number(ms);
    },
  };
  const takeOf = (row: Row, statement: number): void => {
    const part = message[statement]?.part;
    if (part) take[part](row);
  };
  const kept = await session.queryAll(
    message.map(({ sql }) => sql),
    signal,
    takeOf,
  );
  kept.forEach((rows, statement) => {
    for (const row of rows) takeOf(row, statement);
  });
  return starts;
}

function checkVersion(serverVersion: number): void {
  const major = majorOf(serverVersion);
  if (major >= oldestMajor) return;
  throw new EdgeError('invalid', `The server is PostgreSQL ${major}.`, {
    remedy: `Driftwatch reads PostgreSQL ${oldestMajor} and newer; upgrade the server.`,
  });
}

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
