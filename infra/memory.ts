// The monitor's memory: one private, versioned bucket with snapshots, state and evidence. It outlives the stack, since
// snapshots and open incidents cannot be made again; what is only of use for a while is cleaned up by age.
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

export interface MemoryProps {
  encryptionKey: IKey | undefined;
  evidenceRetention: Duration;
}

export function createMemory(scope: Construct, { encryptionKey, evidenceRetention }: MemoryProps): Bucket {
  const bucket = new Bucket(scope, 'Memory', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    ...(encryptionKey
      ? { encryption: BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true }
      : { encryption: BucketEncryption.S3_MANAGED }),
    versioned: true,
    removalPolicy: RemovalPolicy.RETAIN,
    lifecycleRules: [
      {
        id: 'evidence',
        prefix: 'evidence/',
        expiration: evidenceRetention,
        noncurrentVersionExpiration: Duration.days(1),
      },
      // Written anew each time, from beside databases that cannot be reached; the newest one counts.
      {
        id: 'captures',
        prefix: 'captures/',
        expiration: Duration.days(30),
        noncurrentVersionExpiration: Duration.days(1),
      },
      // Slots of past seconds, and what was told together: of use for minutes.
      ...['pace', 'storm'].map((id) => ({
        id,
        prefix: `${id}/`,
        expiration: Duration.days(1),
        noncurrentVersionExpiration: Duration.days(1),
      })),
      {
        id: 'digests',
        prefix: 'digests/',
        expiration: Duration.days(90),
        noncurrentVersionExpiration: Duration.days(1),
      },
      // Rewritten by every run: a week of versions is what an investigation needs.
      { id: 'state', prefix: 'state/', noncurrentVersionExpiration: Duration.days(7) },
      {
        id: 'leftovers',
        noncurrentVersionExpiration: Duration.days(90),
        expiredObjectDeleteMarker: true,
        abortIncompleteMultipartUploadAfter: Duration.days(1),
      },
    ],
  });
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason:
      'Only the monitor writes here, and every version is kept; CloudTrail data events say who read what, where an account wants that, without a second bucket.',
  });
  return bucket;
}
