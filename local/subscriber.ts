// An HTTP endpoint that subscribes to topics as a customer's would: confirms, and collects what it is sent.
import { z } from 'zod';
import { type LocalServer, serve } from './http-server.ts';

/** A notice as it arrived. */
export interface ReceivedNotice {
  messageId: string;
  topicArn: string;
  subject: string | undefined;
  message: string;
  attributes: Record<string, string>;
  timestamp: string;
}

export interface Subscriber extends LocalServer {
  /** What has arrived, in the order of arrival; a notice that was sent twice is there twice. */
  notices: readonly ReceivedNotice[];
  /** Answers the next `times` deliveries with this status instead of taking them. */
  refuse(status: number, times?: number): void;
}

const confirmation = z.object({ Type: z.literal('SubscriptionConfirmation'), SubscribeURL: z.url() });
const notification = z.object({
  Type: z.literal('Notification'),
  MessageId: z.string(),
  TopicArn: z.string(),
  Subject: z.string().optional(),
  Message: z.string(),
  Timestamp: z.string(),
  MessageAttributes: z.record(z.string(), z.object({ Type: z.string(), Value: z.string() })).default({}),
});
const envelope = z.discriminatedUnion('Type', [confirmation, notification]);

export interface SubscriberOptions {
  /** Follows the links of confirmations. @default true */
  confirms?: boolean;
  /** Told of each notice as it arrives. */
  onNotice?: (notice: ReceivedNotice) => void;
}

export async function startSubscriber(options: SubscriberOptions = {}): Promise<Subscriber> {
  const { confirms = true, onNotice = () => {} } = options;
  const notices: ReceivedNotice[] = [];
  let refusal: { status: number; left: number } | undefined;

  const server = await serve(async (request) => {
    const document = envelope.parse(JSON.parse(request.body.toString()));
    if (document.Type === 'SubscriptionConfirmation') {
      if (confirms) await fetch(document.SubscribeURL);
      return { status: 200 };
    }
    if (refusal && refusal.left > 0) {
      refusal.left -= 1;
      return { status: refusal.status };
    }
    const notice = {
      messageId: document.MessageId,
      topicArn: document.TopicArn,
      subject: document.Subject,
      message: document.Message,
      attributes: Object.fromEntries(
        Object.entries(document.MessageAttributes).map(([name, { Value }]) => [name, Value]),
      ),
      timestamp: document.Timestamp,
    };
    notices.push(notice);
    onNotice(notice);
    return { status: 200 };
  });

  return {
    ...server,
    notices,
    refuse: (status, times = 1) => {
      refusal = { status, left: times };
    },
  };
}
