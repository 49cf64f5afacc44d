// The verdict of a schema check over saved evidence, as a table of situations.
import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import type { Difference, SchemaEvidence } from '../../../lambda/checks/schema/evidence.ts';
import { judge } from '../../../lambda/checks/schema/judge.ts';
import { schemaSettings } from '../../../lambda/checks/schema/settings.ts';

const now = new Date('2026-11-20T12:00:00Z');
const settings = schemaSettings.parse({ model: 'pap-api', version: 'probe:health', maxModelAge: '30d' });
const context = { target: 'pap-api', check: 'schema', settings, now };

const missingColumn: Difference = {
  id: '1a2b3c4d5e',
  kind: 'column',
  subject: 'public.users.api_key_sandbox',
  parent: 'table public.users',
  verb: 'missing',
  expected: { type: 'character varying(64)', nullable: true },
  actual: null,
};
const repairStep = {
  kind: 'column',
  subject: 'public.users.api_key_sandbox',
  sql: 'ALTER TABLE public.users ADD COLUMN api_key_sandbox character varying(64);',
  class: 'safe',
  reason: 'adds a column that may be null',
} as const;

type Compared = Extract<SchemaEvidence, { state: 'compared' }>;
function compared(changes: Partial<Compared> = {}): Compared {
  return {
    state: 'compared',
    model: { model: 'pap-api', version: '1.5.0', chosenBy: 'running version', confirmedAt: '2026-11-20T11:00:00.000Z' },
    production: { from: 'database', token: '1-a', basis: 'b', readAt: '2026-11-20T12:00:00.000Z', unchanged: false },
    serverVersion: 180_004,
    readMs: 21,
    databaseMs: 14,
    warnings: [],
    objects: 300,
    tenants: 0,
    equal: 300,
    drift: [],
    repair: [],
    notVerified: [],
    held: { accepted: [], notAccepted: [] },
    pending: null,
    ...changes,
  };
}
const locked = { kind: 'table', subject: 'public.orders', reason: 'another session holds a lock on it' };
const oldModel = {
  model: 'pap-api',
  version: '1.4.0',
  chosenBy: 'newest published',
  confirmedAt: '2026-09-01T00:00:00.000Z',
} as const;

test('equal: pass, and says what was compared', () => {
  expect(judge(compared(), context)).toEqual({
    status: 'pass',
    summary: '300 objects equal to pap-api@1.5.0',
    measures: [
      { name: 'schema.differences', value: 0, unit: 'count' },
      { name: 'schema.ignored', value: 0, unit: 'count' },
      { name: 'schema.accepted', value: 0, unit: 'count' },
      { name: 'schema.objects', value: 300, unit: 'count' },
      { name: 'schema.read', value: 21, unit: 'ms' },
      { name: 'schema.database', value: 14, unit: 'ms' },
    ],
  });
});

test('a missing column: fail, with what it breaks and the SQL that repairs it', () => {
  const verdict = judge(compared({ drift: [missingColumn], repair: [repairStep] }), context);
  expect(verdict).toMatchObject({
    status: 'fail',
    summary: '1 difference from pap-api@1.5.0',
    findings: [
      {
        code: 'schema.column.missing',
        severity: 'critical',
        impact: 'breaks-reads',
        subject: 'public.users.api_key_sandbox',
        message: 'users.api_key_sandbox is missing: every query that selects it fails',
        remedy: `-- safe: adds a column that may be null\n${repairStep.sql}`,
        details: { verb: 'missing', repair: [repairStep] },
      },
    ],
  });
});

test('findings come in the order in which their repair runs', () => {
  const other = { ...missingColumn, subject: 'public.users.api_key_production' };
  const otherStep = { ...repairStep, subject: other.subject, sql: 'ALTER TABLE public.users ADD COLUMN other text;' };
  const verdict = judge(compared({ drift: [other, missingColumn], repair: [repairStep, otherStep] }), context);
  expect(verdict.status === 'fail' && verdict.findings.map(({ subject }) => subject)).toEqual([
    'public.users.api_key_sandbox',
    'public.users.api_key_production',
  ]);
});

describe('nothing is passed that was not verified', () => {
  const cases: [name: string, evidence: SchemaEvidence, status: string, says: string][] = [
    ['nothing published', { state: 'nothing published', model: 'pap-api' }, 'unknown', 'no snapshot of model pap-api'],
    ['an object that is locked', compared({ notVerified: [locked] }), 'unknown', '1 could not be read'],
    [
      'drift beside a locked object',
      compared({ notVerified: [locked], drift: [missingColumn] }),
      'fail',
      '1 difference from pap-api@1.5.0',
    ],
    [
      'a running version nobody published',
      {
        state: 'version not published',
        model: 'pap-api',
        running: { version: '1.6.0', seenAt: '2026-11-20T11:59:00.000Z' },
        newest: '1.5.0',
      },
      'fail',
      'no snapshot of running version 1.6.0',
    ],
    ['a newest snapshot that is too old', compared({ model: oldModel }), 'fail', 'pap-api@1.4.0, is too old'],
  ];
  test.each(cases)('%s', (_name, evidence, status, says) => {
    const verdict = judge(evidence, context);
    expect(verdict.status).toBe(status);
    expect(verdict.summary).toContain(says);
  });
});

test('an old snapshot of the version that runs is not outdated', () => {
  expect(judge(compared({ model: { ...oldModel, chosenBy: 'running version' } }), context).status).toBe('pass');
});

test('an outdated model is told beside the drift from it', () => {
  const verdict = judge(compared({ model: oldModel, drift: [missingColumn] }), context);
  expect(verdict.status === 'fail' && verdict.findings.map(({ code }) => code)).toEqual([
    'schema.column.missing',
    'schema.model-outdated',
  ]);
});

test('a deployment under way passes, and says until when', () => {
  const pending = { version: '1.4.0', side: 'previous' as const, until: '2026-11-20T12:10:00.000Z', drift: [] };
  expect(judge(compared({ drift: [missingColumn], pending }), context)).toMatchObject({
    status: 'pass',
    summary: 'deployment pending: production equals pap-api@1.4.0, not migrated yet (until 2026-11-20 12:10 UTC)',
  });
});

describe('settings say what counts', () => {
  const weighed = (
    drift: Difference[],
    more: Partial<z.input<typeof schemaSettings>>,
    changes: Partial<Compared> = {},
  ) =>
    judge(compared({ drift, ...changes }), {
      ...context,
      settings: schemaSettings.parse({ model: 'pap-api', version: 'probe:health', ...more }),
    });
  const partition: Difference = {
    id: '0000000001',
    kind: 'table',
    subject: 'public.events_p2026_12',
    parent: 'schema public',
    verb: 'unexpected',
    expected: null,
    actual: { form: 'ordinary', partitionOf: 'public.events' },
    swallowed: ['column public.events_p2026_12.id', 'index public.events_p2026_12_pkey'],
  };
  const ignorePartitions = {
    kind: 'table',
    object: 'public.events_p*',
    verb: 'unexpected',
    severity: 'ignore',
  } as const;

  test('what is ignored does not fail the check, and is counted', () => {
    expect(weighed([partition], { rules: [ignorePartitions] })).toMatchObject({
      status: 'pass',
      summary: '300 objects equal to pap-api@1.5.0; 1 difference ignored by the rules',
      measures: expect.arrayContaining([
        { name: 'schema.differences', value: 0, unit: 'count' },
        { name: 'schema.ignored', value: 1, unit: 'count' },
      ]),
    });
  });

  test('what else differs is told as before', () => {
    const verdict = weighed([missingColumn, partition], { rules: [ignorePartitions] });
    expect(verdict).toMatchObject({
      status: 'fail',
      summary: '1 difference from pap-api@1.5.0; 1 difference ignored by the rules',
      findings: [{ subject: missingColumn.subject, details: { difference: missingColumn.id } }],
    });
  });

  test('a severity is lowered with the reason', () => {
    const rules = [{ object: 'public.users.*', severity: 'info' as const, reason: 'nobody reads them yet' }];
    expect(weighed([missingColumn], { rules })).toMatchObject({
      findings: [{ severity: 'info', details: { severityBefore: 'critical', ruleReason: 'nobody reads them yet' } }],
    });
  });

  const accept = [
    { difference: missingColumn.id, until: '2026-11-20', by: 'Ada', reason: 'migrated with release 1.6' },
  ];

  test('what is accepted passes through the last day, and then comes back with what was said of it', () => {
    expect(weighed([missingColumn], { accept })).toMatchObject({
      status: 'pass',
      summary: '300 objects equal to pap-api@1.5.0; 1 difference accepted until 2026-11-20',
    });
    const verdict = judge(compared({ drift: [missingColumn] }), {
      ...context,
      settings: schemaSettings.parse({ model: 'pap-api', accept }),
      now: new Date('2026-11-21T00:00:00Z'),
    });
    expect(verdict.status === 'fail' && verdict.findings.map(({ message }) => message)).toEqual([
      'users.api_key_sandbox is missing: every query that selects it fails. ' +
        'It was accepted until 2026-11-20 by Ada: migrated with release 1.6',
    ]);
  });

  test('another difference of an accepted object is told, and says so', () => {
    const verdict = weighed([missingColumn], {
      accept: [{ difference: 'ffffffffff', until: '2026-12-31', reason: 'known', object: missingColumn.subject }],
    });
    expect(verdict.status === 'fail' && verdict.findings[0].message).toContain(
      'Another difference of it, ffffffffff, was accepted until 2026-12-31: known; this one is not',
    );
  });

  test('an acceptance of what is no longer there is to be removed', () => {
    expect(weighed([], { accept })).toMatchObject({
      status: 'pass',
      summary:
        '300 objects equal to pap-api@1.5.0; nothing differs any more as accepted in 1a2b3c4d5e: remove it from the settings',
    });
  });

  test('a deployment is under way when all that differs from its neighbour does not count', () => {
    const pending = {
      version: '1.4.0',
      side: 'previous' as const,
      until: '2026-11-20T12:10:00.000Z',
      drift: [partition],
    };
    const drift = [missingColumn, partition];
    expect(weighed(drift, { rules: [ignorePartitions] }, { pending })).toMatchObject({ status: 'pass' });
    expect(weighed(drift, {}, { pending })).toMatchObject({ status: 'fail' });
  });
});

describe('a capture', () => {
  const settings = schemaSettings.parse({ model: 'pap-api', version: 'probe:health', capture: { maxAge: '26h' } });
  const captured = (hours: number, changes: Partial<Compared> = {}, written = hours) => {
    const at = (hoursAgo: number) => new Date(now.getTime() - hoursAgo * 3_600_000).toISOString();
    const address = 's3://driftwatch/captures/pap-api/2026-11-20T11-00-00-000Z-1f3a9c2b.json';
    const production = {
      from: 'capture' as const,
      address,
      takenAt: at(hours),
      writtenAt: at(written),
      takenBy: '0.1.0',
    };
    return judge(compared({ production, ...changes }), { ...context, settings });
  };
  const codes = (verdict: ReturnType<typeof judge>) =>
    verdict.status === 'fail' ? verdict.findings.map(({ code }) => code) : verdict.status;

  test('that is fresh passes, and its age is told', () => {
    expect(captured(1)).toMatchObject({
      status: 'pass',
      summary: '300 objects equal to pap-api@1.5.0, as captured 1 h ago (2026-11-20 11:00 UTC)',
    });
  });

  test('that is older than allowed is a finding, with what it means and what to do', () => {
    expect(captured(38)).toMatchObject({
      status: 'fail',
      summary: '300 objects equal to pap-api@1.5.0, as captured 38 h ago (2026-11-18 22:00 UTC)',
      findings: [
        {
          code: 'schema.capture-stale',
          severity: 'warning',
          impact: 'monitoring',
          subject: 's3://driftwatch/captures/pap-api/',
          message:
            'The newest capture of the schema is 38 h old (taken 2026-11-18 22:00 UTC); at most 26 h are allowed: what has changed in production since then is not seen.',
          remedy: expect.stringContaining('driftwatch capture'),
        },
      ],
    });
  });

  test('that is old and shows drift tells both', () => {
    const verdict = captured(38, { drift: [missingColumn] });
    expect(codes(verdict)).toEqual(['schema.column.missing', 'schema.capture-stale']);
    expect(verdict.summary).toContain('1 difference from pap-api@1.5.0, as captured 38 h ago');
  });

  test('is no fresher than either clock says', () => {
    const ahead = captured(-3, {}, 2);
    expect(ahead).toMatchObject({ status: 'pass' });
    expect(ahead.summary).toContain('2 h ago (2026-11-20 10:00 UTC), by a machine whose clock is 5 h ahead');
    expect(codes(captured(-3, {}, 40))).toEqual(['schema.capture-stale']);
    const behind = captured(72, {}, 1);
    expect(behind.status === 'fail' && behind.findings[0].message).toMatch(
      /72 h old|3 d old.*It was written 1 h ago: the clock of the machine that captured is behind, or it was copied\.$/,
    );
  });

  test('from before the deployment says nothing of the version that runs', () => {
    const pending = { version: '1.4.0', side: 'previous' as const, until: '2026-11-20T12:10:00.000Z', drift: [] };
    expect(captured(1, { drift: [missingColumn], pending })).toMatchObject({
      status: 'unknown',
      reason: expect.stringContaining('from before 1.5.0 was deployed'),
      remedy: expect.stringContaining('driftwatch capture'),
    });
  });

  test('that is not there cannot be judged', () => {
    expect(judge({ state: 'nothing captured', place: 's3://driftwatch/captures/pap-api/' }, context)).toMatchObject({
      status: 'unknown',
      remedy: expect.stringContaining('driftwatch capture --to s3://driftwatch/captures/pap-api/'),
    });
  });
});

describe('the accepted state', () => {
  const held: Compared['held'] = {
    accepted: [{ scope: 'grants', acceptedAt: '2026-11-01T08:00:00.000Z', acceptedBy: 'ada', reason: 'OPS-412' }],
    notAccepted: ['roles'],
  };
  const revoked: Difference = {
    id: 'a818cbba29',
    kind: 'table',
    subject: 'public.users',
    parent: 'schema public',
    verb: 'changed',
    attribute: 'grants',
    expected: { reporting: 'SELECT' },
    actual: null,
  };

  test('is what is held, and what is not is never claimed', () => {
    expect(judge(compared({ held }), context)).toMatchObject({
      status: 'pass',
      summary: '300 objects equal to pap-api@1.5.0; grants as accepted; roles not held: nothing was accepted',
    });
  });

  test('is named with who accepted it and why, and both ways out', () => {
    const verdict = judge(compared({ held, drift: [missingColumn, revoked] }), context);
    expect(verdict.summary).toBe('1 difference from pap-api@1.5.0 and 1 difference from the accepted state');
    expect(verdict).toMatchObject({
      findings: expect.arrayContaining([
        expect.objectContaining({
          message: expect.stringMatching(
            /^reporting can no longer SELECT .*\. The accepted state is that of 2026-11-01, by ada: OPS-412$/,
          ),
          remedy: expect.stringContaining('driftwatch accept --target pap-api --scope grants --reason'),
          details: expect.objectContaining({ scope: 'grants' }),
        }),
      ]),
    });
  });

  test('is not excused by a deployment under way', () => {
    const pending = { version: '1.4.0', side: 'previous' as const, until: '2026-11-20T12:10:00.000Z', drift: [] };
    const verdict = judge(compared({ held, drift: [missingColumn, revoked], pending }), context);
    expect(verdict.status === 'fail' && verdict.findings.map(({ subject }) => subject)).toEqual(['public.users']);
  });
});
