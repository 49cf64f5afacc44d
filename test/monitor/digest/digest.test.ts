// The digest: what it counts, when it says that nothing went wrong, and how it reads.
import { describe, expect, test } from 'vitest';
import { parseDuration } from '../../../lambda/config/duration.ts';
import type { CheckEntry } from '../../../lambda/config/settings.ts';
import type { Measure } from '../../../lambda/monitor/check.ts';
import { addSilence } from '../../../lambda/monitor/decide/silences.ts';
import { digestOf, isAllWell, type Remembered } from '../../../lambda/monitor/digest/digest.ts';
import { digestReport } from '../../../lambda/monitor/digest/digest-text.ts';
import type { Outcome } from '../../../lambda/monitor/outcome.ts';
import { at, checkEntry, fail, finding, pass, story, targetWith, unknown } from '../builders.ts';
import { stateOf } from '../stories.ts';

const day = parseDuration('1d');
const week = parseDuration('7d');
const morning = new Date('2026-11-21T08:00:00.000Z');

const withMeasure = (outcome: Outcome, ...measures: Measure[]): Outcome => ({
  ...outcome,
  judgement: { ...outcome.judgement, measures },
});
const lived = (name: string, checks: string[], runs: (minute: number) => Outcome[], minutes: number[]): Remembered => {
  const target = targetWith(checks, { name });
  const told = story(target);
  for (const minute of minutes) told.run(minute, runs(minute));
  return { target, state: told.state };
};
// From noon, every hour up to 7:00 of the next day.
const hourly = Array.from({ length: 20 }, (_, hour) => hour * 60);

const well = lived(
  'shop',
  ['backup:nightly', 'probe:health'],
  (minute) => [
    withMeasure(pass('backup:nightly', minute), { name: 'backup-days', value: 0.73, unit: 'days' }),
    withMeasure(
      pass('probe:health', minute),
      { name: 'total', value: 120, unit: 'ms' },
      { name: 'certificate-days', value: 61 - minute / 1_440, unit: 'days' },
    ),
  ],
  hourly,
);

test('a day without trouble says so', () => {
  const digest = digestOf('control-core', [well], day, morning);
  expect(isAllWell(digest)).toBe(true);
  expect(digestReport(digest)).toEqual({
    label: 'DIGEST',
    title: 'nothing went wrong',
    thread: 'digest',
    data: digest,
    evidence: `digests/${digest.id}.json`,
    lines: `From 2026-11-20 08:00:00 UTC to 2026-11-21 08:00:00 UTC.
Nothing went wrong: 40 checks were carried out over 1 target, and all of them passed.

== shop (production): nothing open ==
backup nightly: 20 runs, 100 % passed, backup 17 h 31 min left
health: 20 runs, 100 % passed, certificate 60 d 5 h left`.split('\n'),
  });
});

test('trouble comes first: what is open, what was, what nobody saw', () => {
  const troubled = lived(
    'api\n<b>',
    ['backup', 'probe:login', 'schema'],
    (minute) => [
      minute >= 600 ? fail('schema', minute, [finding()]) : pass('schema', minute),
      minute === 60 ? fail('probe:login', minute, [finding()]) : pass('probe:login', minute),
    ],
    hourly,
  );
  const silenced = stateOf(
    addSilence(
      troubled.state ?? expect.fail('it has a state'),
      { check: 'probe', reason: 'router', by: 'ada', forMs: day },
      new Date(at(1_140)),
    ),
  );
  const blind = lived('blind', ['schema'], (minute) => [unknown('schema', minute)], [0, 30]);
  const unremembered: Remembered = { target: targetWith(['schema'], { name: 'new' }), state: undefined };
  const recovered = lived(
    'recovered',
    ['schema'],
    (minute) => [minute === 0 ? fail('schema', minute, [finding()]) : pass('schema', minute)],
    hourly,
  );
  const digest = digestOf(
    'control-core',
    [well, recovered, unremembered, blind, { ...troubled, state: silenced }],
    day,
    morning,
  );
  expect(isAllWell(digest)).toBe(false);
  const { title, lines } = digestReport(digest);
  expect(title).toBe('1 target is in trouble');
  expect(
    lines.slice(1).join('\n'),
  ).toBe(`102 checks were carried out over 5 targets: 1 target is in trouble, 3 have a check that never came to a verdict, 1 was in trouble and recovered.

== api\\n<b> (production): 1 open ==
backup: NOT CHECKED ONCE, last passed never
login: 20 runs, 95.0 % passed, 1 failed
schema: 20 runs, 50.0 % passed, 10 failed
OPEN schema failing since 2026-11-20 22:00 UTC (10 h ago): users.api_key_sandbox is missing: every query that selects it fails
Silenced until 2026-11-22 07:00 UTC by ada: probe (router)

== blind (production): nothing open ==
schema: 2 runs, 2 could not tell, last passed never

== new (production): nothing open ==
Nothing is known of it: no run was remembered, or what was remembered cannot be read.
schema: NOT CHECKED ONCE, last passed never

== recovered (production): nothing open ==
schema: 20 runs, 95.0 % passed, 1 failed

== shop (production): nothing open ==
backup nightly: 20 runs, 100 % passed, backup 17 h 31 min left
health: 20 runs, 100 % passed, certificate 60 d 5 h left`);
});

test('a check that was not due is no trouble, one that was due and did not run is', () => {
  const weekly = (weekDay: string) =>
    checkEntry('backup:weekly', { schedule: { cron: `0 6 ? * ${weekDay} *`, timeZone: 'Europe/Berlin' } });
  const rare = checkEntry('probe', { schedule: { every: parseDuration('3d') } });
  const digestWith = (...checks: CheckEntry[]) => {
    const target = targetWith(['schema', ...checks], { name: 'shop' });
    const told = story(target);
    told.run(0, [pass('schema', 0)]);
    return digestOf('m', [{ target, state: told.state }], day, morning);
  };
  // The morning is that of a Saturday.
  const calm = digestWith(weekly('MON'), rare);
  expect(isAllWell(calm)).toBe(true);
  expect(digestReport(calm).lines).toContain('backup weekly: was not due, last passed never');
  const missed = digestWith(weekly('SAT'), rare);
  expect(isAllWell(missed)).toBe(false);
  expect(digestReport(missed).lines).toContain('backup weekly: NOT CHECKED ONCE, last passed never');
});

describe('the period', () => {
  test('of a week is read from days, and runs outside it do not count', () => {
    const days = Array.from({ length: 12 }, (_, index) => index * 1_440);
    const kept = lived('shop', ['schema'], (minute) => [pass('schema', minute)], days);
    const runs = (periodMs: number) =>
      digestOf('m', [kept], periodMs, new Date(at(11 * 1_440))).targets[0]?.checks[0]?.pass;
    expect([runs(week), runs(day)]).toEqual([7, 1]);
  });

  test('names the digest: the same one has the same id, another period another', () => {
    const id = (periodMs: number, to: Date) => digestOf('m', [well], periodMs, to).id;
    expect(id(day, morning)).toBe(id(day, morning));
    expect(new Set([id(day, morning), id(week, morning), id(day, new Date(at(0)))]).size).toBe(3);
  });
});
