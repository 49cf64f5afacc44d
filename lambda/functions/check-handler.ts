// What the check function does with an event: a message of the queue is a run that remembers and tells; anything else is
// somebody asking. Everything it needs is a parameter. A caller names targets and checks of the settings, nothing else.
import * as z from 'zod';
import { deploymentSource } from '../config/deployment-event.ts';
import { heartbeatDimensions, metricNames } from '../config/metrics.ts';
import type { MonitorSettings } from '../config/settings.ts';
import { watchRoundKind } from '../config/watch-tick.ts';
import { EdgeError } from '../errors.ts';
import { answerOf, type CheckAnswer, refusal } from '../monitor/answer.ts';
import { sendDigest } from '../monitor/digest/send-digest.ts';
import { inspectTarget, type Monitor, monitorTarget } from '../monitor/pipeline.ts';
import { printable } from '../monitor/printable.ts';
import { carryOut } from '../monitor/requests.ts';
import { select } from '../monitor/selection.ts';
import { eventProblem } from './event-problem.ts';
import {
  type DigestMessage,
  digestMessage,
  onDemandEvent,
  type RunMessage,
  requestEvent,
  requestMembers,
  runMessage,
  sweepMessage,
} from './events.ts';
import { sweep } from './sweep-handler.ts';
import { createWatchCalls } from './watch-calls.ts';

/** What is used of Lambda's context. */
export interface Invocation {
  getRemainingTimeInMillis(): number;
}

/** Which messages of a batch are to be delivered again. */
export interface BatchAnswer {
  batchItemFailures: { itemIdentifier: string }[];
}

export interface CheckFunction {
  monitor: Monitor;
  settings: MonitorSettings;
}

export type CheckHandler = (event: unknown, invocation: Invocation) => Promise<CheckAnswer | BatchAnswer>;

/** Targets that one on-demand call may run: they share one function's memory and time. */
export const targetsPerCall = 10;

const queueEvent = z.looseObject({
  Records: z
    .array(z.looseObject({ messageId: z.string(), body: z.string(), eventSource: z.literal('aws:sqs') }))
    .min(1),
});

/** Members that only events of AWS services and of this product have: whoever sends those is no person. */
const sentByMachines = ['Records', 'driftwatch', 'source', 'detail-type', 'requestContext'];

/** Kept for the answer to get out before Lambda stops the process. */
const marginMs = 1_000;

export function createCheckHandler({ monitor, settings }: CheckFunction): CheckHandler {
  const { telemetry, ports } = monitor;
  const { onWatch, onDeployment } = createWatchCalls({ monitor, settings });

  async function runQueued(message: RunMessage, deadline: Date): Promise<void> {
    const { target: name, kind, schedule } = message;
    const target = settings.targets.find((one) => one.name === name);
    const checks = message.checks.filter((id) => target?.checks.some((one) => one.id === id));
    if (!target || checks.length === 0) {
      telemetry.warn('a message is for something that the settings no longer have; nothing to do', { target: name });
      return;
    }
    const report = await monitorTarget(monitor, {
      target,
      checks,
      deadline,
      scheduledAt: new Date(message.scheduledAt),
      watchRound: kind === watchRoundKind,
    });
    telemetry.metric(metricNames.heartbeat, 1, 'Count', dimensions(heartbeatDimensions, [kind, schedule]));
    telemetry.info('run ended', {
      target: name,
      run: report.run,
      tick: message.tickId,
      outcomes: Object.fromEntries(report.outcomes.map(({ check, judgement }) => [check, judgement.status])),
      remarks: report.remarks,
    });
  }

  async function runDigest({ scheduledAt }: DigestMessage, deadline: Date): Promise<void> {
    const { digest } = settings.alerts;
    if (!digest) return telemetry.warn('a digest was due, and the settings no longer want one; nothing to do');
    await sendDigest(monitor, {
      targets: settings.targets,
      periodMs: digest.period,
      at: new Date(scheduledAt),
      deadline,
    });
  }

  /** @returns whether the message is done with */
  async function take({ messageId, body }: { messageId: string; body: string }, deadline: Date): Promise<boolean> {
    const message = queuedMessageOf(body);
    if (!message) {
      telemetry.error('a message of the queue is not a run of Driftwatch: it is left to the dead-letter queue', {
        messageId,
        begins: printable(monitor.redactor.text(body.slice(0, 200))),
      });
      return false;
    }
    try {
      if (message.driftwatch === 'run') await runQueued(message, deadline);
      else if (message.driftwatch === 'digest') await runDigest(message, deadline);
      else await sweep(message, { monitor, settings, deadline });
      return true;
    } catch (error) {
      telemetry.error('a run failed: the queue delivers its message again', {
        messageId,
        ...('target' in message && { target: message.target }),
        ...('targets' in message && { target: message.targets.map(({ name }) => name) }),
        ...whatFailed(error, monitor),
      });
      return false;
    }
  }

  async function onDemand(event: unknown, deadline: Date): Promise<CheckAnswer> {
    const parsed = onDemandEvent.safeParse(event);
    if (!parsed.success) return refusal(eventProblem(parsed.error), usage);
    const { target, targets, checks, notify = false } = parsed.data;
    const named = target === undefined ? targets : [target, ...(targets ?? [])];
    try {
      const chosen = select(settings, { targets: named, checks });
      if (chosen.length > targetsPerCall) return tooMany(chosen.map((one) => one.target.name));
      const run = notify ? monitorTarget : inspectTarget;
      const reports = await Promise.all(chosen.map((one) => run(monitor, { ...one, deadline })));
      return answerOf(reports, { notified: notify });
    } catch (error) {
      if (error instanceof EdgeError && error.reason === 'missing') return refusal(error.message, error.remedy);
      throw error;
    }
  }

  async function onRequest(event: unknown, deadline: Date): Promise<CheckAnswer> {
    const parsed = requestEvent.safeParse(event);
    if (!parsed.success) return refusal(eventProblem(parsed.error), requestUsage);
    const { target, request } = parsed.data;
    try {
      const checks = 'check' in request && request.check !== undefined ? [request.check] : undefined;
      select(settings, { targets: [target], checks });
    } catch (error) {
      if (error instanceof EdgeError && error.reason === 'missing') return refusal(error.message, error.remedy);
      throw error;
    }
    const place = { objects: ports.objects, bucket: monitor.bucket };
    const memory = { clock: ports.clock, random: monitor.random, place };
    const answer = await carryOut(request, { ports: memory, target, deadline });
    if ('refused' in answer) return refusal(answer.refused, answer.remedy);
    telemetry.info('a person changed what is told', { target, request: request.kind, says: answer.done });
    return { status: 'done', summary: answer.done, results: [] };
  }

  return async (event, invocation) => {
    const deadline = new Date(ports.clock.now().getTime() + invocation.getRemainingTimeInMillis() - marginMs);
    if (isDeployment(event)) return onDeployment(event, deadline);
    if (!isSentByMachine(event)) {
      if (has(event, 'watch')) return onWatch(event, deadline);
      return isRequest(event) ? onRequest(event, deadline) : onDemand(event, deadline);
    }
    const queued = queueEvent.safeParse(event);
    if (!queued.success) {
      throw new EdgeError('invalid', 'the check function was sent an event that is neither of its queue nor a call', {
        remedy: 'Look at what invokes the check function: only its queue and people may.',
      });
    }
    const records = queued.data.Records;
    const done = await Promise.all(records.map((record) => take(record, deadline)));
    const failed = records.filter((_, index) => !done[index]);
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
}

function isRequest(event: unknown): boolean {
  return requestMembers.some((member) => has(event, member));
}

function isSentByMachine(event: unknown): boolean {
  return sentByMachines.some((member) => has(event, member));
}

function isDeployment(event: unknown): boolean {
  const { source, detailType } = deploymentSource;
  return has(event, 'source', source) && has(event, 'detail-type', detailType);
}

function has(event: unknown, member: string, value?: string): boolean {
  if (typeof event !== 'object' || event === null || !(member in event)) return false;
  return value === undefined || (event as Record<string, unknown>)[member] === value;
}

const queuedMessage = z.discriminatedUnion('driftwatch', [runMessage, sweepMessage, digestMessage]);

function queuedMessageOf(body: string): z.output<typeof queuedMessage> | undefined {
  try {
    return queuedMessage.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}

const usage =
  'Call it with {} for everything, or for a part with {"target": "<name>", "checks": ["<id or kind>"]}; "notify": true remembers and sends.';

const requestUsage =
  'Ask like this: {"target": "<name>", "silence": {"for": "2h", "reason": "<why>", "by": "<who>"}}, with "check" for a part of it; {"target": "<name>", "endSilence": "<id>"}; or {"target": "<name>", "acknowledge": {"by": "<who>"}}.';

function tooMany(names: readonly string[]): CheckAnswer {
  const first = JSON.stringify({ targets: names.slice(0, targetsPerCall) });
  return refusal(
    `${names.length} targets are more than one call can run (${targetsPerCall})`,
    `Name them, in ${Math.ceil(names.length / targetsPerCall)} calls; the first: ${first}. All names: ${names.join(', ')}`,
  );
}

function dimensions(names: readonly string[], values: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
}

function whatFailed(error: unknown, { redactor }: Monitor): Record<string, unknown> {
  if (error instanceof EdgeError) return { error: redactor.text(error.message), remedy: redactor.text(error.remedy) };
  return { error: redactor.text(error instanceof Error ? (error.stack ?? error.message) : String(error)) };
}
