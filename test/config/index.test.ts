// The settings as users meet them: with the checks that there are.

import { describe, expect, test } from 'vitest';
import { checks } from '../../lambda/checks/index.ts';
import { parseDuration } from '../../lambda/config/duration.ts';
import {
  defineMonitor,
  type MonitorInput,
  parseSettings,
  settingsFromJson,
  settingsToJson,
} from '../../lambda/config/index.ts';
import { EdgeError } from '../../lambda/errors.ts';

const planted = 'planted-8c1f';

function failureOf(act: () => unknown): EdgeError {
  try {
    act();
  } catch (error) {
    if (error instanceof EdgeError) return error;
  }
  throw new Error('expected an EdgeError');
}

describe('every kind of check', () => {
  test.each(Object.entries(checks))('%s refuses a setting that it does not know', (_, { settings }) => {
    const parsed = settings.safeParse({ notASetting: true });
    expect(parsed.error?.issues).toContainEqual(
      expect.objectContaining({ code: 'unrecognized_keys', keys: ['notASetting'] }),
    );
  });

  test.each(Object.entries(checks))('%s has defaults that could be written', (_, { defaults }) => {
    const [every, timeout] = [parseDuration(defaults.every), parseDuration(defaults.timeout)];
    expect(every % 60_000).toBe(0);
    expect(timeout).toBeLessThan(every);
    expect(timeout).toBeLessThanOrEqual(600_000);
    expect([defaults.failAfter, defaults.passAfter].every((runs) => Number.isInteger(runs) && runs > 0)).toBe(true);
  });
});

describe('the example', async () => {
  const { default: example } = await import('../../driftwatch.config.ts');

  test('is right', () => {
    const settings = parseSettings(example, 'driftwatch.config.ts');
    expect(settings.targets.map(({ name, checks: entries }) => [name, entries.map(({ id }) => id)])).toEqual([
      ['pap-api', ['backup:nightly', 'database', 'probe:health', 'probe:login', 'schema']],
      ['pro-tenant', ['database', 'probe:health', 'schema']],
    ]);
  });

  test('comes through JSON unchanged, and is the same text however it is written', () => {
    const text = settingsToJson(example);
    expect(settingsFromJson(text)).toEqual(parseSettings(example));
    const { name, ...rest } = example;
    expect(settingsToJson({ ...rest, name })).toBe(text);
  });
});

test('what is wrong is said of the file that it is in, all at once', () => {
  const written = {
    name: 'm',
    targets: { a: { environment: 5, database: { secret: `postgres://u:${planted}@h/d` } } },
  };
  const error = failureOf(() => parseSettings(written, 'monitor.json'));
  expect(error.reason).toBe('invalid');
  expect(error.message).toMatch(/^monitor\.json has 2 problems:\n {2}targets\.a\.database\.secret\n/);
  expect(error.message).not.toContain(planted);
  expect(failureOf(() => settingsToJson(written as unknown as MonitorInput)).message).toMatch(/has 2 problems/);
});

test('text that is not JSON is not repeated', () => {
  const error = failureOf(() => settingsFromJson(`{"password": ${planted}`, 'monitor.json'));
  expect(error.message).toBe('monitor.json is not valid JSON');
  expect(error.cause).toBeUndefined();
});

test('the compiler knows the settings of the checks that there are', () => {
  const url = 'https://api.example.com/health';
  const withProbe = (probe: NonNullable<MonitorInput['targets'][string]['checks']>['probe:health']): MonitorInput =>
    defineMonitor({ name: 'm', targets: { a: { environment: 'test', checks: { 'probe:health': probe } } } });
  expect(parseSettings(withProbe({ url, every: '10m' })).targets).toHaveLength(1);
  // @ts-expect-error an unknown setting
  expect(() => parseSettings(withProbe({ url, uri: url }))).toThrow('uri');
  // @ts-expect-error a wrong type, deep inside
  expect(() => parseSettings(withProbe({ url, expect: { status: 'ok' } }))).toThrow('status');
  // @ts-expect-error an unknown kind
  defineMonitor({ name: 'm', targets: { a: { environment: 'test', checks: { prob: { url } } } } });
});
