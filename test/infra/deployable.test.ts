import { describe, expect, it } from 'vitest';
import { accessOf } from '../../infra/access.ts';
import { verifyDeployable } from '../../infra/deployable.ts';
import { parseDuration } from '../../lambda/config/duration.ts';
import type { MonitorSettings } from '../../lambda/config/settings.ts';
import { checkWith, settingsWith, targetWith } from './support.ts';

const verify = (settings: MonitorSettings, timeout: `${number}m`) => () =>
  verifyDeployable({ settings, access: accessOf(settings), checkTimeoutMs: parseDuration(timeout) });

describe('verifyDeployable', () => {
  it('accepts what can be deployed', () => {
    const settings = settingsWith(
      targetWith('a', checkWith('schema', { timeout: parseDuration('270s') }), checkWith('backup:nightly')),
    );
    expect(verify(settings, '5m')).not.toThrow();
    expect(verify(settings, '15m')).not.toThrow();
  });

  it('says everything that is wrong at once, where and what to do', () => {
    const settings = settingsWith({
      ...targetWith(
        'a',
        checkWith('schema', { timeout: parseDuration('271s') }),
        checkWith('probe:health', { schedule: { every: parseDuration('90s') } }),
      ),
      database: { secret: 'env:DATABASE_URL', tls: { mode: 'verify-full' } },
    });
    expect(verify(settings, '5m')).toThrow(
      [
        'these settings cannot be deployed:',
        '- a.database.secret is an environment variable, which a deployed function does not have: name a Secrets Manager secret',
        '- a.checks["schema"] may take 5 min, with 30 s around it longer than the function\'s 5 min: raise checkTimeout, or lower the check\'s timeout',
        '- a.checks["probe:health"] runs every 90 s: EventBridge Scheduler counts in whole minutes',
      ].join('\n'),
    );
  });

  it('refuses a function that would run longer than Lambda lets it', () => {
    expect(verify(settingsWith(), '16m')).toThrow('checkTimeout is longer than the 15 minutes that Lambda allows');
  });
});
