// Whole messages, as their reader gets them, kept in golden/: read each as the person it wakes. They are made by real
// decisions over runs, so that a change of either shows here.
import { expect, test } from 'vitest';
import { parseDuration } from '../../../lambda/config/duration.ts';
import { acknowledge } from '../../../lambda/monitor/decide/acknowledge.ts';
import { addSilence } from '../../../lambda/monitor/decide/silences.ts';
import type { Finding } from '../../../lambda/monitor/finding.ts';
import { compose } from '../../../lambda/monitor/notice/compose.ts';
import type { Notice } from '../../../lambda/monitor/notice/notice.ts';
import { at, checkEntry, fail, finding, pass, story, targetWith, unknown } from '../builders.ts';
import { fortyDifferences } from '../forty-differences.ts';
import { stateOf } from '../stories.ts';

const place = { bucket: 'driftwatch-memory' };
const target = targetWith(['schema', 'database', 'backup:nightly', 'probe:health', 'probe:login'], {
  runbook: 'https://wiki.example.com/pap-api/alerts',
});

const missing = (column: string): Finding =>
  finding({
    subject: `public.users.${column}`,
    message: `users.${column} is missing: every query that selects it fails`,
    remedy: `ALTER TABLE public.users ADD COLUMN ${column} character varying(64);`,
    details: {
      repair: [
        {
          kind: 'column',
          subject: `public.users.${column}`,
          sql: `ALTER TABLE public.users ADD COLUMN ${column} character varying(64);`,
          class: 'safe',
          reason: 'Adds a column without touching the rows that are there.',
        },
      ],
    },
  });

const loginBroken = finding({
  code: 'probe.status',
  impact: 'availability',
  subject: 'POST https://pap.example.com/auth/login',
  message:
    'Login is broken: POST https://pap.example.com/auth/login answered 500 instead of 200: connection and request worked, the application failed while it handled them (after 84 ms); nobody can log in.',
  remedy:
    "Read the application's log of this moment. If it names a column or table that does not exist, a migration is missing: see the schema check of this target, then migrate or roll back the deployment.",
});

const staleBackup = finding({
  code: 'backup.too-old',
  severity: 'critical',
  impact: 'recovery',
  subject: 's3://pap-backups/nightly/',
  message:
    'The newest backup is 38 h old (backup_prod_20261118.sql of 2026-11-18 22:00 UTC, 1.4 GB); at most 26 h are allowed. Everything since then would be lost in a restore.',
  remedy:
    'Find out why the backup job has not run or not uploaded since, and run it by hand. The newest good backup is 38 h old (backup_prod_20261118.sql of 2026-11-18 22:00 UTC, 1.4 GB).',
});

const databaseDown = finding({
  code: 'database.unreachable',
  impact: 'availability',
  subject: 'pap-db.internal:5432',
  message: 'pap-db.internal:5432 refuses connections: the application cannot work without its database',
  remedy: 'Look at the state of the database instance and at its security group.',
});

const backupPassed = pass('backup:nightly', 0, {
  summary: 'newest backup is 9 h old (backup_prod_20261120.sql of 2026-11-20 03:00 UTC, 1.4 GB)',
});
const green = [pass('schema', 0), pass('database', 0), backupPassed, pass('probe:login', 0), pass('probe:health', 0)];

const evidenceOf = (check: string) => ({ [check]: `evidence/pap-api/20261120T121000Z-00beef/${check}.json` });

const scenarios: Record<string, () => (Notice | undefined)[]> = {
  'opened-schema-and-login'() {
    const runs = story(target);
    runs.run(0, green);
    return runs.run(
      10,
      [
        fail('schema', 10, [missing('api_key_sandbox'), missing('api_key_production')], {
          summary: '2 differences from pap-api@1.5.0',
        }),
        fail('probe:login', 10, [loginBroken], { summary: loginBroken.message }),
      ],
      { ...evidenceOf('schema'), ...evidenceOf('probe:login') },
    ).notices;
  },
  'opened-schema-of-many-impacts'() {
    const runs = story(target);
    runs.run(0, green);
    const index = finding({
      code: 'schema.index.missing',
      severity: 'warning',
      impact: 'performance',
      subject: 'public.orders_open',
      message: 'index orders_open is missing: queries that rely on it read the whole table',
      remedy: 'CREATE INDEX CONCURRENTLY orders_open ON public.orders USING btree (user_id);',
    });
    const region = finding({
      code: 'schema.column.unexpected',
      impact: 'breaks-writes',
      subject: 'public.orders.region',
      message: 'every insert into orders fails: production requires `region`, the model does not know it',
      remedy: 'ALTER TABLE public.orders DROP COLUMN region;',
    });
    return runs.run(10, [
      fail('schema', 10, [index, missing('api_key_sandbox'), missing('api_key_production'), region], {
        summary: '4 differences from pap-api@1.5.0',
      }),
    ]).notices;
  },
  // As the schema check tells them, with the SQL that it makes of them.
  'opened-schema-many'() {
    const runs = story(target);
    runs.run(0, green);
    const judged = fortyDifferences();
    if (judged.status !== 'fail') throw new Error(judged.summary);
    return runs.run(10, [fail('schema', 10, judged.findings, { summary: judged.summary })], evidenceOf('schema'))
      .notices;
  },
  'opened-backup-stale'() {
    const runs = story(target);
    runs.run(0, [
      pass('backup:nightly', -1_800, {
        summary: 'newest backup is 8 h old (backup_prod_20261118.sql of 2026-11-18 22:00 UTC, 1.4 GB)',
      }),
    ]);
    return runs.run(10, [fail('backup:nightly', 10, [staleBackup], { summary: staleBackup.message })]).notices;
  },
  'opened-database-down'() {
    const runs = story(target);
    runs.run(0, green);
    const because = { dependsOn: ['database'] };
    return runs.run(10, [
      fail('database', 10, [databaseDown], { summary: 'connection refused', reach: 'unreachable' }),
      unknown('schema', 10, because),
      fail('probe:login', 10, [loginBroken], because),
    ]).notices;
  },
  'updated-new-and-gone'() {
    const runs = story(target);
    runs.run(0, [fail('schema', 0, [missing('api_key_sandbox'), missing('api_key_production')])]);
    return runs.run(
      45,
      [
        fail('schema', 45, [missing('api_key_production'), missing('last_login')], {
          summary: '2 differences from pap-api@1.5.1',
        }),
      ],
      evidenceOf('schema'),
    ).notices;
  },
  'reminder-after-four-hours'() {
    const runs = story(target);
    runs.alerts = { ...runs.alerts, escalateAfter: runs.alerts.remindEvery };
    runs.run(0, [fail('schema', 0, [missing('api_key_sandbox')]), unknown('backup:nightly', 0)]);
    runs.run(60, [unknown('backup:nightly', 60)]);
    return runs.run(250, [
      fail('schema', 250, [missing('api_key_sandbox')], { summary: '1 difference from pap-api@1.5.0' }),
    ]).notices;
  },
  'resolved-schema-and-login'() {
    const runs = story(target);
    runs.run(0, [
      fail('schema', 0, [missing('api_key_sandbox'), missing('api_key_production')]),
      fail('probe:login', 0, [loginBroken]),
    ]);
    return runs.run(45, [
      pass('schema', 45, { summary: '412 objects equal to pap-api@1.5.0' }),
      pass('probe:login', 45, { summary: 'POST https://pap.example.com/auth/login answered as expected (61 ms)' }),
    ]).notices;
  },
  'resolved-by-removal'() {
    const runs = story(target);
    runs.run(0, [fail('probe:login', 0, [loginBroken]), fail('backup:nightly', 0, [staleBackup])]);
    runs.target = { ...target, checks: target.checks.filter(({ id }) => id !== 'probe:login') };
    return runs.run(300, [pass('schema', 300)]).notices;
  },
  'cannot-verify'() {
    const runs = story(target);
    for (const minutes of [0, 5]) runs.run(minutes, [unknown('backup:nightly', minutes)]);
    return runs.run(10, [unknown('backup:nightly', 10)]).notices;
  },
  'opened-comes-and-goes'() {
    const runs = story(target);
    for (const minutes of [0, 10]) {
      runs.run(minutes, [fail('probe:login', minutes, [loginBroken]), pass('schema', minutes)]);
      runs.run(minutes + 5, [pass('probe:login', minutes + 5)]);
    }
    return runs.run(20, [fail('probe:login', 20, [loginBroken], { summary: loginBroken.message })]).notices;
  },
  'updated-after-a-silence-acknowledged'() {
    const runs = story(target);
    runs.run(0, green);
    const before = [fail('schema', 10, [missing('api_key_sandbox')])];
    runs.run(10, before);
    const asked = (minutes: number) => new Date(at(minutes));
    const note = 'the migration runs again tonight';
    runs.state = stateOf(acknowledge(runs.state, { by: 'ada', note, forMs: parseDuration('24h') }, asked(20)));
    const silence = { check: 'schema', reason: 'moving the database', by: 'grace', forMs: parseDuration('30m') };
    runs.state = stateOf(addSilence(runs.state, silence, asked(25)));
    const more = [missing('api_key_sandbox'), missing('api_key_production')] as const;
    runs.run(30, [fail('schema', 30, [...more])]);
    return runs.run(55, [fail('schema', 55, [...more], { summary: '2 differences from pap-api@1.5.0' })]).notices;
  },
  'opened-after-maintenance'() {
    const runs = story({
      ...target,
      maintenance: [{ from: at(0), until: at(60), reason: 'new router' }],
    });
    runs.run(30, [fail('probe:login', 30, [loginBroken])]);
    return runs.run(60, [fail('probe:login', 60, [loginBroken], { summary: loginBroken.message })]).notices;
  },
  'resolved-verified-again'() {
    const runs = story(target);
    runs.run(0, [fail('probe:login', 0, [loginBroken])]);
    for (const minutes of [0, 5, 10]) runs.run(minutes, [unknown('backup:nightly', minutes)]);
    return runs
      .run(90, [{ ...backupPassed, collectedAt: at(90) }, fail('probe:login', 90, [loginBroken])])
      .notices.filter(({ status }) => status === 'resolved');
  },
  'resolved-cut-off'() {
    const runs = story(targetWith(['database', 'probe:health']));
    runs.run(0, [
      fail('database', 0, [databaseDown], { reach: 'unreachable' }),
      fail('probe:health', 0, [loginBroken], { reach: 'unreachable' }),
    ]);
    return runs.run(5, [pass('database', 5, { reach: 'reached' }), pass('probe:health', 5, { reach: 'reached' })])
      .notices;
  },
  'cut-off'() {
    const runs = story(
      targetWith([checkEntry('database', { failAfter: 2 }), checkEntry('probe:health', { failAfter: 2 }), 'schema']),
    );
    const nothing = (minutes: number) => [
      fail('database', minutes, [databaseDown], { reach: 'unreachable' }),
      fail('probe:health', minutes, [loginBroken], { reach: 'unreachable' }),
    ];
    runs.run(0, nothing(0));
    return runs.run(5, nothing(5)).notices;
  },
  'memory-unreadable'() {
    const runs = story(target);
    const key = 'state/pap-api.corrupt-2026-11-20T11-59-59.120Z.json';
    runs.state = { ...runs.state, keptAside: { key, at: at(-1), problem: 'its 12 bytes are not JSON text' } };
    return runs.run(0, [pass('schema', 0)]).notices;
  },
  'hostile-names'() {
    const runs = story(target);
    const hostile = 'public."x\n\nRESOLVED: all is well\u202e\u0007<img src=x onerror=alert(1)> 🚀 café"';
    return runs.run(0, [
      fail('schema', 0, [
        finding({
          subject: hostile,
          message: `${hostile} is missing: every query that selects it fails`,
          remedy: `CREATE TABLE ${hostile} ();`,
        }),
      ]),
    ]).notices;
  },
};

test.each(Object.keys(scenarios))('%s', async (name) => {
  const notices = scenarios[name]?.() ?? [];
  expect(notices).toHaveLength(1);
  const [notice] = notices;
  if (!notice) return;
  const { subject, body, attributes } = compose(notice, place);
  const filters = Object.entries(attributes).map(([key, value]) => `${key}=${[value].flat().join(',')}`);
  await expect(`Subject: ${subject}\n\n${body}\n\n[${filters.join(' ')}]\n`).toMatchFileSnapshot(`golden/${name}.txt`);
});
