// The life of a watch over decisions: what counts while it lasts, what it holds against a deployment, how it ends.
import { describe, expect, test } from 'vitest';
import { parseDuration } from '../../lambda/config/duration.ts';
import { beginWatch } from '../../lambda/watch/life.ts';
import { watchOf } from '../../lambda/watch/request.ts';
import { alerts, at, checkEntry, fail, finding, pass, targetWith, unknown } from '../monitor/builders.ts';
import { type Watched, watchedTarget } from './watched.ts';

const hour = 3_600_000;
const patient = targetWith([checkEntry('probe:login', { failAfter: 3, passAfter: 1 }), 'schema']);
const broken = (minutes: number, more = {}) => fail('probe:login', minutes, [finding({ subject: 'login', ...more })]);
const green = (minutes: number) => [pass('probe:login', minutes), pass('schema', minutes)];

/** Watched for an hour from noon, each round green unless it is said otherwise. */
function hourOf(
  rounds: Record<number, ReturnType<typeof pass>[]>,
  before: (watched: Watched) => void = () => {},
): Watched {
  const watched = watchedTarget(patient);
  before(watched);
  watched.start(0, { forMs: hour });
  for (let minutes = 5; minutes <= 60; minutes += 5) {
    const special = rounds[minutes] ?? [];
    const others = green(minutes).filter(({ check }) => !special.some((one) => one.check === check));
    watched.run(minutes, [...others, ...special]);
  }
  return watched;
}

const verdictOf = (watched: Watched) => watched.verdict();

test('the first failing run is told while it lasts, and only then', () => {
  const watched = watchedTarget(patient);
  watched.run(-10, [broken(-10)], 'other');
  watched.run(-5, [pass('probe:login', -5)], 'other');
  expect(watched.told).toEqual([]);
  watched.start(0, { forMs: hour });
  watched.run(5, [broken(5)]);
  expect(watched.told.map(({ status }) => status)).toEqual(['opened']);
  watched.run(10, green(10));
  watched.run(60, green(60));
  watched.run(65, [broken(65)], 'other');
  expect(watched.told.map(({ status }) => status)).toEqual(['opened', 'resolved', 'report']);
});

test('what was wrong before is named by that, and what is new in it beside it', () => {
  const missing = (subject: string) => finding({ subject, message: `${subject} is missing` });
  const watched = watchedTarget(patient);
  for (const minutes of [-10, -5]) watched.run(minutes, [fail('schema', minutes, [missing('before')])], 'other');
  watched.start(0, { forMs: hour });
  for (let minutes = 5; minutes <= 60; minutes += 5) {
    watched.run(minutes, [
      pass('probe:login', minutes),
      fail('schema', minutes, [missing('after'), missing('before')]),
    ]);
  }
  expect(verdictOf(watched)?.trouble).toMatchObject([
    { known: true, what: 'before is missing', findingCount: 2, added: { what: 'after is missing', count: 1 } },
  ]);
});

test('what begins after its time is not blamed on it by a run that comes late', () => {
  const late = watchedTarget(patient);
  late.start(0, { forMs: hour });
  for (const minutes of [90, 95, 100]) late.run(minutes, [pass('schema', minutes), broken(minutes)], 'other');
  expect(verdictOf(late)).toMatchObject({ verdict: 'inconclusive', trouble: [] });
});

test('a check that failed until it was taken out of the settings was not over within minutes', () => {
  const watched = watchedTarget(patient);
  watched.start(0, { forMs: hour });
  watched.run(5, [pass('schema', 5), broken(5)]);
  const fewer = watchedTarget(targetWith(['schema']));
  Object.assign(fewer, { state: watched.state });
  for (let minutes = 10; minutes <= 60; minutes += 5) fewer.run(minutes, [pass('schema', minutes)]);
  expect(verdictOf(fewer)).toMatchObject({ verdict: 'failed', trouble: [{ check: 'probe:login' }] });
});

test('it ends with the target, of which nothing is left to look at', () => {
  const removed = { ...patient, checks: [] };
  const watched = watchedTarget(patient);
  watched.start(0, { forMs: hour });
  watched.run(5, green(5));
  const swept = { ...watchedTarget(removed), state: watched.state, told: watched.told };
  swept.run(20, [], 'other');
  swept.run(35, [], 'other');
  expect(swept.told.map(({ status }) => status)).toEqual(['report']);
  expect(swept.report().report?.lines).toContain(
    'Stopped by the settings, which no longer have it after 20 min of 1 h.',
  );
  expect(swept.state).toMatchObject({ lastWatch: { verdict: 'inconclusive', endedAt: at(20) } });
  expect(swept.state).not.toHaveProperty('watching');
});

describe('the verdict', () => {
  test.each<[string, Watched, string, string[]]>([
    ['passed, when all was verified', hourOf({}), 'passed', []],
    ['passed, when it failed once for minutes', hourOf({ 5: [broken(5)] }), 'passed', []],
    [
      'failed, when it failed for minutes twice',
      hourOf({ 5: [broken(5)], 30: [broken(30)] }),
      'failed',
      ['login failed for a while after the deployment, and is all right again'],
    ],
    [
      'failed, when it failed for longer',
      hourOf({ 5: [broken(5)], 10: [broken(10)], 15: [broken(15)] }),
      'failed',
      ['login failed for a while after the deployment, and is all right again'],
    ],
    [
      'failed, when it fails at the end',
      hourOf({ 60: [broken(60)] }),
      'failed',
      ['login has been failing since the deployment'],
    ],
    [
      'passed, when what is wrong is too small to be told',
      hourOf({ 60: [broken(60, { severity: 'info' })] }),
      'passed',
      [],
    ],
    [
      'passed, when it was failing before, in the same way',
      hourOf(Object.fromEntries([5, 10, 15, 20].map((minutes) => [minutes, [broken(minutes)]])), (watched) =>
        watched.run(-5, [broken(-5)], 'other'),
      ),
      'passed',
      [],
    ],
    [
      'inconclusive, when a check could not be verified at the end',
      hourOf({ 60: [unknown('schema', 60)] }),
      'inconclusive',
      ['schema could not be verified'],
    ],
    [
      'inconclusive, when a check could mostly not be verified',
      hourOf(Object.fromEntries([5, 10, 15, 20, 25, 30, 35].map((minutes) => [minutes, [unknown('schema', minutes)]]))),
      'inconclusive',
      ['schema could not be verified'],
    ],
  ])('%s', (_, watched, verdict, reasons) => {
    expect(verdictOf(watched)).toMatchObject({ verdict, reasons });
    expect(watched.state.watching).toBeUndefined();
    expect(watched.report().report?.data).toEqual(JSON.parse(JSON.stringify(verdictOf(watched))));
  });

  test('inconclusive, when rounds did not run, and says which', () => {
    const watched = watchedTarget(patient);
    watched.start(0, { forMs: hour });
    for (const minutes of [5, 10, 40, 45, 50, 55, 60]) watched.run(minutes, green(minutes));
    expect(verdictOf(watched)).toMatchObject({
      verdict: 'inconclusive',
      reasons: ['5 of 11 rounds did not run'],
      rounds: { expected: 11, ran: 6, gaps: [{ from: at(15), to: at(35), rounds: 5 }] },
    });
  });

  test.each([
    ['at the second at which it was started', 0],
    ['earlier in the minute', -0.25],
    ['later in the minute', 0.25],
  ])('counts its rounds when the schedule fires %s', (_, offset) => {
    const watched = watchedTarget(patient);
    watched.start(0.5, { forMs: parseDuration('10m'), everyMs: parseDuration('1m') });
    for (let minutes = 1; minutes <= 11; minutes += 1) {
      const firing = minutes + 0.5 + offset;
      if (minutes !== 5) watched.run(firing, green(firing));
    }
    const { expected, ran, gaps } = verdictOf(watched)?.rounds ?? {};
    expect({ missed: (expected ?? 0) - (ran ?? 0), gaps }).toEqual({
      missed: 1,
      gaps: [{ from: at(5), to: at(5), rounds: 1 }],
    });
  });

  test('a backup belongs to a watch that saw a night', () => {
    const target = targetWith(['backup:nightly']);
    const watched = watchedTarget(target);
    watched.start(0);
    const old = (minutes: number) => {
      const outcome = pass('backup:nightly', minutes);
      const age = { name: 'age', value: (minutes + 60) * 60, unit: 's' as const };
      return { ...outcome, judgement: { ...outcome.judgement, measures: [age] } };
    };
    for (let minutes = 5; minutes <= 1_440; minutes += 5) watched.run(minutes, [old(minutes)]);
    expect(verdictOf(watched)).toMatchObject({
      verdict: 'inconclusive',
      reasons: ['no backup was completed after the deployment (backup nightly)'],
      backups: [{ check: 'backup:nightly' }],
    });
  });
});

test('another run than a round leaves the end to the tick for a while, and then ends it', () => {
  const watched = watchedTarget(patient);
  watched.start(0, { forMs: hour });
  watched.run(62, green(62), 'other');
  expect(watched.state.watching).toBeDefined();
  watched.run(66, green(66), 'other');
  expect(verdictOf(watched)).toMatchObject({ ended: 'over', endedAt: at(60), verdict: 'inconclusive' });
});

test('what is seen long after its end is not held against it', () => {
  const watched = watchedTarget(patient);
  watched.start(0, { forMs: hour });
  for (let minutes = 5; minutes < 60; minutes += 5) watched.run(minutes, green(minutes));
  watched.run(600, [broken(600)], 'other');
  expect(verdictOf(watched)).toMatchObject({ verdict: 'passed', trouble: [] });
});

describe('another start', () => {
  const request = (version: string, minutes: number) => {
    const asked = watchOf('pap-api', { version, forMs: hour, everyMs: 300_000 }, new Date(at(minutes)));
    if ('refused' in asked) throw new Error(asked.refused);
    return asked;
  };
  const begin = (watched: Watched, version: string, minutes: number, now = minutes) =>
    beginWatch(watched.state, request(version, minutes), {
      monitor: 'control-core',
      target: patient,
      alerts,
      now: new Date(at(now)),
    });

  test('of the same version changes nothing', () => {
    const watched = watchedTarget(patient);
    const state = watched.start(0);
    expect(begin(watched, '1.5.0', 5)).toMatchObject({ already: true, watch: { startedAt: at(0) } });
    expect(begin(watched, '1.5.0', 5)).toHaveProperty('state', state);
  });

  test('of another version supersedes it, with a report of what was seen', () => {
    const watched = watchedTarget(patient);
    watched.start(0);
    watched.run(5, green(5));
    watched.start(7, { version: '1.6.0' });
    expect(verdictOf(watched)).toMatchObject({ version: '1.5.0', ended: 'superseded', endedBy: '1.6.0' });
    expect(watched.state.watching).toMatchObject({ version: '1.6.0', checks: {}, trouble: [] });
  });

  test('of an older deployment, or one that was watched already, is refused', () => {
    const watched = watchedTarget(patient);
    watched.start(10, { version: '1.6.0', forMs: hour });
    expect(begin(watched, '1.5.0', 5, 11)).toMatchObject({ refused: expect.stringContaining('1.6.0') });
    watched.stop(15);
    expect(begin(watched, '1.6.0', 10, 16)).toMatchObject({ refused: expect.stringContaining('1.6.0') });
    expect(begin(watched, '1.6.0', 16)).toMatchObject({ already: false });
  });
});
