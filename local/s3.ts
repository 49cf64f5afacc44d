// S3 on loopback, as far as the product uses it: ListObjectsV2, GetObject, HeadObject, PutObject, DeleteObject and
// CreateBucket, path-style, without versions. One contract suite (test/contract) runs against this and against moto.
import { type AwsService, type Call, Refusal, startService } from './aws-service.ts';
import type { Answer, Received } from './http-server.ts';
import { sentObject } from './s3/body.ts';
import { type Bucket, createBucket } from './s3/bucket.ts';
import { listAnswer } from './s3/list.ts';
import { readAnswer } from './s3/read.ts';
import { xmlDocument } from './xml.ts';

export interface LocalS3 extends AwsService {
  createBucket(name: string): void;
  /** Puts an object as an upload at another time would have; over HTTP it is always now. @throws Refusal */
  put(bucket: string, key: string, body: string | Uint8Array, options?: { lastModified?: Date }): void;
  /** The bytes of an object, or `undefined`. @throws Refusal for a missing bucket */
  read(bucket: string, key: string): Uint8Array | undefined;
  /** The bucket's keys in order. @throws Refusal for a missing bucket */
  keys(bucket: string, prefix?: string): string[];
  delete(bucket: string, key: string): void;
}

export async function startS3(options: { now?: () => Date } = {}): Promise<LocalS3> {
  const now = options.now ?? (() => new Date());
  const buckets = new Map<string, Bucket>();

  function bucketOf(name: string): Bucket {
    const bucket = buckets.get(name);
    if (!bucket) throw new Refusal(404, 'NoSuchBucket', 'The specified bucket does not exist');
    return bucket;
  }

  const service = await startService({
    name,
    refuse,
    codes: {
      400: 'InvalidRequest',
      403: 'AccessDenied',
      404: 'NoSuchKey',
      409: 'ConditionalRequestConflict',
      412: 'PreconditionFailed',
      500: 'InternalError',
      503: 'SlowDown',
    },
    act(call, request) {
      const { bucket, key } = place(request);
      switch (call.operation) {
        case 'CreateBucket':
          if (buckets.has(bucket)) throw new Refusal(409, 'BucketAlreadyOwnedByYou', 'You already own this bucket.');
          buckets.set(bucket, createBucket());
          return { status: 200, headers: { location: `/${bucket}` } };
        case 'ListObjectsV2':
          return listAnswer(bucket, bucketOf(bucket), request.query);
        case 'PutObject': {
          const stored = bucketOf(bucket).put(
            {
              ...sentObject(request),
              key,
              lastModified: now(),
              contentType: request.headers['content-type'] ?? 'binary/octet-stream',
            },
            { ifNoneMatch: request.headers['if-none-match'], ifMatch: request.headers['if-match'] },
          );
          return { status: 200, headers: { etag: stored.etag, ...stored.checksums } };
        }
        case 'GetObject':
        case 'HeadObject':
          return readAnswer(bucketOf(bucket).get(key), request);
        case 'DeleteObject':
          bucketOf(bucket).delete(key);
          return { status: 204 };
        default:
          throw new Refusal(501, 'NotImplemented', `${request.method} ${request.path} is not part of this S3`);
      }
    },
  });

  return {
    ...service,
    createBucket: (bucket) => {
      buckets.set(bucket, buckets.get(bucket) ?? createBucket());
    },
    put: (bucket, key, body, { lastModified = now() } = {}) => {
      const bytes = Buffer.from(body);
      bucketOf(bucket).put({ key, body: bytes, lastModified, contentType: 'binary/octet-stream', checksums: {} });
    },
    read: (bucket, key) => bucketOf(bucket).get(key)?.body,
    keys: (bucket, prefix = '') => {
      const page = bucketOf(bucket).list({ prefix, delimiter: '', after: '', maxKeys: Number.POSITIVE_INFINITY });
      return page.objects.map((object) => object.key);
    },
    delete: (bucket, key) => bucketOf(bucket).delete(key),
  };
}

function place(request: Received): { bucket: string; key: string } {
  const path = request.path.slice(1);
  const slash = path.indexOf('/');
  const [bucket, key] = slash === -1 ? [path, ''] : [path.slice(0, slash), path.slice(slash + 1)];
  try {
    return { bucket: decodeURIComponent(bucket), key: decodeURIComponent(key) };
  } catch {
    throw new Refusal(400, 'InvalidURI', "Couldn't parse the specified URI.");
  }
}

const objectOperations: Record<string, string> = {
  GET: 'GetObject',
  HEAD: 'HeadObject',
  PUT: 'PutObject',
  DELETE: 'DeleteObject',
};

function name(request: Received): Call {
  const { bucket, key } = place(request);
  const parameters = Object.fromEntries(request.query);
  for (const header of ['if-match', 'if-none-match', 'range']) {
    const value = request.headers[header];
    if (typeof value === 'string') parameters[header] = value;
  }
  delete parameters['x-id'];
  if (key !== '') {
    if (Buffer.byteLength(key) > 1_024) throw new Refusal(400, 'KeyTooLongError', 'Your key is too long');
    return { operation: objectOperations[request.method] ?? request.method, resource: `${bucket}/${key}`, parameters };
  }
  const isList = request.method === 'GET' && request.query.get('list-type') === '2';
  const operation = isList ? 'ListObjectsV2' : request.method === 'PUT' ? 'CreateBucket' : request.method;
  return { operation, resource: bucket, parameters };
}

function refuse(refusal: Refusal, requestId: string): Answer {
  const body = xmlDocument(
    [
      'Error',
      [
        ['Code', refusal.code],
        ['Message', refusal.message],
        ['RequestId', requestId],
      ],
    ],
    '',
  );
  return {
    status: refusal.status,
    headers: { 'content-type': 'application/xml', 'x-amz-request-id': requestId },
    body,
  };
}
