// Settings of a monitor: an example that `npm run synth` turns into a stack, for a product with two targets.
//
// - pap-api: a FastAPI service on PostgreSQL. Its SQLAlchemy models are migrated by hand, and once were not.
// - pro-tenant: a copy of the service for one tenant, on a database of its own. The same code, so the same model.
//
// Every setting and its default is documented where the editor shows it. Try a change: `npm run driftwatch -- check`.
import { defineMonitor } from './lambda/config/index.ts';

export default defineMonitor({
  // Names the stack, and appears in every alert.
  name: 'control-core',

  // Of the cron schedules below; without it, they are in UTC.
  timeZone: 'Europe/Berlin',

  alerts: {
    // Each address gets one mail to confirm; until then it hears nothing, and an alarm says so.
    emails: ['oncall@example.com'],
    // Who hears that the monitor itself is in trouble: a missed schedule, a crash, a message that was not delivered.
    operatorEmails: ['platform@example.com'],
    minimumSeverity: 'warning',
    remindEvery: '4h',
  },

  targets: {
    'pap-api': {
      environment: 'production',
      // At the end of every alert: what to do is written there.
      runbook: 'https://wiki.example.com/runbooks/pap-api',

      // Where the credentials are, never the credentials: a secret as RDS writes it, or one that holds a postgres URL.
      // The role needs CONNECT and nothing else. TLS is verified against the public authorities and those of RDS.
      database: { secret: 'prod/pap-api/database' },

      checks: {
        // Does production have the schema that the migrations of the running version build? The health probe below
        // says which version that is; a version whose model nobody published is a finding.
        schema: {
          model: 'pap-api',
          version: 'probe:health',
          maxModelAge: '30d',
          every: '15m',
          // Which differences count, and how much; of several rules that fit, the last one counts.
          rules: [
            {
              kind: 'table',
              object: 'public.audit_p*',
              verb: 'unexpected',
              severity: 'ignore',
              reason: 'partitions that pg_partman makes',
            },
          ],
          // A difference that is known, by the name that reports and alerts give it; it is told again after that day:
          //   accept: [{ difference: '3f2a9c0b11', until: '2026-12-31', reason: 'goes with release 1.6', by: 'Ada' }],
          // Owners, grants, roles and database settings are held to what `driftwatch accept` accepted last.
          // A schema for each tenant:   tenants: [{ schemas: 'tenant_*', as: 'tenant' }],
          // A database out of reach, captured from beside it by `driftwatch capture`:   capture: { maxAge: '26h' },
        },

        // Is last night's pg_dump there, complete and recent? Looked at in the morning, after it should have come.
        'backup:nightly': {
          bucket: 'control-core-backups',
          key: 'backup_prod_{YYYY}{MM}{DD}.sql',
          maxAge: '26h',
          minSize: '10MB',
          cron: '0 6 * * ? *',
        },

        // Does it answer, is what it says of itself right, and which version is it?
        'probe:health': {
          url: 'https://api.example.com/health',
          expect: { json: ["status == 'healthy'", "checks.database == 'up'"], maxLatency: '2s' },
          version: 'version',
          every: '5m',
        },

        // Can somebody sign in, and use what they get? The secret holds {"username": "...", "password": "..."} of an
        // account that is there for this alone.
        'probe:login': {
          url: 'https://api.example.com/auth/login',
          login: {
            credentials: 'prod/pap-api/monitor-login',
            call: { url: 'https://api.example.com/users/me' },
          },
          every: '5m',
        },
      },

      // What `driftwatch gate` asks of a deployment, in a pipeline and before anything is changed. A rule that is left out
      // is on where the target has what it needs; `false` switches it off.
      gate: {
        // Changes that lose data are refused, and those that may lock or fail need the backup below.
        schema: { allow: 'risky' },
        environment: {
          required: ['DATABASE_URL', 'SECRET_KEY'],
          // It deletes all customer data.
          forbidden: { CC_DROP_TABLES: 'true' },
        },
        // The pipeline has them: {"username": "admin", "password": "..."}. They must be refused.
        defaultCredentials: { credentials: 'env:DEFAULT_ADMIN' },
        backup: { maxAge: '1h' },
        changeWindow: { open: [{ days: ['mon', 'tue', 'wed', 'thu'], from: '09:00', to: '16:00' }] },
      },
    },

    'pro-tenant': {
      environment: 'production',
      runbook: 'https://wiki.example.com/runbooks/pro-tenant',

      // Without a password at all: the function's role signs in with a token that lives for 15 minutes.
      database: {
        iam: true,
        host: 'pro-tenant.c1a2b3c4d5e6.eu-central-1.rds.amazonaws.com',
        database: 'pap',
        user: 'driftwatch',
      },

      checks: {
        // The same model: one snapshot is published, and both targets are compared with it.
        schema: { model: 'pap-api', version: 'probe:health', maxModelAge: '30d', every: '15m' },
        'probe:health': { url: 'https://pro.example.com/health', version: 'version', every: '5m' },
      },
    },
  },
});
