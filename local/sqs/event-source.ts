// A Lambda event source mapping without Lambda: takes messages from a queue in batches, hands them to a handler as the
// event it would get, deletes what it handled, brings back what it did not, and sets aside what failed too often.
// Facts: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
import type { SQSEvent } from 'aws-lambda';
import { z } from 'zod';
import { accountId, region } from '../aws-service.ts';
import type { Queue, QueueMessage } from './queue.ts';

export interface EventSourceOptions {
  /** @default 10 */
  batchSize?: number;
  /** Receipts of one message before it goes to the dead letters. @default 3 */
  maxReceiveCount?: number;
}

export interface Drained {
  /** Messages the handler took. */
  handled: number;
  /** Times a message went back into the queue. */
  redelivered: number;
  /** Bodies of the messages that failed too often. */
  deadLetters: string[];
}

/** What a handler with partial batch responses gives; nothing, `null` and an empty list mean that all went well. */
const batchResponse = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish() })
  .nullish();

/** Runs batch after batch, one at a time, until the queue is empty. A handler that throws fails its whole batch. */
export async function drain(
  queue: Queue,
  handler: (event: SQSEvent) => Promise<unknown>,
  options: EventSourceOptions = {},
): Promise<Drained> {
  const { batchSize = 10, maxReceiveCount = 3 } = options;
  const drained: Drained = { handled: 0, redelivered: 0, deadLetters: [] };
  for (;;) {
    const batch = queue.receive(batchSize, Number.POSITIVE_INFINITY);
    if (batch.length === 0) return drained;
    const failed = await failuresOf(queue, batch, handler);
    for (const message of batch) {
      if (!failed.has(message.messageId)) {
        queue.delete(message.receiptHandle);
        drained.handled += 1;
      } else if (message.receiveCount >= maxReceiveCount) {
        queue.delete(message.receiptHandle);
        drained.deadLetters.push(message.body);
      } else {
        queue.release(message.receiptHandle);
        drained.redelivered += 1;
      }
    }
  }
}

/** The ids of the messages of this batch that count as failed. */
async function failuresOf(
  queue: Queue,
  batch: readonly QueueMessage[],
  handler: (event: SQSEvent) => Promise<unknown>,
): Promise<Set<string>> {
  const all = new Set(batch.map((message) => message.messageId));
  let answer: unknown;
  try {
    answer = await handler({ Records: batch.map((message) => recordOf(queue, message)) });
  } catch {
    return all;
  }
  const response = batchResponse.safeParse(answer);
  if (!response.success) return all;
  const named = (response.data?.batchItemFailures ?? []).map((failure) => failure.itemIdentifier);
  // A name that is not in the batch fails all of it, as Lambda has it: nothing is lost to a wrong answer.
  return named.every((id) => all.has(id)) ? new Set(named) : all;
}

function recordOf(queue: Queue, message: QueueMessage): SQSEvent['Records'][number] {
  return {
    messageId: message.messageId,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: {
      ApproximateReceiveCount: String(message.receiveCount),
      SentTimestamp: String(message.sentAt.getTime()),
      SenderId: accountId,
      ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt?.getTime()),
    },
    messageAttributes: {},
    md5OfBody: message.md5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queue.arn,
    awsRegion: region,
  };
}
