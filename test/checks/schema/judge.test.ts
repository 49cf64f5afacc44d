// The verdict of a schema check over saved evidence, as a table of situations.
import { describe, expect, test } from 'vitest';
import type { SchemaEvidence } from '../../../lambda/checks/schema/evidence.ts';
import { judge } from '../../../lambda/checks/schema/judge.ts';
import { schemaSettings } from '../../../lambda/checks/schema/settings.ts';
import type { DriftEntry } from '../../../lambda/postgres/drift.ts';

const now = new Date('2026-11-20T12:00:00Z');
const settings = schemaSettings.parse({ model: 'pap-api', version: 'probe:health', maxModelAge: '30d' });
const context = { target: 'pap-api', check: 'schema', settings, now };

const missingColumn: DriftEntry = {
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
    serverVersion: 180_004,
    readMs: 21,
    databaseMs: 14,
    warnings: [],
    objects: 300,
    drift: [],
    repair: [],
    notVerified: [],
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
        remedy: repairStep.sql,
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
  const pending = { version: '1.4.0', side: 'previous', until: '2026-11-20T12:10:00.000Z' } as const;
  expect(judge(compared({ drift: [missingColumn], pending }), context)).toMatchObject({
    status: 'pass',
    summary: 'deployment pending: production equals pap-api@1.4.0, not migrated yet (until 2026-11-20T12:10:00.000Z)',
  });
});
