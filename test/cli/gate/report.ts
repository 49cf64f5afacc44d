// A gate of which every rule ends in another way, for looking at how that is told; and one about names of every nasty kind.
import { say, words } from '../../../lambda/gate/prose.ts';
import type { GateReport } from '../../../lambda/gate/run.ts';

export const mixed: GateReport = {
  target: 'pap-api',
  environment: 'production',
  startedAt: '2026-11-28T12:10:31.000Z',
  status: 'fail',
  rules: [
    {
      rule: 'schema',
      status: 'fail',
      durationMs: 1_234,
      summary: say`3 changes to production for ${'pap-api@1.5.0'} (1 destructive, 2 safe): one is worse than risky`,
      remedy: words(
        'Read what would be lost or converted; if it is meant, let it pass this once: --allow destructive.',
      ),
      details: [
        {
          tag: 'destructive',
          id: '4005017648',
          text: say`remove column ${'tenants.plan'}. Loses what the column holds.`,
          sql: ['ALTER TABLE public.tenants DROP COLUMN plan;'],
        },
        {
          tag: 'safe',
          id: '4abbdf1ea3',
          text: say`add column ${'users.api_key_sandbox'}. Adds a column without touching the rows that are there.`,
          sql: ['ALTER TABLE public.users ADD COLUMN api_key_sandbox character varying(64);'],
        },
        {
          tag: 'safe',
          id: 'e70dfdeeb4',
          text: say`add column ${'users.api_key_production'}. Adds a column without touching the rows that are there.`,
          sql: ['ALTER TABLE public.users ADD COLUMN api_key_production character varying(64);'],
        },
        { tag: 'note', text: say`held to version ${'1.4.0'}, which runs now` },
      ],
    },
    {
      rule: 'environment',
      status: 'fail',
      durationMs: 3,
      summary: say`2 of 7 variables in ${'.env.production'} are not as they have to be: ${'CC_DROP_TABLES'} and ${'SECRET_KEY'}`,
      remedy: words('Correct them where the new version gets them from.'),
      details: [
        { tag: 'forbidden', text: say`${'CC_DROP_TABLES'} has a value that it must not have in production` },
        { tag: 'default', text: say`${'SECRET_KEY'} still has a value that stands for one nobody has chosen` },
      ],
    },
    {
      rule: 'database',
      status: 'pass',
      durationMs: 61,
      summary: say`${'connected in 42 ms, round trip 1 ms'}`,
      details: [],
    },
    {
      rule: 'defaultCredentials',
      status: 'unknown',
      durationMs: 404,
      summary: say`not verified: ${'POST https://pap.example.com/auth/login'} answered 502, which neither accepts nor refuses`,
      remedy: words(
        'Sign in with them by hand: they have to be refused. See that the login works, then run the gate again.',
      ),
      details: [],
    },
    {
      rule: 'backup',
      status: 'pass',
      durationMs: 40,
      summary: say`${'newest backup is 12 min old (backup_prod_20261128.sql of 2026-11-28 11:58 UTC, 1.4 GB)'}`,
      details: [],
    },
    { rule: 'changeWindow', status: 'off', durationMs: 0, summary: words('the settings name no times'), details: [] },
  ],
};

export const nasty = [
  'two\nlines',
  '\r\n```\n</details><script>alert(1)</script>',
  '`````` ` ``',
  '| a | b |',
  '[click](javascript:alert) ![x](https://example.com/x.png)',
  '@everyone #1 GH-1',
  '<img src=x onerror="alert(1)"> & &amp; ]]> <!-- -->',
  'right\u202eto left\u0007\u001b[31m\u0000',
  'half \ud800 and \uffff none',
  '$(rm -rf /); `id` %s',
  '🚀 café',
];

export const hostile: GateReport = {
  ...mixed,
  target: nasty[5] ?? '',
  environment: nasty[1] ?? '',
  rules: [
    {
      rule: 'schema',
      status: 'fail',
      durationMs: 1,
      summary: say`about ${nasty.join(' ')}`,
      remedy: say`see ${nasty.join(' ')}`,
      details: nasty.map((name) => ({ tag: 'safe', id: '4abbdf1ea3', text: say`add ${name}`, sql: [name] })),
    },
    {
      rule: 'backup',
      status: 'unknown',
      durationMs: 1,
      summary: say`${nasty[1] ?? ''}`,
      remedy: say`${nasty[6] ?? ''}`,
      details: [],
    },
    { rule: 'database', status: 'pass', durationMs: 1, summary: say`${nasty[7] ?? ''}${nasty[8] ?? ''}`, details: [] },
    { rule: 'changeWindow', status: 'off', durationMs: 0, summary: say`${nasty[6] ?? ''}`, details: [] },
  ],
};
