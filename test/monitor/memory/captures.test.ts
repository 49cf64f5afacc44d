// Captures in a bucket, over the S3 protocol: which one is the newest.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { captureKey, newestCapture } from '../../../lambda/monitor/memory/captures.ts';
import { createObjectStore } from '../../../lambda/platform/object-store.ts';
import type { ObjectStore } from '../../../lambda/platform/ports.ts';
import { type LocalS3, startS3 } from '../../../local/s3.ts';

const now = new Date('2026-11-20T12:00:00Z');
const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
const bucket = 'memory';
const prefix = 'captures/pap-api/';

let s3: LocalS3;
let objects: ObjectStore;
beforeAll(async () => {
  s3 = await startS3();
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  s3.createBucket(bucket);
  objects = createObjectStore({ client: { endpoint: s3.url, region: 'eu-central-1', credentials } });
});
afterAll(() => s3.close());
beforeEach(() => {
  for (const key of s3.keys(bucket)) s3.delete(bucket, key);
});

/** @param named hours before now that its name says, and written that long before now */
function put(named: number, written = named): string {
  const key = captureKey(prefix, ago(named).toISOString(), `sha256:${'0123456789'.repeat(4)}`);
  s3.put(bucket, key, '{}', { lastModified: ago(written) });
  return key;
}

const newest = (maxAge = 26) => newestCapture(objects, { bucket, prefix }, ago(maxAge), AbortSignal.timeout(5_000));

test('names sort by time, and two captures at once have names of their own', () => {
  expect(captureKey(prefix, '2026-11-20T12:00:00.123Z', 'sha256:1f3a9c2b00')).toBe(
    'captures/pap-api/2026-11-20T12-00-00-123Z-1f3a9c2b.json',
  );
});

test('of two within one second, which is all that the bucket tells, the later one is the newest', async () => {
  const second = new Date(Math.floor(Date.now() / 1_000) * 1_000);
  const [earlier, later] = [100, 900].map((ms) => new Date(second.getTime() + ms));
  const keys = [later, earlier].map((time, index) =>
    captureKey(prefix, time?.toISOString() ?? '', `sha256:${index === 0 ? '0' : 'f'}1234567`),
  );
  for (const key of keys) s3.put(bucket, key, '{}', { lastModified: second });
  expect(await newest()).toMatchObject({ key: keys[0] });
});

test('nothing is there, or nothing that is a capture', async () => {
  expect(await newest()).toBeUndefined();
  s3.put(bucket, `${prefix}notes.txt`, 'x');
  s3.put(bucket, `${prefix}2026-11-20T12-00-00-000Z-1f3a9c2b.json.bak`, 'x');
  s3.put(bucket, `${prefix}deeper/2026-11-20T12-00-00-000Z-1f3a9c2b.json`, 'x');
  expect(await newest()).toBeUndefined();
});

test('the newest of several, also when all are older than allowed', async () => {
  for (const hours of [70, 50, 30]) put(hours);
  expect(await newest()).toMatchObject({ writtenAt: ago(30) });
  const fresh = put(2);
  put(20);
  expect(await newest()).toEqual({ key: fresh, writtenAt: ago(2) });
});

test('a name in the future does not hide the captures that come after it', async () => {
  put(-48, 5);
  const later = put(1);
  expect(await newest()).toEqual({ key: later, writtenAt: ago(1) });
});

test('of a machine whose clock is far behind, what it wrote last counts', async () => {
  put(100, 6);
  const later = put(99, 1);
  expect(await newest()).toEqual({ key: later, writtenAt: ago(1) });
});
