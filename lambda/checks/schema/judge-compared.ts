// The verdict over a comparison: what differs and counts, what could not be verified, and what the reader should know
// beside it. Pure.
import type { JudgeContext, Judgement, Measure } from '../../monitor/check.ts';
import { capturedClause, staleCapture } from './captured.ts';
import { type Counting, count } from './count.ts';
import { findingsOf } from './drift-findings.ts';
import type { SchemaEvidence } from './evidence.ts';
import { staleModel } from './model-findings.ts';
import type { SchemaSettings } from './settings.ts';
import { differences, listed, remarks } from './summary.ts';

type Compared = Extract<SchemaEvidence, { state: 'compared' }>;

export function judgeCompared(evidence: Compared, { settings, now }: JudgeContext<SchemaSettings>): Judgement {
  const { model, production, notVerified } = evidence;
  const counting = count(evidence.drift, settings, now);
  const pending = evidence.pending && isUnderWay(evidence.pending, settings, now) ? evidence.pending : null;
  const driftFindings = findingsOf(pending ? [] : counting.counted, evidence.repair);
  const outdated = staleModel(model, settings, now);
  const capture = production.from === 'capture' ? production : undefined;
  const stale = capture && settings.capture && staleCapture(capture, settings.capture.maxAge, now);

  const measures = measuresOf(evidence, counting);
  const name = `${model.model}@${model.version}`;
  const seen = capture ? [capturedClause(capture, now)] : [];
  const say = (first: string) => [[first, ...seen].join(', '), ...remarks(counting, evidence.warnings)].join('; ');
  const equal = `${evidence.equal} objects equal to ${name}`;

  const [first, ...others] = [...driftFindings, ...(stale ? [stale] : []), ...(outdated ? [outdated] : [])];
  if (first) {
    const told = driftFindings.length > 0 ? `${differences(driftFindings.length)} from ${name}` : equal;
    const old = outdated && driftFindings.length === 0 ? `the newest snapshot, ${name}, is too old` : told;
    return { status: 'fail', summary: say(old), findings: [first, ...others], measures };
  }
  if (pending) return underWay(pending, { evidence, say, measures });
  if (notVerified.length > 0) {
    const summary = say(`${equal}, ${notVerified.length} could not be read`);
    return { status: 'unknown', summary, ...unverified(notVerified), measures };
  }
  return { status: 'pass', summary: say(equal), measures };
}

function measuresOf(evidence: Compared, { counted, ignored, accepted }: Counting): Measure[] {
  return [
    { name: 'schema.differences', value: counted.length, unit: 'count' },
    { name: 'schema.ignored', value: ignored.length, unit: 'count' },
    { name: 'schema.accepted', value: accepted.length, unit: 'count' },
    { name: 'schema.objects', value: evidence.objects, unit: 'count' },
    { name: 'schema.read', value: evidence.readMs, unit: 'ms' },
    { name: 'schema.database', value: evidence.databaseMs, unit: 'ms' },
  ];
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
    `deployment pending: production equals ${model}@${pending.version}, ${where} (until ${pending.until})`,
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
