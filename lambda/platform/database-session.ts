// One PostgreSQL session over `pg`: opened read-only within a deadline, asked with one message at a time, and thrown
// away after the first failure. A session that is given up leaves nothing behind: not a socket here, not a query there.
import type { EventEmitter } from 'node:events';
import { isIP, Socket } from 'node:net';
import pg from 'pg';
import { EdgeError } from '../errors.ts';
import { databaseError, databaseTimeout, type Stage } from './database-errors.ts';
import type { Endpoint } from './database-secret.ts';
import type { DatabaseSession, Heap } from './ports.ts';
import type { Encryption } from './tls.ts';

// Sent with the startup message, so that they cost no round trip and hold from the first statement on. The time limits
// are for a session whose client has vanished: 10 minutes is the longest that a check may run.
const sessionOptions = [
  'default_transaction_read_only=on',
  'client_encoding=UTF8',
  'statement_timeout=600000',
  'idle_in_transaction_session_timeout=60000',
]
  .map((option) => `-c ${option}`)
  .join(' ');

/** What `pg` has and its types leave out. */
interface Wire {
  connection: EventEmitter;
  processID: number | null;
  secretKey: number | null;
}

/** @throws the driver's own error when refused (databaseError translates it), EdgeError `timeout` at the deadline */
export async function openSession(
  to: Endpoint,
  encryption: Encryption,
  signal: AbortSignal,
  heap?: Heap,
): Promise<DatabaseSession> {
  const socket = new Socket();
  let stage: Stage = isIP(to.host) || to.host.startsWith('/') ? 'connecting' : 'looking up the name';
  socket.once('lookup', () => {
    stage = 'connecting';
  });
  socket.once('connect', () => {
    stage = 'waiting for PostgreSQL';
  });
  const client = new pg.Client({
    host: to.host,
    port: to.port,
    database: to.database,
    user: to.user,
    // A function, since `pg` would fill an absent password in from the environment or a file.
    password: () => passwordOf(to),
    ssl: encryption,
    sslnegotiation: 'postgres',
    application_name: 'driftwatch',
    options: sessionOptions,
    stream: () => socket,
  });
  const wire = client as unknown as Wire;
  let serverVersion = 0;
  wire.connection.on('parameterStatus', (status: { parameterName: string; parameterValue: string }) => {
    if (status.parameterName === 'server_version') serverVersion = versionNumber(status.parameterValue);
  });
  // While connecting, the promise tells; afterwards, sessionOver listens as well.
  client.on('error', () => {});
  try {
    await untilAborted(client.connect(), signal, () => databaseTimeout(to, stage));
    if (serverVersion === 0) throw new Error('it does not say which version it is');
  } catch (error) {
    socket.destroy();
    throw error;
  }
  return sessionOver({ client, socket, to, serverVersion, heap });
}

function sessionOver(open: {
  client: pg.Client;
  socket: Socket;
  to: Endpoint;
  serverVersion: number;
  heap: Heap | undefined;
}): DatabaseSession {
  const { client, socket, to, serverVersion, heap } = open;
  let broken: EdgeError | undefined;
  // What happens between two queries is reported by the next one.
  client.on('error', (error) => {
    broken ??= databaseError(error, to, 'running a query');
  });

  // The goodbye is sent and not waited for, as libpq does: a server takes some 4 ms to end a session.
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      if (socket.closed) return resolve();
      // A server that no longer reads must not keep us.
      const timer = setTimeout(() => socket.destroy(), 1_000).unref();
      socket.once('finish', resolve);
      socket.once('close', () => {
        clearTimeout(timer);
        resolve();
      });
      void client.end();
    });

  return {
    serverVersion,
    async queryAll(statements, signal, take) {
      if (broken) throw broken;
      if (statements.length === 0) return [];
      // On a line of its own, so that a statement may end with a comment.
      const message = statements.join('\n;\n');
      try {
        const asked = take ? handOver(client, message, { take, heap }) : client.query(message);
        const answer: unknown = await untilAborted(asked, signal, () => {
          cancel(client as unknown as Wire, to);
          return databaseTimeout(to, 'running a query');
        });
        const results = (Array.isArray(answer) ? answer : [answer]) as pg.QueryResult[];
        if (results.length !== statements.length) {
          throw new Error(`${statements.length} statements were sent and ${results.length} were answered`);
        }
        return results.map((result) => result.rows);
      } catch (error) {
        broken ??= databaseError(error, to, 'running a query');
        // What is still coming is of no more use.
        if (broken.reason === 'timeout' || error === broken) socket.destroy();
        await close();
        throw broken;
      }
    },
    close,
  };
}

/** How many rows come before room is asked for again, and how much they may take. */
const rowsAtOnce = 2_000;
const heapOfRows = 5_000_000;

interface Taking {
  take: (row: Record<string, unknown>, statement: number) => void;
  heap: Heap | undefined;
}

/** Each row as it comes: `pg` keeps none that somebody listens for. */
function handOver(client: pg.Client, message: string, { take, heap }: Taking): Promise<unknown> {
  const { connection } = client as unknown as Wire;
  const query = new pg.Query<Record<string, unknown>>(message);
  let statement = 0;
  const next = (): void => {
    statement += 1;
  };
  connection.on('commandComplete', next);
  let rows = 0;
  return new Promise<unknown>((resolve, reject) => {
    query.on('row', (row) => {
      try {
        if (rows++ % rowsAtOnce === 0) heap?.need(heapOfRows, 'what the database answers');
        take(row, statement);
      } catch (error) {
        // Thrown here, it would end the process.
        reject(error);
      }
    });
    query.on('end', resolve);
    query.on('error', reject);
    client.query(query);
  }).finally(() => connection.off('commandComplete', next));
}

function passwordOf({ password }: Endpoint): string {
  if (password !== undefined) return password;
  throw new EdgeError('authentication', 'the server asks for a password, and neither secret nor URL has one', {
    remedy: 'Add the password to the secret or URL.',
  });
}

/** `15.18 (Debian 15.18-1)`, `18beta1`, `9.6.24` as `server_version_num` writes them. */
export function versionNumber(text: string): number {
  const [, first = '0', second = '0', third = '0'] = /^(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(text) ?? [];
  return Number(first) < 10
    ? Number(first) * 10_000 + Number(second) * 100 + Number(third)
    : Number(first) * 10_000 + Number(second);
}

/** Settles with the promise, or rejects as soon as the signal aborts. */
export async function untilAborted<Value>(
  promise: Promise<Value>,
  signal: AbortSignal | undefined,
  timedOut: () => EdgeError,
): Promise<Value> {
  if (!signal) return promise;
  let onAbort = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(timedOut());
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  // Whichever loses must not become an unhandled rejection.
  promise.catch(() => {});
  aborted.catch(() => {});
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/**
 * Asks the server to stop what this session runs, over a connection of its own: closing a socket does not stop a query.
 * Best effort, since statement_timeout ends it at last; in plain text, as libpq did until 17: the key is of no more
 * use once this session is closed. https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS
 */
function cancel({ processID, secretKey }: Wire, { host, port }: Endpoint): void {
  if (processID === null || secretKey === null) return;
  const request = Buffer.alloc(16);
  for (const [index, word] of [16, 80_877_102, processID, secretKey].entries()) request.writeInt32BE(word, index * 4);
  const socket = new Socket();
  socket.setTimeout(2_000, () => socket.destroy());
  socket.on('error', () => socket.destroy());
  socket.once('connect', () => socket.end(request));
  if (host.startsWith('/')) socket.connect(`${host}/.s.PGSQL.${port}`);
  else socket.connect(port, host);
  socket.unref();
}
