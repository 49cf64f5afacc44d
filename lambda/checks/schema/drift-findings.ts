// Differences that count as findings, in the order of their repair, so that the SQL of an alert can be run from top to
// bottom. Pure.
import type { JsonValue } from '../../json.ts';
import type { Finding } from '../../monitor/finding.ts';
import { assess } from '../../postgres/assessment/assess.ts';
import type { DriftEntry } from '../../postgres/drift.ts';
import { type RepairStep, remedyText } from '../../postgres/repair/statement.ts';
import type { Counted } from './count.ts';

export function findingsOf(counted: readonly Counted[], repair: readonly RepairStep[]): Finding[] {
  const stepsOf = (entry: DriftEntry) => repair.filter((step) => isStepFor(step, entry));
  return counted
    .map((one) => ({ one, place: repair.findIndex((step) => isStepFor(step, one.difference)) }))
    .sort((left, right) => left.place - right.place)
    .map(({ one }) => findingOf(one, stepsOf(one.difference)));
}

export function isStepFor(step: RepairStep, { kind, subject, attribute }: DriftEntry): boolean {
  return step.kind === kind && step.subject === subject && step.attribute === attribute;
}

function findingOf(counted: Counted, steps: readonly RepairStep[]): Finding {
  const { id, kind, subject, verb, attribute, expected, actual } = counted.difference;
  const assessed = assess(counted.difference);
  const { severity, rule } = counted;
  return {
    ...assessed,
    ...(severity && { severity }),
    message: [assessed.message, ...acceptanceClause(counted)].join('. '),
    subject,
    remedy: remedyText(steps),
    details: {
      difference: id,
      kind,
      verb,
      ...(attribute !== undefined && { attribute }),
      expected,
      actual,
      ...(rule && severity !== assessed.severity && { severityBefore: assessed.severity }),
      ...(rule?.reason !== undefined && { ruleReason: rule.reason }),
      repair: steps as unknown as JsonValue,
    },
  };
}

function acceptanceClause({ acceptance }: Counted): string[] {
  if (!acceptance) return [];
  const { difference, until, by, reason } = acceptance.of;
  const accepted = `accepted until ${until}${by === undefined ? '' : ` by ${by}`}: ${reason}`;
  return acceptance.state === 'ended'
    ? [`It was ${accepted}`]
    : [`Another difference of it, ${difference}, was ${accepted}; this one is not`];
}
