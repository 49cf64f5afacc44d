import { Duration } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { describe, expect, it } from 'vitest';
import { demo, resourcesOf, synth } from './synth.ts';

const template = synth();

const denyPlainText = (action: string) => ({
  Effect: 'Deny',
  Action: action,
  Principal: Match.anyValue(),
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});

describe('memory', () => {
  it('is private, versioned and kept when the stack goes', () => {
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        VersioningConfiguration: { Status: 'Enabled' },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
      },
    });
  });

  const rules = (of: Template) =>
    resourcesOf(of, 'AWS::S3::Bucket').flatMap(
      ({ properties }) => (properties.LifecycleConfiguration as { Rules: Record<string, unknown>[] }).Rules,
    );

  it('forgets evidence, captures and old versions, and never a snapshot or a state', () => {
    const expiring = rules(template).filter((rule) => rule.ExpirationInDays !== undefined);
    expect(expiring.map(({ Prefix, ExpirationInDays }) => [Prefix, ExpirationInDays])).toEqual([
      ['evidence/', 30],
      ['captures/', 30],
      ['pace/', 1],
      ['storm/', 1],
      ['digests/', 90],
    ]);
    const everywhere = rules(template).filter((rule) => rule.Prefix === undefined);
    expect(everywhere).toMatchObject([
      {
        NoncurrentVersionExpiration: { NoncurrentDays: 90 },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
        ExpiredObjectDeleteMarker: true,
      },
    ]);
  });

  it('keeps evidence as long as it is told', () => {
    const changed = synth(() => ({ evidenceRetention: Duration.days(7) }));
    expect(rules(changed)).toContainEqual(expect.objectContaining({ Prefix: 'evidence/', ExpirationInDays: 7 }));
  });
});

describe('everything that takes data', () => {
  it('takes it over TLS only', () => {
    const count = (type: string) => resourcesOf(template, type).length;
    expect([count('AWS::S3::BucketPolicy'), count('AWS::SQS::QueuePolicy'), count('AWS::SNS::TopicPolicy')]).toEqual([
      1, 3, 2,
    ]);
    for (const [type, action] of [
      ['AWS::S3::BucketPolicy', 's3:*'],
      ['AWS::SQS::QueuePolicy', 'sqs:*'],
      ['AWS::SNS::TopicPolicy', 'sns:Publish'],
    ] as const) {
      template.allResourcesProperties(type, {
        PolicyDocument: { Statement: Match.arrayWith([Match.objectLike(denyPlainText(action))]) },
      });
    }
  });

  it('is encrypted, by keys that cost nothing or by yours', () => {
    template.allResourcesProperties('AWS::SQS::Queue', { SqsManagedSseEnabled: true });
    template.resourceCountIs('AWS::KMS::Key', 0);
    const changed = synth((stack) => ({ encryptionKey: new Key(stack, 'Key') }));
    const [key] = resourcesOf(changed, 'AWS::KMS::Key');
    const arn = { 'Fn::GetAtt': [key?.id, 'Arn'] };
    changed.allResourcesProperties('AWS::SQS::Queue', { KmsMasterKeyId: arn });
    changed.allResourcesProperties('AWS::SNS::Topic', { KmsMasterKeyId: arn });
    changed.allResourcesProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: arn } },
        ],
      },
    });
  });
});

describe('queues', () => {
  it('end in dead-letter queues that keep for two weeks', () => {
    template.resourceCountIs('AWS::SQS::Queue', 3);
    template.hasResourceProperties('AWS::SQS::Queue', {
      RedrivePolicy: {
        deadLetterTargetArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('FailedRuns'), 'Arn'] },
        maxReceiveCount: 3,
      },
    });
    template.resourcePropertiesCountIs('AWS::SQS::Queue', { MessageRetentionPeriod: 14 * 24 * 3_600 }, 2);
  });
});

describe('topics', () => {
  it('are made as the settings want them, each heard of, published to and watched', () => {
    const changed = synth(() => ({
      settings: { ...demo, alerts: { ...demo.alerts, events: true, chat: true } },
    }));
    const ids = (type: string) => resourcesOf(changed, type).map(({ id }) => id);
    expect(ids('AWS::SNS::Topic').map((id) => id.replace(/^Monitor|[0-9A-F]{8}$/g, ''))).toEqual([
      'Alerts',
      'Chat',
      'Events',
      'Operator',
    ]);
    changed.resourceCountIs('AWS::SNS::TopicPolicy', 4);
    changed.hasOutput('EventsTopic', {});
    changed.hasOutput('ChatTopic', {});
    const reference = (role: string) => ({ Ref: Match.stringLikeRegexp(role) });
    for (const entry of ['Check', 'Dispatch']) {
      changed.hasResourceProperties('AWS::Lambda::Function', {
        Description: Match.stringLikeRegexp(entry === 'Check' ? '^Checks' : '^Hands out'),
        Environment: {
          Variables: Match.objectLike({
            DRIFTWATCH_EVENTS_TOPIC_ARN: reference('Events'),
            DRIFTWATCH_CHAT_TOPIC_ARN: reference('Chat'),
          }),
        },
      });
    }
    changed.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 'sns:Publish',
            Resource: [reference('Alerts'), reference('Chat'), reference('Events')],
          }),
        ]),
      },
    });
    const alarms = resourcesOf(changed, 'AWS::CloudWatch::Alarm').map(({ properties }) => properties.AlarmName);
    for (const alarm of ['events unheard', 'chat unheard', 'undelivered events', 'undelivered chat']) {
      expect(alarms).toContain(`driftwatch/demo/${alarm}`);
    }
  });

  it('are subscribed to by those whom the settings name', () => {
    const subscribed = resourcesOf(template, 'AWS::SNS::Subscription').map(({ properties }) => [
      (properties.TopicArn as { Ref: string }).Ref.includes('Alerts') ? 'alerts' : 'operator',
      properties.Protocol,
      properties.Endpoint,
    ]);
    expect(subscribed).toEqual([
      ['alerts', 'email', 'team@example.com'],
      ['operator', 'email', 'operator@example.com'],
    ]);
  });
});
