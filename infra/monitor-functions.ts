// The two functions of a monitor, connected: dispatch hands out runs through the queue, check works on one message at a
// time. Why each has the memory, the time and the retries it has is said here.
import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { type TopicRole, topicVariable } from '../lambda/config/topics.ts';
import type { Access } from './access.ts';
import { createFunction } from './function.ts';
import { acknowledgeWildcards } from './grants.ts';
import type { FunctionNetwork } from './network.ts';
import { permitCheck, permitDispatch } from './permissions.ts';
import type { Queues } from './queues.ts';
import type { NoticeTopics } from './topics.ts';

export interface MonitorFunctionsProps {
  settingsJson: string;
  monitorName: string;
  memory: Bucket;
  topics: NoticeTopics;
  operator: ITopic;
  queues: Queues;
  access: Access;
  encryptionKey: IKey | undefined;
  readableKeys: readonly IKey[];
  network: FunctionNetwork | undefined;
  logRetention: RetentionDays;
  checkTimeout: Duration;
  checkMemoryMb: number;
  maxConcurrency: number;
}

export function createMonitorFunctions(
  scope: Construct,
  props: MonitorFunctionsProps,
): { check: LambdaFunction; dispatch: LambdaFunction } {
  const { monitorName, memory, topics, operator, queues, access, encryptionKey, readableKeys } = props;
  const common = {
    settingsJson: props.settingsJson,
    monitorName,
    logRetention: props.logRetention,
    network: props.network,
    environment: {
      DRIFTWATCH_BUCKET: memory.bucketName,
      ...Object.fromEntries(
        Object.entries({ ...topics, operator }).map(([role, { topicArn }]) => [
          topicVariable(role as TopicRole),
          topicArn,
        ]),
      ),
      DRIFTWATCH_QUEUE_URL: queues.work.queueUrl,
    },
  };

  const check = createFunction(scope, 'Check', {
    ...common,
    entry: 'check',
    description: `Checks the targets of ${monitorName}; the event {} checks all of them`,
    memoryMb: props.checkMemoryMb,
    timeout: props.checkTimeout,
    // A deployment that a pipeline tells of is told once, and nobody waits for an answer; twice is once to the function. A
    // message of the queue is retried by the queue.
    asynchronous: { retries: 2, maxEventAge: Duration.hours(1) },
  });
  check.fn.addEventSource(
    new SqsEventSource(queues.work, {
      batchSize: 1,
      reportBatchItemFailures: true,
      maxConcurrency: props.maxConcurrency,
    }),
  );
  permitCheck(check.role, { memory, topics: Object.values(topics), access, encryptionKey, readableKeys });

  const dispatch = createFunction(scope, 'Dispatch', {
    ...common,
    entry: 'dispatch',
    description: `Hands out the runs of ${monitorName}`,
    // It reads its settings and sends messages: a second's work, most of it the start.
    memoryMb: 256,
    timeout: Duration.minutes(1),
    // Lambda's retries after Scheduler has delivered; both ends of a tick end in the same queue.
    asynchronous: { retries: 2, maxEventAge: Duration.minutes(15), onFailure: new SqsDestination(queues.failedTicks) },
  });
  permitDispatch(dispatch.role, {
    memory,
    work: queues.work,
    topics: [...Object.values(topics), operator],
    encryptionKey,
  });
  if (encryptionKey) {
    acknowledgeWildcards(
      dispatch.role,
      { actions: ['kms:GenerateDataKey*', 'kms:ReEncrypt*'] },
      'CDK grants a destination queue all ways of using its one key.',
    );
  }
  return { check: check.fn, dispatch: dispatch.fn };
}
