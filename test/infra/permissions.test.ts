import type { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { describe, expect, it } from 'vitest';
import { demo, resourcesOf, synth } from './synth.ts';

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Condition?: unknown;
}

/** `action resource` for everything that a role may do, with references as `<Id.Attribute>`. */
function grantsOf(template: Template, role: string): string[] {
  const policies = resourcesOf(template, 'AWS::IAM::Policy').filter(({ id }) => id.includes(`${role}Role`));
  return policies
    .flatMap(({ properties }) => (properties.PolicyDocument as { Statement: Statement[] }).Statement)
    .flatMap(({ Effect, Action, Resource, Condition }) => {
      expect(Effect).toBe('Allow');
      return [Action].flat().flatMap((action) =>
        (Array.isArray(Resource) ? Resource : [Resource]).map((resource) => {
          const condition = Condition === undefined ? '' : ` if ${JSON.stringify(Condition)}`;
          return `${action} ${text(resource)}${condition}`;
        }),
      );
    })
    .sort();
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value as Record<string, unknown>;
  if (Ref !== undefined) return `<${name(Ref as string)}>`;
  if (attribute !== undefined) return `<${name((attribute as string[])[0] as string)}>`;
  const [separator, parts] = join as [string, unknown[]];
  return parts.map(text).join(separator);
}

/** Logical ids without the construct in front and the hash behind. */
const name = (id: string) => id.replace(/^Monitor/, '').replace(/[0-9A-F]{8}$/, '');

const regional = '<AWS::Region>:<AWS::AccountId>';

describe('the check function', () => {
  it('may do what its settings need, and nothing else', () => {
    expect(grantsOf(synth(), 'Check')).toEqual([
      'logs:CreateLogStream <CheckLogs>',
      'logs:PutLogEvents <CheckLogs>',
      `rds-db:connect arn:<AWS::Partition>:rds-db:${regional}:dbuser:*/driftwatch`,
      's3:DeleteObject <Memory>/storm/*',
      's3:GetObject <Memory>/accepted/*',
      's3:GetObject <Memory>/captures/*',
      's3:GetObject <Memory>/digests/*',
      's3:GetObject <Memory>/snapshots/*',
      's3:GetObject <Memory>/state/*',
      's3:GetObject <Memory>/storm/*',
      's3:GetObject <Memory>/watches/*',
      's3:GetObject arn:<AWS::Partition>:s3:::pap-backups/nightly/*',
      's3:ListBucket <Memory>',
      's3:ListBucket arn:<AWS::Partition>:s3:::pap-backups if {"StringLike":{"s3:prefix":"nightly/*"}}',
      's3:PutObject <Memory>/digests/*',
      's3:PutObject <Memory>/evidence/*',
      's3:PutObject <Memory>/pace/*',
      's3:PutObject <Memory>/state/*',
      's3:PutObject <Memory>/storm/*',
      's3:PutObject <Memory>/undeliverable/*',
      's3:PutObject <Memory>/watches/*',
      'secretsmanager:GetSecretValue arn:<AWS::Partition>:secretsmanager:' +
        `${regional}:secret:prod/pap-api/database-??????`,
      'secretsmanager:GetSecretValue arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/login-AbCdEf',
      'sns:Publish <Alerts>',
      'sqs:ChangeMessageVisibility <Work>',
      'sqs:DeleteMessage <Work>',
      'sqs:GetQueueAttributes <Work>',
      'sqs:GetQueueUrl <Work>',
      'sqs:ReceiveMessage <Work>',
      'xray:PutTelemetryRecords *',
      'xray:PutTraceSegments *',
    ]);
  });

  it('may do nothing in the account for settings that name nothing of it', () => {
    const { 'pap-api': api } = demo.targets;
    const settings = {
      ...demo,
      targets: {
        web: { environment: 'production', checks: { 'probe:health': { url: api.checks['probe:login'].url } } },
      },
    };
    const outside = grantsOf(
      synth(() => ({ settings })),
      'Check',
    ).filter((grant) => /secretsmanager|rds-db|s3:::/.test(grant));
    expect(outside).toEqual([]);
  });

  it('takes odd keys for what they are', () => {
    const settings = {
      ...demo,
      targets: {
        web: {
          environment: 'production',
          checks: {
            'backup:odd': { bucket: 'odd-backups', key: 'a$b[c]/{YYYY}{MM}{DD}' },
            'backup:any': { bucket: 'any-backups', key: '*.sql' },
          },
        },
      },
    };
    const grants = grantsOf(
      synth(() => ({ settings })),
      'Check',
    );
    expect(grants.filter((grant) => grant.includes('-backups'))).toEqual([
      's3:GetObject arn:<AWS::Partition>:s3:::any-backups/*',
      's3:GetObject arn:<AWS::Partition>:s3:::odd-backups/a?b?c?/*',
      's3:ListBucket arn:<AWS::Partition>:s3:::any-backups',
      's3:ListBucket arn:<AWS::Partition>:s3:::odd-backups if {"StringLike":{"s3:prefix":"a?b?c?/*"}}',
    ]);
  });
});

describe('the dispatch function', () => {
  it('may send messages, keep failed ticks, list states, find watches and count subscriptions', () => {
    expect(grantsOf(synth(), 'Dispatch')).toEqual([
      'logs:CreateLogStream <DispatchLogs>',
      'logs:PutLogEvents <DispatchLogs>',
      's3:GetObject <Memory>/watches/*',
      's3:ListBucket <Memory> if {"StringEquals":{"s3:prefix":"state/"}}',
      's3:ListBucket <Memory> if {"StringLike":{"s3:prefix":"watches/*"}}',
      'sns:GetTopicAttributes <Alerts>',
      'sns:GetTopicAttributes <Operator>',
      'sqs:GetQueueAttributes <FailedTicks>',
      'sqs:GetQueueUrl <FailedTicks>',
      'sqs:SendMessage <FailedTicks>',
      'sqs:SendMessage <Work>',
      'xray:PutTelemetryRecords *',
      'xray:PutTraceSegments *',
    ]);
  });
});

describe('keys', () => {
  it('may be used by those whose data they encrypt', () => {
    const template = synth((stack) => ({
      encryptionKey: new Key(stack, 'Own'),
      readableKeys: [Key.fromKeyArn(stack, 'Theirs', 'arn:aws:kms:eu-central-1:123456789012:key/backups')],
    }));
    const keyGrants = (role: string) => grantsOf(template, role).filter((grant) => grant.startsWith('kms:'));
    expect(keyGrants('Check')).toEqual([
      'kms:Decrypt <Own>',
      'kms:Decrypt arn:aws:kms:eu-central-1:123456789012:key/backups',
      'kms:GenerateDataKey <Own>',
    ]);
    expect(keyGrants('Dispatch')).toContain('kms:GenerateDataKey <Own>');
    const scheduler = resourcesOf(template, 'AWS::IAM::Role').find(({ id }) => id.includes('SchedulerRole'));
    expect(JSON.stringify(scheduler?.properties.Policies)).toContain('kms:GenerateDataKey');
  });
});
