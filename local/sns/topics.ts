// Topics, their subscriptions and what happens when something is published to them. Knows the documents that
// subscribers get, and nothing of the protocol that callers speak. Documents carry no real signature: that would need
// a certificate from AWS. Envelope: https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
import { randomBytes, randomUUID } from 'node:crypto';
import { accountId, Refusal, region } from '../aws-service.ts';
import { deliver, type RetryPolicy } from './delivery.ts';
import { invalidParameter, type Message } from './message.ts';

interface Subscription {
  arn: string;
  protocol: 'http' | 'email';
  endpoint: string;
  /** What a confirmation link must carry. */
  token: string;
  confirmed: boolean;
}

export interface Topic {
  arn: string;
  subscriptions: Subscription[];
  messages: Message[];
}

export interface Topics {
  /** The topic of that name, created unless it is there. */
  create(name: string): Topic;
  /** @throws Refusal InvalidParameter for what is no ARN, NotFound for what is no topic */
  find(arn: string): Topic;
  /** Sends an HTTP endpoint its confirmation; an email's is for a person to follow, so it stays pending here. */
  subscribe(topic: Topic, protocol: string, endpoint: string): Subscription;
  confirm(topic: Topic, token: string): Subscription;
  /** Its message id. Delivery goes on after the return. */
  publish(topic: Topic, message: Message): string;
  /** Resolves when no delivery is under way any more. */
  settled(): Promise<void>;
  /** Gives up deliveries under way and starts no more. */
  end(): Promise<void>;
}

export interface TopicsOptions {
  /** Where the links in documents lead. */
  serviceUrl(): string;
  retry: RetryPolicy;
  now(): Date;
}

export function createTopics(options: TopicsOptions): Topics {
  const topics = new Map<string, Topic>();
  const underway = new Set<Promise<boolean>>();
  const ended = new AbortController();

  function send(
    topic: Topic,
    to: Subscription,
    messageId: string,
    type: 'SubscriptionConfirmation' | 'Notification',
    content: Record<string, unknown>,
  ): void {
    const document = {
      Type: type,
      MessageId: messageId,
      TopicArn: topic.arn,
      ...content,
      Timestamp: options.now().toISOString(),
      SignatureVersion: '1',
      Signature: '',
      SigningCertURL: `${options.serviceUrl()}/SimpleNotificationService.pem`,
    };
    const subscriptionArn = type === 'Notification' ? to.arn : undefined;
    const delivery = deliver(
      { endpoint: to.endpoint, type, messageId, topicArn: topic.arn, subscriptionArn, document },
      options.retry,
      ended.signal,
    );
    underway.add(delivery);
    void delivery.finally(() => underway.delete(delivery));
  }

  function link(action: string, parameters: Record<string, string>): string {
    return `${options.serviceUrl()}/?${new URLSearchParams({ Action: action, ...parameters })}`;
  }

  async function settled(): Promise<void> {
    while (underway.size > 0) await Promise.all(underway);
  }

  return {
    create(name) {
      if (!/^[\w-]{1,256}$/.test(name)) throw invalidParameter('Topic Name');
      const arn = `arn:aws:sns:${region}:${accountId}:${name}`;
      const topic = topics.get(arn) ?? { arn, subscriptions: [], messages: [] };
      topics.set(arn, topic);
      return topic;
    },
    find(arn) {
      if (!/^arn:[^:]+:sns:[^:]+:\d{12}:[\w-]+$/.test(arn)) throw invalidParameter('TopicArn');
      const topic = topics.get(arn);
      if (!topic) throw new Refusal(404, 'NotFound', 'Topic does not exist');
      return topic;
    },
    subscribe(topic, protocol, endpoint) {
      if (protocol !== 'http' && protocol !== 'email') {
        throw invalidParameter(`Does not support this protocol string: ${protocol}`);
      }
      if (protocol === 'http' && !endpoint.startsWith('http://')) {
        throw invalidParameter('Endpoint must match the specified protocol');
      }
      if (protocol === 'email' && !endpoint.includes('@')) throw invalidParameter('Email address');
      const known = topic.subscriptions.find((one) => one.protocol === protocol && one.endpoint === endpoint);
      const token = randomBytes(64).toString('hex');
      const subscription = known ?? {
        arn: `${topic.arn}:${randomUUID()}`,
        protocol,
        endpoint,
        token,
        confirmed: false,
      };
      if (!known) topic.subscriptions.push(subscription);
      if (!subscription.confirmed && protocol === 'http') {
        send(topic, subscription, randomUUID(), 'SubscriptionConfirmation', {
          Token: subscription.token,
          Message: `${topic.arn} will send its messages here once the SubscribeURL has been visited.`,
          SubscribeURL: link('ConfirmSubscription', { TopicArn: topic.arn, Token: subscription.token }),
        });
      }
      return subscription;
    },
    confirm(topic, token) {
      const subscription = topic.subscriptions.find((one) => one.token === token);
      if (!subscription) throw invalidParameter('Token');
      subscription.confirmed = true;
      return subscription;
    },
    publish(topic, message) {
      topic.messages.push(message);
      const messageId = randomUUID();
      for (const to of topic.subscriptions) {
        if (!to.confirmed || to.protocol !== 'http') continue;
        send(topic, to, messageId, 'Notification', {
          ...(message.subject === undefined ? {} : { Subject: message.subject }),
          Message: message.body,
          UnsubscribeURL: link('Unsubscribe', { SubscriptionArn: to.arn }),
          ...(Object.keys(message.attributes).length === 0 ? {} : { MessageAttributes: message.attributes }),
        });
      }
      return messageId;
    },
    settled,
    async end() {
      ended.abort();
      await settled();
    },
  };
}
