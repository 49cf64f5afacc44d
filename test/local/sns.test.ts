import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Answer, type LocalServer, type Received, serve } from '../../local/http-server.ts';
import { type LocalSns, startSns } from '../../local/sns.ts';
import { startSubscriber } from '../../local/subscriber.ts';

let sns: LocalSns;
let topicArn: string;
const servers: LocalServer[] = [];
beforeEach(async () => {
  sns = await startSns({ retry: { retries: 3, delayMs: 1 }, now: () => new Date('2026-11-20T03:00:00Z') });
  topicArn = sns.createTopic('alerts');
});
afterEach(async () => {
  await Promise.all([sns, ...servers.splice(0)].map((server) => server.close()));
});

function call(action: string, parameters: Record<string, string>): Promise<Response> {
  return fetch(sns.url, {
    method: 'POST',
    body: new URLSearchParams({ Action: action, TopicArn: topicArn, ...parameters }),
  });
}

/** An endpoint that confirms and then answers as told, with everything it got. */
async function endpoint(answers: Answer[]): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const server = await serve(async (request) => {
    const document = JSON.parse(request.body.toString()) as { Type: string; SubscribeURL: string };
    if (document.Type === 'SubscriptionConfirmation') await fetch(document.SubscribeURL);
    else received.push(request);
    return document.Type === 'Notification' ? (answers.shift() ?? { status: 200 }) : { status: 200 };
  });
  servers.push(server);
  return { url: server.url, received };
}

test('a notice has the headers and the envelope of SNS', async () => {
  const { url, received } = await endpoint([]);
  sns.subscribe(topicArn, url);
  await sns.settled();
  const published = await call('Publish', {
    Subject: 'it broke',
    Message: 'really',
    'MessageAttributes.entry.1.Name': 'severity',
    'MessageAttributes.entry.1.Value.DataType': 'String',
    'MessageAttributes.entry.1.Value.StringValue': 'critical',
  });
  const messageId = /<MessageId>(.+)<\/MessageId>/.exec(await published.text())?.[1];
  await sns.settled();
  expect(received).toHaveLength(1);
  expect(received[0]?.headers).toMatchObject({
    'content-type': 'text/plain; charset=UTF-8',
    'x-amz-sns-message-type': 'Notification',
    'x-amz-sns-message-id': messageId,
    'x-amz-sns-topic-arn': topicArn,
    'x-amz-sns-subscription-arn': expect.stringContaining(`${topicArn}:`),
  });
  expect(JSON.parse(received[0]?.body.toString() ?? '')).toMatchObject({
    Type: 'Notification',
    MessageId: messageId,
    TopicArn: topicArn,
    Subject: 'it broke',
    Message: 'really',
    Timestamp: '2026-11-20T03:00:00.000Z',
    SignatureVersion: '1',
    UnsubscribeURL: expect.stringContaining('Action=Unsubscribe'),
    MessageAttributes: { severity: { Type: 'String', Value: 'critical' } },
  });
  expect(sns.published(topicArn)).toEqual([
    { subject: 'it broke', body: 'really', attributes: { severity: { Type: 'String', Value: 'critical' } } },
  ]);
});

test.each<{ what: string; answers: Answer[]; attempts: number }>([
  {
    what: 'a failing subscriber is tried again until it takes it',
    answers: [{ status: 500 }, { status: 503 }],
    attempts: 3,
  },
  { what: 'one that throttles too', answers: [{ status: 429 }], attempts: 2 },
  { what: 'one that hangs up too', answers: ['reset'], attempts: 2 },
  { what: 'one that refuses is not', answers: [{ status: 403 }], attempts: 1 },
  { what: 'a redirect is a refusal', answers: [{ status: 302, headers: { location: '/' } }], attempts: 1 },
  {
    what: 'one that always fails is given up after three retries',
    answers: Array(9).fill({ status: 500 }),
    attempts: 4,
  },
])('$what', async ({ answers, attempts }) => {
  const { url, received } = await endpoint(answers);
  sns.subscribe(topicArn, url);
  await sns.settled();
  await call('Publish', { Message: 'hello' });
  await sns.settled();
  expect(received).toHaveLength(attempts);
  expect(new Set(received.map((request) => request.headers['x-amz-sns-message-id'])).size).toBe(1);
});

test('one subscriber that never answers delays no other, and no closing', async () => {
  const stuck = await endpoint(['silence']);
  const subscriber = await startSubscriber();
  servers.push(subscriber);
  sns.subscribe(topicArn, stuck.url);
  sns.subscribe(topicArn, subscriber.url);
  await sns.settled();
  await call('Publish', { Message: 'hello' });
  await expect.poll(() => subscriber.notices.map((notice) => notice.message)).toEqual(['hello']);
  expect(stuck.received).toHaveLength(1);
});

test('a subscriber that refuses for a while gets the notice when it takes it', async () => {
  const arrived: string[] = [];
  const subscriber = await startSubscriber({ onNotice: (notice) => arrived.push(notice.message) });
  servers.push(subscriber);
  sns.subscribe(topicArn, subscriber.url);
  await sns.settled();
  subscriber.refuse(503, 2);
  await call('Publish', { Message: 'at last' });
  await sns.settled();
  expect(arrived).toEqual(['at last']);
});

test('a subscriber that never confirms gets nothing', async () => {
  const subscriber = await startSubscriber({ confirms: false });
  servers.push(subscriber);
  sns.subscribe(topicArn, subscriber.url);
  sns.subscribe(topicArn, 'someone@example.com');
  await sns.settled();
  await call('Publish', { Message: 'hello' });
  await sns.settled();
  expect(subscriber.notices).toEqual([]);
  expect(await (await call('GetTopicAttributes', {})).text()).toContain(
    '<key>SubscriptionsPending</key><value>2</value>',
  );
});

test.each([
  { action: 'Publish', parameters: { TopicArn: 'nonsense', Message: 'x' }, status: 400, code: 'InvalidParameter' },
  {
    action: 'Publish',
    parameters: { TopicArn: 'arn:aws:sns:eu-central-1:123456789012:no', Message: 'x' },
    status: 404,
    code: 'NotFound',
  },
  { action: 'Publish', parameters: { Message: 'x', Subject: 'ü' }, status: 400, code: 'InvalidParameter' },
  { action: 'Publish', parameters: { Message: 'x', Subject: ' leading space' }, status: 400, code: 'InvalidParameter' },
  { action: 'Subscribe', parameters: { Protocol: 'fax', Endpoint: 'x' }, status: 400, code: 'InvalidParameter' },
  { action: 'Subscribe', parameters: { Protocol: 'http', Endpoint: 'ftp://x' }, status: 400, code: 'InvalidParameter' },
  { action: 'CreateTopic', parameters: { Name: 'no spaces' }, status: 400, code: 'InvalidParameter' },
  { action: 'DeleteTopic', parameters: {}, status: 400, code: 'InvalidAction' },
])('$action $parameters is refused as $code', async ({ action, parameters, status, code }) => {
  const answer = await call(action, parameters);
  expect(answer.status).toBe(status);
  expect(await answer.text()).toContain(`<Code>${code}</Code>`);
});

test.each([
  { status: 400, name: 'InvalidParameterException' },
  { status: 403, name: 'AuthorizationErrorException' },
  { status: 404, name: 'NotFoundException' },
  { status: 429, name: 'ThrottledException' },
  { status: 500, name: 'InternalErrorException' },
])('told to answer $status, it answers what the SDK knows as $name', async ({ status, name }) => {
  const client = new SNSClient({
    endpoint: sns.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 's' },
    maxAttempts: 1,
  });
  sns.faults.inject({ kind: 'answer', status }, { operation: 'Publish', resource: topicArn });
  const publishing = client.send(new PublishCommand({ TopicArn: topicArn, Message: 'x' }));
  await expect(publishing).rejects.toMatchObject({ name, $metadata: { httpStatusCode: status } });
  expect(sns.published(topicArn)).toEqual([]);
  client.destroy();
});
