import { beforeEach, describe, expect, test } from 'vitest';
import { parseDuration } from '../../lambda/config/duration.ts';
import { metricNames } from '../../lambda/config/metrics.ts';
import { EdgeError } from '../../lambda/errors.ts';
import { createDispatchHandler, type DispatchFunction } from '../../lambda/functions/dispatch-handler.ts';
import { runMessage, schedulerContext, sweepMessage } from '../../lambda/functions/events.ts';
import { alerts, checkEntry, noon, targetWith } from '../monitor/builders.ts';
import {
  type MemoryStore,
  memoryStore,
  type RecordingTelemetry,
  recordingTelemetry,
  recordingTopic,
  type SimulatedClock,
  simulatedClock,
} from '../monitor/simulated.ts';

const nightly = { cron: '0 3 * * ? *', timeZone: 'Europe/Berlin' };
const hourly = { every: parseDuration('60m') };

let sent: { url: string; bodies: unknown[] }[];
let telemetry: RecordingTelemetry;
let dispatch: DispatchFunction;
let clock: SimulatedClock;
let objects: MemoryStore;

beforeEach(() => {
  sent = [];
  telemetry = recordingTelemetry();
  clock = simulatedClock(noon);
  objects = memoryStore(clock);
  dispatch = {
    settings: {
      name: 'control-core',
      alerts,
      targets: [
        targetWith([
          checkEntry('probe:login'),
          checkEntry('probe:health'),
          checkEntry('probe:slow', { schedule: hourly }),
          checkEntry('backup:nightly', { schedule: nightly }),
        ]),
        targetWith([checkEntry('probe:health')], { name: 'pro-tenant' }),
      ],
    },
    bucket: 'memory',
    objects,
    queueUrl: 'https://sqs.example.com/123456789012/work',
    topics: { alerts: 'arn:alerts', operator: 'arn:operator' },
    clock,
    queue: { send: async (url, bodies) => void sent.push({ url, bodies: bodies.map((body) => JSON.parse(body)) }) },
    topic: recordingTopic(),
    telemetry,
  };
});

const call = (event: unknown) => createDispatchHandler(dispatch)(event);

describe('a tick', () => {
  test('is one message for every target that has such checks', async () => {
    const { summary } = await call({
      driftwatch: 'tick',
      kind: 'probe',
      schedule: 'every 5m',
      scheduledAt: '2026-11-20T12:00:00Z',
      tickId: 'tick-1',
    });
    const message = { driftwatch: 'run', kind: 'probe', schedule: 'every 5m', scheduledAt: noon, tickId: 'tick-1' };
    expect(sent).toEqual([
      {
        url: dispatch.queueUrl,
        bodies: [
          { ...message, target: 'pap-api', checks: ['probe:login', 'probe:health'] },
          { ...message, target: 'pro-tenant', checks: ['probe:health'] },
        ],
      },
    ]);
    for (const body of sent[0]?.bodies ?? []) expect(runMessage.safeParse(body).success).toBe(true);
    expect(summary).toEqual(['pap-api: probe:login, probe:health', 'pro-tenant: probe:health']);
  });

  test.each([
    ['every 1h', 'probe', ['probe:slow']],
    ['cron 0 3 * * ? * in Europe/Berlin', 'backup', ['backup:nightly']],
  ])('finds its checks by %s', async (schedule, kind, checks) => {
    await call({ driftwatch: 'tick', kind, schedule });
    expect(sent[0]?.bodies).toMatchObject([{ target: 'pap-api', checks, scheduledAt: noon }]);
  });

  test('of a schedule that the settings no longer have does nothing, and says so', async () => {
    const { summary } = await call({ driftwatch: 'tick', kind: 'probe', schedule: 'every 7m' });
    expect(sent).toEqual([]);
    expect(summary).toEqual(['No target has a probe check with the schedule "every 7m".']);
    expect(telemetry.lines).toMatchObject([{ level: 'warn' }]);
  });

  test('whose messages are not all taken fails, so that it is tried again', async () => {
    dispatch.queue = {
      send: () => Promise.reject(new EdgeError('unavailable', '1 of 2 messages were not taken', { remedy: '' })),
    };
    await expect(call({ driftwatch: 'tick', kind: 'probe', schedule: 'every 5m' })).rejects.toThrow('1 of 2 messages');
  });
});

describe('a sweep', () => {
  const day = 86_400_000;
  const remember = (...keys: string[]) => {
    for (const key of keys) objects.write(`state/${key}.json`, '{}');
  };

  test('is a message for a few of the states, also of targets that the settings no longer have', async () => {
    remember('pap-api', 'gone', 'pap-api.corrupt-2026-11-20T12-00-00.000Z', 'pro-tenant');
    objects.write('snapshots/pap-api/current.json', '{}');
    const { summary } = await call({ driftwatch: 'sweep', scheduledAt: noon, tickId: 'tick-1' });
    const targets = [
      { name: 'gone', removed: true },
      { name: 'pap-api', removed: false },
      { name: 'pro-tenant', removed: false },
    ];
    const bodies = [{ driftwatch: 'sweep', targets, scheduledAt: noon, tickId: 'tick-1' }];
    expect(sent).toEqual([{ url: dispatch.queueUrl, bodies }]);
    expect(sweepMessage.safeParse(sent[0]?.bodies[0]).success).toBe(true);
    expect(summary).toEqual(['gone: swept, no longer in the settings', 'pap-api: swept', 'pro-tenant: swept']);
  });

  test('of many states is several messages', async () => {
    remember(...Array.from({ length: 25 }, (_, index) => `target-${index}`));
    await call({ driftwatch: 'sweep' });
    expect(sent[0]?.bodies.map((body) => sweepMessage.parse(body).targets.length)).toEqual([10, 10, 5]);
  });

  test('leaves alone a removed target to which nothing has happened for three days', async () => {
    remember('pap-api', 'gone');
    clock.pass(3 * day);
    await call({ driftwatch: 'sweep' });
    expect(sent[0]?.bodies).toMatchObject([{ targets: [{ name: 'gone' }, { name: 'pap-api' }] }]);
    clock.pass(1);
    await call({ driftwatch: 'sweep' });
    expect(sent[1]?.bodies).toMatchObject([{ targets: [{ name: 'pap-api' }] }]);
  });

  test('of no state at all says itself that it is alive', async () => {
    await call({ driftwatch: 'sweep' });
    expect(sent).toEqual([]);
    expect(telemetry.metrics).toMatchObject([
      { name: metricNames.heartbeat, dimensions: { kind: 'sweep', schedule: 'every 15m' } },
    ]);
  });
});

describe('housekeeping', () => {
  test('counts the subscriptions of both topics', async () => {
    dispatch.topic.subscriptions = async (arn) =>
      arn === 'arn:alerts' ? { confirmed: 2, pending: 1 } : { confirmed: 1, pending: 0 };
    const { summary } = await call({ driftwatch: 'housekeeping' });
    expect(summary).toEqual([
      'alerts: 2 confirmed, 1 waiting to be confirmed',
      'operator: 1 confirmed, 0 waiting to be confirmed',
    ]);
    const metric = (name: string, value: number, topic: string) => ({
      name,
      value,
      unit: 'Count',
      dimensions: { topic },
    });
    expect(telemetry.metrics).toEqual([
      metric(metricNames.subscriptionsConfirmed, 2, 'alerts'),
      metric(metricNames.subscriptionsPending, 1, 'alerts'),
      metric(metricNames.subscriptionsConfirmed, 1, 'operator'),
      metric(metricNames.subscriptionsPending, 0, 'operator'),
    ]);
    expect(telemetry.lines).toEqual([]);
  });

  test('a topic without a confirmed subscriber is said', async () => {
    dispatch.topic.subscriptions = async () => ({ confirmed: 0, pending: 1 });
    await call({ driftwatch: 'housekeeping' });
    expect(telemetry.lines).toMatchObject([
      { level: 'error', fields: { topic: 'alerts', pending: 1 } },
      { level: 'error', fields: { topic: 'operator', pending: 1 } },
    ]);
  });

  test('one topic that cannot be asked does not hide the other, and fails the call', async () => {
    dispatch.topic.subscriptions = async (arn) => {
      if (arn === 'arn:alerts') throw new EdgeError('denied', 'access denied', { remedy: '' });
      return { confirmed: 1, pending: 0 };
    };
    await expect(call({ driftwatch: 'housekeeping' })).rejects.toThrow('access denied');
    expect(telemetry.metrics.map(({ dimensions }) => dimensions.topic)).toEqual(['operator', 'operator']);
  });
});

test.each([
  ['nothing', undefined],
  ['a call for check', {}],
  ['another word', { driftwatch: 'run' }],
  ['a tick with more in it', { driftwatch: 'tick', kind: 'probe', schedule: 'every 5m', url: 'http://x' }],
  ['a tick without a schedule', { driftwatch: 'tick', kind: 'probe' }],
  [
    'a placeholder that Scheduler did not replace',
    { driftwatch: 'tick', kind: 'probe', schedule: 'every 5m', scheduledAt: schedulerContext.scheduledAt },
  ],
])('%s is refused', async (_, event) => {
  await expect(call(event)).rejects.toThrow('the dispatch function was sent something else than a tick');
  expect(sent).toEqual([]);
});
