// One planned life, lived: the real pipeline over a store and a topic in this process, run after run, while everything
// that can be seen from outside is written down. Judges nothing.
import { type NoticeTopic, noticeTopics, wantedTopics } from '../../lambda/config/topics.ts';
import { acknowledge } from '../../lambda/monitor/decide/acknowledge.ts';
import { addSilence } from '../../lambda/monitor/decide/silences.ts';
import { digestOf } from '../../lambda/monitor/digest/digest.ts';
import { sendDigest } from '../../lambda/monitor/digest/send-digest.ts';
import { changeState } from '../../lambda/monitor/memory/change-state.ts';
import type { TargetState } from '../../lambda/monitor/memory/state.ts';
import { dueWatches } from '../../lambda/monitor/memory/watch-records.ts';
import type { Notice } from '../../lambda/monitor/notice/notice.ts';
import { monitorTarget, sweepTarget } from '../../lambda/monitor/pipeline.ts';
import { startWatch, stopRunningWatch, type WatchPlace } from '../../lambda/monitor/watches.ts';
import type { ObjectStore, Topic, TopicMessage } from '../../lambda/platform/ports.ts';
import { type WatchRecord, watchKey } from '../../lambda/watch/record.ts';
import { noon, targetWith } from '../monitor/builders.ts';
import { monitorOf } from '../monitor/scripted.ts';
import { Died, memoryStore, recordingTelemetry, simulatedClock } from '../monitor/simulated.ts';
import { seededRandom } from '../support/seeded-random.ts';
import type { PlannedDigest } from './digest-plan.ts';
import type { PlannedProcess } from './eras.ts';
import { registryOf, truthAt } from './looks.ts';
import { outsideOf, skewed } from './outside.ts';
import type { CheckId, Plan, PlannedRun, Request, Truth } from './plan.ts';
import type { PlannedStop, PlannedWatch } from './watch-plan.ts';

/** What was seen from outside, in the order in which it happened; times in milliseconds after the beginning. */
export interface Seen {
  /** Every version of the state that was ever stored. */
  states: { at: number; state: TargetState }[];
  /** Ids of the notices that arrived on a topic, every time they did, alone or with others. */
  arrivals: { at: number; topic: NoticeTopic; id: string }[];
  /** Every look that a check took, and what it found; `byClock`: when, by the clock of its machine. */
  looks: { at: number; byClock: number; check: CheckId; truth: Truth }[];
  /** Every version of the record of watches that was ever stored. */
  records: { at: number; record: WatchRecord }[];
  /** Watches that somebody was told to have begun, by their ids. */
  promised: string[];
  /** Every copy of a digest that arrived on a topic. */
  digestArrivals: { at: number; topic: NoticeTopic; id: string; body: string }[];
  /** Deliveries of a digest's message that the queue was told to be done with. */
  digestsDone: { at: number; due: number; topics: readonly NoticeTopic[] }[];
  /** What failed otherwise than by dying; `honest`: the outside did nothing to it. */
  failures: { at: number; error: unknown; honest: boolean }[];
}

/** What stands between the pipeline and the world; a test plants a broken one to see that it is noticed. */
export interface World {
  objects(store: ObjectStore): ObjectStore;
  topic(topic: Topic): Topic;
}

export const honest: World = { objects: (store) => store, topic: (topic) => topic };

const target = targetWith([]);
const stateKey = `state/${target.name}.json`;
const bucket = 'driftwatch';
const tickMs = 60_000;
const digestMs = 86_400_000;
export const runMs = 120_000;

export async function live(plan: Plan, world: World = honest): Promise<Seen> {
  const clock = simulatedClock(noon);
  const begin = clock.now().getTime();
  const since = () => clock.now().getTime() - begin;
  const seen: Seen = {
    states: [],
    arrivals: [],
    looks: [],
    records: [],
    promised: [],
    digestArrivals: [],
    digestsDone: [],
    failures: [],
  };
  const store = memoryStore(clock);
  const objects: ObjectStore = {
    ...store,
    async put(bucket, key, body, options) {
      const stored = await store.put(bucket, key, body, options);
      if (key === stateKey) seen.states.push({ at: since(), state: JSON.parse(String(body)) as TargetState });
      if (key === watchKey(target.name))
        seen.records.push({ at: since(), record: JSON.parse(String(body)) as WatchRecord });
      return stored;
    },
  };
  const topic: Topic = {
    async publish(arn, message) {
      const at = since();
      const topicName = noticeTopics.find((one) => arn.endsWith(one)) ?? 'alerts';
      const { notice, status } = message.attributes;
      if (status === 'digest')
        seen.digestArrivals.push({ at, topic: topicName, id: String(notice), body: message.body });
      else for (const id of noticesIn(message)) seen.arrivals.push({ at, topic: topicName, id });
      return { messageId: `message-${seen.arrivals.length}` };
    },
    subscriptions: async () => ({ confirmed: 1, pending: 0 }),
  };
  const registry = registryOf((check, own) => {
    const truth = truthAt(plan, since())[check];
    seen.looks.push({ at: since(), byClock: own.getTime() - begin, check, truth });
    return truth;
  });

  /** The outside as a process meets it, and its own clock. */
  function processOf({ faults, skewMs }: PlannedProcess) {
    const real = { objects: world.objects(objects), topic: world.topic(topic) };
    return { ...(faults ? outsideOf(real, clock, faults) : real), clock: skewed(clock, skewMs) };
  }

  async function lastWord({ faults }: PlannedProcess, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Died)) seen.failures.push({ at: since(), error, honest: faults === undefined });
    }
  }

  /** A process of the check function, its outside, clock and settings. */
  function processOfCheck(planned: PlannedProcess, seed: number) {
    const random = seededRandom(seed);
    const { settings } = planned;
    const own = processOf(planned);
    const scripted = monitorOf({
      ...own,
      world: {},
      telemetry: recordingTelemetry(),
      random: () => random.below(1_000_000) / 1_000_000,
    });
    const topics = wantedTopics(settings.alerts).map((one) => [one, `arn:${one}`]);
    return {
      monitor: {
        ...scripted,
        alerts: settings.alerts,
        registry,
        topics: { alerts: '', ...Object.fromEntries(topics) },
      },
      configured: { ...target, maintenance: settings.maintenance, checks: settings.checks },
      deadline: new Date(own.clock.now().getTime() + runMs),
    };
  }

  async function run(planned: PlannedRun, index: number): Promise<void> {
    await clock.sleep(planned.at);
    const { settings, sweep, watchTick } = planned;
    const { monitor, configured, deadline } = processOfCheck(planned, plan.seed * 1_000 + index);
    const known = settings.checks.map(({ id }) => id);
    await lastWord(planned, async () => {
      if (sweep) {
        await sweepTarget(monitor, { target: sweep === 'removed' ? target.name : configured, deadline });
      } else if (watchTick) {
        const scheduledAt = new Date(Math.floor(clock.now().getTime() / tickMs) * tickMs);
        const { due } = await dueWatches({ objects: world.objects(objects), bucket }, scheduledAt, tickMs);
        const round = { target: configured, checks: known, deadline, scheduledAt, watchRound: true };
        if (due.length > 0) await monitorTarget(monitor, round);
      } else {
        const checks = planned.checks.filter((id) => known.includes(id));
        await monitorTarget(monitor, { target: configured, checks, deadline });
      }
    });
  }

  async function sendDigestOf(planned: PlannedDigest, index: number): Promise<void> {
    await clock.sleep(planned.at);
    const { due, settings } = planned;
    const { monitor, configured, deadline } = processOfCheck(planned, plan.seed * 1_000 + 900 + index);
    const request = { targets: [configured], periodMs: digestMs, at: new Date(begin + due), deadline };
    await lastWord(planned, async () => {
      await sendDigest(monitor, request);
      seen.digestsDone.push({ at: since(), due, topics: wantedTopics(settings.alerts) });
    });
  }

  async function ask({ at, forMs, check, kind }: Request): Promise<void> {
    await clock.sleep(at);
    const request = { check, by: 'ada', reason: 'simulated', forMs };
    const place = { objects: world.objects(objects), bucket };
    await changeState({
      ports: { clock, random: () => 0.5, place },
      target: target.name,
      deadline: new Date(clock.now().getTime() + runMs),
      change: (state, now) => (kind === 'silence' ? addSilence(state, request, now) : acknowledge(state, request, now)),
    });
  }

  function watchPlace(planned: PlannedStop): WatchPlace {
    const own = processOf(planned);
    const { settings } = planned;
    return {
      ports: { clock: own.clock, random: () => 0.5, place: { objects: own.objects, bucket } },
      deadline: new Date(own.clock.now().getTime() + runMs),
      monitor: 'control-core',
      target: { ...target, maintenance: settings.maintenance, checks: settings.checks },
      alerts: settings.alerts,
    };
  }

  async function watch(planned: PlannedWatch): Promise<void> {
    await clock.sleep(planned.at);
    const { version, forMs, everyMs, deployedAt } = planned;
    const deployed = deployedAt === undefined ? undefined : new Date(begin + deployedAt);
    await lastWord(planned, async () => {
      const answer = await startWatch(watchPlace(planned), { version, forMs, everyMs }, deployed);
      if ('done' in answer && answer.state.watching) seen.promised.push(answer.state.watching.id);
    });
  }

  async function stop(planned: PlannedStop): Promise<void> {
    await clock.sleep(planned.at);
    await lastWord(planned, () => stopRunningWatch(watchPlace(planned), 'ada'));
  }

  const { watches, stops, requests, digests } = plan;
  const planned = [...[...plan.runs, ...plan.ticks].map(run), ...digests.map(sendDigestOf)];
  await clock.drive(
    Promise.all([...planned, ...watches.map(watch), ...stops.map(stop), ...requests.map(ask), clock.sleep(plan.end)]),
  );
  return seen;
}

/** Under which the digest that is due at this moment arrives. */
export function digestIdOf(due: number): string {
  return digestOf('control-core', [], digestMs, new Date(Date.parse(noon) + due)).id;
}

/** The notices that a message tells of, in its order. */
function noticesIn({ body, attributes }: TopicMessage): string[] {
  const id = String(attributes.notice);
  return id.startsWith('storm-') ? [...new Set(body.match(/pap-api-\d+-[0-9a-f]+/g))] : [id];
}

/** The notices that were ever in the outbox, by id. */
export function noticesOf({ states }: Pick<Seen, 'states'>): Map<string, Notice> {
  return new Map(states.flatMap(({ state }) => state.outbox.map(({ notice }) => [notice.id, notice] as const)));
}
