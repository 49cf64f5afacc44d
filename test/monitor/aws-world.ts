// The pipeline over the real protocols: S3 and SNS on loopback, the product's own adapters, a clock whose waits are
// short. For one test file: it starts what the file needs and ends it.
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { TargetSettings } from '../../lambda/config/settings.ts';
import type { NoticeTopic } from '../../lambda/config/topics.ts';
import { type TargetState, targetState } from '../../lambda/monitor/memory/state.ts';
import { monitorTarget, type RunReport, sweepTarget } from '../../lambda/monitor/pipeline.ts';
import { createClock } from '../../lambda/platform/clock.ts';
import { createObjectStore } from '../../lambda/platform/object-store.ts';
import type { Clock } from '../../lambda/platform/ports.ts';
import { createTopic } from '../../lambda/platform/topic.ts';
import { type LocalS3, startS3 } from '../../local/s3.ts';
import { type LocalSns, startSns } from '../../local/sns.ts';
import { alerts, targetWith } from './builders.ts';
import { bucket, monitorOf, type World } from './scripted.ts';
import { type RecordingTelemetry, recordingTelemetry } from './simulated.ts';

export interface AwsWorld {
  s3: LocalS3;
  sns: LocalSns;
  topicArn: string;
  world: World;
  telemetry: RecordingTelemetry;
  target: TargetSettings;
  run(checks?: string[]): Promise<RunReport>;
  /** @param removed name of a target that the settings no longer have; @default the target */
  sweep(removed?: string): Promise<RunReport | undefined>;
  /** The stored state. */
  state(): TargetState;
  stored(key: string): string | undefined;
  /** What arrived at the topic: status and checks, in order. */
  told(): string[];
  /** Whether notices also go to these topics from now on. */
  useTopics(...topics: ('events' | 'chat')[]): void;
  /** What arrived at such a topic, as JSON. */
  bodies(topic: 'events' | 'chat'): unknown[];
}

export const planted = 'planted-secret-key';

const clientOf = (endpoint: string) => ({
  endpoint,
  region: 'eu-central-1',
  credentials: { accessKeyId: 'AKIDPLANTED', secretAccessKey: planted },
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 500, requestTimeout: 250, throwOnRequestTimeout: true },
});

/** Real time, with waits and deadlines cut to a twentieth. */
function hurriedClock(): Clock {
  const clock = createClock();
  return { now: clock.now, sleep: (ms, signal) => clock.sleep(ms / 20, signal) };
}

export function awsWorld(): AwsWorld {
  const parts = {} as AwsWorld;
  const published = (topic: string) => parts.sns.published(parts.sns.createTopic(topic));
  let wanted: readonly NoticeTopic[] = [];
  parts.useTopics = (...topics) => {
    wanted = topics;
  };
  beforeAll(async () => {
    parts.s3 = await startS3();
    parts.s3.createBucket(bucket);
    parts.sns = await startSns();
    parts.topicArn = parts.sns.createTopic('alerts');
  });
  beforeEach(() => {
    for (const key of parts.s3.keys(bucket)) parts.s3.delete(bucket, key);
    parts.world = {};
    parts.telemetry = recordingTelemetry();
    parts.target = targetWith(['schema', 'probe:login']);
    const before = parts.sns.published(parts.topicArn).length;
    parts.useTopics();
    const earlier = { events: published('events').length, chat: published('chat').length };
    parts.bodies = (topic) =>
      published(topic)
        .slice(earlier[topic])
        .map(({ body }) => JSON.parse(body));
    parts.told = () =>
      parts.sns
        .published(parts.topicArn)
        .slice(before)
        .map(({ attributes }) => `${attributes.status?.Value} ${attributes.check?.Value}`);
  });
  afterEach(() => {
    parts.s3.faults.clear();
    parts.sns.faults.clear();
  });
  afterAll(async () => {
    await parts.s3.close();
    await parts.sns.close();
  });
  parts.stored = (key) => {
    const bytes = parts.s3.read(bucket, key);
    return bytes && new TextDecoder().decode(bytes);
  };
  parts.state = () => targetState.parse(JSON.parse(parts.stored('state/pap-api.json') ?? 'null'));
  const monitor = () => {
    return {
      ...monitorOf({
        world: parts.world,
        clock: hurriedClock(),
        objects: createObjectStore({ client: { ...clientOf(parts.s3.url), forcePathStyle: true } }),
        topic: createTopic({ client: clientOf(parts.sns.url) }),
        telemetry: parts.telemetry,
        random: Math.random,
      }),
      alerts: { ...alerts, events: wanted.includes('events'), chat: wanted.includes('chat') },
      topics: {
        alerts: parts.topicArn,
        ...Object.fromEntries(wanted.map((topic) => [topic, parts.sns.createTopic(topic)])),
      },
    };
  };
  const deadline = () => new Date(Date.now() + 60_000);
  parts.run = (checks = parts.target.checks.map(({ id }) => id)) =>
    monitorTarget(monitor(), { target: parts.target, checks, deadline: deadline() });
  parts.sweep = (removed) => sweepTarget(monitor(), { target: removed ?? parts.target, deadline: deadline() });
  return parts;
}
