// The check function as it is deployed, killed at each of its requests to S3 and SNS in turn while a run opens an
// incident. Its message is delivered again, a sweep follows, and in the end the incident was told under one id.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleFile, bundleFunction } from '../../infra/bundle.ts';
import { targetState } from '../../lambda/monitor/memory/state.ts';
import { stateKey } from '../../lambda/monitor/memory/state-key.ts';
import { createQueue } from '../../lambda/platform/queue.ts';
import { type LocalFunction, startFunction } from '../../local/function-host.ts';
import { startWorld, type World } from '../../local/world.ts';
import { type FatalEndpoints, startFatalEndpoints } from './fatal-endpoints.ts';
import { type Switchboard, startSwitchboard } from './switchboard.ts';
import { bucket } from './watched-world.ts';

/** More requests than a run makes. */
const most = 12;
const moments = ['before', 'after'] as const;

let world: World;
let endpoints: Switchboard;
let doors: FatalEndpoints;
let folder: string;
let queueUrl: string;
let topicArn: string;
let running: LocalFunction | undefined;

beforeAll(async () => {
  world = await startWorld();
  endpoints = await startSwitchboard();
  doors = await startFatalEndpoints(world);
  folder = await mkdtemp(join(tmpdir(), 'driftwatch-killed-'));
  const names = moments.flatMap((when) => Array.from({ length: most }, (_, index) => `${when}-${index + 1}`));
  const targets = Object.fromEntries(names.map((name) => [name, endpoints.target(name)]));
  bundleFunction('check', folder, { settingsJson: JSON.stringify({ name: 'killed', targets }) });
  world.s3.createBucket(bucket);
  topicArn = world.sns.createTopic('alerts');
  await world.sns.subscribe(topicArn, world.subscriber.url);
  await world.sns.settled();
  queueUrl = world.sqs.createQueue('checks');
});
afterAll(async () => {
  await running?.stop();
  await doors.close();
  await endpoints.close();
  await world.stop();
  await rm(folder, { recursive: true, force: true });
});

function start(): LocalFunction {
  return startFunction(join(folder, bundleFile), {
    ...world.environment,
    ...doors.environment,
    DRIFTWATCH_BUCKET: bucket,
    DRIFTWATCH_ALERTS_TOPIC_ARN: topicArn,
  });
}

/** As Lambda does: a process that died is followed by another one. */
async function deliver(message: Record<string, unknown>): Promise<{ redelivered: number; deadLetters: string[] }> {
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  const queue = createQueue({ client: { endpoint: world.sqs.url, region: 'eu-central-1', credentials } });
  await queue.send(queueUrl, [JSON.stringify({ ...message, scheduledAt: new Date().toISOString(), tickId: 'x' })]);
  return world.sqs.drain(queueUrl, (event) => {
    running ??= start();
    return running.invoke(event);
  });
}

async function kill(): Promise<void> {
  const dying = running;
  running = undefined;
  await dying?.stop();
}

const stateOf = (name: string) =>
  targetState.parse(JSON.parse(world.s3.read(bucket, stateKey(name))?.toString() ?? ''));

/** The minute is over in which only the run that died may publish what it claimed. */
function claimsAreOver(name: string): void {
  const state = stateOf(name);
  const until = new Date(Date.now() - 1_000).toISOString();
  const outbox = state.outbox.map(({ notice, left }) => ({
    notice,
    left: left.map((one) => (one.claim ? { ...one, claim: { ...one.claim, until } } : one)),
  }));
  world.s3.put(bucket, stateKey(name), JSON.stringify({ ...state, outbox }));
}

test.each(moments)('killed %s any request, it tells the incident under one id', { timeout: 60_000 }, async (when) => {
  for (let nth = 1; nth <= most; nth += 1) {
    const name = `${when}-${nth}`;
    endpoints.turn('broken', name);
    doors.arm(nth, when, kill);
    const run = { driftwatch: 'run', target: name, checks: ['probe'], kind: 'probe', schedule: 'every 5m' };
    const delivered = await deliver(run);
    const died = doors.disarm();
    expect(delivered, name).toMatchObject({ redelivered: died ? 1 : 0, deadLetters: [] });
    claimsAreOver(name);
    await deliver({ driftwatch: 'sweep', targets: [{ name, removed: false }] });
    await world.sns.settled();

    const told = world.subscriber.notices.filter(({ attributes }) => attributes.target === name);
    expect(new Set(told.map(({ attributes }) => attributes.notice)).size, name).toBe(1);
    expect(new Set(told.map(({ message }) => message)).size, name).toBe(1);
    expect(told[0]?.subject, name).toBe(`[CRITICAL] ${name} test: probe is failing`);
    expect(stateOf(name).outbox, name).toEqual([]);
    if (!died) {
      // Its state read and written, the evidence, a slot, the message, and the state once more.
      expect(nth).toBeGreaterThan(6);
      return;
    }
  }
  expect.fail(`a run has more than ${most} requests`);
});
