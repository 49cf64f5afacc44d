// SNS on loopback, as far as the product and its subscribers use it: CreateTopic, Subscribe, ConfirmSubscription,
// Publish and GetTopicAttributes in the query protocol. What happens then is sns/topics.ts and sns/delivery.ts.
import { randomUUID } from 'node:crypto';
import { type AwsService, accountId, type Call, Refusal, startService } from './aws-service.ts';
import type { Answer, Received } from './http-server.ts';
import type { RetryPolicy } from './sns/delivery.ts';
import { type Message, messageOf } from './sns/message.ts';
import { createTopics, type Topic } from './sns/topics.ts';
import { type XmlElement, xmlDocument } from './xml.ts';

const namespace = 'http://sns.amazonaws.com/doc/2010-03-31/';

export interface LocalSns extends AwsService {
  /** Creates a topic, or gives the one there is; its ARN. */
  createTopic(name: string): string;
  /** Subscribes an `http://` address, which is asked to confirm, or an email address, which never does. */
  subscribe(topicArn: string, endpoint: string): void;
  /** What was published to a topic, oldest first. */
  published(topicArn: string): readonly Message[];
  /** Resolves when every delivery under way has been taken, refused or given up. */
  settled(): Promise<void>;
}

export interface SnsOptions {
  /** @default 3 retries, 200 ms apart (SNS itself: 3 retries, 20 s apart) */
  retry?: RetryPolicy;
  now?: () => Date;
}

export async function startSns(options: SnsOptions = {}): Promise<LocalSns> {
  const topics = createTopics({
    serviceUrl: () => service.url,
    retry: options.retry ?? { retries: 3, delayMs: 200 },
    now: options.now ?? (() => new Date()),
  });

  function perform(operation: string, form: URLSearchParams): XmlElement[] {
    const topic = () => topics.find(form.get('TopicArn') ?? form.get('TargetArn') ?? '');
    switch (operation) {
      case 'CreateTopic':
        return [['TopicArn', topics.create(form.get('Name') ?? '').arn]];
      case 'Subscribe': {
        const subscription = topics.subscribe(topic(), form.get('Protocol') ?? '', form.get('Endpoint') ?? '');
        const told = subscription.confirmed || form.get('ReturnSubscriptionArn') === 'true';
        return [['SubscriptionArn', told ? subscription.arn : 'pending confirmation']];
      }
      case 'ConfirmSubscription':
        return [['SubscriptionArn', topics.confirm(topic(), form.get('Token') ?? '').arn]];
      case 'Publish':
        return [['MessageId', topics.publish(topic(), messageOf(form))]];
      case 'GetTopicAttributes':
        return [['Attributes', attributesOf(topic())]];
      default:
        throw new Refusal(400, 'InvalidAction', `${operation} is not part of this SNS`);
    }
  }

  const service = await startService({
    name,
    refuse,
    codes: {
      400: 'InvalidParameter',
      403: 'AuthorizationError',
      404: 'NotFound',
      429: 'Throttled',
      500: 'InternalError',
      503: 'ServiceUnavailable',
    },
    act: (call, request) => result(call, perform(call.operation, formOf(request))),
  });

  return {
    ...service,
    createTopic: (topicName) => topics.create(topicName).arn,
    subscribe(topicArn, endpoint) {
      topics.subscribe(topics.find(topicArn), endpoint.includes('://') ? 'http' : 'email', endpoint);
    },
    published: (topicArn) => topics.find(topicArn).messages,
    settled: topics.settled,
    async close() {
      await topics.end();
      await service.close();
    },
  };
}

function attributesOf(topic: Topic): XmlElement[] {
  const confirmed = topic.subscriptions.filter((one) => one.confirmed).length;
  const values = {
    TopicArn: topic.arn,
    Owner: accountId,
    SubscriptionsConfirmed: confirmed,
    SubscriptionsPending: topic.subscriptions.length - confirmed,
    SubscriptionsDeleted: 0,
  };
  return Object.entries(values).map(([key, value]) => [
    'entry',
    [
      ['key', key],
      ['value', value],
    ],
  ]);
}

/** The parameters of a call: a form that SDKs post, or the query of a confirmation link. */
function formOf(request: Received): URLSearchParams {
  return request.method === 'GET' ? request.query : new URLSearchParams(request.body.toString());
}

function name(request: Received): Call {
  const form = formOf(request);
  const resource = form.get('TopicArn') ?? form.get('TargetArn') ?? form.get('Name') ?? '';
  return { operation: form.get('Action') ?? '', resource, parameters: {} };
}

function result(call: Call, content: XmlElement[]): Answer {
  const root: XmlElement = [
    `${call.operation}Response`,
    [
      [`${call.operation}Result`, content],
      ['ResponseMetadata', [['RequestId', randomUUID()]]],
    ],
  ];
  return { status: 200, headers: { 'content-type': 'text/xml' }, body: xmlDocument(root, namespace) };
}

function refuse(refusal: Refusal, requestId: string): Answer {
  const type = refusal.status >= 500 ? 'Receiver' : 'Sender';
  const error: XmlElement = [
    'Error',
    [
      ['Type', type],
      ['Code', refusal.code],
      ['Message', refusal.message],
    ],
  ];
  const body = xmlDocument(['ErrorResponse', [error, ['RequestId', requestId]]], namespace);
  return { status: refusal.status, headers: { 'content-type': 'text/xml' }, body };
}
