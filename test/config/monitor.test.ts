import fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { cronProblem, normaliseCron } from '../../lambda/config/cron.ts';
import type { DurationText } from '../../lambda/config/duration.ts';
import { type MonitorWritten, readSettings } from '../../lambda/config/monitor.ts';
import { describeProblems, nearest, shown } from '../../lambda/config/problem.ts';
import type { MonitorSettings } from '../../lambda/config/settings.ts';
import { registry } from './registry.ts';

type Written = MonitorWritten<typeof registry>;

const minutes = (count: number): number => count * 60_000;

function read(written: unknown): MonitorSettings {
  const result = readSettings(written, registry);
  if ('problems' in result) throw new Error(describeProblems(result.problems, 'the settings'));
  return result.settings;
}

function targetOf(target: Written['targets'][string], more: Partial<Written> = {}): MonitorSettings['targets'][number] {
  const [first] = read({ name: 'control-core', targets: { 'pap-api': target }, ...more }).targets;
  if (!first) throw new Error('there is a target');
  return first;
}

test('every default is filled in, every duration in milliseconds', () => {
  const written: Written = {
    name: 'control-core',
    targets: {
      'pap-api': {
        environment: 'production',
        database: { secret: 'prod/pap-api/database' },
        checks: {
          schema: { model: 'pap-api', version: 'probe:health' },
          'probe:health': { url: 'https://api.example.com/health', version: 'version', every: '10m', failAfter: 3 },
        },
      },
    },
  };
  expect(read(written)).toEqual({
    name: 'control-core',
    alerts: {
      emails: [],
      operatorEmails: [],
      events: false,
      chat: false,
      minimumSeverity: 'warning',
      remindEvery: minutes(240),
      escalateAfter: minutes(60),
      flapping: { changes: 4, within: minutes(120), calm: minutes(30) },
      digest: { cron: '0 8 ? * MON *', timeZone: 'UTC', period: minutes(7 * 1_440) },
    },
    targets: [
      {
        name: 'pap-api',
        environment: 'production',
        runbook: undefined,
        maintenance: [],
        database: { secret: 'prod/pap-api/database', tls: { mode: 'verify-full' } },
        checks: [
          {
            id: 'database',
            kind: 'database',
            schedule: { every: minutes(5) },
            timeout: 30_000,
            failAfter: 2,
            passAfter: 1,
            settings: {},
          },
          {
            id: 'probe:health',
            kind: 'probe',
            schedule: { every: minutes(10) },
            timeout: 30_000,
            failAfter: 3,
            passAfter: 2,
            settings: {
              url: 'https://api.example.com/health',
              version: 'version',
              method: 'GET',
              headers: {},
              expect: {},
            },
          },
          {
            id: 'schema',
            kind: 'schema',
            schedule: { every: minutes(15) },
            timeout: minutes(2),
            failAfter: 1,
            passAfter: 1,
            settings: { model: 'pap-api', version: 'probe:health', maxModelAge: minutes(90 * 24 * 60) },
          },
        ],
      },
    ],
  });
});

test('operators get what the others get, unless they are named', () => {
  const targets = { a: { environment: 'test', database: { secret: 's' } } };
  const alerts = (written: Written['alerts']): unknown => read({ name: 'm', alerts: written, targets }).alerts;
  expect(alerts({ emails: ['a@example.com'] })).toMatchObject({ operatorEmails: ['a@example.com'] });
  expect(alerts({ emails: ['a@example.com'], operatorEmails: [] })).toMatchObject({ operatorEmails: [] });
});

describe('the check that a database implies', () => {
  const database = { secret: 'prod/pap-api/database' };
  const ids = (target: Omit<Written['targets'][string], 'environment'>): string[] =>
    targetOf({ environment: 'production', ...target }).checks.map(({ id }) => id);

  test('is there when there is a database', () => {
    expect(ids({ database })).toEqual(['database']);
    expect(ids({ database, checks: { 'database:replica': {} } })).toEqual(['database', 'database:replica']);
  });
  test('is not there without one', () => {
    expect(ids({ checks: { probe: { url: 'http://127.0.0.1/' } } })).toEqual(['probe']);
  });
  test('is what was written, when it was', () => {
    const [check] = targetOf({
      environment: 'p',
      database,
      checks: { database: { every: '1m', failAfter: 5 } },
    }).checks;
    expect(check).toMatchObject({ id: 'database', schedule: { every: minutes(1) }, failAfter: 5 });
  });
});

describe('schedules', () => {
  const backup = { bucket: 'backups', key: 'a' };
  const schedule = (written: object, more: Partial<Written> = {}): unknown =>
    targetOf({ environment: 'p', checks: { backup: { ...backup, ...written } } }, more).checks[0]?.schedule;

  test('the time zone is that of the check, of the settings, or UTC', () => {
    const cron = ' 0  6 ? * mon-fri * ';
    const own = { timeZone: 'Europe/Berlin' };
    expect(schedule({ cron })).toEqual({ cron: '0 6 ? * MON-FRI *', timeZone: 'UTC' });
    expect(schedule({ cron }, own)).toEqual({ cron: '0 6 ? * MON-FRI *', timeZone: 'Europe/Berlin' });
    expect(schedule({ cron, timeZone: 'US/Eastern' }, own)).toMatchObject({ timeZone: 'US/Eastern' });
  });

  test('a default timeout stays below a short cadence', () => {
    const database = { secret: 's' };
    const [, check] = targetOf({ environment: 'p', database, checks: { schema: { model: 'm', every: '1m' } } }).checks;
    expect(check?.timeout).toBe(54_000);
  });
});

test('what has no value is as if it were not written', () => {
  const database = { secret: 's', host: undefined };
  expect(
    targetOf({ environment: 'p', runbook: undefined, database, checks: { schema: undefined } }).checks,
  ).toHaveLength(1);
});

describe('cron expressions', () => {
  test.each([
    '0 6 * * ? *',
    '*/5 * * * ? *',
    '0/15 8-17 ? * MON-FRI *',
    '15 10 ? * 6L 2026-2027',
    '0 0 L * ? *',
    '0 0 15W * ? *',
    '0 0 ? JAN,JUL FRI#1 *',
    '0 9 ? * 2#1 *',
    '0,30 0-23/2 1,15 */3 ? 2026',
  ])('%s', (cron) => expect(cronProblem(cron)).toBeUndefined());

  test.each([
    '',
    '* * * * * *',
    '60 6 * * ? *',
    '-1 6 * * ? *',
    '0 6 * 13 ? *',
    '0 6 ? * 0 *',
    '0 6 ? * 8 *',
    '0 6 ? * FRI-MON *',
    '0 6 ? * MON,FRI#2 *',
    '0 6 0W * ? *',
    '0 6 *-5 * ? *',
    '0 6 * * ? 2200',
    '0 6 * * ?,1 *',
    '0 L * * ? *',
    '0 6 * ? ? *',
    '1,,2 6 * * ? *',
    '*/60 * * * ? *',
  ])('not %j', (cron) => expect(cronProblem(cron)).toBeTypeOf('string'));

  test('every list of values within the bounds is accepted, none outside', () => {
    const value = fc.integer({ min: -5, max: 70 });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), (values) => {
        const valid = values.every((each) => each >= 0 && each <= 59);
        expect(cronProblem(normaliseCron(`${values.join(',')} * * * ? *`)) === undefined).toBe(valid);
      }),
    );
  });
});

describe('what a problem shows', () => {
  test.each([
    ['hunter22', ['database', 'password'], 'a text of 8 characters (not shown)'],
    ['hunter22', ['credentials', 'secret'], 'a text of 8 characters (not shown)'],
    ['hunter22', ['headers', 'Authorization'], 'a text of 8 characters (not shown)'],
    ['https://u:hunter22@h/p?key=hunter22#f', ['url'], '"https://***@h/p?***"'],
    ['x'.repeat(100), ['a'], `"${'x'.repeat(57)}..."`],
    ['line\nbreak', ['a'], '"line\\nbreak"'],
    [null, ['a'], 'null'],
    [true, ['a'], 'true'],
  ])('%j at %j', (value, path, text) => expect(shown(value, path)).toBe(text));

  test.each([
    ['shema', 'schema'],
    ['SCHEMA', 'schema'],
    ['modle', undefined],
    ['x', undefined],
    ['entirely-different', undefined],
  ])('nearest to %s', (word, near) => expect(nearest(word, ['probe', 'schema', 'backup'])).toBe(near));
});

test('settings come through JSON unchanged, whatever the order of their keys', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9.-]{0,20}$/);
  const duration = fc
    .tuple(fc.integer({ min: 1, max: 999 }), fc.constantFrom('m', 'h', 'd'))
    .map(([count, unit]) => `${count}${unit}` as DurationText);
  const optional = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
    fc.option(value, { nil: undefined });
  const common = {
    every: optional(duration),
    failAfter: optional(fc.integer({ min: 1, max: 100 })),
    passAfter: optional(fc.integer({ min: 1, max: 100 })),
  };
  const url = fc.webUrl({ validSchemes: ['http', 'https'] });
  const target = fc.record({
    environment: fc.string({ minLength: 1, maxLength: 20 }),
    runbook: optional(url),
    database: fc.constant({ secret: 'prod/db', port: 5433 }),
    checks: fc.record({
      schema: fc.record({ model: name, maxModelAge: optional(duration), ...common }),
      probe: fc.record({ url, expect: fc.constant({ status: [200, 204] }), ...common }),
      backup: fc.record({ bucket: fc.constant('backups'), key: name, cron: fc.constant('0 6 * * ? *') }),
    }),
  });
  const written = fc.record({ name: fc.constant('monitor'), targets: fc.dictionary(name, target, { minKeys: 1 }) });
  fc.assert(
    fc.property(written, (value) => {
      const turned = { targets: Object.fromEntries(Object.entries(value.targets).reverse()), name: value.name };
      expect(read(JSON.parse(JSON.stringify(turned)))).toEqual(read(value));
    }),
  );
});

test('editors and the compiler know what may be written', () => {
  const environment = 'production';
  const accepted: Written = {
    name: 'm',
    targets: { a: { environment, checks: { 'probe:x': { url: 'https://h', method: 'POST', every: '5m' } } } },
  };
  const refused: Written[] = [
    // @ts-expect-error an unknown kind
    { name: 'm', targets: { a: { environment, checks: { shema: { model: 'x' } } } } },
    // @ts-expect-error an unknown setting of a kind
    { name: 'm', targets: { a: { environment, checks: { schema: { model: 'x', modle: 'x' } } } } },
    // @ts-expect-error a wrong type in a named check
    { name: 'm', targets: { a: { environment, checks: { 'probe:x': { url: 5 } } } } },
    // @ts-expect-error no duration
    { name: 'm', targets: { a: { environment, checks: { schema: { model: 'x', every: 'daily' } } } } },
    // @ts-expect-error no password
    { name: 'm', targets: { a: { environment, database: { secret: 's', password: 'p' } } } },
    // @ts-expect-error no environment
    { name: 'm', targets: { a: {} } },
  ];
  for (const each of refused) expect(() => read(each)).toThrow();
  expect(read(accepted).targets).toHaveLength(1);
  expectTypeOf<Written['targets'][string]['checks']>().toBeNullable();
});

test.each([
  ['off', undefined],
  [
    { every: 'day', at: '07:30' },
    { cron: '30 7 * * ? *', timeZone: 'Europe/Berlin', period: minutes(1_440) },
  ],
  [{ at: '00:05' }, { cron: '5 0 ? * MON *', timeZone: 'Europe/Berlin', period: minutes(7 * 1_440) }],
])('digest %j', (digest, expected) => {
  const targets = {
    api: { environment: 'production', checks: { 'probe:health': { url: 'https://api.example.com' } } },
  };
  const settings = read({ name: 'demo', timeZone: 'Europe/Berlin', alerts: { digest }, targets });
  expect(settings.alerts.digest).toEqual(expected);
  if (expected) expect(cronProblem(expected.cron)).toBeUndefined();
});

describe('maintenance windows', () => {
  const target = { environment: 'production', checks: { 'probe:health': { url: 'https://api.example.com/health' } } };
  const windowsOf = (maintenance: unknown[], own: unknown[] = []) =>
    read({
      name: 'demo',
      timeZone: 'Europe/Berlin',
      maintenance,
      targets: { api: { ...target, maintenance: own } },
    }).targets[0]?.maintenance;

  test('those of the monitor and of the target, in the zone of the settings unless they name another', () => {
    const once = { from: '2026-12-01T22:00', until: '2026-12-02T01:00', reason: 'router' };
    const elsewhere = { ...once, timeZone: 'America/New_York' };
    const offset = { ...once, from: '2026-12-01T22:00:00+05:30', checks: ['probe'] };
    expect(windowsOf([once, elsewhere], [offset, { cron: '0 2 * * ? *', lasts: '1h', reason: 'reindex' }])).toEqual([
      { from: '2026-12-01T21:00:00.000Z', until: '2026-12-02T00:00:00.000Z', reason: 'router', checks: undefined },
      { from: '2026-12-02T03:00:00.000Z', until: '2026-12-02T06:00:00.000Z', reason: 'router', checks: undefined },
      { from: '2026-12-01T16:30:00.000Z', until: '2026-12-02T00:00:00.000Z', reason: 'router', checks: ['probe'] },
      { cron: '0 2 * * ? *', lasts: minutes(60), timeZone: 'Europe/Berlin', reason: 'reindex', checks: undefined },
    ]);
  });

  test('one that ends before it begins is told', () => {
    const backwards = { from: '2026-12-01T22:00', until: '2026-12-01T21:00', reason: 'router' };
    const problems = readSettings({ name: 'demo', maintenance: [backwards], targets: { api: target } }, registry);
    expect(problems).toMatchObject({
      problems: [{ path: ['maintenance', 0], message: 'expected "until" after "from"' }],
    });
  });
});
