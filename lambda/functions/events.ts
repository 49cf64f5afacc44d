// What the functions may be called with: the schedules' ticks, the messages from dispatch to check, and the on-demand
// call. Every shape is strict: a caller names targets and checks, and can name nothing else.
import * as z from 'zod';
import { deploymentSource } from '../config/deployment-event.ts';
import { duration } from '../config/duration.ts';
import { defaultAcknowledgement } from '../monitor/decide/acknowledge.ts';
import type { PersonalRequest } from '../monitor/requests.ts';
import { defaultWatch } from '../watch/request.ts';

/** Scheduler's context attributes: they are replaced by their values when the schedule fires. */
export const schedulerContext = {
  scheduledAt: '<aws.scheduler.scheduled-time>',
  tickId: '<aws.scheduler.execution-id>',
} as const;

/** The input of a schedule of checks: one for every check kind and cadence. */
export const tickEvent = z.strictObject({
  driftwatch: z.literal('tick'),
  /** `schema`, `probe`. */
  kind: z.string().min(1),
  /** scheduleKey() of the schedule (config/schedule-key.ts). */
  schedule: z.string().min(1),
  /** When the schedule fired; @default now */
  scheduledAt: z.iso.datetime({ offset: true }).optional(),
  /** What makes two deliveries of one tick the same; @default made from the time */
  tickId: z.string().min(1).optional(),
});
export type TickEvent = z.output<typeof tickEvent>;

/** The input of the daily housekeeping schedule. */
export const housekeepingEvent = z.strictObject({
  driftwatch: z.literal('housekeeping'),
  scheduledAt: z.iso.datetime({ offset: true }).optional(),
  tickId: z.string().min(1).optional(),
});
export type HousekeepingEvent = z.output<typeof housekeepingEvent>;

/** The input of the schedule that hands out the rounds of watches (config/watch-tick.ts). */
export const watchTickEvent = z.strictObject({
  driftwatch: z.literal('watch'),
  scheduledAt: z.iso.datetime({ offset: true }).optional(),
  tickId: z.string().min(1).optional(),
});
export type WatchTickEvent = z.output<typeof watchTickEvent>;

/** The input of the schedule that looks after what no check is due for. */
export const sweepEvent = z.strictObject({
  driftwatch: z.literal('sweep'),
  scheduledAt: z.iso.datetime({ offset: true }).optional(),
  tickId: z.string().min(1).optional(),
});
export type SweepEvent = z.output<typeof sweepEvent>;

/** The body of a message from dispatch to check: states to look after. */
export const sweepMessage = z.strictObject({
  driftwatch: z.literal('sweep'),
  /** Whether dispatch's settings had it no longer. */
  targets: z.array(z.strictObject({ name: z.string().min(1), removed: z.boolean() })).min(1),
  scheduledAt: z.iso.datetime({ offset: true }),
  tickId: z.string().min(1),
});
export type SweepMessage = z.output<typeof sweepMessage>;

/** The input of the schedule of digests: `scheduledAt` ends the period that they are about. */
export const digestEvent = z.strictObject({
  driftwatch: z.literal('digest'),
  scheduledAt: z.iso.datetime({ offset: true }).optional(),
  tickId: z.string().min(1).optional(),
});
export type DigestEvent = z.output<typeof digestEvent>;

/** The body of a message from dispatch to check: the digest that was due then. */
export const digestMessage = z.strictObject({
  driftwatch: z.literal('digest'),
  scheduledAt: z.iso.datetime({ offset: true }),
});
export type DigestMessage = z.output<typeof digestMessage>;

/** The body of a message from dispatch to check: one run of one target. */
export const runMessage = z.strictObject({
  driftwatch: z.literal('run'),
  target: z.string().min(1),
  /** Ids of the checks to run. */
  checks: z.array(z.string().min(1)).min(1),
  kind: z.string().min(1),
  schedule: z.string().min(1),
  scheduledAt: z.iso.datetime({ offset: true }),
  tickId: z.string().min(1),
});
export type RunMessage = z.output<typeof runMessage>;

/** An on-demand call of check: `{}` runs everything. */
export const onDemandEvent = z.strictObject({
  /** Name of one target; @default every target */
  target: z.string().min(1).optional(),
  /** Names of several targets. */
  targets: z.array(z.string().min(1)).min(1).optional(),
  /** Ids (`probe:login`) or kinds (`probe`) of checks; @default every check */
  checks: z.array(z.string().min(1)).min(1).optional(),
  /** Remember the outcomes and send the notices they call for, as a scheduled run does; @default false */
  notify: z.boolean().optional(),
});
export type OnDemandEvent = z.output<typeof onDemandEvent>;

const person = z.string().trim().min(1).max(100);
const sentence = z.string().trim().min(1).max(500);
const check = z.string().min(1).max(128).optional();

/** A call that asks for quiet, or says that somebody is at it. */
export const requestEvent = z
  .strictObject({
    target: z.string().min(1),
    /** Nothing is told of it for a while, at most 7d: `{ "for": "2h", "reason": "...", "by": "..." }`. */
    silence: z
      .strictObject({ for: duration, reason: sentence, by: person, /** Id or kind; @default everything */ check })
      .optional(),
    /** Id of a silence that is over before its time. */
    endSilence: z.string().min(1).max(40).optional(),
    /** Somebody is at it: no reminders for so long. @default '24h' */
    acknowledge: z
      .strictObject({ by: person, note: sentence.optional(), for: duration.default(defaultAcknowledgement), check })
      .optional(),
  })
  .check((context) => {
    const { silence, endSilence, acknowledge } = context.value;
    if ([silence, endSilence, acknowledge].filter((one) => one !== undefined).length === 1) return;
    context.issues.push({
      code: 'custom',
      message: 'expected one of "silence", "endSilence" and "acknowledge"',
      input: context.value,
    });
  })
  .transform(({ target, silence, endSilence, acknowledge }): { target: string; request: PersonalRequest } => {
    if (silence) return { target, request: { kind: 'silence', forMs: silence.for, ...silence } };
    if (acknowledge) return { target, request: { kind: 'acknowledge', forMs: acknowledge.for, ...acknowledge } };
    return { target, request: { kind: 'end-silence', id: endSilence ?? '' } };
  });

/** Members that only a request has, and a call for a run does not. */
export const requestMembers = ['silence', 'endSilence', 'acknowledge', 'watch'] as const;

const words = z.string().trim().min(1).max(100);

/** What is said of a deployment that is to be watched. */
const deployment = {
  version: words,
  commit: words.optional(),
  /** 10m to 7d. @default '24h' */
  for: duration.default(defaultWatch.forMs),
  /** How far its rounds are apart: whole minutes. @default '5m' */
  every: duration.default(defaultWatch.everyMs),
};

/** A call that starts a watch. */
export const watchEvent = z.strictObject({
  target: z.string().min(1),
  watch: z.strictObject({ ...deployment, by: person.optional() }),
});

/** A call that asks how a watch stands, or stops it. */
export const watchWordEvent = z.strictObject({
  target: z.string().min(1),
  watch: z.enum(['status', 'stop']),
  /** Of `stop`: who says so. */
  by: person.optional(),
});

/**
 * What a pipeline puts on the account's default event bus:
 * `{ "Source": "driftwatch", "DetailType": "deployment", "Detail": "{\"target\":\"...\",\"version\":\"...\"}" }`.
 * EventBridge adds the rest: https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
 */
export const deploymentEvent = z.looseObject({
  source: z.literal(deploymentSource.source),
  'detail-type': z.literal(deploymentSource.detailType),
  time: z.iso.datetime({ offset: true }),
  detail: z.strictObject({ target: z.string().min(1), ...deployment }),
});
