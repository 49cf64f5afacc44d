// The object inside a PutObject request: as sent, or unwrapped from the chunks that SDKs use to put a checksum behind
// the data (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html). Checksums are verified.
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { Refusal } from '../aws-service.ts';
import type { Received } from '../http-server.ts';

export interface SentObject {
  body: Uint8Array;
  checksums: Record<string, string>;
}

const crc32Header = 'x-amz-checksum-crc32';

export function sentObject(request: Received): SentObject {
  const chunked = String(request.headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-');
  const { body, trailers } = chunked ? unchunk(request.body) : { body: request.body, trailers: {} };
  const declared: Record<string, string> = { ...trailers };
  for (const [name, value] of Object.entries(request.headers)) {
    if (/^x-amz-checksum-(?!algorithm$|type$)/.test(name)) declared[name] = String(value);
  }
  verify(declared[crc32Header], () => crc32Of(body));
  verify(headerOf(request, 'content-md5'), () => createHash('md5').update(body).digest('base64'));
  const crc = declared[crc32Header];
  return { body, checksums: crc === undefined ? {} : { [crc32Header]: crc } };
}

function unchunk(wire: Buffer): { body: Buffer; trailers: Record<string, string> } {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = wire.indexOf('\r\n', at);
    const size = end === -1 ? Number.NaN : Number.parseInt(wire.toString('latin1', at, end), 16);
    if (Number.isNaN(size) || end + 2 + size > wire.length) {
      throw new Refusal(400, 'IncompleteBody', 'The request body terminated unexpectedly');
    }
    at = end + 2;
    if (size === 0) break;
    parts.push(wire.subarray(at, at + size));
    at += size + 2;
  }
  const lines = wire.toString('latin1', at).split('\r\n');
  const pairs = lines.filter((line) => line.includes(':')).map((line) => line.split(/:\s*/, 2));
  return {
    body: Buffer.concat(parts),
    trailers: Object.fromEntries(pairs.map(([name = '', value = '']) => [name.toLowerCase(), value])),
  };
}

function verify(declared: string | undefined, actual: () => string): void {
  if (declared === undefined || declared === actual()) return;
  throw new Refusal(400, 'BadDigest', 'The checksum you specified did not match what we received.');
}

function crc32Of(body: Uint8Array): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes.toString('base64');
}

function headerOf(request: Received, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}
