// The network in front of PostgreSQL, as a test turns it: open, shut, or taking connections and never answering.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Network {
  /** A URL of the server behind it, by way of this network. */
  through(url: string): string;
  open(): Promise<void>;
  /** Cuts every connection, and refuses new ones as a stopped server does. */
  shut(): Promise<void>;
  /** Takes connections from now on and says nothing. */
  hush(): Promise<void>;
  close(): Promise<void>;
}

export async function startNetwork(serverPort: number): Promise<Network> {
  const sockets = new Set<Socket>();
  let silent = false;
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    keep(near);
    if (silent) {
      near.resume();
      return;
    }
    const far = connect(serverPort, '127.0.0.1');
    keep(far);
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  const listen = async (port: number): Promise<void> => {
    if (server.listening) return;
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;

  async function shut(): Promise<void> {
    for (const socket of sockets) socket.destroy();
    if (!server.listening) return;
    server.close();
    await once(server, 'close');
  }
  return {
    through(url) {
      const address = new URL(url);
      address.port = String(port);
      return address.href;
    },
    async open() {
      silent = false;
      await listen(port);
    },
    shut,
    async hush() {
      silent = true;
      await listen(port);
    },
    close: shut,
  };
}
