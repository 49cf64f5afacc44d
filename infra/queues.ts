// The queue between dispatch and check, and the two places where work that could not be done is kept for people:
// messages that no check run could finish, and ticks that never reached dispatch. Both are empty unless something broke.
import { Duration, Validations } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

export interface Queues {
  work: Queue;
  failedRuns: Queue;
  failedTicks: Queue;
  /** How long a message is kept from other runs once one has it. */
  visibilityTimeout: Duration;
}

export interface QueuesProps {
  encryptionKey: IKey | undefined;
  checkTimeout: Duration;
}

export function createQueues(scope: Construct, { encryptionKey, checkTimeout }: QueuesProps): Queues {
  const common: QueueProps = {
    enforceSSL: true,
    ...(encryptionKey
      ? { encryption: QueueEncryption.KMS, encryptionMasterKey: encryptionKey }
      : { encryption: QueueEncryption.SQS_MANAGED }),
  };
  const failedRuns = deadLetters('FailedRuns');
  const failedTicks = deadLetters('FailedTicks');
  // A run that is still going on must not be handed out a second time: AWS advises six times the function's timeout.
  const visibilityTimeout = Duration.seconds(6 * checkTimeout.toSeconds());
  const work = new Queue(scope, 'Work', {
    ...common,
    visibilityTimeout,
    // Longer than all receives together take; by then the next tick has long asked the same.
    retentionPeriod: Duration.days(1),
    deadLetterQueue: { queue: failedRuns, maxReceiveCount: 3 },
  });
  return { work, failedRuns, failedTicks, visibilityTimeout };

  function deadLetters(id: string): Queue {
    const queue = new Queue(scope, id, { ...common, retentionPeriod: Duration.days(14) });
    Validations.of(queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is a dead-letter queue itself; an alarm watches its depth.',
    });
    return queue;
  }
}
