// ListObjectsV2 over a bucket: its parameters read, its page written as XML.
import { Refusal } from '../aws-service.ts';
import type { Answer } from '../http-server.ts';
import { type XmlElement, xmlDocument } from '../xml.ts';
import type { Bucket } from './bucket.ts';

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

export function listAnswer(name: string, bucket: Bucket, query: URLSearchParams): Answer {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const maxKeys = maxKeysOf(query.get('max-keys'));
  const token = query.get('continuation-token');
  const startAfter = query.get('start-after') ?? '';
  const after = token === null ? startAfter : positionOf(token);
  const page = bucket.list({ prefix, delimiter, after, maxKeys });

  const elements: XmlElement[] = [
    ['Name', name],
    ['Prefix', prefix],
    ['MaxKeys', maxKeys],
    ['KeyCount', page.objects.length + page.commonPrefixes.length],
    ['IsTruncated', page.next !== undefined],
  ];
  if (delimiter !== '') elements.push(['Delimiter', delimiter]);
  if (startAfter !== '') elements.push(['StartAfter', startAfter]);
  if (token !== null) elements.push(['ContinuationToken', token]);
  if (page.next !== undefined) elements.push(['NextContinuationToken', tokenFor(page.next)]);
  for (const object of page.objects) {
    elements.push([
      'Contents',
      [
        ['Key', object.key],
        ['LastModified', object.lastModified.toISOString()],
        ['ETag', object.etag],
        ['Size', object.body.length],
        ['StorageClass', 'STANDARD'],
      ],
    ]);
  }
  for (const group of page.commonPrefixes) elements.push(['CommonPrefixes', [['Prefix', group]]]);
  const body = xmlDocument(['ListBucketResult', elements], namespace);
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}

function maxKeysOf(text: string | null): number {
  if (text === null) return 1_000;
  if (/^\d+$/.test(text)) return Math.min(Number(text), 1_000);
  throw new Refusal(400, 'InvalidArgument', 'Provided max-keys not an integer or within integer range');
}

// A token means nothing to the caller: it is where the last page ended, behind a mark that tells it from other text.
const mark = 'after:';

function tokenFor(position: string): string {
  return Buffer.from(mark + position).toString('base64url');
}

function positionOf(token: string): string {
  const text = Buffer.from(token, 'base64url').toString();
  if (text.startsWith(mark)) return text.slice(mark.length);
  throw new Refusal(400, 'InvalidArgument', 'The continuation token provided is incorrect');
}
