// SNS on loopback, as far as the product and its subscribers use it: CreateTopic, Subscribe, ConfirmSubscription,
// Publish and GetTopicAttributes in the query protocol, and delivery over HTTP with the real handshake and envelope.
// Documents carry no real signature: that would need a certificate from AWS.
import { randomBytes, randomUUID } from 'node:crypto';
import { type AwsService, accountId, type Call, Refusal, region, startService } from './aws-service.ts';
import type { Answer, Received } from './http-server.ts';
import { deliver, type RetryPolicy } from './sns/delivery.ts';
import { type Message, messageOf } from './sns/message.ts';
import { type XmlElement, xmlDocument } from './xml.ts';

const namespace = 'http://sns.amazonaws.com/doc/2010-03-31/';

export interface LocalSns extends AwsService {
  /** Creates a topic, or gives the one there is; its ARN. */
  createTopic(name: string): string;
  /** What was published to a topic, oldest first. */
  published(topicArn: string): readonly Message[];
  /** Resolves when every delivery under way has been taken, refused or given up. */
  settled(): Promise<void>;
}

interface Subscription {
  arn: string;
  protocol: 'http' | 'email';
  endpoint: string;
  token: string;
  confirmed: boolean;
}

interface Topic {
  arn: string;
  subscriptions: Subscription[];
  messages: Message[];
}

export interface SnsOptions {
  /** @default 3 retries, 200 ms apart (SNS itself: 3 retries, 20 s apart) */
  retry?: RetryPolicy;
  now?: () => Date;
}

export async function startSns(options: SnsOptions = {}): Promise<LocalSns> {
  const { retry = { retries: 3, delayMs: 200 }, now = () => new Date() } = options;
  const topics = new Map<string, Topic>();
  const underway = new Set<Promise<boolean>>();
  const closing = new AbortController();

  function topicOf(arn: string): Topic {
    if (!/^arn:[^:]+:sns:[^:]+:\d{12}:[\w-]+$/.test(arn)) throw invalid('TopicArn');
    const topic = topics.get(arn);
    if (!topic) throw new Refusal(404, 'NotFound', 'Topic does not exist');
    return topic;
  }

  function createTopic(name: string): string {
    if (!/^[\w-]{1,256}$/.test(name)) throw invalid('Topic Name');
    const arn = `arn:aws:sns:${region}:${accountId}:${name}`;
    if (!topics.has(arn)) topics.set(arn, { arn, subscriptions: [], messages: [] });
    return arn;
  }

  function send(
    topic: Topic,
    subscription: Subscription,
    type: 'SubscriptionConfirmation' | 'Notification',
    content: Record<string, unknown>,
    messageId: string = randomUUID(),
  ): void {
    const document = {
      Type: type,
      MessageId: messageId,
      TopicArn: topic.arn,
      ...content,
      SignatureVersion: '1',
      Signature: '',
      SigningCertURL: `${service.url}/SimpleNotificationService.pem`,
    };
    const subscriptionArn = type === 'Notification' ? subscription.arn : undefined;
    const target = { endpoint: subscription.endpoint, type, messageId, topicArn: topic.arn, subscriptionArn, document };
    const delivery = deliver(target, retry, closing.signal);
    underway.add(delivery);
    void delivery.finally(() => underway.delete(delivery));
  }

  function subscribe(topic: Topic, form: URLSearchParams): XmlElement[] {
    const protocol = form.get('Protocol');
    const endpoint = form.get('Endpoint') ?? '';
    if (protocol !== 'http' && protocol !== 'email') throw invalid(`Unsupported protocol: ${protocol}`);
    if (protocol === 'http' && !endpoint.startsWith('http://')) throw invalid('Endpoint must match the protocol');
    if (protocol === 'email' && !endpoint.includes('@')) throw invalid('Email address');
    let subscription = topic.subscriptions.find((one) => one.protocol === protocol && one.endpoint === endpoint);
    if (!subscription) {
      const arn = `${topic.arn}:${randomUUID()}`;
      subscription = { arn, protocol, endpoint, token: randomBytes(64).toString('hex'), confirmed: false };
      topic.subscriptions.push(subscription);
    }
    // An email's link is for a person to follow: here nobody does, and the subscription stays pending.
    if (!subscription.confirmed && protocol === 'http') {
      const query = new URLSearchParams({
        Action: 'ConfirmSubscription',
        TopicArn: topic.arn,
        Token: subscription.token,
      });
      send(topic, subscription, 'SubscriptionConfirmation', {
        Token: subscription.token,
        Message:
          `You have chosen to subscribe to the topic ${topic.arn}.\n` +
          'To confirm the subscription, visit the SubscribeURL included in this message.',
        SubscribeURL: `${service.url}/?${query}`,
        Timestamp: now().toISOString(),
      });
    }
    const known = subscription.confirmed || form.get('ReturnSubscriptionArn') === 'true';
    return [['SubscriptionArn', known ? subscription.arn : 'pending confirmation']];
  }

  function confirm(topic: Topic, token: string | null): XmlElement[] {
    const subscription = topic.subscriptions.find((one) => one.token === token);
    if (!subscription) throw invalid('Token');
    subscription.confirmed = true;
    return [['SubscriptionArn', subscription.arn]];
  }

  function publish(topic: Topic, form: URLSearchParams): XmlElement[] {
    const message = messageOf(form);
    topic.messages.push(message);
    const messageId = randomUUID();
    for (const subscription of topic.subscriptions) {
      if (!subscription.confirmed || subscription.protocol !== 'http') continue;
      const unsubscribe = new URLSearchParams({ Action: 'Unsubscribe', SubscriptionArn: subscription.arn });
      const content = {
        ...(message.subject === undefined ? {} : { Subject: message.subject }),
        Message: message.body,
        Timestamp: now().toISOString(),
        UnsubscribeURL: `${service.url}/?${unsubscribe}`,
        ...(Object.keys(message.attributes).length === 0 ? {} : { MessageAttributes: message.attributes }),
      };
      send(topic, subscription, 'Notification', content, messageId);
    }
    return [['MessageId', messageId]];
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
    const entries = Object.entries(values).map(
      ([key, value]): XmlElement => [
        'entry',
        [
          ['key', key],
          ['value', value],
        ],
      ],
    );
    return [['Attributes', entries]];
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
    act(call, request) {
      const form = formOf(request);
      const arn = form.get('TopicArn') ?? form.get('TargetArn') ?? '';
      switch (call.operation) {
        case 'CreateTopic':
          return result(call, [['TopicArn', createTopic(form.get('Name') ?? '')]]);
        case 'Subscribe':
          return result(call, subscribe(topicOf(arn), form));
        case 'ConfirmSubscription':
          return result(call, confirm(topicOf(arn), form.get('Token')));
        case 'Publish':
          return result(call, publish(topicOf(arn), form));
        case 'GetTopicAttributes':
          return result(call, attributesOf(topicOf(arn)));
        default:
          throw new Refusal(400, 'InvalidAction', `${call.operation} is not part of this SNS`);
      }
    },
  });

  return {
    ...service,
    createTopic,
    published: (topicArn) => topicOf(topicArn).messages,
    async settled() {
      while (underway.size > 0) await Promise.all(underway);
    },
    async close() {
      closing.abort();
      await service.close();
      await Promise.all(underway);
    },
  };
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

function invalid(what: string): Refusal {
  return new Refusal(400, 'InvalidParameter', `Invalid parameter: ${what}`);
}
