// One connection for statements that come one by one, and what is known of it: whether a transaction is open.
import { localClient } from '../postgres/client.ts';

export interface SqlConnection {
  /** `idle`, within a transaction, or within one that has failed. */
  readonly state: 'idle' | 'open' | 'failed';
  /** Rejects with the driver's own error. */
  run(text: string): Promise<void>;
  close(): Promise<void>;
}

/** What `pg` has and its types leave out. */
interface Wire {
  connection: NodeJS.EventEmitter & { stream: { destroy(): void } };
}

const states = { I: 'idle', T: 'open', E: 'failed' } as const;

export async function openConnection(url: string, signal: AbortSignal): Promise<SqlConnection> {
  signal.throwIfAborted();
  const client = localClient(url);
  const { connection } = client as unknown as Wire;
  let state: SqlConnection['state'] = 'idle';
  connection.on('readyForQuery', ({ status }: { status: keyof typeof states }) => {
    state = states[status];
  });
  // What breaks the connection is told by the statement that it breaks.
  client.on('error', () => {});
  const abort = () => connection.stream.destroy();
  signal.addEventListener('abort', abort, { once: true });
  const throughSignal = async <Result>(promise: Promise<Result>): Promise<Result> => {
    try {
      return await promise;
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  };
  await throughSignal(client.connect());
  return {
    get state() {
      return state;
    },
    async run(text) {
      await throughSignal(client.query(text));
    },
    async close() {
      signal.removeEventListener('abort', abort);
      await client.end().catch(() => {});
    },
  };
}
