// One run: who runs, who waits for whom, and what becomes of checks that fail, hang or explode. Time is simulated.
import { beforeEach, describe, expect, test } from 'vitest';
import { parseDuration } from '../../lambda/config/duration.ts';
import type { TargetSettings } from '../../lambda/config/settings.ts';
import { EdgeError } from '../../lambda/errors.ts';
import type { JsonValue } from '../../lambda/json.ts';
import type { CollectContext } from '../../lambda/monitor/check.ts';
import { createRedactor, type Redactor, withRedactor } from '../../lambda/monitor/redact.ts';
import { type Registry, type RunInput, runChecks } from '../../lambda/monitor/run.ts';
import { checkEntry, noon, targetWith } from './builders.ts';
import { blind, failing, passing, scriptedCheck, scriptedRegistry, type World } from './scripted.ts';
import {
  memoryStore,
  type RecordingTelemetry,
  recordingTelemetry,
  type SimulatedClock,
  simulatedClock,
} from './simulated.ts';

let clock: SimulatedClock;
let telemetry: RecordingTelemetry;
let redactor: Redactor;
let world: World;
let seen: CollectContext<unknown>[];

beforeEach(() => {
  clock = simulatedClock(noon);
  telemetry = recordingTelemetry();
  redactor = createRedactor();
  world = {};
  seen = [];
});

/** Keeps what each collect was given. */
function observed(registry: Registry): Registry {
  return Object.fromEntries(
    Object.entries(registry).map(([kind, check]) => [
      kind,
      {
        ...check,
        collect(context: CollectContext<unknown>) {
          seen.push(context);
          return check.collect(context);
        },
      },
    ]),
  );
}

function run(target: TargetSettings, checks: string[], more: Partial<RunInput> & { seconds?: number } = {}) {
  const { seconds = 60, ...input } = more;
  const never = () => Promise.reject(new Error('not used'));
  return clock.drive(
    runChecks({
      target,
      checks,
      registry: observed(scriptedRegistry(world)),
      ports: {
        collect: {
          clock,
          objects: memoryStore(clock),
          secrets: { read: never },
          databases: { connect: never },
          http: { request: never },
        },
        telemetry,
        redactor,
      },
      memoryBucket: 'memory',
      deadline: new Date(clock.now().getTime() + seconds * 1_000),
      ...input,
    }),
  );
}

const takes =
  (seconds: number, then = passing()) =>
  () =>
    clock.sleep(seconds * 1_000).then(() => then);
const forever = () => new Promise<never>(() => {});
const statuses = (outcomes: Awaited<ReturnType<typeof run>>) =>
  Object.fromEntries(outcomes.map(({ check, judgement }) => [check, judgement.status]));

test('checks run at the same time and come back by id', async () => {
  world = { 'probe:login': takes(5), 'probe:health': takes(5), 'backup:nightly': takes(5) };
  const outcomes = await run(targetWith(['probe:login', 'backup:nightly', 'probe:health']), [
    'probe:login',
    'backup:nightly',
    'probe:health',
  ]);
  expect(outcomes.map(({ check, durationMs }) => `${check} ${durationMs}`)).toEqual([
    'backup:nightly 5000',
    'probe:health 5000',
    'probe:login 5000',
  ]);
  expect(clock.now().getTime() - Date.parse(noon)).toBe(5_000);
});

test('only the checks that were chosen run', async () => {
  const outcomes = await run(targetWith(['probe:login', 'probe:health']), ['probe:health']);
  expect(outcomes.map(({ check }) => check)).toEqual(['probe:health']);
});

describe('the database check', () => {
  const target = targetWith(['database', 'schema', 'probe:health']);
  test('comes along with a check that needs the database, and is named as what explains it', async () => {
    const outcomes = await run(target, ['schema']);
    expect(outcomes).toMatchObject([
      { check: 'database', cameAlong: true, dependsOn: [] },
      { check: 'schema', dependsOn: ['database'] },
    ]);
    expect(outcomes[1]).not.toHaveProperty('cameAlong');
  });
  test('does not come along with others, and did not come along when it was chosen', async () => {
    expect(statuses(await run(target, ['probe:health']))).toEqual({ 'probe:health': 'pass' });
    const [database] = await run(target, ['database', 'schema']);
    expect(database).not.toHaveProperty('cameAlong');
  });
});

describe('what does not finish is unknown, with the reason, and holds nobody up', () => {
  test.each([
    [
      'it heeds its signal',
      ({ signal }: CollectContext<unknown>) =>
        new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    ],
    ['it ignores its signal', forever],
  ])('%s', async (_, collect) => {
    const registry = {
      ...scriptedRegistry(world),
      backup: { ...scriptedCheck(world), collect: collect as (context: CollectContext<unknown>) => Promise<JsonValue> },
    };
    const target = targetWith([checkEntry('backup', { timeout: parseDuration('7s') }), 'probe:health']);
    const outcomes = await run(target, ['backup', 'probe:health'], { registry });
    expect(statuses(outcomes)).toEqual({ backup: 'unknown', 'probe:health': 'pass' });
    expect(outcomes[0]).toMatchObject({
      durationMs: 7_000,
      judgement: {
        reason: 'backup did not finish within 7 s',
        remedy: 'Find out what it waits for, or raise the timeout of backup in the settings.',
      },
    });
    expect(outcomes[0]).not.toHaveProperty('evidence');
    expect(clock.now().getTime() - Date.parse(noon)).toBe(7_000);
  });

  test('the run ends in time with whatever it has', async () => {
    world = { 'probe:health': takes(1), 'probe:login': forever, 'backup:nightly': takes(500) };
    const target = targetWith([
      checkEntry('probe:login', { timeout: parseDuration('10m') }),
      'probe:health',
      checkEntry('backup:nightly', { timeout: parseDuration('10m') }),
    ]);
    const outcomes = await run(
      target,
      target.checks.map(({ id }) => id),
      { seconds: 20 },
    );
    expect(statuses(outcomes)).toEqual({
      'backup:nightly': 'unknown',
      'probe:health': 'pass',
      'probe:login': 'unknown',
    });
    expect(outcomes[0]?.judgement).toMatchObject({ reason: 'the run ended before backup:nightly had finished' });
    expect(clock.now().getTime() - Date.parse(noon)).toBe(20_000);
  });

  test('the caller can end it', async () => {
    const caller = new AbortController();
    world = { 'probe:health': forever };
    const running = run(targetWith(['probe:health']), ['probe:health'], { signal: caller.signal });
    caller.abort(new EdgeError('timeout', 'the caller gave up', { remedy: 'Ask again.' }));
    expect((await running)[0]?.judgement).toMatchObject({
      status: 'unknown',
      reason: 'the caller gave up',
      remedy: 'Ask again.',
    });
  });
});

describe('what fails is unknown', () => {
  test('at the edge: with its reason and remedy', async () => {
    world.schema = () =>
      Promise.reject(new EdgeError('denied', 'access to s3://models denied', { remedy: 'Allow s3:GetObject.' }));
    const [outcome] = await run(targetWith(['schema']), ['schema']);
    expect(outcome?.judgement).toEqual({
      status: 'unknown',
      summary: 'could not be verified: access to s3://models denied',
      measures: [],
      reason: 'access to s3://models denied',
      remedy: 'Allow s3:GetObject.',
    });
  });

  test.each([
    ['collect', { collect: () => Promise.reject(new TypeError('x is not a function')) }],
    [
      'collect, before it returns anything',
      {
        collect: () => {
          throw new TypeError('x is not a function');
        },
      },
    ],
    [
      'judge',
      {
        judge: () => {
          throw new TypeError('x is not a function');
        },
      },
    ],
  ])('unexpectedly, in %s: said as our bug, with the stack in the log', async (_, more) => {
    const registry = { ...scriptedRegistry(world), backup: scriptedCheck(world, more) };
    const [outcome] = await run(targetWith(['backup']), ['backup'], { registry });
    expect(outcome?.judgement).toMatchObject({
      status: 'unknown',
      reason: 'an unexpected error in Driftwatch while checking backup (TypeError: x is not a function)',
      remedy: 'Look up the stack in the log of the check function, and report it as a bug of Driftwatch.',
    });
    expect(telemetry.lines).toMatchObject([
      { level: 'error', fields: { check: 'backup', stack: expect.stringContaining('run.test.ts') } },
    ]);
  });

  test('a kind that this version does not have', async () => {
    const [outcome] = await run(targetWith(['logs']), ['logs']);
    expect(outcome?.judgement).toMatchObject({
      status: 'unknown',
      reason: 'this Driftwatch has no checks of kind "logs"',
    });
  });
});

describe('secrets', () => {
  const secret = JSON.stringify({ username: 'monitor', password: 'hunter2-planted', host: 'db.internal' });
  test('that were read appear in no outcome and no log', async () => {
    const secrets = withRedactor({ read: async () => secret }, redactor);
    await secrets.read('prod/db');
    world.schema = () =>
      Promise.reject(
        new Error('cannot log in with hunter2-planted at postgres://monitor:other-secret@db.internal/app'),
      );
    world['probe:login'] = failing({
      code: 'probe.status',
      severity: 'critical',
      impact: 'availability',
      subject: 'login',
      message: 'answered {"echo":"hunter2-planted"}',
      remedy: '',
    });
    // What a check captures and remembers is stored, too.
    const probe = scriptedCheck(world, {
      capturedVersion: () => '1.4-hunter2-planted',
      remember: (evidence) => evidence,
    });
    const registry = { ...scriptedRegistry(world), probe };
    const outcomes = await run(targetWith(['schema', 'probe:login']), ['schema', 'probe:login'], { registry });
    expect(outcomes[0]).toMatchObject({ check: 'probe:login', version: '1.4-***' });
    expect(outcomes[0]?.memory?.value).toBeDefined();
    const everything = JSON.stringify({ outcomes, lines: telemetry.lines });
    expect(everything).not.toContain('hunter2-planted');
    expect(everything).not.toContain('other-secret');
    expect(everything).toContain('db.internal');
  });
});

describe('the running version', () => {
  const registry = () => ({
    ...scriptedRegistry(world),
    probe: scriptedCheck(world, { capturedVersion: (evidence) => (evidence as { version?: string }).version }),
    schema: scriptedCheck(world, { versionFrom: () => 'probe:health' }),
  });
  const target = targetWith(['schema', 'probe:health', 'probe:login']);
  const captures = (version: string) => () => clock.sleep(3_000).then(() => ({ ...passing(), version }));
  const given = (check: string) => seen.find((context) => context.check === check)?.runningVersion;
  const recalled = {
    checks: {},
    versions: { 'probe:health': { version: '1.4.1', seenAt: '2026-11-20T11:00:00.000Z' } },
  };

  test('is waited for when its probe is in the same run', async () => {
    world['probe:health'] = captures('1.4.2');
    const outcomes = await run(target, ['schema', 'probe:health'], { registry: observed(registry()), recalled });
    expect(given('schema')).toEqual({ version: '1.4.2', seenAt: noon });
    expect(outcomes.find(({ check }) => check === 'probe:health')?.version).toBe('1.4.2');
  });
  test.each([
    ['its probe is not in the run', ['schema'], () => passing()],
    ['its probe fails', ['schema', 'probe:health'], () => Promise.reject(new Error('boom'))],
    ['its probe captures nothing', ['schema', 'probe:health'], () => passing()],
  ])('is the remembered one when %s', async (_, checks, probe) => {
    world['probe:health'] = async () => probe();
    await run(target, checks, { registry: observed(registry()), recalled });
    expect(given('schema')?.version).toBe('1.4.1');
  });
  test('is not waited for past the end of the run', async () => {
    world = { 'probe:health': forever, schema: takes(1) };
    const outcomes = await run(target, ['schema', 'probe:health'], { registry: observed(registry()), seconds: 10 });
    expect(statuses(outcomes)).toEqual({ 'probe:health': 'unknown', schema: 'unknown' });
    expect(clock.now().getTime() - Date.parse(noon)).toBe(10_000);
  });
});

test('what a check remembers is given to it, and what it wants remembered comes back', async () => {
  const registry = {
    ...scriptedRegistry(world),
    backup: scriptedCheck(world, { remember: () => ({ refusedAt: 'noon' }) }),
  };
  const checks = { backup: { memory: { refusedAt: 'eleven' } } } as unknown as NonNullable<
    RunInput['recalled']
  >['checks'];
  const [outcome] = await run(targetWith(['backup']), ['backup'], {
    registry: observed(registry),
    recalled: { checks, versions: {} },
  });
  expect(seen[0]?.memory).toEqual({ refusedAt: 'eleven' });
  expect(outcome?.memory).toEqual({ value: { refusedAt: 'noon' } });
  world.backup = () => Promise.reject(new Error('boom'));
  const [failed] = await run(targetWith(['backup']), ['backup'], { registry });
  expect(failed).not.toHaveProperty('memory');
});

describe('whether anything answered', () => {
  const registry = () => ({
    ...scriptedRegistry(world),
    probe: scriptedCheck(world, { unreachable: (evidence) => (evidence as { status?: string }).status === 'fail' }),
  });
  test.each([
    ['evidence of an answer', passing(), 'reached'],
    ['evidence of none', failing(), 'unreachable'],
    [
      'an error of the network',
      () => Promise.reject(new EdgeError('unreachable', 'refused', { remedy: '' })),
      'unreachable',
    ],
    [
      'an error of another kind',
      () => Promise.reject(new EdgeError('denied', 'secret denied', { remedy: '' })),
      undefined,
    ],
    ['our own deadline', forever, undefined],
  ])('%s', async (_, scripted, reach) => {
    world['probe:health'] = scripted;
    const [outcome] = await run(targetWith(['probe:health']), ['probe:health'], { registry: registry() });
    expect(outcome?.reach).toBe(reach);
  });
  test('checks that do not say leave it open', async () => {
    world.backup = blind();
    expect((await run(targetWith(['backup']), ['backup']))[0]).not.toHaveProperty('reach');
  });
});
