// Differences that count as findings, in the order of their repair, so that the SQL of an alert can be run from top to
// bottom. Pure.
import type { JsonValue } from '../../json.ts';
import type { Finding } from '../../monitor/finding.ts';
import { fewestAlike } from '../../monitor/notice/likewise.ts';
import { printable } from '../../monitor/printable.ts';
import { likenessOf } from '../../postgres/alike-differences.ts';
import { assess } from '../../postgres/assessment/assess.ts';
import { type RepairStep, remedyText, stepsByDifference } from '../../postgres/repair/statement.ts';
import { type Baseline, baselineOf } from './baseline.ts';
import type { Counted } from './count.ts';
import type { SchemaEvidence } from './evidence.ts';

type Compared = Extract<SchemaEvidence, { state: 'compared' }>;

export function findingsOf(
  counted: readonly Counted[],
  evidence: Pick<Compared, 'repair' | 'held' | 'tenants'>,
  target: string,
): Finding[] {
  const { repair, held } = evidence;
  const stepsOf = stepsByDifference(repair);
  const alike = Map.groupBy(counted, ({ difference }) => likenessOf(difference));
  const places = new Map(repair.map((step, place) => [step, place]));
  return counted
    .map((one) => {
      const steps = stepsOf(one.difference);
      const [first] = steps;
      return { one, steps, place: first ? (places.get(first) ?? -1) : -1 };
    })
    .sort((left, right) => left.place - right.place)
    .map(({ one, steps }) =>
      findingOf(one, {
        steps,
        baseline: baselineOf(one.difference, held, target),
        tenants: evidence.tenants,
        isOneOfMany: (alike.get(likenessOf(one.difference))?.length ?? 0) >= fewestAlike,
      }),
    );
}

interface Beside {
  steps: readonly RepairStep[];
  baseline: Baseline | undefined;
  /** How many there are. */
  tenants: number;
  /** Others differ in the same way. */
  isOneOfMany: boolean;
}

function findingOf(counted: Counted, { steps, baseline, tenants: all, isOneOfMany }: Beside): Finding {
  const { id, kind, subject, verb, attribute, expected, actual, tenants } = counted.difference;
  const where = tenants ? `${tenantsClause(tenants, all)}: ` : '';
  const likewise = isOneOfMany ? likenessOf(counted.difference) : undefined;
  const assessed = assess(counted.difference, baseline && { baseline: 'the accepted state' });
  const { severity, rule } = counted;
  return {
    ...assessed,
    ...(severity && { severity }),
    message: where + [assessed.message, ...(baseline ? [baseline.says] : []), ...acceptanceClause(counted)].join('. '),
    // The same object may differ in one way in some tenants, and in another way in others.
    subject: tenants ? `${subject} (${id})` : subject,
    ...(tenants && { extent: tenants.length }),
    remedy: [remedyText(steps), ...(baseline ? [baseline.otherwise] : [])].filter((text) => text !== '').join('\n'),
    details: {
      difference: id,
      kind,
      verb,
      ...(attribute !== undefined && { attribute }),
      expected,
      actual,
      ...(tenants && { tenants }),
      ...(rule && severity !== assessed.severity && { severityBefore: assessed.severity }),
      ...(rule?.reason !== undefined && { ruleReason: rule.reason }),
      ...(baseline && { scope: baseline.scope, otherwise: baseline.otherwise }),
      ...(likewise !== undefined && { likewise }),
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

/** Tenants that are named in a sentence; all of them are in the details. */
const namedTenants = 2;

/** "in 37 of 1000 tenants (tenant_0001, tenant_0002 and 35 more)". */
function tenantsClause(tenants: readonly string[], all: number): string {
  const more = tenants.length - namedTenants;
  const named = `${tenants.slice(0, namedTenants).map(printable).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return `in ${tenants.length === all ? `all ${all}` : `${tenants.length} of ${all}`} tenants (${named})`;
}
