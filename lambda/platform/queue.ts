// SQS behind the Queue port: sends in batches of ten, and names every message that was not taken. A batch that failed in
// part has been sent in part: whoever sends again must not mind that some arrive twice.
import type { SendMessageBatchResult, SQSClient, SQSClientConfig } from '@aws-sdk/client-sqs';
import { EdgeError } from '../errors.ts';
import { awsError } from './aws-errors.ts';
import type { Queue } from './ports.ts';

export interface QueueOptions {
  /** Over the SDK's own configuration (region, endpoint, credentials). */
  client?: SQSClientConfig;
}

/** SQS's limit: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html */
const batchSize = 10;

/** How much of a message's text names it in an error. */
const shownCharacters = 80;

export function createQueue(options: QueueOptions = {}): Queue {
  let made: Promise<SQSClient> | undefined;
  const client = () => {
    made ??= import('@aws-sdk/client-sqs').then(
      ({ SQSClient }) =>
        new SQSClient({
          requestHandler: { connectionTimeout: 3_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
          ...options.client,
        }),
    );
    return made;
  };

  async function sendBatch(queueUrl: string, bodies: readonly string[], signal?: AbortSignal): Promise<Refused[]> {
    const sqs = await client();
    const { SendMessageBatchCommand } = await import('@aws-sdk/client-sqs');
    const entries = bodies.map((body, index) => ({ Id: String(index), MessageBody: body }));
    const command = new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries });
    let answer: SendMessageBatchResult;
    try {
      answer = await sqs.send(command, signal ? { abortSignal: signal } : {});
    } catch (error) {
      throw awsError(error, { service: 'SQS', doing: 'sending to', action: 'sqs:SendMessage', resource: queueUrl });
    }
    const taken = new Set(answer.Successful?.map(({ Id }) => Id));
    return bodies.flatMap((body, index): Refused[] => {
      if (taken.has(String(index))) return [];
      const failure = answer.Failed?.find(({ Id }) => Id === String(index));
      return [{ body, code: failure?.Code ?? 'no answer about it', ours: failure?.SenderFault ?? false }];
    });
  }

  return {
    async send(queueUrl, bodies, signal) {
      const refused: Refused[] = [];
      for (let start = 0; start < bodies.length; start += batchSize) {
        refused.push(...(await sendBatch(queueUrl, bodies.slice(start, start + batchSize), signal)));
      }
      if (refused.length > 0) throw partlyRefused(queueUrl, bodies.length, refused);
    },
  };
}

interface Refused {
  body: string;
  code: string;
  /** SQS says that sending it again will not help. */
  ours: boolean;
}

function partlyRefused(queueUrl: string, count: number, refused: readonly Refused[]): EdgeError {
  const names = refused
    .map(({ body, code }) => `${JSON.stringify(body.slice(0, shownCharacters))} (${code})`)
    .join('; ');
  const permanent = refused.some(({ ours }) => ours);
  return new EdgeError(
    permanent ? 'invalid' : 'unavailable',
    `sending to ${queueUrl}: ${refused.length} of ${count} messages were not taken: ${names}`,
    {
      remedy: permanent
        ? 'Report it as a bug of Driftwatch.'
        : 'Send them again; those that were taken do no harm twice.',
    },
  );
}
