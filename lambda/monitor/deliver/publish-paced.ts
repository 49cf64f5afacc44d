// One message to one topic: every attempt takes a slot first and has a time limit, and what may pass is tried again.
import type { NoticeTopic } from '../../config/topics.ts';
import { EdgeError } from '../../errors.ts';
import type { Clock, Topic, TopicMessage } from '../../platform/ports.ts';
import { withDeadline } from '../deadline.ts';
import { type Patience, withRetries } from '../retry.ts';

/** One attempt takes no longer. */
const publishMs = 10_000;
const publishing = { attempts: 4, firstDelayMs: 250 } as const;

export interface PacedMessage {
  topic: NoticeTopic;
  arn: string;
  message: TopicMessage;
  /** Gives false when there is none to be had. */
  slot: () => Promise<boolean>;
  deadline: Date;
}

/** @returns `undefined` without a slot; rejects with the last failure */
export async function publishPaced(
  { clock, random, topic: sns }: { clock: Clock; random: () => number; topic: Topic },
  { topic, arn, message, slot, deadline }: PacedMessage,
): Promise<{ messageId: string } | undefined> {
  const patience: Patience = { clock, random, deadline, ...publishing };
  return withRetries(patience, async () => {
    if (!(await slot())) return undefined;
    return withDeadline(
      clock,
      publishMs,
      () => noAnswer(topic),
      (signal) => sns.publish(arn, message, signal),
    );
  });
}

function noAnswer(topic: NoticeTopic): EdgeError {
  return new EdgeError('timeout', `the ${topic} topic gave no answer within ${publishMs / 1_000} s`, {
    remedy: 'Look at the service health of SNS and at the route to it (a VPC needs an endpoint for SNS, or NAT).',
  });
}
