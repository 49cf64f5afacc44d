// The whole of one run of one target: recall, collect and judge, decide, remember, deliver; and the same run for somebody
// who only looks, which remembers and sends nothing. Knows the order of things and nothing of what they do.
import type { AlertSettings, TargetSettings } from '../config/settings.ts';
import type { NoticeTopicArns } from '../config/topics.ts';
import { EdgeError } from '../errors.ts';
import type { Telemetry, Topic } from '../platform/ports.ts';
import { type Decided, decide } from './decide/decide.ts';
import { type Decision, explain } from './decide/reason.ts';
import { isKnownSince } from './decide/record.ts';
import { type Delivered, deliver } from './deliver/deliver.ts';
import { claimMs } from './deliver/outbox.ts';
import { keepEvidence } from './memory/evidence.ts';
import { type MemoryPlace, type Recalled, recall, withTimeLimit } from './memory/memory.ts';
import { type SettleInput, settle } from './memory/settle.ts';
import { freshState, type TargetState } from './memory/state.ts';
import { messagesFor } from './notice/messages.ts';
import type { Notice } from './notice/notice.ts';
import type { Outcome } from './outcome.ts';
import type { Redactor } from './redact.ts';
import { withRetries } from './retry.ts';
import { endRound, planRound } from './round.ts';
import { type Registry, type RunPorts, runChecks } from './run.ts';

/** What the runs of one process share. */
export interface Monitor {
  name: string;
  alerts: AlertSettings;
  registry: Registry;
  /** The bucket that holds snapshots, state and evidence. */
  bucket: string;
  topics: NoticeTopicArns;
  ports: RunPorts['collect'];
  topic: Topic;
  telemetry: Telemetry;
  redactor: Redactor;
  /** 0 to 1, exclusive. */
  random: () => number;
}

/** What somebody needs who only looks. */
export type Inspector = Omit<Monitor, 'topics' | 'topic'>;

export interface RunRequest {
  target: TargetSettings;
  /** Ids of checks. */
  checks: readonly string[];
  /** When the process may be stopped. */
  deadline: Date;
  /** When the schedule fired: checks that ran since are not run again. Without it, somebody asked. */
  scheduledAt?: Date;
  /** It is a round of a watch, handed out by its tick. @default false */
  watchRound?: boolean;
}

export interface RunReport {
  target: string;
  run: string;
  outcomes: Outcome[];
  decisions: Decision[];
  notices: Notice[];
  /** Absent when there was nothing to send. */
  delivery?: Delivered;
  /** What the reader should know about this run beside its outcomes. */
  remarks: string[];
}

/** Kept free at the end of a run for remembering and delivering. */
const reserveMs = 15_000;
/** One read or write of the memory takes no longer. */
const memoryMs = 10_000;
const reading = { attempts: 3, firstDelayMs: 200 } as const;

/** A run that remembers and tells. @throws EdgeError when the memory cannot be read or written: run it again */
export async function monitorTarget(monitor: Monitor, request: RunRequest): Promise<RunReport> {
  const { ports, telemetry, random } = monitor;
  const { target, deadline } = request;
  const { clock } = ports;
  const place = placeOf(monitor);
  const run = runId(clock.now(), random);
  const recalled = await withRetries({ clock, random, deadline, ...reading }, () => recall(place, target.name));
  const round = request.watchRound ? await planRound(place, target.name, recalled) : undefined;
  // Of a watch that is over, what may be left is its report in the outbox.
  const wanted = round && !round.watched ? [] : request.checks;
  const due = wanted.filter((check) => !isKnown(recalled, check, request, clock.now()));
  const outcomes = await collectAndJudge(monitor, { ...request, checks: due }, recalled);
  const evidence = await keepEvidence(place, { target: target.name, run, outcomes }, telemetry);
  const concluding = {
    target,
    run,
    outcomes,
    evidence,
    recalled,
    deadline,
    ...(round?.begin && { begin: round.begin }),
    ...(round && request.scheduledAt && { round: request.scheduledAt.toISOString() }),
  };
  const { state, ...concluded } = await conclude(monitor, concluding);
  if (round) await endRound(place, state, telemetry);
  const known = wanted.filter((check) => !due.includes(check));
  const remarks = [
    ...(round && !round.watched ? ['the target is not being watched (any more)'] : []),
    ...known.map((check) => `${check} was checked since the schedule fired`),
  ];
  return { ...concluded, outcomes, remarks: [...remarks, ...concluded.remarks] };
}

export interface SweepRequest {
  /** By its name, a target that the settings no longer have. */
  target: TargetSettings | string;
  deadline: Date;
}

/**
 * A run without checks: what is in the outbox goes out, quiet that is over is told, and everything is closed of a target
 * that is no longer in the settings. With nothing to do it reads once and writes nothing.
 * @returns `undefined` when there is no state to look after
 * @throws EdgeError when the memory cannot be read or written: sweep it again
 */
export async function sweepTarget(
  monitor: Monitor,
  { target: named, deadline }: SweepRequest,
): Promise<RunReport | undefined> {
  const { ports, random, telemetry } = monitor;
  const { clock } = ports;
  const name = typeof named === 'string' ? named : named.name;
  const place = placeOf(monitor);
  const run = runId(clock.now(), random);
  const recalled = await withRetries({ clock, random, deadline, ...reading }, () => recall(place, name));
  if (recalled.kind === 'nothing') return undefined;
  if (recalled.kind === 'corrupt') {
    telemetry.warn('a state is unreadable; the next run of its target keeps it aside', {
      target: name,
      problem: recalled.problem,
    });
    return undefined;
  }
  const target = typeof named === 'string' ? removedTarget(recalled.state) : named;
  return {
    ...(await conclude(monitor, { target, run, outcomes: [], evidence: {}, recalled, deadline })),
    outcomes: [],
  };
}

/** What is left of the settings of a target that is removed: nothing of it is checked. */
function removedTarget({ target: name, environment = 'removed' }: TargetState): SettleInput['target'] {
  return { name, environment, runbook: undefined, maintenance: [], checks: [] };
}

type Concluding = Omit<SettleInput, 'ports' | 'monitor' | 'alerts'>;

/** The end of every run: decides, remembers, and delivers what there is to deliver. */
async function conclude(
  monitor: Monitor,
  concluding: Concluding,
): Promise<Omit<RunReport, 'outcomes'> & { state: TargetState }> {
  const { ports, telemetry, random, alerts, name, topics, bucket } = monitor;
  const { target, run, deadline } = concluding;
  const { clock } = ports;
  const settling = { clock, random, telemetry, place: placeOf(monitor) };
  const settled = await settle({ ...concluding, ports: settling, monitor: name, alerts });
  for (const decision of settled.decisions) log(telemetry, target.name, run, decision);
  const claimEnds = clock.now().getTime() + claimMs * 0.75;
  const delivery = await deliver({
    ports: { ...settling, topic: monitor.topic },
    topics,
    messages: (topic, notice) => messagesFor(topic, notice, { bucket }),
    place: { bucket },
    run,
    state: settled.state,
    condition: settled.condition,
    deadline: new Date(Math.min(deadline.getTime(), claimEnds)),
  });
  const { notices, decisions } = settled;
  const remarks = [
    ...(settled.keptAside ? [`the memory was unreadable and begins afresh; it is kept as ${settled.keptAside}`] : []),
    ...delivery.failed.map(
      ({ notice, topic, message }) =>
        `notice ${notice} could not be published to the ${topic} topic and stays in the outbox: ${message}`,
    ),
    ...delivery.waiting.map(
      ({ notice, topic }) =>
        `notice ${notice} waits for the ${topic} topic: more notices came than it is sent in a second`,
    ),
    ...delivery.undeliverable.map(
      ({ notice, topic, message, key }) =>
        `notice ${notice} was given up for the ${topic} topic and is kept as s3://${bucket}/${key}: ${message}`,
    ),
  ];
  return { target: target.name, run, decisions, notices, delivery, remarks, state: settled.state };
}

/** A run for somebody who looks: says what it would decide, writes nothing, sends nothing. */
export async function inspectTarget(monitor: Inspector, request: RunRequest): Promise<RunReport> {
  const { ports, random, name, alerts } = monitor;
  const { target } = request;
  const remarks: string[] = [];
  const run = runId(ports.clock.now(), random);
  const recalled = await recall(placeOf(monitor), target.name).catch((error: unknown): undefined => {
    if (!(error instanceof EdgeError)) throw error;
    remarks.push(`what is remembered of ${target.name} could not be read: ${error.message}. ${error.remedy}`);
  });
  if (recalled?.kind === 'corrupt') {
    remarks.push(
      `what is remembered of ${target.name} is unreadable (${recalled.problem}); the next scheduled run keeps it aside`,
    );
  }
  const outcomes = await collectAndJudge(monitor, request, recalled);
  const now = ports.clock.now();
  const state = recalled?.kind === 'state' ? recalled.state : freshState(target.name, now);
  const { decisions, notices }: Decided = decide({ state, outcomes, monitor: name, target, alerts, run, now });
  return { target: target.name, run, outcomes, decisions, notices, remarks };
}

function collectAndJudge(
  { registry, bucket, ports, telemetry, redactor }: Inspector,
  { target, checks, deadline, scheduledAt }: RunRequest,
  recalled: Recalled | undefined,
): Promise<Outcome[]> {
  if (checks.length === 0) return Promise.resolve([]);
  const left = deadline.getTime() - ports.clock.now().getTime();
  return runChecks({
    target,
    checks,
    registry,
    ports: { collect: ports, telemetry, redactor },
    memoryBucket: bucket,
    onDemand: scheduledAt === undefined,
    recalled: recalled?.kind === 'state' ? recalled.state : undefined,
    deadline: new Date(deadline.getTime() - Math.min(reserveMs, left / 2)),
  });
}

function isKnown(recalled: Recalled, check: string, { scheduledAt }: RunRequest, now: Date): boolean {
  if (recalled.kind !== 'state' || !scheduledAt) return false;
  const record = recalled.state.checks[check];
  return record?.last.cameAlong !== true && isKnownSince(record, scheduledAt, now);
}

function placeOf({ ports, bucket }: Inspector): MemoryPlace {
  return withTimeLimit({ objects: ports.objects, bucket }, ports.clock, memoryMs);
}

/** In order of time, and not the same for two runs of the same moment: `20261120T110500Z-3f9c21`. */
function runId(now: Date, random: () => number): string {
  const suffix = Math.floor(random() * 0x1000000);
  return `${now.toISOString().replace(/[-:]|\.\d+/g, '')}-${suffix.toString(16).padStart(6, '0')}`;
}

function log(telemetry: Telemetry, target: string, run: string, decision: Decision): void {
  const { check, about, phase, says, reason, notice } = decision;
  telemetry.info(`${check}: ${explain(decision)}`, {
    target,
    run,
    check,
    about,
    phase,
    says,
    reason: reason.code,
    ...(notice !== undefined && { notice }),
  });
}
