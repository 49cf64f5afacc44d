// SQS as the AWS SDK sees it, limited to what the product uses. Run against local/ and against moto.
import { createHash } from 'node:crypto';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect } from 'vitest';
import { clientConfig, contractTest, expectRefusal, type Implementation, uniqueName } from './contract.ts';

export function sqsContract(implementation: Implementation): void {
  describe('SQS', () => {
    let client: SQSClient;
    let QueueUrl: string;
    const test = (name: string, body: () => Promise<void>) => contractTest(implementation, `SQS: ${name}`, body);

    beforeAll(() => {
      client = new SQSClient(clientConfig(implementation.endpoints().sqs));
    });
    beforeEach(async () => {
      QueueUrl = (await client.send(new CreateQueueCommand({ QueueName: uniqueName('queue') }))).QueueUrl ?? '';
    });
    afterAll(() => client.destroy());

    const send = (MessageBody: string) => client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    const sendAll = (bodies: string[], id = (index: number) => `m${index}`) =>
      client.send(
        new SendMessageBatchCommand({
          QueueUrl,
          Entries: bodies.map((MessageBody, index) => ({ Id: id(index), MessageBody })),
        }),
      );
    const receive = async () =>
      (await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))).Messages ?? [];
    const repeated = (count: number, body = 'x') => Array.from({ length: count }, () => body);

    test('a message is received as it was sent, hidden while it is worked on, and gone when deleted', async () => {
      const body = '{"target": "ü 🐘"}\n';
      const sent = await send(body);
      expect(sent.MD5OfMessageBody).toBe(createHash('md5').update(body).digest('hex'));
      const [message] = await receive();
      expect(message).toMatchObject({ Body: body, MessageId: sent.MessageId });
      expect(await receive()).toEqual([]);
      await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }));
      expect(await receive()).toEqual([]);
    });

    test('what is not deleted comes back when its time is over', async () => {
      await send('again');
      const [first] = (await client.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 1 }))).Messages ?? [];
      expect(first?.Body).toBe('again');
      await expect
        .poll(async () => (await receive()).map((message) => message.Body), { timeout: 5_000 })
        .toEqual(['again']);
    });

    test('a batch takes ten messages', async () => {
      const answer = await sendAll(repeated(10));
      expect(answer.Successful?.map((entry) => entry.Id)).toEqual(
        Array.from({ length: 10 }, (_, index) => `m${index}`),
      );
      expect(await receive()).toHaveLength(10);
    });

    test('a batch takes no eleventh message', async () => {
      await expectRefusal(sendAll(repeated(11)), 'TooManyEntriesInBatchRequest', 400);
      expect(await receive()).toEqual([]);
    });

    test('a batch is not empty', async () => {
      await expectRefusal(sendAll([]), /^(EmptyBatchRequest|BatchEntryIdsNotDistinct)$/, 400);
    });

    test('ids in a batch are distinct and plain', async () => {
      await expectRefusal(
        sendAll(repeated(2), () => 'same'),
        'BatchEntryIdsNotDistinct',
        400,
      );
      await expectRefusal(
        sendAll(repeated(1), () => 'no spaces!'),
        'InvalidBatchEntryId',
        400,
      );
    });

    test('a batch has at most 1 MiB together', async () => {
      await expectRefusal(sendAll(repeated(2, 'x'.repeat(600_000))), 'BatchRequestTooLong', 400);
      await sendAll(repeated(2, 'x'.repeat(500_000)));
    });

    test('of a batch, the messages that cannot be sent are named and the others are sent', async () => {
      const answer = await sendAll(['good', 'bad \u0001']);
      expect(answer.Successful?.map((entry) => entry.Id)).toEqual(['m0']);
      expect(answer.Failed).toMatchObject([{ Id: 'm1', SenderFault: true }]);
      expect((await receive()).map((message) => message.Body)).toEqual(['good']);
    });

    test('a queue that is not there is said', async () => {
      QueueUrl = `${QueueUrl}-missing`;
      await expectRefusal(send('x'), 'QueueDoesNotExist', 400);
      await expectRefusal(sendAll(['x']), 'QueueDoesNotExist', 400);
    });
  });
}
