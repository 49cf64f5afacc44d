// What the two functions may do, beyond logging: exactly the memory, topics and queue of this monitor, and of the rest
// of the account exactly the secrets, backups and database users that the settings name.
import { Aws, Stack } from 'aws-cdk-lib';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Access, StoredObjects } from './access.ts';
import { allow } from './grants.ts';

export interface CheckPermissions {
  memory: Bucket;
  topics: readonly ITopic[];
  access: Access;
  encryptionKey: IKey | undefined;
  /** Keys of other people that backups and secrets are encrypted with. */
  readableKeys: readonly IKey[];
}

export function permitCheck(
  role: Role,
  { memory, topics, access, encryptionKey, readableKeys }: CheckPermissions,
): void {
  const stack = Stack.of(role);
  allow(role, {
    actions: ['s3:GetObject'],
    resources: ['snapshots/*', 'accepted/*', 'captures/*', 'state/*', 'storm/*', 'digests/*', 'watches/*'].map((keys) =>
      memory.arnForObjects(keys),
    ),
    wildcardReason:
      'Models, accepted states, captures, targets, digests, watches and notices told together are objects below these prefixes of the memory bucket.',
  });
  allow(role, {
    actions: ['s3:PutObject'],
    resources: ['state/*', 'evidence/*', 'undeliverable/*', 'pace/*', 'storm/*', 'digests/*', 'watches/*'].map((keys) =>
      memory.arnForObjects(keys),
    ),
    wildcardReason:
      'State, evidence, digests, watches, notices that were given up or are told together, and slots are objects below these prefixes of the memory bucket.',
  });
  allow(role, {
    actions: ['s3:DeleteObject'],
    resources: [memory.arnForObjects('storm/*')],
    wildcardReason: 'Notices that were told together are objects below this prefix of the memory bucket.',
  });
  // Without it S3 answers 403, not 404, for an object that does not exist yet.
  allow(role, { actions: ['s3:ListBucket'], resources: [memory.bucketArn] });
  allow(role, { actions: ['sns:Publish'], resources: topics.map((topic) => topic.topicArn) });
  if (encryptionKey) {
    allow(role, { actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [encryptionKey.keyArn] });
  }
  allow(role, { actions: ['kms:Decrypt'], resources: readableKeys.map((key) => key.keyArn) });
  allow(role, {
    actions: ['secretsmanager:GetSecretValue'],
    resources: access.secrets.map((reference) => secretArn(stack, reference)),
  });
  for (const objects of access.objects) permitReading(role, objects);
  for (const { user, region } of access.databaseUsers) {
    allow(role, {
      actions: ['rds-db:connect'],
      resources: [
        stack.formatArn({
          service: 'rds-db',
          resource: 'dbuser:*',
          resourceName: literal(user),
          ...(region === undefined ? {} : { region }),
        }),
      ],
      wildcardReason:
        'IAM names a database by its resource id, which settings do not know; the user name and the database itself narrow it.',
    });
  }
}

export interface DispatchPermissions {
  memory: Bucket;
  work: Queue;
  topics: readonly ITopic[];
  encryptionKey: IKey | undefined;
}

export function permitDispatch(role: Role, { memory, work, topics, encryptionKey }: DispatchPermissions): void {
  allow(role, {
    actions: ['s3:ListBucket'],
    resources: [memory.bucketArn],
    conditions: { StringEquals: { 's3:prefix': 'state/' } },
  });
  allow(role, { actions: ['sqs:SendMessage'], resources: [work.queueArn] });
  allow(role, {
    actions: ['s3:ListBucket'],
    resources: [memory.bucketArn],
    conditions: { StringLike: { 's3:prefix': 'watches/*' } },
  });
  allow(role, {
    actions: ['s3:GetObject'],
    resources: [memory.arnForObjects('watches/*')],
    wildcardReason: 'Watches are objects below this prefix of the memory bucket.',
  });
  allow(role, { actions: ['sns:GetTopicAttributes'], resources: topics.map((topic) => topic.topicArn) });
  if (encryptionKey) {
    allow(role, { actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [encryptionKey.keyArn] });
  }
}

function permitReading(role: Role, { bucket, prefix }: StoredObjects): void {
  const arn = `arn:${Aws.PARTITION}:s3:::${bucket}`;
  allow(role, {
    actions: ['s3:ListBucket'],
    resources: [arn],
    ...(prefix === '' ? {} : { conditions: { StringLike: { 's3:prefix': `${literal(prefix)}*` } } }),
  });
  allow(role, {
    actions: ['s3:GetObject'],
    resources: [`${arn}/${literal(prefix)}*`],
    wildcardReason: 'The settings name a prefix; which objects below it are backups shows only when they are there.',
  });
}

/** An ARN as it is; a name with the six characters that Secrets Manager adds to it in the ARN. */
function secretArn(stack: Stack, reference: string): string {
  if (reference.startsWith('arn:')) return reference;
  return stack.formatArn({ service: 'secretsmanager', resource: `secret:${reference}-??????` });
}

/**
 * A name as part of an ARN or pattern, where `*`, `?` and `${}` mean something and brackets upset CDK's names of
 * findings: each becomes `?`, any one character, so that the pattern matches the name and hardly anything else.
 */
function literal(name: string): string {
  return name.replace(/[*?${}[\]()<>]/g, '?');
}
