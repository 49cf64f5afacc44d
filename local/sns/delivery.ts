// Bringing a document to an HTTP subscriber, and trying again while it fails for reasons of its own.
// Facts: https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
import { setTimeout as sleep } from 'node:timers/promises';

export interface Delivery {
  endpoint: string;
  /** The `Type` of the document: what its sender is about. */
  type: 'SubscriptionConfirmation' | 'Notification';
  messageId: string;
  topicArn: string;
  subscriptionArn: string | undefined;
  document: Record<string, unknown>;
}

export interface RetryPolicy {
  /** Retries after the first attempt. */
  retries: number;
  delayMs: number;
}

/** Whether the subscriber took it. Never rejects: an unreachable subscriber is the subscriber's trouble. */
export async function deliver(delivery: Delivery, policy: RetryPolicy, signal: AbortSignal): Promise<boolean> {
  for (let attempt = 0; attempt <= policy.retries; attempt += 1) {
    if (attempt > 0) await sleep(policy.delayMs, undefined, { signal, ref: false }).catch(() => {});
    if (signal.aborted) return false;
    const status = await post(delivery, signal);
    if (status !== undefined && status >= 200 && status < 300) return true;
    // A client error will be the same the next time; being throttled, failing or not answering may not.
    if (status !== undefined && status < 500 && status !== 429) return false;
  }
  return false;
}

/** The answer's status; `undefined` for none. */
async function post(delivery: Delivery, signal: AbortSignal): Promise<number | undefined> {
  try {
    const response = await fetch(delivery.endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'text/plain; charset=UTF-8',
        'user-agent': 'Amazon Simple Notification Service Agent',
        'x-amz-sns-message-type': delivery.type,
        'x-amz-sns-message-id': delivery.messageId,
        'x-amz-sns-topic-arn': delivery.topicArn,
        ...(delivery.subscriptionArn === undefined ? {} : { 'x-amz-sns-subscription-arn': delivery.subscriptionArn }),
      },
      body: JSON.stringify(delivery.document, null, 2),
      redirect: 'manual',
      // SNS waits this long for an answer.
      signal: AbortSignal.any([signal, AbortSignal.timeout(15_000)]),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return undefined;
  }
}
