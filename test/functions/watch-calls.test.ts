// Watches as the functions see them: asked for by people and by a pipeline's event, handed out by the tick, carried out by
// messages of the queue, ended with a report.
import { beforeEach, describe, expect, test } from 'vitest';
import { watchTickDimensions } from '../../lambda/config/metrics.ts';
import { createCheckHandler } from '../../lambda/functions/check-handler.ts';
import { createDispatchHandler } from '../../lambda/functions/dispatch-handler.ts';
import type { CheckAnswer } from '../../lambda/monitor/answer.ts';
import { alerts, noon, targetWith } from '../monitor/builders.ts';
import { bucket, failing, monitorOf, type World } from '../monitor/scripted.ts';
import {
  type MemoryStore,
  memoryStore,
  type RecordingTelemetry,
  type RecordingTopic,
  recordingTelemetry,
  recordingTopic,
  type SimulatedClock,
  simulatedClock,
} from '../monitor/simulated.ts';

const minute = 60_000;
const targets = [targetWith(['schema', 'probe:login']), targetWith(['probe:health'], { name: 'pro-tenant' })];
const settings = { name: 'control-core', alerts, targets };

let clock: SimulatedClock;
let objects: MemoryStore;
let topic: RecordingTopic;
let telemetry: RecordingTelemetry;
let world: World;
let sent: string[];

beforeEach(() => {
  clock = simulatedClock(noon);
  objects = memoryStore(clock);
  topic = recordingTopic();
  telemetry = recordingTelemetry();
  world = {};
  sent = [];
});

const check = (event: unknown) => {
  const monitor = monitorOf({ world, clock, objects, topic, telemetry });
  return clock.drive(createCheckHandler({ monitor, settings })(event, { getRemainingTimeInMillis: () => 300_000 }));
};
const ask = async (event: unknown) => (await check(event)) as CheckAnswer;

/** The next tick, and a run for every message that it sends. */
async function tick(): Promise<string[]> {
  clock.pass(minute);
  const dispatch = createDispatchHandler({
    settings,
    queueUrl: 'https://sqs.example.com/123456789012/work',
    bucket,
    objects,
    topics: { alerts: 'arn:alerts', operator: 'arn:operator' },
    clock,
    queue: { send: async (_, bodies) => void sent.push(...bodies) },
    topic,
    telemetry,
  });
  const { summary } = await clock.drive(dispatch({ driftwatch: 'watch' }));
  for (const body of sent.splice(0)) {
    const Records = [{ messageId: 'm', body, eventSource: 'aws:sqs' }];
    expect(await check({ Records })).toEqual({ batchItemFailures: [] });
  }
  return summary;
}

const start = (more: Record<string, unknown> = {}) =>
  ask({ target: 'pap-api', watch: { version: '1.5.0', for: '10m', ...more } });

const deployment = (detail: unknown, time = noon) => ({
  version: '0',
  id: '17793124-05d4-b198-2fde-7ededc63b103',
  'detail-type': 'deployment',
  source: 'driftwatch',
  account: '123456789012',
  time,
  region: 'eu-central-1',
  resources: [],
  detail,
});

test('from the call to the report', async () => {
  expect(await start({ commit: '4f2a91c', every: '1m', by: 'ada' })).toEqual({
    status: 'done',
    summary: [
      'Watching version 1.5.0 of pap-api until 2026-11-20 12:10 UTC: every check runs every 1 min, and its first failing run is told.',
      'What was failing before: 0. Measures to compare with: 0. It ends with a report.',
    ],
    results: [],
  });
  for (let ticks = 1; ticks <= 5; ticks += 1) expect(await tick()).toEqual(['pap-api: a round of its watch']);
  expect((await ask({ target: 'pap-api', watch: 'status' })).summary).toEqual([
    'Watching version 1.5.0 since 12:00 UTC, until 12:10 UTC (5 min left), every 1 min.',
    '5 rounds ran.',
    'Nothing is wrong so far.',
  ]);
  world.schema = failing();
  for (let ticks = 6; ticks <= 10; ticks += 1) await tick();
  expect(topic.arrived.map(({ subject }) => subject)).toEqual([
    '[CRITICAL] pap-api production: schema is failing',
    '[WATCH FAILED] pap-api production: schema has gone wrong since version 1.5.0',
  ]);
  expect(await tick()).toEqual([]);
  expect((await ask({ target: 'pap-api', watch: 'status' })).summary.slice(0, 4)).toEqual([
    'Schema has gone wrong since version 1.5.0.',
    'Version 1.5.0 (commit 4f2a91c) was watched from 2026-11-20 12:00 to 12:10 UTC (10 min), as ada asked.',
    'Schema has been failing since the deployment.',
    '',
  ]);
});

test('rounds of five minutes are every fifth tick', async () => {
  await start();
  const rounds = [];
  for (let ticks = 1; ticks <= 10; ticks += 1) if ((await tick()).length > 0) rounds.push(ticks);
  expect(rounds).toEqual([5, 10]);
  expect(topic.arrived.map(({ subject }) => subject)).toEqual([
    '[WATCH PASSED] pap-api production: version 1.5.0 passed its watch of 10 min',
  ]);
});

test('the tick says that it lives, whether anything is watched or not, and nothing else', async () => {
  expect(await tick()).toEqual([]);
  expect(telemetry.metrics).toEqual([{ name: 'Heartbeat', value: 1, unit: 'Count', dimensions: watchTickDimensions }]);
  expect(telemetry.lines).toEqual([]);
});

test('a stopped watch sends its report with the next tick', async () => {
  await start();
  await tick();
  const stopped = await ask({ target: 'pap-api', watch: 'stop', by: 'ada' });
  expect(stopped).toMatchObject({
    status: 'done',
    summary: ['The watch of version 1.5.0 was stopped. Its report goes out within minutes.'],
  });
  await tick();
  expect(topic.arrived.map(({ subject }) => subject)).toEqual([
    '[WATCH INCONCLUSIVE] pap-api production: the watch of version 1.5.0 was stopped',
  ]);
  expect(topic.arrived[0]?.body).toContain('Stopped by ada after 1 min of 10 min.');
  for (let ticks = 0; ticks < 5; ticks += 1) expect(await tick()).toEqual([]);
  expect(await ask({ target: 'pap-api', watch: 'stop' })).toMatchObject({
    status: 'refused',
    summary: ['Refused: pap-api is not being watched.', 'There is nothing to stop.'],
  });
});

describe('an event of a pipeline', () => {
  test('starts a watch at the time of the deployment; twice is once', async () => {
    clock.pass(90_000);
    const event = deployment({ target: 'pap-api', version: '1.5.0', commit: '4f2a91c', for: '30m', every: '1m' });
    expect(await ask(event)).toMatchObject({ status: 'done' });
    expect(await ask(event)).toMatchObject({ summary: [expect.stringContaining('is being watched already')] });
    expect((await ask({ target: 'pap-api', watch: 'status' })).summary[0]).toContain('since 12:00 UTC');
    expect(telemetry.lines.map(({ level }) => level)).toEqual(['info', 'info']);
  });

  test('that comes after that of a newer deployment is refused', async () => {
    clock.pass(10 * minute);
    await ask(deployment({ target: 'pap-api', version: '1.6.0' }, '2026-11-20T12:05:00Z'));
    expect(await ask(deployment({ target: 'pap-api', version: '1.5.0' }))).toMatchObject({ status: 'refused' });
    expect((await ask({ target: 'pap-api', watch: 'status' })).summary[0]).toContain('version 1.6.0');
  });

  test.each<[string, unknown, RegExp]>([
    [
      'an unknown target',
      deployment({ target: 'papapi', version: '1' }),
      /no target "papapi"; did you mean "pap-api"\?/,
    ],
    ['no version', deployment({ target: 'pap-api' }), /detail\.version: /],
    ['no detail', deployment(null), /detail: /],
    ['more than is known', deployment({ target: 'pap-api', version: '1', url: 'http://x' }), /it may not have "url"/],
    ['a year', deployment({ target: 'pap-api', version: '1', for: '365d' }), /a watch lasts 10 min to 7 d/],
    ['no time', { ...deployment({ target: 'pap-api', version: '1' }), time: 'now' }, /time: /],
    [
      'one that is long over',
      deployment({ target: 'pap-api', version: '1' }, '2026-11-01T12:00:00Z'),
      /would have been over/,
    ],
  ])('with %s is refused and raises an alarm', async (_, event, says) => {
    expect(await ask(event)).toMatchObject({
      status: 'refused',
      summary: [expect.stringMatching(says), expect.anything()],
    });
    expect(telemetry.lines).toMatchObject([{ level: 'error', message: expect.stringContaining('not watched') }]);
    expect(objects.keys()).toEqual([]);
  });

  test.each([
    ['another source', { ...deployment({ target: 'pap-api', version: '1' }), source: 'aws.codedeploy' }],
    ['another kind', { ...deployment({ target: 'pap-api', version: '1' }), 'detail-type': 'rollback' }],
  ])('of %s is not ours', async (_, event) => {
    await expect(ask(event)).rejects.toThrow('neither of its queue nor a call');
    expect(objects.keys()).toEqual([]);
  });
});

test.each<[string, Record<string, unknown>, RegExp]>([
  ['an unknown target', { target: 'papapi', watch: { version: '1' } }, /no target "papapi"; did you mean "pap-api"\?/],
  ['no version', { target: 'pap-api', watch: {} }, /watch\.version: /],
  ['another word', { target: 'pap-api', watch: 'pause' }, /watch: /],
  ['a length of zero', { target: 'pap-api', watch: { version: '1', for: '0h' } }, /watch\.for: expected a duration/],
  ['a year', { target: 'pap-api', watch: { version: '1', for: '365d' } }, /a watch lasts 10 min to 7 d/],
  ['half minutes', { target: 'pap-api', watch: { version: '1', every: '90s' } }, /whole minutes apart/],
  [
    'a version that cannot be printed',
    { target: 'pap-api', watch: { version: '1\u00072' } },
    /"1\\u00072" has characters/,
  ],
  ['no target', { watch: { version: '1' } }, /target: /],
  ['a silence as well', { target: 'pap-api', watch: { version: '1' }, silence: {} }, /it may not have "silence"/],
])('%s is refused', async (_, event, says) => {
  const { status, summary } = await ask(event);
  expect(status).toBe('refused');
  expect(summary[0]).toMatch(says);
  expect(objects.keys()).toEqual([]);
});

test('a record that cannot be read is an error, and the watches of others go on', async () => {
  await start({ every: '1m' });
  objects.write('watches/other.json', '{"format":2}');
  expect(await tick()).toEqual(['pap-api: a round of its watch']);
  const errors = telemetry.lines.filter(({ level }) => level === 'error');
  expect(errors).toMatchObject([{ fields: { key: 'watches/other.json' } }]);
});

test('a record of a newer Driftwatch is not overwritten', async () => {
  objects.write('watches/pap-api.json', '{"format":2}');
  await expect(start()).rejects.toThrow('watches/pap-api.json has format 2');
  expect(objects.read('watches/pap-api.json')).toBe('{"format":2}');
  expect(objects.keys()).toEqual(['watches/pap-api.json']);
});
