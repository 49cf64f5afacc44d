// The one HTTP server of the embedded world: a whole request in, a whole answer out, on loopback. What a handler
// cannot say with a status (never answer, cut the connection) it can say with a word. Ends with the process.
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  method: string;
  /** As sent: not decoded, dots not resolved, without the query. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export type Answer =
  | { status: number; headers?: Record<string, string>; body?: string | Uint8Array }
  /** The connection stays open and nothing is sent. */
  | 'silence'
  /** The connection is reset. */
  | 'reset';

export interface LocalServer {
  /** `http://127.0.0.1:<port>`, no slash at the end. */
  url: string;
  port: number;
  /** Stops listening and drops every connection. */
  close(): Promise<void>;
}

/**
 * Serves requests until closed. A handler that throws answers 500 with the error's message.
 * @param port @default any free one
 */
export async function serve(
  handler: (request: Received) => Answer | Promise<Answer>,
  options: { port?: number } = {},
): Promise<LocalServer> {
  // Longer than any client keeps an idle connection, so that none is closed just as it is used again.
  const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
    respond(handler, request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' });
      response.end(error instanceof Error ? error.message : String(error));
    });
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function respond(
  handler: (request: Received) => Answer | Promise<Answer>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch {
    // The caller hung up before the end of its request: there is nobody to answer, and nothing to apply.
    return;
  }
  const [path = '/', query = ''] = splitOnce(request.url ?? '/', '?');
  const answer = await handler({
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers: request.headers,
    body: Buffer.concat(chunks),
  });
  if (answer === 'silence') return;
  if (answer === 'reset') {
    request.socket.resetAndDestroy();
    return;
  }
  const body = Buffer.from(answer.body ?? '');
  response.writeHead(answer.status, { 'content-length': String(body.length), ...answer.headers });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
