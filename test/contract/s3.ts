// S3 as the AWS SDK sees it, limited to what the product uses. Run against local/ and against moto.
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { clientConfig, contractTest, expectRefusal, type Implementation, uniqueName } from './contract.ts';

const hostileKeys = [
  'plain/key.json',
  `it's "quoted"`,
  '<b>bold</b>&amp;',
  'line\nbreak\ttab',
  'emoji 🐘/päth',
  'a+b c%20d?e#f=g&h',
  'dots/../up/./here//twice',
];

export function s3Contract(implementation: Implementation): void {
  describe('S3', () => {
    let client: S3Client;
    let Bucket: string;
    const test = (name: string, body: () => Promise<void>) => contractTest(implementation, `S3: ${name}`, body);

    beforeAll(async () => {
      client = new S3Client({ ...clientConfig(implementation.endpoints().s3), forcePathStyle: true });
      Bucket = await newBucket();
    });
    afterAll(() => client.destroy());

    async function newBucket(): Promise<string> {
      const name = uniqueName('bucket');
      const CreateBucketConfiguration = { LocationConstraint: 'eu-central-1' } as const;
      await client.send(new CreateBucketCommand({ Bucket: name, CreateBucketConfiguration }));
      return name;
    }
    const put = (
      Key: string,
      Body: string,
      condition: { IfMatch?: string; IfNoneMatch?: string } = {},
      bucket = Bucket,
    ) => client.send(new PutObjectCommand({ Bucket: bucket, Key, Body, ...condition }));
    const get = (Key: string, more: { Range?: string; IfMatch?: string } = {}) =>
      client.send(new GetObjectCommand({ Bucket, Key, ...more }));
    const text = async (Key: string, more: { Range?: string } = {}) => (await get(Key, more)).Body?.transformToString();

    test('an object comes back as it was put', async () => {
      const Body = '{"a": "ü 🐘"}';
      const before = Date.now();
      const stored = await client.send(
        new PutObjectCommand({ Bucket, Key: 'a', Body, ContentType: 'application/json' }),
      );
      expect(stored.ETag).toBe(`"${createHash('md5').update(Body).digest('hex')}"`);
      const read = await get('a');
      expect(await read.Body?.transformToString()).toBe(Body);
      expect(read).toMatchObject({
        ETag: stored.ETag,
        ContentType: 'application/json',
        ContentLength: Buffer.byteLength(Body),
      });
      expect(Math.abs((read.LastModified?.getTime() ?? 0) - before)).toBeLessThan(60_000);
      const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'a' }));
      expect(head).toMatchObject({ ETag: stored.ETag, ContentLength: Buffer.byteLength(Body) });
      expect(head.LastModified).toEqual(read.LastModified);
    });

    test('an empty object is an object', async () => {
      await client.send(new PutObjectCommand({ Bucket, Key: 'empty', Body: Buffer.alloc(0) }));
      expect(await text('empty')).toBe('');
      expect((await client.send(new HeadObjectCommand({ Bucket, Key: 'empty' }))).ContentLength).toBe(0);
    });

    test('a stream is stored without its chunks', async () => {
      const parts = ['x'.repeat(70_000), 'y'.repeat(70_000), 'end'];
      const ContentLength = parts.join('').length;
      await client.send(
        new PutObjectCommand({
          Bucket,
          Key: 'stream',
          Body: Readable.from(parts.map((part) => Buffer.from(part))),
          ContentLength,
        }),
      );
      expect(await text('stream')).toBe(parts.join(''));
    });

    test('a body that does not have the checksum it came with is refused', async () => {
      const sending = client.send(
        new PutObjectCommand({ Bucket, Key: 'bad', Body: 'body', ChecksumCRC32: 'AAAAAA==' }),
      );
      await expectRefusal(sending, /BadDigest|InvalidRequest/, 400);
    });

    for (const Key of hostileKeys) {
      test(`the key ${JSON.stringify(Key)} is kept through put, list and get`, async () => {
        const bucket = await newBucket();
        await put(Key, 'hostile', {}, bucket);
        const listed = await client.send(new ListObjectsV2Command({ Bucket: bucket }));
        expect(listed.Contents?.map((object) => object.Key)).toEqual([Key]);
        const read = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
        expect(await read.Body?.transformToString()).toBe('hostile');
      });
    }

    test('what is not there is said', async () => {
      await expectRefusal(get('missing'), 'NoSuchKey', 404);
      await expectRefusal(client.send(new HeadObjectCommand({ Bucket, Key: 'missing' })), 'NotFound', 404);
      const elsewhere = uniqueName('no-such-bucket');
      await expectRefusal(client.send(new GetObjectCommand({ Bucket: elsewhere, Key: 'a' })), 'NoSuchBucket', 404);
      await expectRefusal(put('a', 'a', {}, elsewhere), 'NoSuchBucket', 404);
      await expectRefusal(client.send(new ListObjectsV2Command({ Bucket: elsewhere })), 'NoSuchBucket', 404);
    });

    test('parts of an object are read by range', async () => {
      await put('digits', '0123456789');
      expect(await text('digits', { Range: 'bytes=0-3' })).toBe('0123');
      expect(await text('digits', { Range: 'bytes=7-' })).toBe('789');
      expect(await text('digits', { Range: 'bytes=-2' })).toBe('89');
      expect(await text('digits', { Range: 'bytes=8-99' })).toBe('89');
      const part = await get('digits', { Range: 'bytes=2-4' });
      expect(part).toMatchObject({ ContentRange: 'bytes 2-4/10', ContentLength: 3 });
      expect(part.$metadata.httpStatusCode).toBe(206);
      await expectRefusal(get('digits', { Range: 'bytes=10-11' }), 'InvalidRange', 416);
    });

    test('an object is only created where none is', async () => {
      await put('create', 'first', { IfNoneMatch: '*' });
      await expectRefusal(put('create', 'second', { IfNoneMatch: '*' }), 'PreconditionFailed', 412);
      expect(await text('create')).toBe('first');
    });

    test('an object is only replaced while it is the one that was read', async () => {
      const { ETag = '' } = await put('replace', 'one');
      const second = await put('replace', 'two', { IfMatch: ETag });
      expect(second.ETag).not.toBe(ETag);
      await expectRefusal(put('replace', 'three', { IfMatch: ETag }), 'PreconditionFailed', 412);
      expect(await text('replace')).toBe('two');
    });

    test('replacing what was deleted is NoSuchKey', async () => {
      const { ETag = '' } = await put('gone', 'one');
      await client.send(new DeleteObjectCommand({ Bucket, Key: 'gone' }));
      await expectRefusal(put('gone', 'two', { IfMatch: ETag }), 'NoSuchKey', 404);
    });

    test('reading on a condition that does not hold is refused', async () => {
      await put('read-if', 'one');
      await expectRefusal(get('read-if', { IfMatch: '"0123"' }), 'PreconditionFailed', 412);
    });

    test('of many that create at once, one does', async () => {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 20 }, (_, index) => put('race', `writer ${index}`, { IfNoneMatch: '*' })),
      );
      const winners = outcomes.flatMap((outcome, index) => (outcome.status === 'fulfilled' ? [index] : []));
      expect(winners).toHaveLength(1);
      expect(await text('race')).toBe(`writer ${winners[0]}`);
    });

    test('of many that replace at once, one does', async () => {
      const { ETag = '' } = await put('race-replace', 'start');
      const outcomes = await Promise.allSettled(
        Array.from({ length: 20 }, (_, index) => put('race-replace', `writer ${index}`, { IfMatch: ETag })),
      );
      const winners = outcomes.flatMap((outcome, index) => (outcome.status === 'fulfilled' ? [index] : []));
      expect(winners).toHaveLength(1);
      expect(await text('race-replace')).toBe(`writer ${winners[0]}`);
    });

    test('a deleted object is gone, and deleting nothing is no error', async () => {
      await put('delete', 'x');
      await client.send(new DeleteObjectCommand({ Bucket, Key: 'delete' }));
      await client.send(new DeleteObjectCommand({ Bucket, Key: 'delete' }));
      await expectRefusal(get('delete'), 'NoSuchKey', 404);
    });

    describe('listing', () => {
      let bucket: string;
      const keys = ['a/1', 'a/2', 'a/3', 'b/1', 'b/2', 'c', 'ﬀ', '🐘'];
      beforeAll(async () => {
        bucket = await newBucket();
        for (const key of [...keys].reverse()) await put(key, key, {}, bucket);
      });
      const list = (more: Record<string, unknown> = {}) =>
        client.send(new ListObjectsV2Command({ Bucket: bucket, ...more }));
      const names = (page: ListObjectsV2CommandOutput) => (page.Contents ?? []).map((object) => object.Key);

      test('is in the order of UTF-8 bytes, with size, time and tag', async () => {
        const page = await list();
        expect(names(page)).toEqual(keys);
        expect(page).toMatchObject({ KeyCount: keys.length, IsTruncated: false });
        expect(page.Contents?.[0]).toMatchObject({
          Size: 3,
          ETag: `"${createHash('md5').update('a/1').digest('hex')}"`,
          LastModified: expect.any(Date),
        });
      });

      test('comes in pages that leave nothing out', async () => {
        const seen: (string | undefined)[] = [];
        let token: string | undefined;
        let pages = 0;
        do {
          const page = await list({ MaxKeys: 3, ContinuationToken: token });
          seen.push(...names(page));
          token = page.NextContinuationToken;
          pages += 1;
          expect(page.IsTruncated).toBe(token !== undefined);
        } while (token !== undefined);
        expect(seen).toEqual(keys);
        expect(pages).toBe(3);
      });

      test('starts after a key, there or not, and keeps to a prefix', async () => {
        expect(names(await list({ StartAfter: 'a/2' }))).toEqual(keys.slice(2));
        expect(names(await list({ StartAfter: 'a/25' }))).toEqual(keys.slice(2));
        expect(names(await list({ Prefix: 'b/' }))).toEqual(['b/1', 'b/2']);
        expect(names(await list({ Prefix: 'a/', StartAfter: 'a/2' }))).toEqual(['a/3']);
        expect(await list({ Prefix: 'nothing/' })).toMatchObject({ KeyCount: 0, IsTruncated: false });
      });

      test('groups by a delimiter, in pages too', async () => {
        const page = await list({ Delimiter: '/' });
        expect(page.CommonPrefixes?.map((group) => group.Prefix)).toEqual(['a/', 'b/']);
        expect(names(page)).toEqual(['c', 'ﬀ', '🐘']);
        const first = await list({ Delimiter: '/', MaxKeys: 1 });
        const second = await list({ Delimiter: '/', MaxKeys: 2, ContinuationToken: first.NextContinuationToken });
        expect(first.CommonPrefixes).toEqual([{ Prefix: 'a/' }]);
        expect(second.CommonPrefixes).toEqual([{ Prefix: 'b/' }]);
        expect(names(second)).toEqual(['c']);
        expect(await list({ Delimiter: '/', Prefix: 'a/' })).toMatchObject({ KeyCount: 3 });
      });
    });
  });
}
