// The Queue port over the real protocol: batches, partial failures, and every way in which SQS can refuse.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { EdgeError } from '../../lambda/errors.ts';
import type { Queue } from '../../lambda/platform/ports.ts';
import { createQueue } from '../../lambda/platform/queue.ts';
import { type LocalSqs, startSqs } from '../../local/sqs.ts';

const planted = 'planted-secret-key';
let sqs: LocalSqs;
let queue: Queue;
let url: string;

const queueAt = (endpoint: string) =>
  createQueue({
    client: {
      endpoint,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'AKIDPLANTED', secretAccessKey: planted },
      maxAttempts: 1,
      requestHandler: { connectionTimeout: 500, requestTimeout: 300, throwOnRequestTimeout: true },
    },
  });

beforeAll(async () => {
  sqs = await startSqs();
  queue = queueAt(sqs.url);
  url = sqs.createQueue('work');
});
afterEach(() => sqs.faults.clear());
afterAll(() => sqs.close());

async function failureOf(promise: Promise<unknown>): Promise<EdgeError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof EdgeError)) throw new Error(`expected an EdgeError, got ${String(error)}`);
  expect(`${error.message} ${error.remedy}`).not.toContain(planted);
  return error;
}

/** What lies in the queue, in order of text; leaves it empty. */
async function received(): Promise<string[]> {
  const bodies: string[] = [];
  await sqs.drain(url, async ({ Records }) => {
    bodies.push(...Records.map((record) => record.body));
    return { batchItemFailures: [] };
  });
  return bodies.sort();
}

const body = (index: number) => JSON.stringify({ driftwatch: 'run', target: `target-${index}` });

test('23 messages are three batches, and all arrive', async () => {
  const bodies = Array.from({ length: 23 }, (_, index) => body(index));
  const before = sqs.calls.length;
  await queue.send(url, bodies);
  expect(sqs.calls.slice(before).map(({ operation }) => operation)).toEqual([
    'SendMessageBatch',
    'SendMessageBatch',
    'SendMessageBatch',
  ]);
  expect(await received()).toEqual(bodies.toSorted());
});

test('nothing to send is no request', async () => {
  const before = sqs.calls.length;
  await queue.send(url, []);
  expect(sqs.calls.length).toBe(before);
});

test('of a batch, the messages that were not taken are named, and the others are sent', async () => {
  const error = await failureOf(queue.send(url, [body(1), 'a sign that SQS does not take: \u0001', body(3)]));
  expect(error.message).toBe(
    `sending to ${url}: 1 of 3 messages were not taken: "a sign that SQS does not take: \\u0001" (InvalidMessageContents)`,
  );
  expect(await received()).toEqual([body(1), body(3)]);
});

describe('what SQS refuses', () => {
  test.each([
    [403, 'AccessDenied', 'denied', /access denied \(403/, /^Allow sqs:SendMessage on http/],
    [400, 'QueueDoesNotExist', 'missing', /it does not exist \(400 QueueDoesNotExist/, /somebody deleted it/],
    [429, 'RequestThrottled', 'unavailable', /SQS could not serve it \(429/, /health of SQS/],
    [500, 'InternalFailure', 'unavailable', /SQS could not serve it \(500/, /health of SQS/],
    [503, 'ServiceUnavailable', 'unavailable', /SQS could not serve it \(503/, /health of SQS/],
  ] as const)('%i %s', async (status, code, reason, said, remedy) => {
    sqs.faults.inject({ kind: 'answer', status, code }, { operation: 'SendMessageBatch' });
    const error = await failureOf(queue.send(url, [body(1)]));
    expect(error.reason).toBe(reason);
    expect(error.message).toMatch(said);
    expect(error.remedy).toMatch(remedy);
  });

  test('no answer', async () => {
    sqs.faults.inject({ kind: 'silence' }, { operation: 'SendMessageBatch' });
    expect(await failureOf(queue.send(url, [body(1)]))).toMatchObject({
      reason: 'timeout',
      remedy: 'In a VPC, SQS needs an interface endpoint or a NAT gateway.',
    });
  });

  test('nobody there', async () => {
    const error = await failureOf(queueAt('http://127.0.0.1:1').send('http://127.0.0.1:1/1/work', [body(1)]));
    expect(error.message).toBe('sending to http://127.0.0.1:1/1/work: SQS cannot be reached (ECONNREFUSED)');
  });
});
