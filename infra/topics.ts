// The topics. `alerts`, and `events` and `chat` when the settings want them, carry what is wrong with the targets, each
// in its own form, and only the check function publishes to them; `operator` carries CloudWatch's alarms about the monitor
// itself, so that a monitor that cannot speak is still heard of.
import { Annotations, Aws, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Alias, type IKey } from 'aws-cdk-lib/aws-kms';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { NoticeTopic } from '../lambda/config/topics.ts';

export interface TopicProps {
  displayName: string;
  emails: readonly string[];
  encryptionKey: IKey | undefined;
}

/** Topics that notices are published to; `alerts` is always there. */
export type NoticeTopics = { alerts: Topic } & Partial<Record<NoticeTopic, Topic>>;

/** Encrypted with the customer's key, or with the one that SNS manages, which costs nothing. */
export function createNoticeTopics(
  scope: Construct,
  { displayName, emails, encryptionKey, wanted }: TopicProps & { wanted: readonly NoticeTopic[] },
): NoticeTopics {
  const masterKey = encryptionKey ?? Alias.fromAliasName(scope, 'SnsManagedKey', 'alias/aws/sns');
  const create = (id: string, name: string) => new Topic(scope, id, { displayName: name, enforceSSL: true, masterKey });
  const alerts = create('Alerts', displayName);
  subscribe(alerts, emails);
  return {
    alerts,
    ...(wanted.includes('events') && { events: create('Events', `${displayName} events`) }),
    ...(wanted.includes('chat') && { chat: create('Chat', `${displayName} chat`) }),
  };
}

/**
 * Encrypted with the customer's key or not at all beyond what SNS does for every topic: the policy of the key that SNS
 * manages does not let CloudWatch in, and nobody can change it
 * (https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns). An alarm names resources and figures only.
 */
export function createOperatorTopic(scope: Construct, { displayName, emails, encryptionKey }: TopicProps): Topic {
  const topic = new Topic(scope, 'Operator', {
    displayName,
    enforceSSL: true,
    ...(encryptionKey ? { masterKey: encryptionKey } : {}),
  });
  // enforceSSL gives the topic a policy of its own, which only denies and so takes the place of the default one that
  // lets services of the account publish.
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AllowAlarms',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: {
        StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
        ArnLike: {
          'aws:SourceArn': Stack.of(scope).formatArn({ service: 'cloudwatch', resource: 'alarm:*' }),
        },
      },
    }),
  );
  if (encryptionKey) letAlarmsUse(encryptionKey, scope);
  subscribe(topic, emails);
  return topic;
}

function letAlarmsUse(key: IKey, scope: Construct): void {
  const { statementAdded } = key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AllowAlarmsToEncryptedTopic',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
    true,
  );
  if (statementAdded) return;
  Annotations.of(scope).addWarningV2(
    'driftwatch:imported-key',
    'the encryption key is not of this app, so its policy cannot be extended here: it must allow cloudwatch.amazonaws.com kms:Decrypt and kms:GenerateDataKey*, or no alarm about the monitor is ever delivered',
  );
}

function subscribe(topic: ITopic, emails: readonly string[]): void {
  for (const email of emails) topic.addSubscription(new EmailSubscription(email));
}
