// The check function as Lambda calls it: messages of its queue, people at the console, and everybody else.
import { beforeEach, describe, expect, test } from 'vitest';
import { metricNames } from '../../lambda/config/metrics.ts';
import type { TargetSettings } from '../../lambda/config/settings.ts';
import { EdgeError } from '../../lambda/errors.ts';
import { type CheckHandler, createCheckHandler } from '../../lambda/functions/check-handler.ts';
import type { RunMessage, SweepMessage } from '../../lambda/functions/events.ts';
import type { CheckAnswer } from '../../lambda/monitor/answer.ts';
import { alerts, checkEntry, noon, targetWith } from '../monitor/builders.ts';
import { failing, monitorOf, passing, type World } from '../monitor/scripted.ts';
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

let clock: SimulatedClock;
let objects: MemoryStore;
let topic: RecordingTopic;
let telemetry: RecordingTelemetry;
let world: World;
let targets: TargetSettings[];

beforeEach(() => {
  clock = simulatedClock(noon);
  objects = memoryStore(clock);
  topic = recordingTopic();
  telemetry = recordingTelemetry();
  world = {};
  targets = [
    targetWith(['schema', 'database', 'probe:login']),
    targetWith(['database', 'backup:nightly'], { name: 'pro-tenant' }),
  ];
});

function handler(): CheckHandler {
  const monitor = monitorOf({ world, clock, objects, topic, telemetry });
  return createCheckHandler({ monitor, settings: { name: 'control-core', alerts, targets } });
}

const call = (event: unknown) => clock.drive(handler()(event, { getRemainingTimeInMillis: () => 300_000 }));
const answer = async (event: unknown) => (await call(event)) as CheckAnswer;

const run = (more: Partial<RunMessage> = {}): RunMessage => ({
  driftwatch: 'run',
  target: 'pap-api',
  checks: ['probe:login'],
  kind: 'probe',
  schedule: 'every 5m',
  scheduledAt: noon,
  tickId: 'tick-1',
  ...more,
});
const queued = (...bodies: unknown[]) => ({
  Records: bodies.map((body, index) => ({
    messageId: `m-${index}`,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    eventSource: 'aws:sqs',
  })),
});
const errors = () => telemetry.lines.filter(({ level }) => level === 'error');

describe('asked by a person', () => {
  test('{} runs everything, remembers nothing, sends nothing', async () => {
    world.schema = failing();
    const { status, summary, results } = await answer({});
    expect(status).toBe('fail');
    expect(summary[0]).toBe('pap-api: FAIL');
    expect(results.map(({ target, check, status: one }) => `${target} ${check} ${one}`)).toEqual([
      'pap-api database pass',
      'pap-api probe:login pass',
      'pap-api schema fail',
      'pro-tenant backup:nightly pass',
      'pro-tenant database pass',
    ]);
    expect(results[2]?.decision).toEqual({ says: 'opened', why: 'opened: seen in 1 run in a row' });
    expect(objects.keys()).toEqual([]);
    expect(topic.arrived).toEqual([]);
    expect(telemetry.metrics).toEqual([]);
  });

  test('a part, by target and by id or kind', async () => {
    const checks = async (event: object) =>
      (await answer(event)).results.map(({ target, check }) => `${target} ${check}`);
    expect(await checks({ target: 'pap-api', checks: ['probe'] })).toEqual(['pap-api probe:login']);
    expect(await checks({ target: 'pap-api', checks: ['schema'] })).toEqual(['pap-api database', 'pap-api schema']);
    expect(await checks({ targets: ['pro-tenant', 'pap-api'], checks: ['database'] })).toEqual([
      'pap-api database',
      'pro-tenant database',
    ]);
  });

  test('with notify it remembers and sends', async () => {
    world.schema = failing();
    const { summary } = await answer({ target: 'pap-api', notify: true });
    expect(topic.arrived).toHaveLength(1);
    expect(summary.find((line) => line.includes('sent: notice pap-api-1-'))).toBeDefined();
    expect(objects.keys()).toContain('state/pap-api.json');
    // What is remembered is told to whoever looks later.
    clock.pass(1_000);
    const later = await answer({ target: 'pap-api', checks: ['schema'] });
    expect(later.results.find(({ check }) => check === 'schema')?.decision?.why).toMatch(
      /^nothing to send: already said; the next reminder/,
    );
  });

  test('a memory that cannot be read does not keep it from looking', async () => {
    objects.get = () =>
      Promise.reject(new EdgeError('denied', 'reading the state: access denied', { remedy: 'Allow it.' }));
    const { status, summary } = await answer({ target: 'pro-tenant' });
    expect(status).toBe('pass');
    expect(summary).toContain(
      '  note: what is remembered of pro-tenant could not be read: reading the state: access denied. Allow it.',
    );
  });

  test('a memory that is unreadable is said, and left alone', async () => {
    objects.write('state/pro-tenant.json', 'rubbish');
    const { summary } = await answer({ target: 'pro-tenant' });
    expect(summary.join('\n')).toContain('is unreadable (its 7 bytes are not JSON text)');
    expect(objects.keys()).toEqual(['state/pro-tenant.json']);
  });

  test('more targets than fit are refused, with the way to name them', async () => {
    targets = Array.from({ length: 23 }, (_, index) =>
      targetWith(['database'], { name: `t${String(index).padStart(2, '0')}` }),
    );
    const { status, summary, results } = await answer({});
    expect(status).toBe('refused');
    expect(results).toEqual([]);
    expect(summary).toEqual([
      'Refused: 23 targets are more than one call can run (10).',
      `Name them, in 3 calls; the first: {"targets":["t00","t01","t02","t03","t04","t05","t06","t07","t08","t09"]}. All names: ${targets.map(({ name }) => name).join(', ')}`,
    ]);
    expect((await answer({ targets: ['t01', 't22'] })).status).toBe('pass');
  });

  test.each([
    ['an unknown target', { target: 'pap-apo' }, /no target "pap-apo"; did you mean "pap-api"\?/],
    ['an unknown check', { checks: ['probe:logn'] }, /no check "probe:logn"; did you mean "probe:login"\?/],
    ['a URL', { url: 'http://169.254.169.254/' }, /it may not have "url": a call names targets and checks/],
    ['SQL and a bucket', { sql: 'select 1', bucket: 'b' }, /it may not have "sql", "bucket"/],
    ['a host in a known place', { target: { host: 'x' } }, /target: .*expected string/],
    ['a text', 'run everything', /the event: .*expected object/],
    ['nothing', undefined, /expected object/],
    ['null', null, /expected object/],
    ['a list', [], /expected object/],
    ['an empty list of checks', { checks: [] }, /checks: /],
    ['a hostile key', { 'x\u202e\n': 1 }, /"x\\\\u202e\\\\n"/],
  ])('%s is refused, without running anything', async (_, event, message) => {
    const { status, summary } = await answer(event);
    expect(status).toBe('refused');
    expect(summary[0]).toMatch(message);
    expect(objects.keys()).toEqual([]);
  });
});

describe('from its queue', () => {
  test('a message is a run that remembers and tells, and gives a sign of life', async () => {
    world['probe:login'] = failing();
    expect(await call(queued(run()))).toEqual({ batchItemFailures: [] });
    expect(topic.arrived).toHaveLength(1);
    expect(telemetry.metrics).toEqual([
      { name: metricNames.heartbeat, value: 1, unit: 'Count', dimensions: { kind: 'probe', schedule: 'every 5m' } },
    ]);
  });

  test('a message that arrives twice does no harm', async () => {
    world['probe:login'] = failing();
    const message = run();
    clock.pass(1_000);
    await call(queued(message));
    clock.pass(1_000);
    const before = objects.read('state/pap-api.json');
    expect(await call(queued(message))).toEqual({ batchItemFailures: [] });
    expect(objects.read('state/pap-api.json')).toBe(before);
    expect(topic.arrived).toHaveLength(1);
    expect(telemetry.metrics).toHaveLength(2);
  });

  test('the database check that came along with another runs for its own schedule all the same', async () => {
    const statuses: string[] = [];
    world.database = async () => {
      statuses.push('ran');
      return passing();
    };
    await call(queued(run({ checks: ['schema'], kind: 'schema' })));
    clock.pass(1_000);
    await call(queued(run({ checks: ['database'], kind: 'database' })));
    clock.pass(1_000);
    await call(queued(run({ checks: ['database'], kind: 'database' })));
    expect(statuses).toEqual(['ran', 'ran']);
  });

  test('a backlog of old messages is one run', async () => {
    world['probe:login'] = failing();
    targets = [targetWith([checkEntry('probe:login', { failAfter: 2 })])];
    const old = [0, 1, 2, 3].map((tick) =>
      run({ scheduledAt: new Date(clock.now().getTime() + tick * 300_000).toISOString() }),
    );
    clock.pass(3_600_000);
    for (const message of old) await call(queued(message));
    expect(topic.arrived).toEqual([]);
    expect(JSON.parse(objects.read('state/pap-api.json') ?? '').checks['probe:login'].failing.bad).toBe(1);
  });

  test('a run that fails is delivered again, the others of the batch are done', async () => {
    const { get } = objects;
    objects.get = (bucket, key) =>
      key.includes('pro-tenant')
        ? Promise.reject(new EdgeError('denied', 'reading the state: access denied', { remedy: 'Allow it.' }))
        : get(bucket, key);
    const bodies = [run(), run({ target: 'pro-tenant', checks: ['database'] })];
    expect(await call(queued(...bodies))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-1' }] });
    expect(errors()).toMatchObject([
      { fields: { target: 'pro-tenant', error: 'reading the state: access denied', remedy: 'Allow it.' } },
    ]);
    expect(telemetry.metrics).toHaveLength(1);
  });

  test('an unexpected failure of a run is logged with its stack', async () => {
    objects.get = () => Promise.reject(new TypeError('x is undefined'));
    expect(await call(queued(run()))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-0' }] });
    expect(errors()[0]?.fields.error).toMatch(/TypeError: x is undefined[\s\S]*check-handler\.test\.ts/);
  });

  test.each([
    ['no JSON', 'hello \u202e', /hello/],
    ['of another kind', { driftwatch: 'stop' }, /stop/],
    ['with a URL', { ...run(), url: 'http://169.254.169.254/' }, /run/],
    ['without checks', { ...run(), checks: [] }, /run/],
    ['with a password', 'postgres://app:planted-password@db/x', /app:\*\*\*@db/],
  ])('a message that is not ours (%s) is left to the dead-letter queue and said', async (_, body, begins) => {
    expect(await call(queued(body))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-0' }] });
    expect(errors()[0]?.message).toBe(
      'a message of the queue is not a run of Driftwatch: it is left to the dead-letter queue',
    );
    expect(errors()[0]?.fields.begins).toMatch(begins);
    expect(JSON.stringify(errors())).not.toContain('planted-password');
    expect(telemetry.metrics).toEqual([]);
  });

  test.each([
    ['the target', { target: 'gone' }],
    ['its checks', { checks: ['probe:gone'] }],
  ])('a message for what the settings no longer have (%s) is done with', async (_, more) => {
    expect(await call(queued(run(more)))).toEqual({ batchItemFailures: [] });
    expect(telemetry.lines).toMatchObject([{ level: 'warn' }]);
    expect(objects.keys()).toEqual([]);
  });
});

describe('from anything else', () => {
  test.each([
    ['a bucket', { Records: [{ eventSource: 'aws:s3', s3: {} }] }],
    ['a schedule', { driftwatch: 'tick', kind: 'probe', schedule: 'every 5m' }],
    ['an event bus', { source: 'aws.rds', 'detail-type': 'x' }],
    ['a function URL', { requestContext: {}, body: '{}' }],
    ['an empty batch', { Records: [] }],
  ])('%s: fails, so that an alarm sounds', async (_, event) => {
    await expect(call(event)).rejects.toThrow(
      'the check function was sent an event that is neither of its queue nor a call',
    );
  });
});

describe('a sweep', () => {
  const sweep = (...targets: SweepMessage['targets']): SweepMessage => ({
    driftwatch: 'sweep',
    targets,
    scheduledAt: noon,
    tickId: 'tick-1',
  });
  const beats = () => telemetry.metrics.filter(({ name }) => name === metricNames.heartbeat).length;

  test('looks after its targets, and its heartbeat is of its own schedule', async () => {
    world.schema = failing();
    await call(queued(run({ checks: ['schema'], kind: 'schema' })));
    targets = targets.filter(({ name }) => name !== 'pap-api');
    telemetry.metrics.length = 0;
    expect(await call(queued(sweep({ name: 'pap-api', removed: true })))).toEqual({ batchItemFailures: [] });
    expect(topic.arrived.map(({ subject }) => subject)).toEqual([
      '[CRITICAL] pap-api production: schema is failing',
      '[RESOLVED] pap-api production: schema is no longer checked',
    ]);
    expect(telemetry.metrics).toMatchObject([
      { name: metricNames.heartbeat, dimensions: { kind: 'sweep', schedule: 'every 15m' } },
    ]);
  });

  test('closes nothing while the two functions have different settings', async () => {
    world.schema = failing();
    await call(queued(run({ checks: ['schema'], kind: 'schema' })));
    await call(queued(sweep({ name: 'pap-api', removed: true })));
    targets = targets.filter(({ name }) => name !== 'pap-api');
    await call(queued(sweep({ name: 'pap-api', removed: false })));
    expect(topic.arrived).toHaveLength(1);
  });

  test('that fails for one target looks after the others, and comes again', async () => {
    objects.write('state/pap-api.json', JSON.stringify({ format: 99 }));
    world.database = failing();
    await call(queued(run({ target: 'pro-tenant', checks: ['database'], kind: 'database' })));
    targets = targets.filter(({ name }) => name !== 'pro-tenant');
    telemetry.metrics.length = 0;
    const both = sweep({ name: 'pap-api', removed: false }, { name: 'pro-tenant', removed: true });
    expect(await call(queued(both))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-0' }] });
    expect(topic.arrived).toHaveLength(2);
    expect(beats()).toBe(0);
    expect(errors()).toMatchObject([{ fields: { target: ['pap-api', 'pro-tenant'] } }]);
  });
});
