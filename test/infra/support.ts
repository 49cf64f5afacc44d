// Settings as the core sees them, small, for the pure parts of infra.
import { parseDuration } from '../../lambda/config/duration.ts';
import type { CheckEntry, MonitorSettings, TargetSettings } from '../../lambda/config/settings.ts';

export function settingsWith(...targets: TargetSettings[]): MonitorSettings {
  return {
    name: 'demo',
    alerts: {
      emails: ['team@example.com'],
      operatorEmails: ['operator@example.com'],
      events: false,
      chat: false,
      minimumSeverity: 'warning',
      remindEvery: parseDuration('4h'),
      escalateAfter: parseDuration('1h'),
      flapping: { changes: 4, within: parseDuration('2h'), calm: parseDuration('30m') },
      digest: { cron: '0 8 ? * MON *', timeZone: 'UTC', period: parseDuration('7d') },
    },
    targets,
  };
}

export function targetWith(name: string, ...checks: CheckEntry[]): TargetSettings {
  return { name, environment: 'production', runbook: undefined, database: undefined, maintenance: [], checks };
}

export function checkWith(id: string, change: Partial<CheckEntry> = {}): CheckEntry {
  return {
    id,
    kind: id.split(':')[0] as string,
    schedule: { every: parseDuration('15m') },
    timeout: parseDuration('60s'),
    failAfter: 1,
    passAfter: 1,
    settings: {},
    ...change,
  };
}
