// Publishes the notices this run has claimed, in order, and takes them out of the outbox with a conditional write. Dying
// anywhere repeats a notice with the same id at worst. A notice that cannot be published stays, and is reported: as a
// metric and in the log, every time it is tried.
import { metricNames } from '../config/metrics.ts';
import { EdgeError, failureFields } from '../errors.ts';
import type { Clock, Telemetry, Topic, TopicMessage, WriteCondition } from '../platform/ports.ts';
import { withDeadline } from './deadline.ts';
import { type MemoryPlace, recall, remember } from './memory.ts';
import type { Notice } from './notice.ts';
import { claim, claimedBy, type Sending, settleOutbox } from './outbox.ts';
import { mayPass, type Patience, withRetries } from './retry.ts';
import type { TargetState } from './state.ts';

export interface DeliveryPorts {
  clock: Clock;
  random: () => number;
  topic: Topic;
  telemetry: Telemetry;
  place: MemoryPlace;
}

export interface DeliveryInput {
  ports: DeliveryPorts;
  topicArn: string;
  compose: (notice: Notice) => TopicMessage;
  run: string;
  /** As it was written last, with this run's claims in it, and the condition for the next write. */
  state: TargetState;
  condition: WriteCondition;
  deadline: Date;
}

export interface Delivery {
  published: string[];
  /** Tried and not published; they stay in the outbox. */
  failed: { notice: string; message: string; permanent: boolean }[];
  state: TargetState;
}

/** One attempt to publish takes no longer. */
const publishMs = 10_000;
const publishing = { attempts: 4, firstDelayMs: 250 } as const;
/** Many: of runs that write at the same time one succeeds in every round. */
const writing = { attempts: 15, firstDelayMs: 100 } as const;

type Failed = Sending & { kind: 'failed' };

export async function deliver(input: DeliveryInput): Promise<Delivery> {
  const { run } = input;
  let { state, condition } = input;
  const sendings = new Map<string, Sending>();
  for (let mine = claimedBy(state, run); mine.length > 0; mine = claimedBy(state, run)) {
    await publishAll(mine, input, sendings);
    ({ state, condition } = await writeOutbox({ ...input, state, condition }, sendings));
  }
  return {
    published: [...sendings].flatMap(([id, { kind }]) => (kind === 'published' ? [id] : [])),
    failed: [...sendings].flatMap(([notice, sending]) =>
      sending.kind === 'failed' ? [{ notice, message: sending.message, permanent: sending.permanent }] : [],
    ),
    state,
  };
}

/** In order, up to the first failure that the next notice would share. */
async function publishAll(
  notices: readonly Notice[],
  input: DeliveryInput,
  sendings: Map<string, Sending>,
): Promise<void> {
  let stopped: Failed | undefined;
  for (const notice of notices) {
    const sending = stopped ?? (await publish(notice, input));
    sendings.set(notice.id, sending);
    if (sending.kind === 'published') continue;
    report(notice, sending, input.ports.telemetry);
    if (!isAboutOneMessage(sending)) stopped = sending;
  }
}

async function publish(notice: Notice, { ports, topicArn, compose, deadline }: DeliveryInput): Promise<Sending> {
  const { clock, random, topic, telemetry } = ports;
  const patience: Patience = { clock, random, deadline, ...publishing };
  try {
    const message = compose(notice);
    const { messageId } = await withRetries(patience, () =>
      withDeadline(clock, publishMs, noAnswer, (signal) => topic.publish(topicArn, message, signal)),
    );
    telemetry.info('notice published', { target: notice.target, notice: notice.id, messageId });
    return { kind: 'published' };
  } catch (error) {
    const reason = error instanceof EdgeError ? error.reason : 'unexpected';
    const remedy = error instanceof EdgeError ? error.remedy : 'Report it as a bug of Driftwatch.';
    return { kind: 'failed', reason, message: `${(error as Error).message}. ${remedy}`, permanent: !mayPass(error) };
  }
}

/** What the topic refused because of what it says; anything else would happen to the next notice too. */
function isAboutOneMessage({ reason }: Failed): boolean {
  return reason === 'invalid' || reason === 'unexpected';
}

function report(notice: Notice, { message, permanent }: Failed, telemetry: Telemetry): void {
  const { id, target, status, severity } = notice;
  telemetry.metric(metricNames.publishFailed, 1, 'Count');
  telemetry.error(
    permanent
      ? 'a notice cannot be published; it stays in the outbox and is tried again with every run'
      : 'a notice could not be published; the next run tries again',
    { target, notice: id, status, severity, error: message },
  );
}

function noAnswer(): EdgeError {
  return new EdgeError('timeout', `the alerts topic gave no answer within ${publishMs / 1_000} s`, {
    remedy: 'Look at the service health of SNS and at the route to it (a VPC needs an endpoint for SNS, or NAT).',
  });
}

/**
 * Takes the published notices out of the outbox as it is now, and claims what other runs left for this one meanwhile.
 * When it cannot be written, the notices are published again by the next run: said in the log, and no more than that.
 */
async function writeOutbox(
  { ports, run, state, condition, deadline }: DeliveryInput,
  sendings: ReadonlyMap<string, Sending>,
): Promise<Pick<DeliveryInput, 'state' | 'condition'>> {
  const { place, clock, random, telemetry } = ports;
  const settled = (current: TargetState) =>
    claim(settleOutbox(current, run, sendings, clock.now()), run, clock.now(), new Set(sendings.keys()));
  try {
    return await withRetries({ clock, random, deadline, ...writing }, async (attempt) => {
      const newest = attempt === 1 ? { state, condition } : await current(place, state);
      return remember(place, settled(newest.state), newest.condition);
    });
  } catch (error) {
    telemetry.error('the outbox could not be written: what was published will be published again, with the same ids', {
      target: state.target,
      notices: [...sendings.keys()],
      ...failureFields(error),
    });
    return { state: settleOutbox(state, run, sendings, clock.now()), condition };
  }
}

async function current(place: MemoryPlace, known: TargetState): Promise<Pick<DeliveryInput, 'state' | 'condition'>> {
  const found = await recall(place, known.target);
  switch (found.kind) {
    case 'state':
      return { state: found.state, condition: found.condition };
    case 'nothing':
      // Somebody deleted it: what this run knows is better than nothing.
      return { state: known, condition: found.condition };
    case 'corrupt':
      throw new EdgeError('invalid', `the state of ${known.target} became unreadable: ${found.problem}`, {
        remedy: 'The next run keeps it aside and begins afresh.',
      });
  }
}
