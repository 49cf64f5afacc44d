// S3 behind the ObjectStore port: pages, conditions, and one EdgeError for each way in which S3 refuses. A request has
// its own time limits, so that a bucket that never answers cannot hold a run.
import type { GetObjectCommandOutput, S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import { type ObjectPlace, objectStoreError, refusalOf } from './object-store-errors.ts';
import type { Heap, ObjectStore, WriteCondition } from './ports.ts';

export interface ObjectStoreOptions {
  /** Asked for room before an object is read. @default nobody is asked */
  heap?: Heap;
  /** Over the SDK's own configuration (region, endpoint, credentials). */
  client?: S3ClientConfig;
}

const connectTimeoutMs = 3_000;
const answerTimeoutMs = 10_000;
/** What a document takes once it is read as values, at most. */
const heapPerByte = 2;
/** Longest pause within an answer: some servers begin one and never finish it. */
const silenceTimeoutMs = 10_000;

export function createObjectStore(options: ObjectStoreOptions = {}): ObjectStore {
  const sdk = () => import('@aws-sdk/client-s3');
  let made: Promise<S3Client> | undefined;
  const client = () => {
    made ??= sdk().then(
      ({ S3Client }) =>
        new S3Client({
          requestHandler: {
            connectionTimeout: connectTimeoutMs,
            requestTimeout: answerTimeoutMs,
            socketTimeout: silenceTimeoutMs,
            throwOnRequestTimeout: true,
          },
          // Backups may lie in another region than the monitor.
          followRegionRedirects: true,
          ...options.client,
        }),
    );
    return made;
  };

  /** One request; what S3 or the network answers instead of a result becomes an EdgeError about that place. */
  async function asked<Answer>(
    place: ObjectPlace,
    signal: AbortSignal | undefined,
    request: (s3: S3Client) => Promise<Answer>,
  ): Promise<Answer> {
    try {
      return await request(await client());
    } catch (error) {
      throw objectStoreError(error, place, signal);
    }
  }

  return {
    async *list(bucket, { prefix, startAfter, signal }) {
      const { ListObjectsV2Command } = await sdk();
      let next: string | undefined;
      do {
        const page = await asked({ action: 's3:ListBucket', bucket, prefix }, signal, (s3) =>
          s3.send(
            new ListObjectsV2Command({
              Bucket: bucket,
              Prefix: prefix,
              ...(startAfter !== undefined && { StartAfter: startAfter }),
              ...(next !== undefined && { ContinuationToken: next }),
            }),
            abortable(signal),
          ),
        );
        for (const { Key: key, Size: sizeBytes, LastModified: lastModified, ETag: etag } of page.Contents ?? []) {
          // S3 sends all four with every object; only the SDK's types do not say so.
          if (key !== undefined && sizeBytes !== undefined && lastModified && etag !== undefined) {
            yield { key, sizeBytes, lastModified, etag };
          }
        }
        next = page.IsTruncated ? page.NextContinuationToken : undefined;
      } while (next !== undefined);
    },

    async get(bucket, key, { signal } = {}) {
      const { GetObjectCommand } = await sdk();
      const place: ObjectPlace = { action: 's3:GetObject', bucket, key };
      try {
        return await asked(place, signal, async (s3) => {
          const answer = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }), abortable(signal));
          // The body comes after the answer's head, and can fail on its own.
          options.heap?.need((answer.ContentLength ?? 0) * heapPerByte, `what s3://${bucket}/${key} says`);
          const body = await bytesOf(answer);
          return { body, etag: answer.ETag ?? '', lastModified: answer.LastModified ?? new Date(0) };
        });
      } catch (error) {
        if (refusalOf(error) === 'NoSuchKey') return undefined;
        throw error;
      }
    },

    async put(bucket, key, body, { condition, contentType, signal }) {
      const { PutObjectCommand } = await sdk();
      const answer = await asked({ action: 's3:PutObject', bucket, key }, signal, (s3) =>
        s3.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: key,
            Body: body,
            ...(contentType !== undefined && { ContentType: contentType }),
            ...headersOf(condition),
          }),
          abortable(signal),
        ),
      );
      return { etag: answer.ETag ?? '' };
    },

    async delete(bucket, key, { signal } = {}) {
      const { DeleteObjectCommand } = await sdk();
      await asked({ action: 's3:DeleteObject', bucket, key }, signal, (s3) =>
        s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }), abortable(signal)),
      );
    },
  };
}

/** Into one piece from the beginning: a large object must not be there a second time as chunks. */
async function bytesOf({ Body, ContentLength }: GetObjectCommandOutput): Promise<Uint8Array> {
  if (!Body) return new Uint8Array();
  if (ContentLength === undefined) return Body.transformToByteArray();
  const bytes = new Uint8Array(ContentLength);
  let length = 0;
  for await (const chunk of Body.transformToWebStream() as ReadableStream<Uint8Array>) {
    bytes.set(chunk, length);
    length += chunk.length;
  }
  return bytes.subarray(0, length);
}

function headersOf(condition: WriteCondition | undefined): { IfNoneMatch?: '*'; IfMatch?: string } {
  if (!condition) return {};
  return 'create' in condition ? { IfNoneMatch: '*' } : { IfMatch: condition.etag };
}

function abortable(signal: AbortSignal | undefined): { abortSignal?: AbortSignal } {
  return signal ? { abortSignal: signal } : {};
}
