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

type Rows = Record<string, unknown>[];

/** The rows of the statements of each part, over all messages. */
export interface Answer {
  schemas: Rows;
  locked: Rows;
  facts: Rows[];
  digests: Rows;
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
 * @throws EdgeError `invalid` for a server that is too old, or too new to be read as the newest known one; what the
 * session throws otherwise
 */
export async function askCatalog(session: DatabaseSession, question: Question, options: AskOptions): Promise<Answer> {
  checkVersion(session.serverVersion);
  try {
    return await askOnce(session, question, options);
  } catch (error) {
    if (!options.reconnect || !crossedByDdl.has(sqlState(error))) throw explained(error, session.serverVersion);
    const fresh = await options.reconnect();
    try {
      return await askOnce(fresh, question, options);
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
  const { token, databaseMs } = answerOf([await send(session, message, options.signal)]);
  return { token, databaseMs };
}

async function askOnce(session: DatabaseSession, question: Question, options: AskOptions): Promise<Answer> {
  const limits = { ...defaultLimits, ...options.limits };
  const ask = (message: Statement[]) => send(session, message, options.signal);
  const first = await ask(catalogMessage(session.serverVersion, question, limits));
  const starts = first.slices.flat().flatMap((row) => row.starts as number[]);
  if (starts.length === 0) return answerOf([first]);
  return answerOf([first, await ask(furtherViewsMessage(session.serverVersion, question, starts, limits))]);
}

type Parts = Record<Part, Rows[]>;

async function send(session: DatabaseSession, message: Statement[], signal: AbortSignal | undefined): Promise<Parts> {
  const results = await session.queryAll(
    message.map(({ sql }) => sql),
    signal,
  );
  const of = (wanted: Part) => results.filter((_, place) => message[place]?.part === wanted);
  return {
    token: of('token'),
    schemas: of('schemas'),
    slices: of('slices'),
    locked: of('locked'),
    facts: of('facts'),
    digests: of('digests'),
    spent: of('spent'),
  };
}

function answerOf(messages: readonly [Parts, ...Parts[]]): Answer {
  const [first] = messages;
  return {
    schemas: first.schemas.flat(),
    locked: messages.flatMap(({ locked }) => locked.flat()),
    facts: messages.flatMap(({ facts }) => facts),
    digests: messages.flatMap(({ digests }) => digests.flat()),
    token: String(first.token[0]?.[0]?.token ?? ''),
    databaseMs: Math.round(messages.reduce((sum, { spent }) => sum + Number(spent[0]?.[0]?.ms ?? 0), 0)),
  };
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
