// What the dispatch function does with an event: a tick becomes one message a target, a sweep a message for a few states;
// housekeeping counts who would get an alert. Everything it needs is a parameter. Ticks and messages that arrive twice do
// no harm: check sees that.
import * as z from 'zod';
import type { Milliseconds } from '../config/duration.ts';
import { metricNames, topicDimension, watchTickDimensions } from '../config/metrics.ts';
import { scheduleKey } from '../config/schedule-key.ts';
import type { NoticeTopicArns } from '../config/topics.ts';
import { watchRoundKind, watchTick } from '../config/watch-tick.ts';
import { EdgeError, failureFields } from '../errors.ts';
import { dueWatches } from '../monitor/memory/watch-records.ts';
import type { Topic } from '../platform/ports.ts';
import {
  type DigestEvent,
  type DigestMessage,
  digestEvent,
  type HousekeepingEvent,
  housekeepingEvent,
  type RunMessage,
  sweepEvent,
  type TickEvent,
  tickEvent,
  type WatchTickEvent,
  watchTickEvent,
} from './events.ts';
import { handOutSweep, type SweepDispatch } from './sweep-dispatch.ts';

export interface DispatchFunction extends SweepDispatch {
  topics: NoticeTopicArns & { operator: string };
  topic: Topic;
}

export interface DispatchAnswer {
  /** For people, line by line. */
  summary: string[];
}

export type DispatchHandler = (event: unknown) => Promise<DispatchAnswer>;

const events = z.discriminatedUnion('driftwatch', [
  tickEvent,
  watchTickEvent,
  sweepEvent,
  digestEvent,
  housekeepingEvent,
]);

export function createDispatchHandler(dispatch: DispatchFunction): DispatchHandler {
  return async (event) => {
    const parsed = events.safeParse(event);
    if (!parsed.success) {
      throw new EdgeError(
        'invalid',
        `the dispatch function was sent something else than a tick: ${z.prettifyError(parsed.error)}`,
        {
          remedy: 'Only the schedules of the stack invoke it; to check on demand, invoke the check function.',
        },
      );
    }
    switch (parsed.data.driftwatch) {
      case 'tick':
        return handOut(parsed.data, dispatch);
      case 'watch':
        return handOutRounds(parsed.data, dispatch);
      case 'sweep':
        return { summary: await handOutSweep(parsed.data, dispatch) };
      case 'digest':
        return handOutDigest(parsed.data, dispatch);
      case 'housekeeping':
        return countSubscriptions(parsed.data, dispatch);
    }
  };
}

async function handOut(
  tick: TickEvent,
  { settings, clock, queue, queueUrl, telemetry }: DispatchFunction,
): Promise<DispatchAnswer> {
  const { kind, schedule } = tick;
  const scheduledAt = new Date(tick.scheduledAt ?? clock.now()).toISOString();
  const tickId = tick.tickId ?? `${kind} ${schedule} ${scheduledAt}`;
  const messages = settings.targets.flatMap(({ name, checks }): RunMessage[] => {
    const due = checks.filter((check) => check.kind === kind && scheduleKey(check.schedule) === schedule);
    const ids = due.map(({ id }) => id);
    return ids.length === 0
      ? []
      : [{ driftwatch: 'run', target: name, checks: ids, kind, schedule, scheduledAt, tickId }];
  });
  if (messages.length === 0) {
    telemetry.warn('a tick found nothing to check: the settings have no such schedule any more', { kind, schedule });
    return { summary: [`No target has a ${kind} check with the schedule "${schedule}".`] };
  }
  await queue.send(
    queueUrl,
    messages.map((message) => JSON.stringify(message)),
  );
  telemetry.info('tick handed out', { kind, schedule, tick: tickId, targets: messages.length });
  return { summary: messages.map(({ target, checks }) => `${target}: ${checks.join(', ')}`) };
}

/** A round of every watch that is due: every check of its target. Almost always there is none, and that is not said. */
async function handOutRounds(
  tick: WatchTickEvent,
  { settings, clock, queue, queueUrl, objects, bucket, telemetry }: DispatchFunction,
): Promise<DispatchAnswer> {
  const at = new Date(tick.scheduledAt ?? clock.now());
  const scheduledAt = at.toISOString();
  const tickId = tick.tickId ?? `${watchRoundKind} ${scheduledAt}`;
  const { due, unreadable } = await dueWatches({ objects, bucket }, at, watchTick);
  for (const key of unreadable) {
    telemetry.error('the record of a watch cannot be read: its rounds do not run', {
      key,
      remedy: 'Start the watch again; a newer Driftwatch may have written it.',
    });
  }
  const messages = due.flatMap(({ target: name, everyMs }): RunMessage[] => {
    const target = settings.targets.find((one) => one.name === name);
    if (!target) return [];
    const schedule = scheduleKey({ every: everyMs as Milliseconds });
    const checks = target.checks.map(({ id }) => id);
    return [{ driftwatch: 'run', target: name, checks, kind: watchRoundKind, schedule, scheduledAt, tickId }];
  });
  if (messages.length > 0) {
    await queue.send(
      queueUrl,
      messages.map((message) => JSON.stringify(message)),
    );
    telemetry.info('rounds of watches handed out', { tick: tickId, targets: messages.length });
  }
  telemetry.metric(metricNames.heartbeat, 1, 'Count', watchTickDimensions);
  return { summary: messages.map(({ target }) => `${target}: a round of its watch`) };
}

async function handOutDigest(
  { scheduledAt }: DigestEvent,
  { clock, queue, queueUrl }: DispatchFunction,
): Promise<DispatchAnswer> {
  const at = new Date(scheduledAt ?? clock.now()).toISOString();
  const message: DigestMessage = { driftwatch: 'digest', scheduledAt: at };
  await queue.send(queueUrl, [JSON.stringify(message)]);
  return { summary: [`The digest of ${at} is on its way.`] };
}

async function countSubscriptions(
  _: HousekeepingEvent,
  { topics, topic, telemetry }: DispatchFunction,
): Promise<DispatchAnswer> {
  const counted = await Promise.allSettled(
    Object.entries(topics).map(async ([role, arn]) => {
      const { confirmed, pending } = await topic.subscriptions(arn);
      const dimensions = { [topicDimension]: role };
      telemetry.metric(metricNames.subscriptionsConfirmed, confirmed, 'Count', dimensions);
      telemetry.metric(metricNames.subscriptionsPending, pending, 'Count', dimensions);
      if (confirmed === 0) {
        telemetry.error('nobody has confirmed a subscription to a topic: its messages reach nobody', {
          topic: role,
          pending,
        });
      }
      return `${role}: ${confirmed} confirmed, ${pending} waiting to be confirmed`;
    }),
  );
  const failures = counted.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  for (const failure of failures) telemetry.error('subscriptions could not be counted', failureFields(failure));
  if (failures.length > 0) throw failures[0];
  return { summary: counted.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])) };
}
