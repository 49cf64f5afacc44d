// The demo's settings file: what the team of the sample application would write, on loopback.
import type { MonitorInput } from '../../lambda/config/index.ts';

/** Where the demo's application and its backups are. */
export interface Places {
  application: string;
  backupBucket: string;
}

export const model = 'pap-api';
export const databaseSecret = 'production/pap-api/database';
export const loginSecret = 'production/pap-api/monitor';
/** As the team's nightly job names them. */
export const backupKey = (day: Date): string => `backup_prod_${day.toISOString().slice(0, 10).replaceAll('-', '')}.sql`;

export function demoSettings({ application, backupBucket }: Places): MonitorInput {
  return {
    name: 'control-core',
    alerts: { emails: ['oncall@example.com'] },
    targets: {
      'pap-api': {
        environment: 'production',
        runbook: 'https://wiki.example.com/runbooks/pap-api',
        // The embedded server speaks no TLS; a deployment leaves this out and gets verify-full.
        database: { secret: databaseSecret, tls: { mode: 'disable' } },
        checks: {
          schema: { model, version: 'probe:health' },
          'backup:nightly': {
            bucket: backupBucket,
            key: 'backup_prod_{YYYY}{MM}{DD}.sql',
            maxAge: '26h',
            minSize: '1MB',
          },
          'probe:health': {
            url: `${application}/health`,
            expect: { json: ["status == 'healthy'", "checks.database == 'up'"], maxLatency: '5s' },
            version: 'version',
          },
          'probe:login': {
            url: `${application}/auth/login`,
            login: { credentials: loginSecret, call: { url: `${application}/users/me`, expect: {} } },
            // The story has one run a scene; a deployment keeps the default and is told of the second failure.
            failAfter: 1,
            passAfter: 1,
          },
        },
      },
    },
  };
}
