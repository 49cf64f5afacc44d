// Servers on loopback for tests of what speaks HTTP: any handler, with or without TLS, and raw TCP for those that
// misbehave. Every server is stopped when the test file that started it ends.
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { afterAll } from 'vitest';
import type { Certificate } from './certificates.ts';

export interface StartedServer {
  /** Without a slash at the end: `http://127.0.0.1:41234`. */
  url: string;
  port: number;
  /** For a server that has to be gone before its test file ends. */
  close(): Promise<void>;
}

/** Beside its own certificate, a server presents those of `chain`, PEM text. */
export async function startHttpServer(
  handler: RequestListener,
  tls?: Certificate & { chain?: string[] },
): Promise<StartedServer> {
  if (tls === undefined) return listen(createHttpServer(handler), 'http');
  return listen(
    createHttpsServer({ key: tls.key, cert: [tls.cert, ...(tls.chain ?? [])].join('\n') }, handler),
    'https',
  );
}

export async function startTcpServer(onConnection: (socket: Socket) => void): Promise<StartedServer> {
  return listen(createTcpServer(onConnection), 'http');
}

const stops: (() => Promise<void>)[] = [];
afterAll(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

async function listen(server: Server, scheme: string): Promise<StartedServer> {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of open) socket.destroy();
    });
  stops.push(close);
  const { port } = server.address() as AddressInfo;
  return { url: `${scheme}://127.0.0.1:${port}`, port, close };
}
