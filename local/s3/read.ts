// GetObject and HeadObject of one object: conditions, ranges, and the headers that tell about it.
import { Refusal } from '../aws-service.ts';
import type { Answer, Received } from '../http-server.ts';
import { preconditionFailed, type StoredObject, unquoted } from './bucket.ts';

export function readAnswer(object: StoredObject | undefined, request: Received): Answer {
  if (!object) throw new Refusal(404, 'NoSuchKey', 'The specified key does not exist.');
  const ifMatch = request.headers['if-match'];
  if (ifMatch !== undefined && unquoted(ifMatch) !== unquoted(object.etag)) throw preconditionFailed();
  const headers = {
    etag: object.etag,
    'last-modified': object.lastModified.toUTCString(),
    'content-type': object.contentType,
    'accept-ranges': 'bytes',
  };
  const range = request.headers.range === undefined ? undefined : rangeOf(request.headers.range, object.body.length);
  if (!range) {
    const asked = request.headers['x-amz-checksum-mode'] === 'ENABLED';
    return answerFor(request, 200, { ...headers, ...(asked ? object.checksums : {}) }, object.body);
  }
  const part = object.body.subarray(range.first, range.last + 1);
  const contentRange = `bytes ${range.first}-${range.last}/${object.body.length}`;
  return answerFor(request, 206, { ...headers, 'content-range': contentRange }, part);
}

/** HEAD tells the length of a body that it does not send. */
function answerFor(request: Received, status: number, headers: Record<string, string>, body: Uint8Array): Answer {
  return request.method === 'HEAD'
    ? { status, headers: { ...headers, 'content-length': String(body.length) } }
    : { status, headers, body };
}

/** `undefined` for what is not one range of bytes: S3 then sends everything. */
function rangeOf(header: string, size: number): { first: number; last: number } | undefined {
  const [, start = '', end = ''] = /^bytes=(\d*)-(\d*)$/.exec(header) ?? [];
  if (start === '' && end === '') return undefined;
  const first = start === '' ? Math.max(0, size - Number(end)) : Number(start);
  const last = start === '' || end === '' ? size - 1 : Math.min(Number(end), size - 1);
  if (first > last) throw new Refusal(416, 'InvalidRange', 'The requested range is not satisfiable');
  return { first, last };
}
