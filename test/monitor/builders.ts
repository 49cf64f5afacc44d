// Outcomes, targets and settings for the tests of the pipeline's pure parts: the smallest thing that is complete, with
// what a test is about on top.

import { parseDuration } from '../../lambda/config/duration.ts';
import type { AlertSettings, CheckEntry, TargetSettings } from '../../lambda/config/settings.ts';
import { type Decided, decide } from '../../lambda/monitor/decide/decide.ts';
import type { Finding } from '../../lambda/monitor/finding.ts';
import { freshState, type TargetState } from '../../lambda/monitor/memory/state.ts';
import type { Outcome } from '../../lambda/monitor/outcome.ts';

export const noon = '2026-11-20T12:00:00.000Z';

/** `minutes` after noon, as time text. */
export function at(minutes: number): string {
  return new Date(Date.parse(noon) + minutes * 60_000).toISOString();
}

export const alerts: AlertSettings = {
  emails: [],
  operatorEmails: [],
  events: false,
  chat: false,
  minimumSeverity: 'warning',
  remindEvery: parseDuration('4h'),
  escalateAfter: parseDuration('1h'),
  flapping: { changes: 4, within: parseDuration('2h'), calm: parseDuration('30m') },
  digest: { cron: '0 8 ? * MON *', timeZone: 'UTC', period: parseDuration('7d') },
};

export function checkEntry(id: string, more: Partial<CheckEntry> = {}): CheckEntry {
  return {
    id,
    kind: id.split(':')[0] ?? id,
    schedule: { every: parseDuration('5m') },
    timeout: parseDuration('30s'),
    failAfter: 1,
    passAfter: 1,
    settings: {},
    ...more,
  };
}

export function targetWith(
  checks: readonly (string | CheckEntry)[],
  more: Partial<TargetSettings> = {},
): TargetSettings {
  return {
    name: 'pap-api',
    environment: 'production',
    runbook: undefined,
    database: undefined,
    maintenance: [],
    checks: checks.map((check) => (typeof check === 'string' ? checkEntry(check) : check)),
    ...more,
  };
}

export function finding(more: Partial<Finding> = {}): Finding {
  return {
    code: 'schema.column.missing',
    severity: 'critical',
    impact: 'breaks-reads',
    subject: 'public.users.api_key_sandbox',
    message: 'users.api_key_sandbox is missing: every query that selects it fails',
    remedy: 'ALTER TABLE public.users ADD COLUMN api_key_sandbox text;',
    ...more,
  };
}

type OutcomeMore = Partial<Omit<Outcome, 'check' | 'judgement'>> & { summary?: string };

function outcome(check: string, minutes: number, judgement: Outcome['judgement'], more: OutcomeMore): Outcome {
  const { summary, ...rest } = more;
  return {
    check,
    kind: check.split(':')[0] ?? check,
    collectedAt: at(minutes),
    durationMs: 120,
    dependsOn: [],
    judgement: summary === undefined ? judgement : { ...judgement, summary },
    evidence: {},
    ...rest,
  };
}

export function pass(check: string, minutes: number, more: OutcomeMore = {}): Outcome {
  return outcome(check, minutes, { status: 'pass', summary: 'all right', measures: [] }, more);
}

export function fail(
  check: string,
  minutes: number,
  findings: [Finding, ...Finding[]],
  more: OutcomeMore = {},
): Outcome {
  const summary = findings.length === 1 ? '1 finding' : `${findings.length} findings`;
  return outcome(check, minutes, { status: 'fail', summary, measures: [], findings }, more);
}

export function unknown(
  check: string,
  minutes: number,
  more: OutcomeMore & { reason?: string; remedy?: string } = {},
): Outcome {
  const { reason = 'access to s3://backups was denied', remedy = 'Grant s3:ListBucket on it.', ...rest } = more;
  const { evidence: _, ...blind } = outcome(
    check,
    minutes,
    { status: 'unknown', summary: `could not be verified: ${reason}`, measures: [], reason, remedy },
    rest,
  );
  return blind;
}

export interface Story {
  state: TargetState;
  target: TargetSettings;
  alerts: AlertSettings;
  /** One run whose outcomes are known at `minutes`; its notices leave the outbox at once. */
  run(minutes: number, outcomes: readonly Outcome[], evidence?: Record<string, string>): Decided;
}

/** Decides run after run, from nothing; target and settings may change in between. */
export function story(target: TargetSettings): Story {
  return {
    state: freshState(target.name, new Date(noon)),
    target,
    alerts,
    run(minutes, outcomes, evidence = {}) {
      const decided = decide({
        state: this.state,
        outcomes,
        monitor: 'control-core',
        target: this.target,
        alerts: this.alerts,
        run: `run-${minutes}`,
        now: new Date(at(minutes)),
        evidence,
      });
      this.state = { ...decided.state, outbox: [] };
      return decided;
    },
  };
}
