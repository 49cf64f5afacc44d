// The verdict over a schema check's evidence. Pure: saved evidence can be judged again.
import { formatDuration } from '../../config/duration.ts';
import { byCodeUnit } from '../../json.ts';
import type { JudgeContext, Judgement, Measure } from '../../monitor/check.ts';
import type { Finding } from '../../monitor/finding.ts';
import { type Counting, count } from './count.ts';
import { findingsOf } from './drift-findings.ts';
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
  const { drift, model, notVerified, repair } = evidence;
  const counting = count(drift, settings, now);
  const pending = evidence.pending && isUnderWay(evidence.pending, settings, now) ? evidence.pending : null;
  const counted = pending ? [] : counting.counted;
  const measures: Measure[] = [
    { name: 'schema.differences', value: counting.counted.length, unit: 'count' },
    { name: 'schema.ignored', value: counting.ignored.length, unit: 'count' },
    { name: 'schema.accepted', value: counting.accepted.length, unit: 'count' },
    { name: 'schema.objects', value: evidence.objects, unit: 'count' },
    { name: 'schema.read', value: evidence.readMs, unit: 'ms' },
    { name: 'schema.database', value: evidence.databaseMs, unit: 'ms' },
  ];
  const name = `${model.model}@${model.version}`;
  const say = (...clauses: string[]) => [...clauses, ...remarks(counting)].join('; ');
  const stale = staleModel(model, settings, now);
  const driftFindings = findingsOf(counted, repair);
  const [first, ...others] = stale ? [...driftFindings, stale] : driftFindings;
  if (first) {
    const summary =
      driftFindings.length > 0
        ? `${differences(driftFindings.length)} from ${name}`
        : `the newest snapshot, ${name}, is too old`;
    return { status: 'fail', summary: say(summary), findings: [first, ...others], measures };
  }
  if (pending) {
    const where = pending.side === 'previous' ? 'not migrated yet' : 'migrated already';
    const summary = `deployment pending: production equals ${model.model}@${pending.version}, ${where} (until ${pending.until})`;
    return { status: 'pass', summary: say(summary), measures };
  }
  const equal = `${evidence.equal} objects equal to ${name}`;
  if (notVerified.length > 0) {
    const summary = say(`${equal}, ${notVerified.length} could not be read`);
    return { status: 'unknown', summary, ...unverified(notVerified), measures };
  }
  return { status: 'pass', summary: say(equal), measures };
}

/** What differs from the neighbouring version does not count either. */
function isUnderWay({ drift }: NonNullable<Compared['pending']>, settings: SchemaSettings, now: Date): boolean {
  return count(drift, settings, now).counted.length === 0;
}

/** What does not count is told all the same, and what no longer needs to be in the settings. */
function remarks({ ignored, accepted, idle }: Counting): string[] {
  const until = accepted.map(({ acceptance }) => acceptance.until).sort(byCodeUnit)[0];
  const ids = idle.map(({ difference }) => difference);
  return [
    ...(ignored.length > 0 ? [`${differences(ignored.length)} ignored by the rules`] : []),
    ...(until !== undefined
      ? [
          `${differences(accepted.length)} accepted until ${accepted.length > 1 ? 'different days, the first ' : ''}${until}`,
        ]
      : []),
    ...(ids.length > 0 ? [`nothing differs any more as accepted in ${listed(ids)}: remove it from the settings`] : []),
  ];
}

function differences(number: number): string {
  return number === 1 ? '1 difference' : `${number} differences`;
}

function unverified(notVerified: Compared['notVerified']): { reason: string; remedy: string } {
  const listedObjects = listed(notVerified.map(({ kind, subject, reason }) => `${kind} ${subject} (${reason})`));
  return {
    reason: `Could not be compared: ${listedObjects}.`,
    remedy: 'If this lasts, look in pg_locks for the session that holds or awaits the lock, and end it if it is stuck.',
  };
}

/** The first three, and how many more. */
function listed(words: readonly string[]): string {
  const more = words.length > 3 ? ` and ${words.length - 3} more` : '';
  return `${words.slice(0, 3).join(', ')}${more}`;
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
