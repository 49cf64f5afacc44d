// SQS on loopback, as far as the product uses it: CreateQueue, SendMessage, SendMessageBatch, ReceiveMessage and
// DeleteMessage in the JSON protocol. What Lambda does with a queue is sqs/event-source.ts.
import type { SQSEvent } from 'aws-lambda';
import { z } from 'zod';
import { type AwsService, accountId, Refusal, startService } from './aws-service.ts';
import { fieldOf, inputOf, jsonAnswer, jsonRefusal, operationOf } from './json-protocol.ts';
import { type Drained, drain, type EventSourceOptions } from './sqs/event-source.ts';
import { createQueue, largestBytes, type Queue } from './sqs/queue.ts';

export interface LocalSqs extends AwsService {
  /** Creates a queue, or gives the one there is; its URL. */
  createQueue(name: string): string;
  /** Messages in a queue, hidden ones included. */
  size(queueUrl: string): number;
  /** Hands the queue's messages to a handler as Lambda would, until none is left. */
  drain(
    queueUrl: string,
    handler: (event: SQSEvent) => Promise<unknown>,
    options?: EventSourceOptions,
  ): Promise<Drained>;
}

const ofQueue = z.object({ QueueUrl: z.string() });
const createInput = z.object({ QueueName: z.string() });
const sendInput = ofQueue.extend({ MessageBody: z.string() });
const batchInput = ofQueue.extend({
  Entries: z.array(z.object({ Id: z.string(), MessageBody: z.string() })).default([]),
});
const receiveInput = ofQueue.extend({
  MaxNumberOfMessages: z.int().default(1),
  VisibilityTimeout: z.int().default(30),
});
const deleteInput = ofQueue.extend({ ReceiptHandle: z.string() });

export async function startSqs(options: { now?: () => Date } = {}): Promise<LocalSqs> {
  const now = options.now ?? (() => new Date());
  const queues = new Map<string, Queue>();

  function queueOf(url: string): Queue {
    const queue = queues.get(queueName(url));
    if (!queue) throw new Refusal(400, 'QueueDoesNotExist', 'The specified queue does not exist.');
    return queue;
  }

  function create(name: string): string {
    if (!/^[\w-]{1,80}$/.test(name))
      throw new Refusal(
        400,
        'InvalidParameterValue',
        'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
      );
    if (!queues.has(name)) queues.set(name, createQueue(name, now));
    return `${service.url}/${accountId}/${name}`;
  }

  function sendBatch({ QueueUrl, Entries }: z.infer<typeof batchInput>) {
    const queue = queueOf(QueueUrl);
    checkBatch(Entries);
    const Successful: object[] = [];
    const Failed: object[] = [];
    for (const entry of Entries) {
      try {
        const message = queue.send(entry.MessageBody);
        Successful.push({ Id: entry.Id, MessageId: message.messageId, MD5OfMessageBody: message.md5OfBody });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        Failed.push({ Id: entry.Id, Code: error.code, Message: error.message, SenderFault: true });
      }
    }
    return { Successful, Failed };
  }

  function receive(input: z.infer<typeof receiveInput>) {
    const queue = queueOf(input.QueueUrl);
    const most = input.MaxNumberOfMessages;
    if (most < 1 || most > 10) {
      throw new Refusal(400, 'InvalidParameterValue', `Value ${most} for parameter MaxNumberOfMessages is invalid.`);
    }
    return {
      Messages: queue.receive(most, input.VisibilityTimeout * 1_000).map((message) => ({
        MessageId: message.messageId,
        ReceiptHandle: message.receiptHandle,
        MD5OfBody: message.md5OfBody,
        Body: message.body,
        Attributes: { ApproximateReceiveCount: String(message.receiveCount) },
      })),
    };
  }

  const service = await startService({
    name: (request) => ({
      operation: operationOf(request),
      resource: queueName(fieldOf(request, 'QueueUrl')) || fieldOf(request, 'QueueName'),
      parameters: {},
    }),
    refuse: jsonRefusal('com.amazonaws.sqs'),
    codes: {
      400: 'QueueDoesNotExist',
      403: 'AccessDenied',
      429: 'RequestThrottled',
      500: 'InternalFailure',
      503: 'ServiceUnavailable',
    },
    act(call, request) {
      switch (call.operation) {
        case 'CreateQueue':
          return jsonAnswer({ QueueUrl: create(inputOf(createInput, request).QueueName) });
        case 'SendMessage': {
          const input = inputOf(sendInput, request);
          const message = queueOf(input.QueueUrl).send(input.MessageBody);
          return jsonAnswer({ MessageId: message.messageId, MD5OfMessageBody: message.md5OfBody });
        }
        case 'SendMessageBatch':
          return jsonAnswer(sendBatch(inputOf(batchInput, request)));
        case 'ReceiveMessage':
          return jsonAnswer(receive(inputOf(receiveInput, request)));
        case 'DeleteMessage': {
          const input = inputOf(deleteInput, request);
          queueOf(input.QueueUrl).delete(input.ReceiptHandle);
          return jsonAnswer({});
        }
        default:
          throw new Refusal(400, 'InvalidAction', `${call.operation} is not part of this SQS`);
      }
    },
  });

  return {
    ...service,
    createQueue: create,
    size: (queueUrl) => queueOf(queueUrl).size(),
    drain: (queueUrl, handler, how) => drain(queueOf(queueUrl), handler, how),
  };
}

function queueName(url: string): string {
  return url.split('/').at(-1) ?? '';
}

function checkBatch(entries: { Id: string; MessageBody: string }[]): void {
  const refused = (code: string, message: string) => new Refusal(400, code, message);
  if (entries.length === 0) throw refused('EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (entries.length > 10) {
    throw refused(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are 10. You have sent ${entries.length}.`,
    );
  }
  const bad = entries.find((entry) => !/^[\w-]{1,80}$/.test(entry.Id));
  if (bad) throw refused('InvalidBatchEntryId', `The batch entry id ${JSON.stringify(bad.Id)} is not allowed.`);
  if (new Set(entries.map((entry) => entry.Id)).size < entries.length) {
    throw refused('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
  }
  const bytes = entries.reduce((sum, entry) => sum + Buffer.byteLength(entry.MessageBody), 0);
  if (bytes > largestBytes)
    throw refused('BatchRequestTooLong', `Batch requests cannot be longer than ${largestBytes} bytes.`);
}
