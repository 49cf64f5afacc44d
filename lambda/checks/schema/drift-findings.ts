// Differences that count as findings, in the order of their repair, so that the SQL of an alert can be run from top to
// bottom. Pure.
import type { JsonValue } from '../../json.ts';
import type { Finding } from '../../monitor/finding.ts';
import { assess } from '../../postgres/assessment/assess.ts';
import type { DriftEntry } from '../../postgres/drift.ts';
import { type RepairStep, remedyText } from '../../postgres/repair/statement.ts';
import { type Baseline, baselineOf } from './baseline.ts';
import type { Counted } from './count.ts';
import type { SchemaEvidence } from './evidence.ts';

type Compared = Extract<SchemaEvidence, { state: 'compared' }>;

export function findingsOf(
  counted: readonly Counted[],
  { repair, held }: Pick<Compared, 'repair' | 'held'>,
  target: string,
): Finding[] {
  const stepsOf = (entry: DriftEntry) => repair.filter((step) => isStepFor(step, entry));
  return counted
    .map((one) => ({ one, place: repair.findIndex((step) => isStepFor(step, one.difference)) }))
    .sort((left, right) => left.place - right.place)
    .map(({ one }) => findingOf(one, stepsOf(one.difference), baselineOf(one.difference, held, target)));
}

export function isStepFor(step: RepairStep, { kind, subject, attribute }: DriftEntry): boolean {
  return step.kind === kind && step.subject === subject && step.attribute === attribute;
}

function findingOf(counted: Counted, steps: readonly RepairStep[], baseline: Baseline | undefined): Finding {
  const { id, kind, subject, verb, attribute, expected, actual } = counted.difference;
  const assessed = assess(counted.difference, baseline && { baseline: 'the accepted state' });
  const { severity, rule } = counted;
  return {
    ...assessed,
    ...(severity && { severity }),
    message: [assessed.message, ...(baseline ? [baseline.says] : []), ...acceptanceClause(counted)].join('. '),
    subject,
    remedy: [remedyText(steps), ...(baseline ? [baseline.otherwise] : [])].filter((text) => text !== '').join('\n'),
    details: {
      difference: id,
      kind,
      verb,
      ...(attribute !== undefined && { attribute }),
      expected,
      actual,
      ...(rule && severity !== assessed.severity && { severityBefore: assessed.severity }),
      ...(rule?.reason !== undefined && { ruleReason: rule.reason }),
      ...(baseline && { scope: baseline.scope, otherwise: baseline.otherwise }),
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
