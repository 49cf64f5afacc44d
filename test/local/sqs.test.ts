import type { SQSEvent } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LocalSqs, startSqs } from '../../local/sqs.ts';

let sqs: LocalSqs;
let queueUrl: string;
beforeEach(async () => {
  sqs = await startSqs({ now: () => new Date(1_000) });
  queueUrl = sqs.createQueue('checks');
});
afterEach(() => sqs.close());

function call(operation: string, body: unknown): Promise<Response> {
  return fetch(sqs.url, {
    method: 'POST',
    headers: { 'x-amz-target': `AmazonSQS.${operation}` },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}
async function send(...bodies: string[]): Promise<void> {
  for (const MessageBody of bodies) await call('SendMessage', { QueueUrl: queueUrl, MessageBody });
}
const bodiesOf = (event: SQSEvent) => event.Records.map((record) => record.body);

describe('draining a queue as Lambda does', () => {
  test('hands over batches as events and ends with an empty queue', async () => {
    await send('a', 'b', 'c');
    const events: SQSEvent[] = [];
    const drained = await sqs.drain(queueUrl, async (event) => events.push(event) && undefined, { batchSize: 2 });
    expect(events.map(bodiesOf)).toEqual([['a', 'b'], ['c']]);
    expect(events[0]?.Records[0]).toMatchObject({
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:eu-central-1:123456789012:checks',
      awsRegion: 'eu-central-1',
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: '1000',
        ApproximateFirstReceiveTimestamp: '1000',
      },
    });
    expect(drained).toEqual({ handled: 3, redelivered: 0, deadLetters: [] });
    expect(sqs.size(queueUrl)).toBe(0);
  });

  test('brings back only the messages that the handler names, and sets aside what fails too often', async () => {
    await send('good', 'bad', 'good too');
    const seen: string[] = [];
    const drained = await sqs.drain(
      queueUrl,
      async (event) => {
        seen.push(...event.Records.map((record) => `${record.body} ${record.attributes.ApproximateReceiveCount}`));
        const failures = event.Records.filter((record) => record.body === 'bad');
        return { batchItemFailures: failures.map(({ messageId }) => ({ itemIdentifier: messageId })) };
      },
      { maxReceiveCount: 3 },
    );
    expect(seen).toEqual(['good 1', 'bad 1', 'good too 1', 'bad 2', 'bad 3']);
    expect(drained).toEqual({ handled: 2, redelivered: 2, deadLetters: ['bad'] });
    expect(sqs.size(queueUrl)).toBe(0);
  });

  test.each<{ what: string; answer: () => unknown }>([
    {
      what: 'throws',
      answer: () => {
        throw new Error('crashed');
      },
    },
    {
      what: 'names a message that is not in the batch',
      answer: () => ({ batchItemFailures: [{ itemIdentifier: 'x' }] }),
    },
    { what: 'answers with nonsense', answer: () => ({ batchItemFailures: 'all' }) },
  ])('brings back the whole batch when the handler $what', async ({ answer }) => {
    await send('a', 'b');
    const drained = await sqs.drain(queueUrl, async () => answer(), { maxReceiveCount: 2 });
    expect(drained).toEqual({ handled: 0, redelivered: 2, deadLetters: ['a', 'b'] });
  });

  test.each([undefined, null, {}, { batchItemFailures: null }, { batchItemFailures: [] }])(
    'takes %j for success',
    async (answer) => {
      await send('a');
      expect(await sqs.drain(queueUrl, async () => answer)).toMatchObject({ handled: 1 });
    },
  );

  test('goes on with what the handler itself sends', async () => {
    await send('first');
    const seen: string[] = [];
    await sqs.drain(queueUrl, async (event) => {
      seen.push(...bodiesOf(event));
      if (seen.length === 1) await send('second');
    });
    expect(seen).toEqual(['first', 'second']);
  });
});

test.each([
  { operation: 'SendMessage', body: 'not json', type: 'SerializationException' },
  { operation: 'SendMessage', body: {}, type: 'ValidationException' },
  { operation: 'SendMessage', body: { QueueUrl: 'checks', MessageBody: '' }, type: 'MissingParameter' },
  {
    operation: 'SendMessage',
    body: { QueueUrl: 'checks', MessageBody: 'x'.repeat(1_048_577) },
    type: 'InvalidParameterValue',
  },
  { operation: 'SendMessage', body: { QueueUrl: 'checks', MessageBody: '\u0000' }, type: 'InvalidMessageContents' },
  { operation: 'ReceiveMessage', body: { QueueUrl: 'checks', MaxNumberOfMessages: 11 }, type: 'InvalidParameterValue' },
  { operation: 'CreateQueue', body: { QueueName: 'no spaces' }, type: 'InvalidParameterValue' },
  { operation: 'PurgeQueue', body: { QueueUrl: 'checks' }, type: 'InvalidAction' },
])('$operation is refused as $type', async ({ operation, body, type }) => {
  const answer = await call(operation, body);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ __type: `com.amazonaws.sqs#${type}` });
});
