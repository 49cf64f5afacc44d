// SNS as the AWS SDK and an HTTP subscriber see it, limited to what the product uses. Run against local/ and moto.
import {
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  GetTopicAttributesCommand,
  type MessageAttributeValue,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, vi } from 'vitest';
import { startSubscriber } from '../../local/subscriber.ts';
import { clientConfig, contractTest, expectRefusal, type Implementation, uniqueName } from './contract.ts';

export function snsContract(implementation: Implementation): void {
  describe('SNS', () => {
    let client: SNSClient;
    let TopicArn: string;
    const test = (name: string, body: () => Promise<void>) => contractTest(implementation, `SNS: ${name}`, body);

    beforeAll(() => {
      client = new SNSClient(clientConfig(implementation.endpoints().sns));
    });
    beforeEach(async () => {
      TopicArn = (await client.send(new CreateTopicCommand({ Name: uniqueName('topic') }))).TopicArn ?? '';
    });
    afterAll(() => client.destroy());

    const publish = (more: {
      Message?: string;
      Subject?: string;
      MessageAttributes?: Record<string, MessageAttributeValue>;
    }) => client.send(new PublishCommand({ TopicArn, Message: 'hello', ...more }));
    const counts = async () => {
      const { Attributes } = await client.send(new GetTopicAttributesCommand({ TopicArn }));
      return { confirmed: Attributes?.SubscriptionsConfirmed, pending: Attributes?.SubscriptionsPending };
    };
    async function subscribed(options: Parameters<typeof startSubscriber>[0] = {}) {
      const subscriber = await startSubscriber(options);
      onTestFinished(() => subscriber.close());
      const { SubscriptionArn } = await client.send(
        new SubscribeCommand({ TopicArn, Protocol: 'http', Endpoint: `${subscriber.url}/notices` }),
      );
      return { subscriber, SubscriptionArn };
    }

    test('creating a topic again gives the same one', async () => {
      const Name = TopicArn.split(':').at(-1);
      expect((await client.send(new CreateTopicCommand({ Name }))).TopicArn).toBe(TopicArn);
    });

    test('a topic that is not there is said', async () => {
      TopicArn = `${TopicArn}-missing`;
      await expectRefusal(publish({}), 'NotFoundException', 404);
      await expectRefusal(counts(), 'NotFoundException', 404);
    });

    test('a subject has at most 100 characters', async () => {
      await publish({ Subject: 'x'.repeat(100) });
      await expectRefusal(publish({ Subject: 'x'.repeat(101) }), 'InvalidParameterException', 400);
    });

    test('a subject has no line break', async () => {
      await expectRefusal(publish({ Subject: 'two\nlines' }), 'InvalidParameterException', 400);
    });

    test('a message is not empty', async () => {
      await expectRefusal(publish({ Message: '' }), 'InvalidParameterException', 400);
    });

    test('a message has at most 262,144 bytes', async () => {
      await publish({ Message: 'x'.repeat(262_144) });
      await expectRefusal(publish({ Message: 'x'.repeat(262_145) }), 'InvalidParameterException', 400);
    });

    test('the size of a message is in bytes, not in characters', async () => {
      await expectRefusal(publish({ Message: `ü${'x'.repeat(262_143)}` }), 'InvalidParameterException', 400);
    });

    test('attributes count towards the size of a message', async () => {
      const MessageAttributes = { a: { DataType: 'String', StringValue: 'xxxx' } };
      await publish({ Message: 'x'.repeat(262_133), MessageAttributes });
      await expectRefusal(
        publish({ Message: 'x'.repeat(262_134), MessageAttributes }),
        'InvalidParameterException',
        400,
      );
    });

    test('an attribute is not empty', async () => {
      const MessageAttributes = { a: { DataType: 'String', StringValue: '' } };
      await expectRefusal(
        publish({ MessageAttributes }),
        /^(InvalidParameter|ParameterValueInvalid|InvalidParameterValue)/,
        400,
      );
    });

    test('an HTTP subscription is pending until its link is followed, and then confirmed', async () => {
      await subscribed({ confirms: false });
      expect(await counts()).toEqual({ confirmed: '0', pending: '1' });
      const { SubscriptionArn } = await subscribed();
      expect(SubscriptionArn).toBe('pending confirmation');
      await expect.poll(counts).toEqual({ confirmed: '1', pending: '1' });
    });

    test('an email subscription waits for its owner', async () => {
      await client.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'someone@example.com' }));
      expect(await counts()).toEqual({ confirmed: '0', pending: '1' });
    });

    test('subscribing an address again makes no second subscription', async () => {
      const { subscriber } = await subscribed();
      const again = { TopicArn, Protocol: 'http', Endpoint: `${subscriber.url}/notices` };
      await client.send(new SubscribeCommand(again));
      await vi.waitFor(async () => expect((await counts()).confirmed).toBe('1'));
      expect(await counts()).toEqual({ confirmed: '1', pending: '0' });
    });

    test('a token that was not given confirms nothing', async () => {
      const Token = 'f'.repeat(128);
      await expectRefusal(
        client.send(new ConfirmSubscriptionCommand({ TopicArn, Token })),
        'InvalidParameterException',
        400,
      );
    });

    describe('delivery', () => {
      /** A subscriber that is known to be reached, and what arrives there from then on. */
      async function reached() {
        const { subscriber } = await subscribed();
        await expect
          .poll(async () => {
            await publish({ Message: 'are you there?' });
            return subscriber.notices.length;
          })
          .toBeGreaterThan(0);
        return () => subscriber.notices.filter((notice) => notice.message !== 'are you there?');
      }

      test('a notice arrives as it was published', async () => {
        const arrived = await reached();
        const Message = 'line one\nline "two" <b>ü</b> 🐘';
        const { MessageId } = await publish({ Subject: 'it broke', Message });
        await expect.poll(arrived).toEqual([
          {
            messageId: MessageId,
            topicArn: TopicArn,
            subject: 'it broke',
            message: Message,
            attributes: {},
            timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
          },
        ]);
      });

      test('a notice without a subject has none', async () => {
        const arrived = await reached();
        await publish({});
        await expect.poll(() => arrived().map((notice) => notice.subject)).toEqual([undefined]);
      });

      test('ten attributes arrive with a notice', async () => {
        const arrived = await reached();
        const attributes = Object.fromEntries(
          Array.from({ length: 10 }, (_, index) => [`name-${index}`, `value "${index}"`]),
        );
        const MessageAttributes = Object.fromEntries(
          Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
        );
        await publish({ MessageAttributes });
        await expect.poll(() => arrived().map((notice) => notice.attributes)).toEqual([attributes]);
      });
    });
  });
}
