import { describe, expect, it } from 'vitest';
import { checkTimeoutMs } from '../../infra/check-timeout.ts';
import { parseDuration } from '../../lambda/config/duration.ts';
import { checkWith, settingsWith, targetWith } from './support.ts';

const minute = 60_000;
const settings = (...timeouts: `${number}${'m' | 's'}`[]) =>
  settingsWith(
    ...timeouts.map((timeout, index) =>
      targetWith(`t${index}`, checkWith('database'), checkWith('schema', { timeout: parseDuration(timeout) })),
    ),
  );

describe('checkTimeoutMs', () => {
  it.each<[string, number | undefined, number]>([
    ['five minutes at least', undefined, 5 * minute],
    ['what was asked for', 3 * minute, 3 * minute],
    ['all that Lambda has', 15 * minute, 15 * minute],
  ])('is %s', (_name, given, expected) => {
    expect(checkTimeoutMs(settings('30s', '2m'), given)).toBe(expected);
  });

  it('is longer when a check needs it', () => {
    expect(checkTimeoutMs(settings('30s', '10m'), undefined)).toBe(11 * minute);
  });

  it('is not needed without targets', () => {
    expect(checkTimeoutMs(settings(), undefined)).toBe(5 * minute);
  });

  it('names the checks that would be cut short', () => {
    expect(() => checkTimeoutMs(settings('30s', '10m', '3m'), 3 * minute)).toThrow(
      [
        'with a checkTimeout of 3 min, of which a run needs 1 min around its checks, these would be cut short:',
        '- targets.t1.checks.schema may take 10 min',
        '- targets.t2.checks.schema may take 3 min',
        'Leave checkTimeout out, raise it, or lower their timeouts.',
      ].join('\n'),
    );
  });

  it('is refused when it is longer than Lambda lets a function run', () => {
    expect(() => checkTimeoutMs(settings(), 16 * minute)).toThrow('longer than the 15 min that Lambda allows');
  });
});
