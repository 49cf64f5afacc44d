// What the functions may be called with: the schedules' ticks, the messages from dispatch to check, and the on-demand
// call. Every shape is strict: a caller names targets and checks, and can name nothing else.
import * as z from 'zod';

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
