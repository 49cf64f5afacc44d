// One request and its answer over a connection that is already open and verified. Reads no more of a body than was
// asked for, whatever the server says its length is.
import { once } from 'node:events';
import { type IncomingMessage, request as sendRequest } from 'node:http';
import { performance } from 'node:perf_hooks';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { HttpPhase } from '../errors.ts';
import type { Connection } from './http-connect.ts';
import { type Exchange, httpFailure } from './http-failure.ts';

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
  bodyTruncated: boolean;
  firstByteMs: number;
  downloadMs: number;
}

export async function exchangeOver(
  connection: Connection,
  exchange: Exchange & { headers: Record<string, string>; body: string | undefined; maxBodyBytes: number },
): Promise<Answer> {
  let phase: HttpPhase = 'request';
  const destroy = () => connection.socket.destroy();
  exchange.signal.addEventListener('abort', destroy);
  try {
    exchange.signal.throwIfAborted();
    const request = sendRequest({
      method: exchange.method,
      path: exchange.url.pathname + exchange.url.search,
      headers: exchange.headers,
      setHost: false,
      createConnection: () => connection.socket,
    });
    let sentAt = performance.now();
    request.once('finish', () => {
      sentAt = performance.now();
      phase = 'answer';
    });
    // Nobody asked for another protocol; without a listener, Node would drop the connection and say nothing.
    request.once('upgrade', () =>
      request.emit('error', Object.assign(new Error(), { code: 'HPE_UNEXPECTED_UPGRADE' })),
    );
    const answered = once(request, 'response', { signal: exchange.signal });
    // A later failure of the connection (a reset while the body is read) reaches the reader of the body as well.
    request.on('error', () => undefined);
    request.end(exchange.body);
    const [response] = (await answered) as [IncomingMessage];
    const answeredAt = performance.now();
    phase = 'download';
    const read = await readBody(response, exchange.maxBodyBytes);
    return {
      status: response.statusCode ?? 0,
      headers: flatten(response.headers),
      ...read,
      firstByteMs: Math.max(0, answeredAt - sentAt),
      downloadMs: performance.now() - answeredAt,
    };
  } catch (error) {
    throw httpFailure(exchange, phase, error);
  } finally {
    exchange.signal.removeEventListener('abort', destroy);
    connection.socket.destroy();
  }
}

async function readBody(response: IncomingMessage, maxBytes: number): Promise<Pick<Answer, 'body' | 'bodyTruncated'>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of decoded(response) as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > maxBytes) break;
  }
  // Text is UTF-8 or unreadable: a byte that is not becomes U+FFFD, which no assertion expects.
  const body = new TextDecoder().decode(Buffer.concat(chunks).subarray(0, maxBytes));
  return { body, bodyTruncated: size > maxBytes };
}

/** Compression is not asked for, but some servers compress all the same. */
function decoded(response: IncomingMessage): Readable {
  const inflate = inflaters[response.headers['content-encoding']?.toLowerCase() ?? '']?.();
  if (inflate === undefined) return response;
  response.once('error', (error) => inflate.destroy(error));
  return response.pipe(inflate);
}

const inflaters: Record<string, () => Readable & NodeJS.WritableStream> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

function flatten(headers: IncomingMessage['headers']): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}
