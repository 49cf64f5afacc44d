// Publishes what one run has claimed for one topic, in order and paced, up to the first failure that the next notice would
// share. A topic that takes nothing is told as a metric and in the log, every time it is tried; so is a notice that is
// given up. What finds no slot waits: to be told with others, and an event for the next run.
import { metricNames } from '../../config/metrics.ts';
import type { NoticeTopic } from '../../config/topics.ts';
import { EdgeError, failureFields } from '../../errors.ts';
import type { Clock, Telemetry, Topic, TopicMessage } from '../../platform/ports.ts';
import type { MemoryPlace } from '../memory/memory.ts';
import { subjectOf } from '../notice/envelope.ts';
import type { Notice } from '../notice/notice.ts';
import { mayPass } from '../retry.ts';
import { type Parcel, parcelKey, type Sending } from './outbox.ts';
import { takeSlot } from './pace.ts';
import { publishPaced } from './publish-paced.ts';
import { isStorm, register, stormStanding, unregister } from './storm.ts';
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

/** How long a notice tries for a slot; events are not told together, so they have more patience. */
const slotMs: Readonly<Record<NoticeTopic, number>> = { alerts: 4_000, chat: 4_000, events: 20_000 };

type Failed = Sending & { kind: 'failed' };

/** @returns by parcelKey(), what became of each */
export async function publishAll(parcels: readonly Parcel[], context: PublishContext): Promise<Map<string, Sending>> {
  const sendings = new Map<string, Sending>();
  const waiting = new Set<string>();
  let isFull = false;
  let stopped: Failed | undefined;
  for (const parcel of parcels) {
    const { notice } = parcel;
    const incidents = notice.entries.map(({ incident }) => incident);
    const isBehind: boolean = isFull || incidents.some((incident) => waiting.has(incident));
    const sending: Sending = stopped
      ? { ...stopped, sent: sentOf(parcel) }
      : await attempt(parcel, { ...context, isBehind });
    sendings.set(
      parcelKey(context.topic, notice.id),
      sending.kind === 'failed' ? await afterFailure(parcel, sending, context) : sending,
    );
    if (sending.kind === 'failed' && !isAboutOneMessage(sending)) stopped = sending;
    if (sending.kind === 'waiting') {
      isFull ||= sending.noSlot === true;
      for (const incident of incidents) waiting.add(incident);
    }
  }
  return sendings;
}

function sentOf({ delivery }: Parcel): number {
  return delivery.sent ?? 0;
}

/** @param isBehind whether it has to wait without trying: no slot was to be had, or an earlier notice of it waits */
async function attempt(parcel: Parcel, context: PublishContext & { isBehind: boolean }): Promise<Sending> {
  const { notice, delivery } = parcel;
  const { ports, topic, arn, isBehind } = context;
  const { telemetry, place, clock } = ports;
  const fields = { target: notice.target, notice: notice.id, topic };
  const since = delivery.collapsingSince;
  try {
    if (arn === undefined) {
      // Should the topic come back one day, nobody is to tell it then as if it were new: registered, perhaps, by a run that
      // died before the outbox knew of it.
      if (topic !== 'events') await unregister(place, topic, notice.id);
      telemetry.warn('the settings no longer want this topic: a notice is not published there', fields);
      return { kind: 'given-up' };
    }
    if (since !== undefined) {
      const standing = await stormStanding(place, topic, { notice: notice.id, since, now: clock.now() });
      if (standing === 'told') return { kind: 'published' };
      if (standing === 'waiting') return { kind: 'waiting', collapsingSince: since };
    }
    const sent = isBehind ? undefined : await publish(parcel, { ...context, arn });
    if (sent === undefined) return { ...(await wait(parcel, context)), noSlot: !isBehind };
    if (sent.kind === 'published' && (since !== undefined || delivery.claim?.takenOver)) {
      // It may be registered, by the run that died too: nobody is to tell it later as if it were new.
      await unregister(place, topic, notice.id).catch((error: unknown) =>
        telemetry.warn('a notice may be told again with others', { ...fields, ...failureFields(error) }),
      );
    }
    return sent;
  } catch (error) {
    telemetry.warn('a notice that waits to be told with others could not be looked after', {
      ...fields,
      ...failureFields(error),
    });
    return { kind: 'waiting' };
  }
}

/** @returns `undefined` when there was no slot for it */
async function publish(parcel: Parcel, context: PublishContext & { arn: string }): Promise<Sending | undefined> {
  const { notice } = parcel;
  const { ports, topic, arn, messages, deadline } = context;
  const { clock, telemetry } = ports;
  let sent = sentOf(parcel);
  try {
    for (const message of messages(notice).slice(sent)) {
      const until = new Date(Math.min(clock.now().getTime() + slotMs[topic], deadline.getTime()));
      const slot = () => takeSlot(ports, topic, until, () => isStormOf(topic, ports));
      const published = await publishPaced(ports, { topic, arn, message, slot, deadline });
      if (!published) return undefined;
      const { messageId } = published;
      telemetry.info('notice published', { target: notice.target, notice: notice.id, topic, messageId });
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

function isStormOf(topic: NoticeTopic, ports: PublishPorts): Promise<boolean> {
  // Whether there is one is not worth failing for.
  return topic === 'events' ? Promise.resolve(false) : isStorm(ports, topic).catch(() => false);
}

/** Registers it to be told with others; an event waits in the outbox alone. */
async function wait(
  { notice, delivery }: Parcel,
  { ports, topic }: PublishContext,
): Promise<Sending & { kind: 'waiting' }> {
  if (topic === 'events') return { kind: 'waiting' };
  await register(ports.place, topic, subjectOf(notice), notice);
  return { kind: 'waiting', collapsingSince: delivery.collapsingSince ?? ports.clock.now().toISOString() };
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
