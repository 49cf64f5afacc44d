// The ObjectStore port over the real protocol: pages, conditions, and every way in which S3 can refuse.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { EdgeError } from '../../lambda/errors.ts';
import { createObjectStore } from '../../lambda/platform/object-store.ts';
import type { ObjectStore } from '../../lambda/platform/ports.ts';
import { type LocalS3, startS3 } from '../../local/s3.ts';
import { startHttpServer, startTcpServer } from '../support/http-server.ts';

let s3: LocalS3;
let store: ObjectStore;

const clientOf = (endpoint: string) => ({
  endpoint,
  region: 'eu-central-1',
  forcePathStyle: true,
  credentials: { accessKeyId: 'AKIDPLANTED', secretAccessKey: 'planted-secret-key' },
  maxAttempts: 1,
});

beforeAll(async () => {
  s3 = await startS3();
  s3.createBucket('memory');
  store = createObjectStore({
    client: {
      ...clientOf(s3.url),
      requestHandler: { connectionTimeout: 500, requestTimeout: 300, throwOnRequestTimeout: true },
    },
  });
});
afterEach(() => s3.faults.clear());
afterAll(() => s3.close());

async function failureOf(promise: Promise<unknown>): Promise<EdgeError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof EdgeError)) throw new Error(`expected an EdgeError, got ${String(error)}`);
  return error;
}

async function keysOf(prefix: string, startAfter?: string): Promise<string[]> {
  const keys: string[] = [];
  const options = { prefix, ...(startAfter !== undefined && { startAfter }) };
  for await (const object of store.list('memory', options)) keys.push(object.key);
  return keys;
}

test('reads back what was written, byte for byte', async () => {
  const { etag } = await store.put('memory', 'a/ü "quoted" 😀.json', 'naïve\n😀', { contentType: 'application/json' });
  const object = await store.get('memory', 'a/ü "quoted" 😀.json');
  expect(new TextDecoder().decode(object?.body)).toBe('naïve\n😀');
  expect(object?.etag).toBe(etag);
});

test('an object that is not there is undefined, and no error', async () => {
  expect(await store.get('memory', 'nothing')).toBeUndefined();
});

test('lists past the first page, in key order, and can start after a key', async () => {
  const keys = Array.from({ length: 1_203 }, (_, index) => `list/${String(index).padStart(5, '0')}`);
  for (const key of keys) s3.put('memory', key, 'x');
  expect(await keysOf('list/')).toEqual(keys);
  expect(await keysOf('list/', 'list/01200')).toEqual(keys.slice(1_201));
});

test('asks for no further page once the reader has seen enough', async () => {
  const before = s3.calls.length;
  for await (const object of store.list('memory', { prefix: 'list/' })) if (object.key) break;
  expect(s3.calls.length - before).toBe(1);
});

test('creates only what is not there, replaces only what was read', async () => {
  const { etag } = await store.put('memory', 'state', 'one', { condition: { create: true } });
  expect((await failureOf(store.put('memory', 'state', 'x', { condition: { create: true } }))).reason).toBe('conflict');
  await store.put('memory', 'state', 'two', { condition: { etag } });
  expect((await failureOf(store.put('memory', 'state', 'x', { condition: { etag } }))).reason).toBe('conflict');
  s3.delete('memory', 'state');
  expect((await failureOf(store.put('memory', 'state', 'x', { condition: { etag } }))).reason).toBe('conflict');
});

test('follows a bucket into its region', async () => {
  const scopes: string[] = [];
  const { url } = await startHttpServer((request, response) => {
    const region = /Credential=[^/]+\/\d+\/([^/]+)/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    scopes.push(region);
    if (region === 'us-west-2') response.writeHead(200, { etag: '"a"' }).end('from the west');
    else {
      response
        .writeHead(301, { 'x-amz-bucket-region': 'us-west-2', 'content-type': 'application/xml' })
        .end('<Error><Code>PermanentRedirect</Code><Message>elsewhere</Message></Error>');
    }
  });
  const object = await createObjectStore({ client: clientOf(url) }).get('memory', 'key');
  expect(new TextDecoder().decode(object?.body)).toBe('from the west');
  expect(scopes).toEqual(['eu-central-1', 'us-west-2']);
});

test('what is deleted is gone, deleting nothing is no error, and a refusal names the permission', async () => {
  await store.put('memory', 'told', 'x', {});
  await store.delete('memory', 'told');
  await store.delete('memory', 'told');
  expect(await store.get('memory', 'told')).toBeUndefined();
  s3.faults.inject({ kind: 'answer', status: 403 }, { operation: 'DeleteObject' });
  const error = await failureOf(store.delete('memory', 'told'));
  expect(error).toMatchObject({ reason: 'denied', message: 'deleting s3://memory/told: access denied' });
  expect(error.remedy).toMatch(/^Allow s3:DeleteObject on /);
});

describe('says what happened, to what, and what to do', () => {
  const cases: [name: string, fault: Parameters<LocalS3['faults']['inject']>[0], reason: string, message: string][] = [
    ['403', { kind: 'answer', status: 403 }, 'denied', 'reading s3://memory/key: access denied'],
    ['409', { kind: 'answer', status: 409 }, 'conflict', 'somebody else changed it first'],
    ['412', { kind: 'answer', status: 412 }, 'conflict', 'somebody else changed it first'],
    ['500', { kind: 'answer', status: 500 }, 'unavailable', 'S3 could not serve it (500 InternalError)'],
    ['503', { kind: 'answer', status: 503 }, 'unavailable', 'S3 could not serve it (503 SlowDown)'],
    ['no answer', { kind: 'silence' }, 'timeout', 'S3 did not answer in time'],
    ['a cut connection', { kind: 'reset' }, 'unreachable', 'S3 cannot be reached (ECONNRESET)'],
    [
      'refused credentials',
      { kind: 'answer', status: 403, code: 'InvalidAccessKeyId' },
      'authentication',
      'AWS did not accept our credentials (InvalidAccessKeyId)',
    ],
  ];
  test.each(cases)('%s', async (_name, fault, reason, message) => {
    s3.faults.inject(fault);
    const error = await failureOf(store.get('memory', 'key'));
    expect(error.reason).toBe(reason);
    expect(error.message).toContain(message);
    expect(error.remedy).not.toBe('');
    expect(`${error.message} ${error.remedy}`).not.toContain('planted-secret-key');
  });

  test('a bucket that does not exist', async () => {
    const error = await failureOf(store.get('nowhere', 'key'));
    expect([error.reason, error.message]).toEqual(['missing', 'reading s3://nowhere/key: there is no bucket nowhere']);
  });

  test('the permission that is missing', async () => {
    s3.faults.inject({ kind: 'answer', status: 403 });
    const error = await failureOf(keysOf('list/').then(() => undefined));
    expect(error.message).toBe('listing s3://memory/list/: access denied');
    expect(error.remedy).toContain('Allow s3:ListBucket on arn:aws:s3:::memory to the role');
  });

  test.each([
    ['reading', 'HTTP/1.1 200 OK\r\netag: "a"\r\ncontent-length: 99\r\n\r\nhalf'],
    ['listing', 'HTTP/1.1 200 OK\r\ncontent-type: application/xml\r\ncontent-length: 99\r\n\r\n<?xml'],
  ])('an answer that never ends, when %s', async (doing, says) => {
    const { url } = await startTcpServer((socket) => void socket.once('data', () => socket.write(says)));
    const requestHandler = { requestTimeout: 5_000, socketTimeout: 200, throwOnRequestTimeout: true };
    const stalled = createObjectStore({
      client: { ...clientOf(url), requestHandler },
    });
    const ask = (signal?: AbortSignal) =>
      doing === 'reading'
        ? stalled.get('memory', 'key', signal ? { signal } : {})
        : stalled
            .list('memory', { prefix: '', ...(signal && { signal }) })
            [Symbol.asyncIterator]()
            .next();
    expect((await failureOf(ask())).reason).toBe('timeout');
    expect((await failureOf(ask(AbortSignal.timeout(100)))).reason).toBe('timeout');
  });

  test.each([
    ['a name that is none', 400, 'InvalidBucketName', 'invalid'],
    ['a clock that is wrong', 403, 'RequestTimeTooSkewed', 'authentication'],
  ])('%s', async (_name, status, code, reason) => {
    s3.faults.inject({ kind: 'answer', status, code });
    expect((await failureOf(store.get('memory', 'key'))).reason).toBe(reason);
  });

  test('a caller that gives up', async () => {
    s3.faults.inject({ kind: 'silence' });
    const error = await failureOf(store.get('memory', 'key', { signal: AbortSignal.timeout(30) }));
    expect(error.reason).toBe('timeout');
  });
});
