import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LocalS3, startS3 } from '../../local/s3.ts';

let s3: LocalS3;
let client: S3Client;
beforeEach(async () => {
  s3 = await startS3();
  s3.createBucket('b');
  s3.put('b', 'key', 'value');
  client = new S3Client({
    endpoint: s3.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 's' },
    maxAttempts: 1,
  });
});
afterEach(async () => {
  client.destroy();
  await s3.close();
});

const get = (Key = 'key', signal?: AbortSignal) =>
  client.send(new GetObjectCommand({ Bucket: 'b', Key }), signal ? { abortSignal: signal } : {});
const put = (Key: string) => client.send(new PutObjectCommand({ Bucket: 'b', Key, Body: 'new' }));

describe('faults', () => {
  test.each([
    { status: 403, name: 'AccessDenied' },
    { status: 404, name: 'NoSuchKey' },
    { status: 409, name: 'ConditionalRequestConflict' },
    { status: 412, name: 'PreconditionFailed' },
    { status: 500, name: 'InternalError' },
    { status: 503, name: 'SlowDown' },
  ])('$status is answered as AWS answers it ($name), once', async ({ status, name }) => {
    s3.faults.inject({ kind: 'answer', status });
    await expect(get()).rejects.toMatchObject({ name, $metadata: { httpStatusCode: status } });
    await expect(get()).resolves.toMatchObject({ ContentLength: 5 });
  });

  test('a code and a message can be chosen', async () => {
    s3.faults.inject({ kind: 'answer', status: 404, code: 'NoSuchBucket', message: 'it went away' });
    await expect(get()).rejects.toMatchObject({ name: 'NoSuchBucket', message: 'it went away' });
  });

  test('they meet only calls that match, as often as told', async () => {
    s3.faults.inject({ kind: 'answer', status: 503 }, { operation: 'GetObject', resource: 'b/key', times: 2 });
    s3.faults.inject({ kind: 'answer', status: 403 }, { resource: /other/ });
    await put('key');
    await expect(get()).rejects.toMatchObject({ name: 'SlowDown' });
    await expect(put('another')).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(get()).rejects.toMatchObject({ name: 'SlowDown' });
    await get();
  });

  test('until cleared, when told for ever', async () => {
    s3.faults.inject({ kind: 'answer', status: 500 }, { times: Number.POSITIVE_INFINITY });
    for (let attempt = 0; attempt < 5; attempt += 1)
      await expect(get()).rejects.toMatchObject({ name: 'InternalError' });
    s3.faults.clear();
    await get();
  });

  test('silence lasts until the caller gives up', async () => {
    s3.faults.inject({ kind: 'silence' });
    await expect(get('key', AbortSignal.timeout(200))).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('a reset before the call leaves nothing done; a reset after it leaves it done', async () => {
    s3.faults.inject({ kind: 'reset' });
    await expect(put('before')).rejects.toMatchObject({ code: 'ECONNRESET' });
    s3.faults.inject({ kind: 'apply-then-reset' });
    await expect(put('after')).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(s3.keys('b')).toEqual(['after', 'key']);
  });
});

test('every call is remembered with what it asked', async () => {
  await get();
  await client.send(new PutObjectCommand({ Bucket: 'b', Key: 'x/ü', Body: 'x', IfNoneMatch: '*' }));
  expect(s3.calls).toEqual([
    { operation: 'GetObject', resource: 'b/key', parameters: {} },
    { operation: 'PutObject', resource: 'b/x/ü', parameters: { 'if-none-match': '*' } },
  ]);
});

test('what is not part of the service says so', async () => {
  const answer = await fetch(`${s3.url}/b/key`, { method: 'PATCH' });
  expect(answer.status).toBe(501);
  expect(await answer.text()).toContain('<Code>NotImplemented</Code>');
});

test('a closed service leaves no connection behind', async () => {
  s3.faults.inject({ kind: 'silence' });
  const waiting = get();
  await expect.poll(() => s3.calls.length).toBe(1);
  await Promise.all([expect(waiting).rejects.toThrow(), s3.close()]);
});
