// SNS behind the Topic port: publishing one message, and counting who would get it. Tries once; whoever calls knows
// how long trying again makes sense. A request has its own time limits.
import type { MessageAttributeValue, SNSClient, SNSClientConfig } from '@aws-sdk/client-sns';
import { type Attempt, awsError, notUnderstood } from './aws-errors.ts';
import type { Topic, TopicMessage } from './ports.ts';

export interface TopicOptions {
  /** Over the SDK's own configuration (region, endpoint, credentials). */
  client?: SNSClientConfig;
}

export function createTopic(options: TopicOptions = {}): Topic {
  const sdk = () => import('@aws-sdk/client-sns');
  let made: Promise<SNSClient> | undefined;
  const client = () => {
    made ??= sdk().then(
      ({ SNSClient }) =>
        new SNSClient({
          maxAttempts: 1,
          requestHandler: { connectionTimeout: 3_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
          ...options.client,
        }),
    );
    return made;
  };

  async function asked<Answer>(attempt: Attempt, request: (sns: SNSClient) => Promise<Answer>): Promise<Answer> {
    const sns = await client();
    try {
      return await request(sns);
    } catch (error) {
      throw awsError(error, attempt);
    }
  }

  return {
    async publish(topicArn, message, signal) {
      const { PublishCommand } = await sdk();
      const attempt: Attempt = { service: 'SNS', doing: 'publishing to', action: 'sns:Publish', resource: topicArn };
      const command = new PublishCommand({
        TopicArn: topicArn,
        Subject: message.subject,
        Message: message.body,
        MessageAttributes: attributesOf(message),
      });
      const { MessageId } = await asked(attempt, (sns) => sns.send(command, abortable(signal)));
      if (MessageId === undefined) throw notUnderstood(attempt);
      return { messageId: MessageId };
    },

    async subscriptions(topicArn, signal) {
      const { GetTopicAttributesCommand } = await sdk();
      const action = 'sns:GetTopicAttributes';
      const attempt: Attempt = { service: 'SNS', doing: 'counting the subscriptions of', action, resource: topicArn };
      const command = new GetTopicAttributesCommand({ TopicArn: topicArn });
      const { Attributes: counts } = await asked(attempt, (sns) => sns.send(command, abortable(signal)));
      const confirmed = Number(counts?.SubscriptionsConfirmed);
      const pending = Number(counts?.SubscriptionsPending);
      // A count that is not there is not none.
      if (!Number.isInteger(confirmed) || !Number.isInteger(pending)) throw notUnderstood(attempt);
      return { confirmed, pending };
    },
  };
}

function attributesOf({ attributes }: TopicMessage): Record<string, MessageAttributeValue> {
  return Object.fromEntries(
    Object.entries(attributes)
      // SNS refuses an attribute without a value.
      .filter(([, value]) => value.length > 0)
      .map(([name, value]): [string, MessageAttributeValue] => [
        name,
        typeof value === 'string'
          ? { DataType: 'String', StringValue: value }
          : { DataType: 'String.Array', StringValue: JSON.stringify(value) },
      ]),
  );
}

function abortable(signal: AbortSignal | undefined): { abortSignal?: AbortSignal } {
  return signal ? { abortSignal: signal } : {};
}
