// One queue in memory: messages that are hidden while somebody works on them and come back unless deleted.
// Values, rules and a clock; no HTTP.
import { createHash, randomUUID } from 'node:crypto';
import { accountId, Refusal, region } from '../aws-service.ts';

export interface QueueMessage {
  messageId: string;
  body: string;
  md5OfBody: string;
  sentAt: Date;
  firstReceivedAt: Date | undefined;
  receiveCount: number;
  /** Of the latest receipt; deleting takes it. */
  receiptHandle: string;
}

export interface Queue {
  name: string;
  arn: string;
  send(body: string): QueueMessage;
  /** Up to `max` visible messages, hidden from now on for `visibilityMs`. */
  receive(max: number, visibilityMs: number): QueueMessage[];
  delete(receiptHandle: string): void;
  /** Makes a received message visible again at once. */
  release(receiptHandle: string): void;
  /** Messages in the queue, hidden ones included. */
  size(): number;
}

/** Of one message, and of all messages of a batch together. */
export const largestBytes = 1_048_576;

export function createQueue(name: string, now: () => Date): Queue {
  const messages: { message: QueueMessage; visibleAt: number }[] = [];

  const entryOf = (receiptHandle: string) => messages.find((entry) => entry.message.receiptHandle === receiptHandle);

  return {
    name,
    arn: `arn:aws:sqs:${region}:${accountId}:${name}`,
    send(body) {
      checkContents(body);
      const message: QueueMessage = {
        messageId: randomUUID(),
        body,
        md5OfBody: createHash('md5').update(body).digest('hex'),
        sentAt: now(),
        firstReceivedAt: undefined,
        receiveCount: 0,
        receiptHandle: '',
      };
      messages.push({ message, visibleAt: 0 });
      return message;
    },
    receive(max, visibilityMs) {
      const time = now();
      const visible = messages.filter((entry) => entry.visibleAt <= time.getTime()).slice(0, max);
      return visible.map((entry) => {
        entry.visibleAt = time.getTime() + visibilityMs;
        entry.message = {
          ...entry.message,
          receiveCount: entry.message.receiveCount + 1,
          firstReceivedAt: entry.message.firstReceivedAt ?? time,
          receiptHandle: randomUUID(),
        };
        return entry.message;
      });
    },
    delete(receiptHandle) {
      const entry = entryOf(receiptHandle);
      if (entry) messages.splice(messages.indexOf(entry), 1);
    },
    release(receiptHandle) {
      const entry = entryOf(receiptHandle);
      if (entry) entry.visibleAt = 0;
    },
    size: () => messages.length,
  };
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
function checkContents(body: string): void {
  if (body === '') throw new Refusal(400, 'MissingParameter', 'The request must contain the parameter MessageBody.');
  if (Buffer.byteLength(body) > largestBytes) {
    throw new Refusal(
      400,
      'InvalidParameterValue',
      `One or more parameters are invalid. Reason: Message must be shorter than ${largestBytes} bytes.`,
    );
  }
  if (/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.test(body)) {
    throw new Refusal(400, 'InvalidMessageContents', 'The message contains characters outside the allowed set.');
  }
}
