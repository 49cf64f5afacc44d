// A PostgreSQL server of its own whose certificate and access rules (pg_hba.conf) a test can change while it runs, and a
// TCP server for what no real PostgreSQL does.
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import pg from 'pg';
import { expect, vi } from 'vitest';
import { type PostgresServer, startPostgres } from '../../local/postgres.ts';

export interface TlsPostgres {
  server: PostgresServer;
  query(sql: string): Promise<Record<string, unknown>[]>;
  /** @param tls `undefined` turns TLS off */
  useCertificate(tls: { cert: string; key: string } | undefined): Promise<void>;
  /** Lines of pg_hba.conf that come before "everybody with a password". */
  useRules(...lines: string[]): Promise<void>;
  stop(): Promise<void>;
}

export async function startTlsPostgres(settings: Record<string, string> = {}): Promise<TlsPostgres> {
  const server = await startPostgres({ settings });
  const admin = new pg.Client({ connectionString: server.url() });
  await admin.connect();
  const query = async (sql: string): Promise<Record<string, unknown>[]> => (await admin.query(sql)).rows;

  // Written by the server itself, since its files may belong to another account than ours.
  const write = (file: string, content: string): Promise<unknown> =>
    query(
      `copy (select unnest(string_to_array(${pg.escapeLiteral(content.trim())}, E'\\n'))) to program 'umask 077; cat > ${file}'`,
    );
  const reload = async (): Promise<void> => {
    const loadedAt = async (): Promise<unknown> => (await query('select pg_conf_load_time()::text as at'))[0]?.at;
    const before = await loadedAt();
    await query('select pg_reload_conf()');
    await vi.waitFor(async () => expect(await loadedAt()).not.toBe(before), { interval: 10, timeout: 10_000 });
  };

  return {
    server,
    query,
    async useCertificate(tls) {
      if (tls) {
        await write('server.crt', tls.cert);
        await write('server.key', tls.key);
      }
      await query(`alter system set ssl = ${tls ? 'on' : 'off'}`);
      await reload();
    },
    async useRules(...lines) {
      const always = ['host all postgres 127.0.0.1/32 scram-sha-256'];
      await write(
        'pg_hba.conf',
        [...always, ...lines, 'host all all all scram-sha-256', 'local all all scram-sha-256'].join('\n'),
      );
      await reload();
    },
    async stop() {
      await admin.end();
      await server.stop();
    },
  };
}

export interface FakeServer {
  port: number;
  /** How many connections it has had, and how many are open now. */
  connections: { had: number; open: number };
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 and lets the test do what it likes with every connection. */
export async function fakeServer(serve: (socket: Socket) => void): Promise<FakeServer> {
  const connections = { had: 0, open: 0 };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    connections.had += 1;
    connections.open += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      connections.open -= 1;
      sockets.delete(socket);
    });
    serve(socket);
    // Without reading, the end of the connection is not seen.
    socket.resume();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    connections,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A server's ErrorResponse. https://www.postgresql.org/docs/current/protocol-error-fields.html */
export function errorResponse(code: string, message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`);
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}
