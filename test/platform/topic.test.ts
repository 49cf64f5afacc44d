// The Topic port over the real protocol: what arrives, what is counted, and every way in which SNS can refuse.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { EdgeError } from '../../lambda/errors.ts';
import type { Topic } from '../../lambda/platform/ports.ts';
import { createTopic } from '../../lambda/platform/topic.ts';
import { type LocalSns, startSns } from '../../local/sns.ts';
import { startSubscriber } from '../../local/subscriber.ts';
import { startHttpServer } from '../support/http-server.ts';

const planted = 'planted-secret-key';
const message = {
  subject: 'hello',
  body: 'Grüße 🚀\nzweite Zeile',
  attributes: { severity: 'critical', check: ['schema', 'probe:login'] },
};

let sns: LocalSns;
let topic: Topic;
let arn: string;
let count = 0;

const topicAt = (endpoint: string) =>
  createTopic({
    client: {
      endpoint,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'AKIDPLANTED', secretAccessKey: planted },
      requestHandler: { connectionTimeout: 500, requestTimeout: 300, throwOnRequestTimeout: true },
    },
  });

beforeAll(async () => {
  sns = await startSns();
  topic = topicAt(sns.url);
});
beforeEach(() => {
  count += 1;
  arn = sns.createTopic(`topic-${count}`);
});
afterEach(() => sns.faults.clear());
afterAll(() => sns.close());

async function failureOf(promise: Promise<unknown>): Promise<EdgeError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof EdgeError)) throw new Error(`expected an EdgeError, got ${String(error)}`);
  expect(`${error.message} ${error.remedy}`).not.toContain(planted);
  return error;
}

test('a message arrives as it was sent, lists as lists', async () => {
  const { messageId } = await topic.publish(arn, message);
  expect(messageId).toMatch(/^[0-9a-f-]{36}$/);
  expect(sns.published(arn)).toEqual([
    {
      subject: 'hello',
      body: message.body,
      attributes: {
        severity: { Type: 'String', Value: 'critical' },
        check: { Type: 'String.Array', Value: '["schema","probe:login"]' },
      },
    },
  ]);
});

test('attributes without a value are left out, since SNS refuses them', async () => {
  await topic.publish(arn, { ...message, attributes: { severity: 'critical', impact: [], environment: '' } });
  expect(Object.keys(sns.published(arn)[0]?.attributes ?? {})).toEqual(['severity']);
});

test('subscriptions are counted, confirmed and not', async () => {
  expect(await topic.subscriptions(arn)).toEqual({ confirmed: 0, pending: 0 });
  const subscriber = await startSubscriber();
  const { SNSClient, SubscribeCommand } = await import('@aws-sdk/client-sns');
  const client = new SNSClient({
    endpoint: sns.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  try {
    await client.send(new SubscribeCommand({ TopicArn: arn, Protocol: 'http', Endpoint: subscriber.url }));
    await client.send(new SubscribeCommand({ TopicArn: arn, Protocol: 'email', Endpoint: 'oncall@example.com' }));
    await sns.settled();
    await expect.poll(() => topic.subscriptions(arn)).toEqual({ confirmed: 1, pending: 1 });
  } finally {
    client.destroy();
    await subscriber.close();
  }
});

describe('what SNS refuses', () => {
  test.each([
    [
      403,
      'AuthorizationError',
      'denied',
      'access denied (403 AuthorizationErrorException)',
      /^Allow sns:Publish on arn:aws:sns:.* its KMS key\.$/,
    ],
    [
      403,
      'InvalidClientTokenId',
      'authentication',
      'AWS did not accept our credentials (403 InvalidClientTokenId)',
      /valid AWS credentials/,
    ],
    [404, 'NotFound', 'missing', 'it does not exist (404 NotFoundException)', /somebody deleted it/],
    [400, 'InvalidParameter', 'refused', 'SNS refused it (400 InvalidParameterException)', /bug of Driftwatch/],
    [413, 'RequestEntityTooLarge', 'refused', /^SNS refused it \(413/, /bug of Driftwatch/],
    [400, 'Nonsense', 'invalid', /^SNS refused it \(400/, /bug of Driftwatch/],
    [400, 'KMSNotFound', 'missing', /^it does not exist \(400/, /somebody deleted it/],
    [400, 'KMSDisabled', 'denied', 'access denied (400 KMSDisabledException)', /KMS key/],
    [429, 'Throttled', 'unavailable', 'SNS could not serve it (429 ThrottledException)', /next run tries again/],
    [
      500,
      'InternalError',
      'unavailable',
      'SNS could not serve it (500 InternalErrorException)',
      /next run tries again/,
    ],
    [503, 'ServiceUnavailable', 'unavailable', /^SNS could not serve it \(503/, /next run tries again/],
  ] as const)('%i %s', async (status, code, reason, said, remedy) => {
    sns.faults.inject({ kind: 'answer', status, code }, { operation: 'Publish' });
    const error = await failureOf(topic.publish(arn, message));
    expect(error.reason).toBe(reason);
    const [what, why] = error.message.split(`publishing to ${arn}: `);
    expect(what).toBe('');
    if (typeof said === 'string') expect(why).toBe(said);
    else expect(why).toMatch(said);
    expect(error.remedy).toMatch(remedy);
    // Whoever calls decides about trying again.
    expect(sns.published(arn)).toEqual([]);
  });

  test('a topic that is not there', async () => {
    const error = await failureOf(topic.publish(`${arn}-gone`, message));
    expect(error.message).toBe(`publishing to ${arn}-gone: it does not exist (404 NotFoundException)`);
    expect((await failureOf(topic.subscriptions(`${arn}-gone`))).message).toMatch(
      /^counting the subscriptions of .*-gone: it does not exist/,
    );
  });

  test('one try is one request', async () => {
    sns.faults.inject({ kind: 'answer', status: 500 }, { operation: 'Publish' });
    const before = sns.calls.length;
    await failureOf(topic.publish(arn, message));
    expect(sns.calls.length - before).toBe(1);
  });
});

describe('when nothing comes back', () => {
  test('no answer', async () => {
    sns.faults.inject({ kind: 'silence' }, { operation: 'Publish' });
    const error = await failureOf(topic.publish(arn, message));
    expect(error.reason).toBe('timeout');
    expect(error.message).toMatch(/SNS did not answer in time/);
    expect(error.remedy).toBe('In a VPC, SNS needs an interface endpoint or a NAT gateway.');
  });
  test('a cut connection', async () => {
    sns.faults.inject({ kind: 'reset' }, { operation: 'Publish' });
    expect(await failureOf(topic.publish(arn, message))).toMatchObject({
      reason: 'unreachable',
      message: `publishing to ${arn}: SNS cannot be reached (ECONNRESET)`,
    });
  });
  test('nobody there', async () => {
    expect(await failureOf(topicAt('http://127.0.0.1:1').publish(arn, message))).toMatchObject({
      reason: 'unreachable',
      message: `publishing to ${arn}: SNS cannot be reached (ECONNREFUSED)`,
    });
  });
  test('a caller who gives up', async () => {
    const caller = new AbortController();
    sns.faults.inject({ kind: 'silence' }, { operation: 'Publish' });
    const publishing = failureOf(topic.publish(arn, message, caller.signal));
    caller.abort();
    expect((await publishing).reason).toBe('timeout');
  });
  test('an endpoint that is not SNS', async () => {
    const web = await startHttpServer((_, response) => response.end('<html>hello</html>'));
    const error = await failureOf(topicAt(web.url).subscriptions(arn));
    expect(error.message).toBe(`counting the subscriptions of ${arn}: the answer is not one that SNS gives`);
  });
});
