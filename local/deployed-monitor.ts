// The monitor as CDK would deploy it, on a world of this machine: the same bundles with the same settings in their
// assets, the same environment, ticks instead of schedules, the queue between the functions. Knows nothing of any story.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleFile, bundleFunction, type FunctionEntry } from '../infra/bundle.ts';
import { cadencesOf } from '../infra/cadences.ts';
import type { MonitorSettings } from '../lambda/config/settings.ts';
import { type TopicRole, topicVariable, wantedTopics } from '../lambda/config/topics.ts';
import { watchRoundKind } from '../lambda/config/watch-tick.ts';
import { type LocalFunction, startFunction } from './function-host.ts';
import type { Drained } from './sqs/event-source.ts';
import type { World } from './world.ts';

export interface DeployedMonitor {
  bucket: string;
  alertsTopicArn: string;
  /** Of every topic that the settings call for. */
  topicArns: Partial<Record<TopicRole, string>>;
  /** Fires every schedule once, or those of one kind (`watch` for the rounds of watches), and lets the queue run empty. */
  tick(kind?: string): Promise<Drained>;
  /** Fires the sweep's schedule, and lets the queue run empty. */
  sweep(): Promise<Drained>;
  /** Fires the schedule of the digest. */
  digest(scheduledAt: Date): Promise<Drained>;
  /** Hands an event of the account's bus to the check function, as the rule of the stack does. */
  event(event: Record<string, unknown>): Promise<unknown>;
  /** Calls the check function as the console's Test button does. */
  checkNow(event: Record<string, unknown>): Promise<unknown>;
  /** Everything both functions have logged. */
  log(): string[];
  stop(): Promise<void>;
}

export interface DeployedMonitorOptions {
  world: World;
  /** What the functions read at run time, as text: the asset of a deployment. */
  settingsJson: string;
  /** The same settings, read: which schedules there are. */
  settings: MonitorSettings;
  /** @default 'driftwatch' */
  bucket?: string;
  /** Lays over the functions' environment: secrets by `env:NAME`. */
  environment?: Record<string, string>;
}

export async function deployMonitor(options: DeployedMonitorOptions): Promise<DeployedMonitor> {
  const { world, settingsJson, settings, bucket = 'driftwatch' } = options;
  const folder = await mkdtemp(join(tmpdir(), 'driftwatch-functions-'));
  world.s3.createBucket(bucket);
  const roles: TopicRole[] = [...wantedTopics(settings.alerts), 'operator'];
  const topics = roles.map((role) => ({ role, arn: world.sns.createTopic(role) }));
  const alertsTopicArn = world.sns.createTopic('alerts');
  const queueUrl = world.sqs.createQueue('checks');
  const environment = {
    ...world.environment,
    DRIFTWATCH_BUCKET: bucket,
    ...Object.fromEntries(topics.map(({ role, arn }) => [topicVariable(role), arn])),
    DRIFTWATCH_QUEUE_URL: queueUrl,
    POWERTOOLS_SERVICE_NAME: settings.name,
    ...options.environment,
  };
  const start = (entry: FunctionEntry): LocalFunction => {
    const outDir = join(folder, entry);
    bundleFunction(entry, outDir, { settingsJson });
    return startFunction(join(outDir, bundleFile), environment);
  };
  const dispatch = start('dispatch');
  const check = start('check');
  return {
    bucket,
    alertsTopicArn,
    topicArns: Object.fromEntries(topics.map(({ role, arn }) => [role, arn])),
    async tick(kind) {
      for (const cadence of cadencesOf(settings)) {
        if (kind !== undefined && kind !== cadence.kind) continue;
        await dispatch.invoke({ driftwatch: 'tick', kind: cadence.kind, schedule: cadence.key });
      }
      if (kind === undefined || kind === watchRoundKind) await dispatch.invoke({ driftwatch: 'watch' });
      return world.sqs.drain(queueUrl, check.invoke, { batchSize: 1 });
    },
    async sweep() {
      await dispatch.invoke({ driftwatch: 'sweep' });
      return world.sqs.drain(queueUrl, check.invoke, { batchSize: 1 });
    },
    async digest(scheduledAt) {
      await dispatch.invoke({ driftwatch: 'digest', scheduledAt: scheduledAt.toISOString() });
      return world.sqs.drain(queueUrl, check.invoke, { batchSize: 1 });
    },
    event: check.invoke,
    checkNow: check.invoke,
    log: () => [...dispatch.log, ...check.log],
    async stop() {
      await Promise.all([dispatch.stop(), check.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
