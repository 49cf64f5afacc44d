// The answer to somebody who asked for a run: lines to read in the console, and everything as JSON. Pure. Kept within
// what a function may answer; what is left out is said.
import type { JsonValue } from '../json.ts';
import type { Measure } from './check.ts';
import { type Decision, explain } from './decide/reason.ts';
import { type Finding, worstFirst } from './finding.ts';
import { type Outcome, type OutcomeStatus, overallStatus } from './outcome.ts';
import type { RunReport } from './pipeline.ts';
import { printable } from './printable.ts';

export interface CheckResult {
  target: string;
  check: string;
  status: OutcomeStatus;
  summary: string;
  findings: Finding[];
  /** Findings that are not in `findings`, because the answer would be too large. */
  findingsLeftOut: number;
  /** Of `unknown`: why, and what to do. */
  reason?: string;
  remedy?: string;
  measures: Measure[];
  collectedAt: string;
  durationMs: number;
  /** What was decided about it, and why; without `notify`, what would be. */
  decision?: { says: Decision['says']; why: string };
}

export interface CheckAnswer {
  /** `done`: nothing was checked, and what was asked for is remembered. */
  status: OutcomeStatus | 'refused' | 'done';
  /** For people, line by line. */
  summary: string[];
  results: CheckResult[];
}

/** Lambda answers at most 6 MB: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const largestAnswerBytes = 5_000_000;
const shownFindings = 10;

export function answerOf(reports: readonly RunReport[], { notified }: { notified: boolean }): CheckAnswer {
  const results = reports.flatMap((report) => report.outcomes.map((outcome) => resultOf(outcome, report)));
  return {
    status: overallStatus(results.map(({ status }) => status)),
    summary: [...reports.flatMap(linesOf), ...(notified ? [] : [lookedOnly])],
    results: within(largestAnswerBytes, results),
  };
}

const lookedOnly = 'Nothing was remembered or sent. Add "notify": true to do both, as a scheduled run does.';

/** The answer to a call that names what there is not, or asks for too much. */
export function refusal(message: string, remedy: string): CheckAnswer {
  return { status: 'refused', summary: [`Refused: ${message}.`, remedy], results: [] };
}

function resultOf({ check, judgement, collectedAt, durationMs }: Outcome, report: RunReport): CheckResult {
  const decision = report.decisions.find((one) => one.check === check);
  return {
    target: report.target,
    check,
    status: judgement.status,
    summary: judgement.summary,
    findings: judgement.status === 'fail' ? worstFirst(judgement.findings) : [],
    findingsLeftOut: 0,
    ...(judgement.status === 'unknown' && { reason: judgement.reason, remedy: judgement.remedy }),
    measures: judgement.measures,
    collectedAt,
    durationMs,
    ...(decision && { decision: { says: decision.says, why: explain(decision) } }),
  };
}

function linesOf({ target, outcomes, remarks, delivery }: RunReport): string[] {
  const status = overallStatus(outcomes.map(({ judgement }) => judgement.status));
  const sent = delivery?.published.map((id) => `  sent: notice ${id}`) ?? [];
  return [
    `${target}: ${outcomes.length === 0 ? 'nothing to check' : status.toUpperCase()}`,
    ...outcomes.flatMap(linesOfOutcome),
    ...sent,
    ...remarks.map((remark) => `  note: ${printable(remark)}`),
  ];
}

function linesOfOutcome({ check, judgement }: Outcome): string[] {
  const title = `  ${judgement.status.toUpperCase()} ${check}: ${printable(judgement.summary)}`;
  switch (judgement.status) {
    case 'pass':
      return [title];
    case 'unknown':
      return [title, `    next: ${printable(judgement.remedy)}`];
    case 'fail': {
      const shown = worstFirst(judgement.findings).slice(0, shownFindings);
      const left = judgement.findings.length - shown.length;
      return [
        title,
        ...shown.map(({ severity, message }) => `    ${severity}: ${printable(message)}`),
        ...(left > 0 ? [`    and ${left} more, in the results`] : []),
      ];
    }
  }
}

/** The results with as many findings of each check as fit. */
function within(bytes: number, results: CheckResult[]): CheckResult[] {
  let kept = results;
  for (let most = 4_096; most > 0 && sizeOf(kept) > bytes; most = Math.floor(most / 2)) {
    kept = results.map((result) => ({
      ...result,
      findings: result.findings.slice(0, most),
      findingsLeftOut: Math.max(0, result.findings.length - most),
    }));
  }
  return kept;
}

function sizeOf(value: CheckResult[]): number {
  return new TextEncoder().encode(JSON.stringify(value as unknown as JsonValue)).length;
}
