// The objects of one bucket, in memory: conditional writes, reads, and listing in key order. Values and rules only;
// HTTP and XML are in the files beside it. Every operation is one synchronous step, so of any number of racing
// conditional writes exactly one finds its condition true.
import { createHash } from 'node:crypto';
import { Refusal } from '../aws-service.ts';

export interface StoredObject {
  key: string;
  body: Uint8Array;
  /** With the quotes, as S3 writes it: `"9a0364b9e99bb480dd25e1f0284c8555"`. */
  etag: string;
  /** Whole seconds, as S3 keeps it. */
  lastModified: Date;
  contentType: string;
  /** Checksum headers that came with the object: `x-amz-checksum-crc32`. */
  checksums: Record<string, string>;
}

type Condition = { ifNoneMatch?: string | undefined; ifMatch?: string | undefined };

interface ListRequest {
  prefix: string;
  delimiter: string;
  /** Only what comes after this key. */
  after: string;
  maxKeys: number;
}

interface ListPage {
  objects: StoredObject[];
  commonPrefixes: string[];
  /** Key or common prefix that the next page starts after; `undefined` on the last page. */
  next: string | undefined;
}

export interface Bucket {
  put(object: Omit<StoredObject, 'etag'>, condition?: Condition): StoredObject;
  get(key: string): StoredObject | undefined;
  delete(key: string): void;
  list(request: ListRequest): ListPage;
}

export function createBucket(): Bucket {
  const objects = new Map<string, StoredObject>();
  let sorted: string[] | undefined;

  function keys(): string[] {
    sorted ??= [...objects.keys()].sort(byUtf8);
    return sorted;
  }

  return {
    put(object, condition = {}) {
      checkCondition(objects.get(object.key), condition);
      const etag = `"${createHash('md5').update(object.body).digest('hex')}"`;
      const lastModified = new Date(Math.floor(object.lastModified.getTime() / 1_000) * 1_000);
      const stored = { ...object, etag, lastModified };
      if (!objects.has(object.key)) sorted = undefined;
      objects.set(object.key, stored);
      return stored;
    },
    get: (key) => objects.get(key),
    delete(key) {
      if (objects.delete(key)) sorted = undefined;
    },
    list(request) {
      const page: ListPage = { objects: [], commonPrefixes: [], next: undefined };
      if (request.maxKeys === 0) return page;
      let last = request.after;
      for (const key of keys()) {
        if (!key.startsWith(request.prefix) || byUtf8(key, request.after) <= 0) continue;
        const group = groupOf(key, request);
        // Everything under a common prefix that is already listed, here or on the page before, belongs to it.
        if (group !== undefined && group === last) continue;
        if (page.objects.length + page.commonPrefixes.length === request.maxKeys) return { ...page, next: last };
        last = group ?? key;
        if (group !== undefined) page.commonPrefixes.push(group);
        else page.objects.push(objects.get(key) as StoredObject);
      }
      return page;
    },
  };
}

/** S3 lists in the order of the keys' UTF-8 bytes, which is not that of JavaScript's UTF-16 units. */
function byUtf8(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

/** The common prefix that a key is listed under; `undefined` when it is listed itself. */
function groupOf(key: string, { prefix, delimiter }: ListRequest): string | undefined {
  if (delimiter === '') return undefined;
  const end = key.indexOf(delimiter, prefix.length);
  return end === -1 ? undefined : key.slice(0, end + delimiter.length);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html */
function checkCondition(current: StoredObject | undefined, { ifNoneMatch, ifMatch }: Condition): void {
  if (ifNoneMatch !== undefined) {
    if (ifNoneMatch !== '*') throw new Refusal(501, 'NotImplemented', 'If-None-Match of a write can only be *');
    if (current) throw preconditionFailed();
  }
  if (ifMatch !== undefined) {
    if (!current) throw new Refusal(404, 'NoSuchKey', 'The specified key does not exist.');
    if (unquoted(ifMatch) !== unquoted(current.etag)) throw preconditionFailed();
  }
}

export function preconditionFailed(): Refusal {
  return new Refusal(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
}

export function unquoted(etag: string): string {
  return etag.replace(/^"|"$/g, '');
}
