// Publishes what one run has claimed for one topic, in order, up to the first failure that the next notice would share.
// A topic that takes nothing is told as a metric and in the log, every time it is tried; so is a notice that is given up.
import { metricNames } from '../config/metrics.ts';
import type { NoticeTopic } from '../config/topics.ts';
import { EdgeError, failureFields } from '../errors.ts';
import type { Clock, Telemetry, Topic, TopicMessage } from '../platform/ports.ts';
import { withDeadline } from './deadline.ts';
import type { MemoryPlace } from './memory.ts';
import type { Notice } from './notice.ts';
import { type Parcel, parcelKey, type Sending } from './outbox.ts';
import { mayPass, type Patience, withRetries } from './retry.ts';
import { isAboutOneMessage, isHopeless, keepUndeliverable } from './undeliverable.ts';

export interface PublishPorts {
  clock: Clock;
  random: () => number;
  topic: Topic;
  telemetry: Telemetry;
  place: MemoryPlace;
}

export interface PublishContext {
  ports: PublishPorts;
  topic: NoticeTopic;
  /** `undefined` when the deployment has no such topic any more. */
  arn: string | undefined;
  messages: (notice: Notice) => TopicMessage[];
  deadline: Date;
}

/** One attempt to publish takes no longer. */
const publishMs = 10_000;
const publishing = { attempts: 4, firstDelayMs: 250 } as const;

type Failed = Sending & { kind: 'failed' };

/** @returns by parcelKey(), what became of each */
export async function publishAll(parcels: readonly Parcel[], context: PublishContext): Promise<Map<string, Sending>> {
  const sendings = new Map<string, Sending>();
  let stopped: Failed | undefined;
  for (const parcel of parcels) {
    const sending: Sending = stopped ? { ...stopped, sent: sentOf(parcel) } : await publish(parcel, context);
    sendings.set(
      parcelKey(context.topic, parcel.notice.id),
      sending.kind === 'failed' ? await afterFailure(parcel, sending, context) : sending,
    );
    if (sending.kind === 'failed' && !isAboutOneMessage(sending)) stopped = sending;
  }
  return sendings;
}

function sentOf({ delivery }: Parcel): number {
  return delivery.sent ?? 0;
}

async function publish(parcel: Parcel, context: PublishContext): Promise<Sending> {
  const { notice } = parcel;
  const { ports, topic, arn, messages } = context;
  if (arn === undefined) {
    ports.telemetry.warn('the settings no longer want this topic: a notice is not published there', {
      target: notice.target,
      notice: notice.id,
      topic,
    });
    return { kind: 'given-up' };
  }
  let sent = sentOf(parcel);
  try {
    for (const message of messages(notice).slice(sent)) {
      await publishOne(arn, message, notice, context);
      sent += 1;
    }
    return { kind: 'published' };
  } catch (error) {
    const reason = error instanceof EdgeError ? error.reason : 'unexpected';
    const remedy = error instanceof EdgeError ? error.remedy : 'Report it as a bug of Driftwatch.';
    const message = `${(error as Error).message}. ${remedy}`;
    return { kind: 'failed', reason, message, permanent: !mayPass(error), sent };
  }
}

async function publishOne(
  arn: string,
  message: TopicMessage,
  { id, target }: Notice,
  { ports: { clock, random, topic, telemetry }, topic: role, deadline }: PublishContext,
): Promise<void> {
  const patience: Patience = { clock, random, deadline, ...publishing };
  const { messageId } = await withRetries(patience, () =>
    withDeadline(
      clock,
      publishMs,
      () => noAnswer(role),
      (signal) => topic.publish(arn, message, signal),
    ),
  );
  telemetry.info('notice published', { target, notice: id, topic: role, messageId });
}

/** Told; and when there is no hope left, kept where undeliverable notices are. */
async function afterFailure(
  { notice, delivery }: Parcel,
  failed: Failed,
  { ports: { clock, telemetry, place }, topic }: PublishContext,
): Promise<Sending> {
  const { id, target, status, severity } = notice;
  const fields = { target, notice: id, topic, status, severity, error: failed.message };
  telemetry.metric(metricNames.publishFailed, 1, 'Count');
  if (!isHopeless(failed, delivery, clock.now())) {
    telemetry.error(
      failed.permanent
        ? 'a notice cannot be published; it stays in the outbox and is tried again with every run'
        : 'a notice could not be published; the next run tries again',
      fields,
    );
    return failed;
  }
  try {
    const key = await keepUndeliverable(place, topic, { notice, failed, failing: delivery, now: clock.now() });
    telemetry.metric(metricNames.undeliverable, 1, 'Count');
    telemetry.error('a notice can never be published and is given up: nobody was told by this topic', {
      ...fields,
      key,
    });
    return { kind: 'given-up', key, message: failed.message };
  } catch (error) {
    telemetry.error('a notice can never be published, and could not be kept either; it stays in the outbox', {
      ...fields,
      keeping: failureFields(error),
    });
    return failed;
  }
}

function noAnswer(topic: NoticeTopic): EdgeError {
  return new EdgeError('timeout', `the ${topic} topic gave no answer within ${publishMs / 1_000} s`, {
    remedy: 'Look at the service health of SNS and at the route to it (a VPC needs an endpoint for SNS, or NAT).',
  });
}
