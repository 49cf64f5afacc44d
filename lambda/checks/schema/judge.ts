// The verdict over a schema check's evidence. Pure: saved evidence can be judged again.
import { formatDuration } from '../../config/duration.ts';
import type { JsonValue } from '../../json.ts';
import type { JudgeContext, Judgement, Measure } from '../../monitor/check.ts';
import type { Finding } from '../../monitor/finding.ts';
import { assess } from '../../postgres/assessment/assess.ts';
import type { DriftEntry } from '../../postgres/drift.ts';
import { type RepairStep, remedyText } from '../../postgres/repair/statement.ts';
import type { ModelEvidence, SchemaEvidence } from './evidence.ts';
import type { SchemaSettings } from './settings.ts';

type Compared = Extract<SchemaEvidence, { state: 'compared' }>;

export function judge(evidence: SchemaEvidence, context: JudgeContext<SchemaSettings>): Judgement {
  switch (evidence.state) {
    case 'nothing published':
      return {
        status: 'unknown',
        summary: `no snapshot of model ${evidence.model} is published`,
        reason: `No snapshot of model ${evidence.model} was ever published, so there is nothing to compare production with.`,
        remedy: publishRemedy(evidence.model, '<version>'),
        measures: [],
      };
    case 'version not published':
      return outdated(evidence);
    case 'credentials refused':
      return {
        status: 'unknown',
        summary: `not verified: ${evidence.message}`,
        reason: evidence.message,
        remedy: evidence.remedy,
        measures: [],
      };
    case 'compared':
      return judgeCompared(evidence, context);
  }
}

function outdated(evidence: Extract<SchemaEvidence, { state: 'version not published' }>): Judgement {
  const { model, running, newest } = evidence;
  const finding: Finding = {
    code: 'schema.model-outdated',
    severity: 'warning',
    impact: 'monitoring',
    subject: `model ${model}`,
    message:
      `${running.version} is running, and no snapshot of it was published (newest: ${newest ?? 'none'}): ` +
      'whether production has what this version needs is not known.',
    remedy: publishRemedy(model, running.version),
    details: { running: running.version, seenAt: running.seenAt, newest },
  };
  return {
    status: 'fail',
    summary: `no snapshot of running version ${running.version}`,
    findings: [finding],
    measures: [],
  };
}

function judgeCompared(evidence: Compared, { settings, now }: JudgeContext<SchemaSettings>): Judgement {
  const { drift, model, notVerified, pending, repair } = evidence;
  const measures: Measure[] = [
    { name: 'schema.differences', value: drift.length, unit: 'count' },
    { name: 'schema.objects', value: evidence.objects, unit: 'count' },
    { name: 'schema.read', value: evidence.readMs, unit: 'ms' },
    { name: 'schema.database', value: evidence.databaseMs, unit: 'ms' },
  ];
  const name = `${model.model}@${model.version}`;
  const stale = staleModel(model, settings, now);
  const driftFindings = pending ? [] : inOrderOfRepair(drift, repair).map((entry) => findingOf(entry, repair));
  const [first, ...others] = stale ? [...driftFindings, stale] : driftFindings;
  if (first) {
    const counted = driftFindings.length === 1 ? '1 difference' : `${driftFindings.length} differences`;
    const summary = driftFindings.length > 0 ? `${counted} from ${name}` : `the newest snapshot, ${name}, is too old`;
    return { status: 'fail', summary, findings: [first, ...others], measures };
  }
  if (pending) {
    const where = pending.side === 'previous' ? 'not migrated yet' : 'migrated already';
    const summary = `deployment pending: production equals ${model.model}@${pending.version}, ${where} (until ${pending.until})`;
    return { status: 'pass', summary, measures };
  }
  if (notVerified.length > 0) return unverified(evidence, name, measures);
  return { status: 'pass', summary: `${evidence.objects} objects equal to ${name}`, measures };
}

function unverified({ notVerified, objects }: Compared, name: string, measures: Measure[]): Judgement {
  const listed = notVerified.slice(0, 3).map(({ kind, subject, reason }) => `${kind} ${subject} (${reason})`);
  const more = notVerified.length > listed.length ? ` and ${notVerified.length - listed.length} more` : '';
  return {
    status: 'unknown',
    summary: `${objects} objects equal to ${name}, ${notVerified.length} could not be read`,
    reason: `Could not be compared: ${listed.join(', ')}${more}.`,
    remedy: 'If this lasts, look in pg_locks for the session that holds or awaits the lock, and end it if it is stuck.',
    measures,
  };
}

/** So that the SQL of an alert can be run from top to bottom. */
function inOrderOfRepair(drift: readonly DriftEntry[], repair: readonly RepairStep[]): DriftEntry[] {
  const firstStep = (entry: DriftEntry) => repair.findIndex((step) => isFor(step, entry));
  return drift
    .map((entry) => ({ entry, place: firstStep(entry) }))
    .sort((left, right) => left.place - right.place)
    .map(({ entry }) => entry);
}

function isFor(step: RepairStep, { kind, subject, attribute }: DriftEntry): boolean {
  return step.kind === kind && step.subject === subject && step.attribute === attribute;
}

function findingOf(entry: DriftEntry, repair: readonly RepairStep[]): Finding {
  const { kind, subject, verb, attribute, expected, actual } = entry;
  const steps = repair.filter((step) => isFor(step, entry));
  return {
    ...assess(entry),
    subject,
    remedy: remedyText(steps),
    details: {
      kind,
      verb,
      ...(attribute !== undefined && { attribute }),
      expected,
      actual,
      repair: steps as unknown as JsonValue,
    },
  };
}

/** Only where the newest counts because no version is known: nobody publishing must not look like no drift. */
function staleModel(model: ModelEvidence, { maxModelAge }: SchemaSettings, now: Date): Finding | undefined {
  const ageMs = now.getTime() - Date.parse(model.confirmedAt);
  if (model.chosenBy === 'running version' || ageMs <= maxModelAge) return undefined;
  return {
    code: 'schema.model-outdated',
    severity: 'warning',
    impact: 'monitoring',
    subject: `model ${model.model}`,
    message:
      `The newest snapshot of ${model.model}, ${model.version}, was last confirmed ${formatDuration(ageMs)} ago ` +
      `(allowed: ${formatDuration(maxModelAge)}): drift may go unseen because nobody publishes the model.`,
    remedy: publishRemedy(model.model, model.version),
    details: { version: model.version, confirmedAt: model.confirmedAt },
  };
}

function publishRemedy(model: string, version: string): string {
  return (
    'Take a snapshot of a database that the migrations of that version built, and publish it: ' +
    `driftwatch snapshot publish snapshot.json --model ${model} --version ${version}`
  );
}
