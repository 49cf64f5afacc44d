// The verdict over a comparison: what differs and counts, what could not be verified, and what the reader should know
// beside it. Pure.

import type { JudgeContext, Judgement, Measure } from '../../monitor/check.ts';
import { countBySeverity, severityCounts } from '../../monitor/notice/impact-groups.ts';
import { minuteOf } from '../../point-in-time.ts';
import { isOfAcceptedState } from './baseline.ts';
import { capturedClause, staleCapture } from './captured.ts';
import { type Counted, type Counting, count } from './count.ts';
import { findingsOf } from './drift-findings.ts';
import type { SchemaEvidence } from './evidence.ts';
import { unchangedClause } from './last-read.ts';
import { staleModel } from './model-findings.ts';
import type { SchemaSettings } from './settings.ts';
import { differences, heldClauses, listed, remarks } from './summary.ts';

/** So many findings can be taken in without figures. */
const few = 4;

type Compared = Extract<SchemaEvidence, { state: 'compared' }>;

export function judgeCompared(evidence: Compared, { target, settings, now }: JudgeContext<SchemaSettings>): Judgement {
  const { model, production, notVerified, held } = evidence;
  const counting = count(evidence.drift, settings, now);
  const pending = evidence.pending && isUnderWay(evidence.pending, settings, now) ? evidence.pending : null;
  // A deployment excuses nothing but the structure.
  const told = counting.counted.filter(({ difference }) => !pending || isOfAcceptedState(difference));
  const driftFindings = findingsOf(told, evidence, target);
  const outdated = staleModel(model, settings, now);
  const capture = production.from === 'capture' ? production : undefined;
  const stale = capture && settings.capture && staleCapture(capture, settings.capture.maxAge, now);

  const measures = measuresOf(evidence, counting);
  const name = `${model.model}@${model.version}`;
  const seen = capture ? [capturedClause(capture, now)] : unchangedClause(production);
  const say = (first: string) => [[first, ...seen].join(', '), ...remarks(counting, evidence.warnings)].join('; ');
  const inTenants = evidence.tenants > 0 ? `, in ${evidence.tenants} tenants and outside them` : '';
  const equal = `${evidence.equal} objects equal to ${name}${inTenants}`;

  const [first, ...others] = [...driftFindings, ...(stale ? [stale] : []), ...(outdated ? [outdated] : [])];
  if (first) {
    const counts = driftFindings.length > few ? ` (${severityCounts(countBySeverity(driftFindings))})` : '';
    const found = driftFindings.length > 0 ? `${differencesFrom(told, name)}${counts}` : equal;
    const summary = outdated && driftFindings.length === 0 ? `the newest snapshot, ${name}, is too old` : found;
    return { status: 'fail', summary: say(summary), findings: [first, ...others], measures };
  }
  const sayAll = (first: string) => [say(first), ...heldClauses(held, evidence.tenants > 0)].join('; ');
  if (pending) return underWay(pending, { evidence, say: sayAll, measures });
  if (notVerified.length > 0) {
    const summary = sayAll(`${equal}, ${notVerified.length} could not be read`);
    return { status: 'unknown', summary, ...unverified(notVerified), measures };
  }
  if (held.unreadable) {
    const { message, remedy } = held.unreadable;
    return { status: 'unknown', summary: sayAll(equal), reason: message, remedy, measures };
  }
  return { status: 'pass', summary: sayAll(equal), measures };
}

/** "2 differences from pap-api@1.5.0 and 1 difference from the accepted state". */
function differencesFrom(counted: readonly Counted[], model: string): string {
  const ofState = counted.filter(({ difference }) => isOfAcceptedState(difference)).length;
  const ofModel = counted.length - ofState;
  return [
    ...(ofModel > 0 ? [`${differences(ofModel)} from ${model}`] : []),
    ...(ofState > 0 ? [`${differences(ofState)} from the accepted state`] : []),
  ].join(' and ');
}

function measuresOf(evidence: Compared, { counted, ignored, accepted }: Counting): Measure[] {
  return [
    { name: 'schema.differences', value: counted.length, unit: 'count' },
    { name: 'schema.ignored', value: ignored.length, unit: 'count' },
    { name: 'schema.accepted', value: accepted.length, unit: 'count' },
    ...(evidence.tenants > 0
      ? [
          { name: 'schema.tenants', value: evidence.tenants, unit: 'count' as const },
          { name: 'schema.differing-tenants', value: differingTenants(counted), unit: 'count' as const },
        ]
      : []),
    { name: 'schema.objects', value: evidence.objects, unit: 'count' },
    { name: 'schema.read', value: evidence.readMs, unit: 'ms' },
    { name: 'schema.database', value: evidence.databaseMs, unit: 'ms' },
  ];
}

function differingTenants(counted: readonly Counted[]): number {
  return new Set(counted.flatMap(({ difference }) => difference.tenants ?? [])).size;
}

type Pending = NonNullable<Compared['pending']>;

/** What differs from the neighbouring version does not count either. */
function isUnderWay({ drift }: Pending, settings: SchemaSettings, now: Date): boolean {
  return count(drift, settings, now).counted.length === 0;
}

function underWay(
  pending: Pending,
  { evidence, say, measures }: { evidence: Compared; say: (first: string) => string; measures: Measure[] },
): Judgement {
  const { model, version, chosenBy } = evidence.model;
  const isKnownToRun = chosenBy === 'running version' && pending.side === 'previous';
  const where = pending.side === 'previous' ? 'not migrated yet' : 'migrated already';
  const summary = say(
    `deployment pending: production equals ${model}@${pending.version}, ${where} (until ${minuteOf(pending.until)})`,
  );
  if (!isKnownToRun || evidence.production.from === 'database') return { status: 'pass', summary, measures };
  return {
    status: 'unknown',
    summary,
    reason: `The newest capture is from before ${version} was deployed, which runs now: whether the database was migrated for it is not known.`,
    remedy: 'Run `driftwatch capture` beside the database as the last step of each deployment.',
    measures,
  };
}

function unverified(notVerified: Compared['notVerified']): { reason: string; remedy: string } {
  const objects = listed(notVerified.map(({ kind, subject, reason }) => `${kind} ${subject} (${reason})`));
  return {
    reason: `Could not be compared: ${objects}.`,
    remedy:
      'Where a lock is the reason and this lasts, look in pg_locks for the session that holds or awaits it, and end it if it is stuck.',
  };
}
