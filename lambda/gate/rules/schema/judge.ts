// The verdict on what a deployment would have to change: classes that are not allowed, changes that need a backup, and
// what production has otherwise than the version that runs says. Pure.
import { count } from '../../../checks/schema/count.ts';
import type { Difference } from '../../../checks/schema/evidence.ts';
import { formatDuration } from '../../../config/duration.ts';
import { isAtLeast, type Severity, severities } from '../../../monitor/finding.ts';
import { assess } from '../../../postgres/assessment/assess.ts';
import { repairClasses } from '../../../postgres/repair/statement.ts';
import { joined, type Prose, say, words } from '../../prose.ts';
import type { Detail, Verdict } from '../../rule.ts';
import { type Change, rank, worstFirst } from './changes.ts';
import type { SchemaRule } from './collect.ts';
import type { SchemaGateEvidence } from './evidence.ts';
import { changeText, differenceText } from './words.ts';

type Compared = Extract<SchemaGateEvidence, { state: 'compared' }>;
type CountedExisting = { difference: Difference; severity: Severity };

export function judge(evidence: SchemaGateEvidence, { settings, now }: { settings: SchemaRule; now: Date }): Verdict {
  if (evidence.state === 'not read') {
    const { message, remedy } = evidence;
    return { status: 'unknown', summary: say`not verified: ${message}`, details: [], remedy: say`${remedy}` };
  }
  const { rule, entry } = settings;
  const changes = worstFirst(countingChanges(evidence, settings, now));
  const existing = countingExisting(evidence, settings, now);
  const severe = existing.filter(({ severity }) => rule.drift !== 'allow' && isAtLeast(severity, rule.drift));
  const tooMuch = changes.filter((change) => isTooMuch(change, rule.allow));
  const details = [
    ...changes.map(changeDetail),
    ...existing.map(existingDetail),
    ...evidence.notVerified.map(notVerifiedDetail),
    ...notes(evidence),
  ];
  const summary = summaryOf(evidence, changes, existing);

  if (tooMuch.length > 0 || severe.length > 0) {
    const reasons = [
      ...(tooMuch.length > 0 ? [overText(tooMuch, rule.allow)] : []),
      ...(severe.length > 0 ? [driftText(severe, evidence)] : []),
    ];
    const remedies = [
      ...(tooMuch.length > 0 ? [overRemedy(rule.allow)] : []),
      ...(severe.length > 0 ? [driftRemedy] : []),
    ];
    return {
      status: 'fail',
      summary: say`${summary}: ${joined(reasons, '; ')}`,
      details,
      remedy: words(remedies.join(' ')),
    };
  }
  const open = openQuestion(evidence, changes, { ...rule, maxAge: entry.settings.capture?.maxAge }, now);
  if (open) return { status: 'unknown', summary: say`${summary}: ${open.why}`, details, remedy: open.remedy };
  const [worst] = changes;
  const needsBackup =
    worst && rule.needsBackup !== 'never' && rank(worst.class) >= rank(rule.needsBackup)
      ? {
          provided: {
            rule: 'backup' as const,
            because: words(`${worst.class ?? 'unclassed'} changes need a fresh backup`),
          },
        }
      : {};
  return { status: 'pass', summary, details, ...needsBackup };
}

/** Without an earlier model, what the settings ignore or accept may be anything that was there before. */
function countingChanges({ changes, base }: Compared, { entry }: SchemaRule, now: Date): Change[] {
  if (base) return changes;
  const { counted } = count(
    changes.map(({ difference }) => difference),
    entry.settings,
    now,
  );
  const ids = new Set(counted.map(({ difference }) => difference.id));
  return changes.filter(({ difference }) => ids.has(difference.id));
}

function countingExisting({ existing }: Compared, { entry }: SchemaRule, now: Date): CountedExisting[] {
  const counted = count(existing, entry.settings, now).counted.map(({ difference, severity }) => ({
    difference,
    severity: severity ?? assess(difference).severity,
  }));
  return counted.sort((left, right) => severities.indexOf(left.severity) - severities.indexOf(right.severity));
}

/** What nobody classed is another question, unless no change at all is allowed. */
function isTooMuch(change: Change, allow: SchemaRule['rule']['allow']): boolean {
  return allow === 'nothing' || (change.class !== null && rank(change.class) > rank(allow));
}

/** What keeps it from passing although nothing is known to be wrong. */
function openQuestion(
  { notVerified, capture, unpublished }: Compared,
  changes: readonly Change[],
  { maxAge, allow, drift }: SchemaRule['rule'] & { maxAge: number | undefined },
  now: Date,
): { why: Prose; remedy: Prose } | undefined {
  if (notVerified.length > 0) {
    const why = say`${notVerified.length} ${[notVerified.length === 1 ? 'object' : 'objects']} could not be compared`;
    return { why, remedy: words('Run the gate again when no migration is running.') };
  }
  if (unpublished !== null && drift !== 'allow') {
    return {
      why: say`version ${unpublished} runs, and without its model nobody can say what differs from it already`,
      remedy: words('Publish the snapshot of that version: driftwatch snapshot publish.'),
    };
  }
  const ageMs = capture ? now.getTime() - Date.parse(capture.takenBy) : 0;
  if (maxAge !== undefined && ageMs > maxAge) {
    return {
      why: words(`production was captured ${formatDuration(ageMs)} ago, at most ${formatDuration(maxAge)} are allowed`),
      remedy: words('Run `driftwatch capture` beside the database, then the gate again.'),
    };
  }
  const unclassed = changes.filter((change) => change.class === null).length;
  if (unclassed > 0 && allow !== 'destructive') {
    return {
      why: words(`${unclassed} of the changes could not be classed`),
      remedy: words('Read them; if they are meant, let them pass this once: --allow destructive.'),
    };
  }
  return undefined;
}

function summaryOf(
  { model, equal }: Compared,
  changes: readonly Change[],
  existing: readonly CountedExisting[],
): Prose {
  const name = model.version === null ? say`${model.source}` : say`${`${model.name}@${model.version}`}`;
  const drift =
    existing.length === 0 ? [] : words(`; ${plural(existing.length, 'difference')} that production has already`);
  if (changes.length === 0) return say`nothing to change for ${name}, ${equal} objects are equal${drift}`;
  const counts = [...repairClasses.toReversed(), null].flatMap((one) => {
    const { length } = changes.filter((change) => change.class === one);
    return length > 0 ? [`${length} ${one ?? 'not classed'}`] : [];
  });
  return say`${[plural(changes.length, 'change')]} to production for ${name} (${[counts.join(', ')]})${drift}`;
}

function overText(tooMuch: readonly Change[], allow: SchemaRule['rule']['allow']): Prose {
  if (allow === 'nothing') return words('nothing may be left to change');
  return words(`${tooMuch.length === 1 ? 'one is' : `${tooMuch.length} are`} worse than ${allow}`);
}

function overRemedy(allow: SchemaRule['rule']['allow']): string {
  return allow === 'nothing'
    ? 'Run the migrations of the new version, then the gate again.'
    : 'Read what would be lost or converted; if it is meant, let it pass this once: --allow destructive.';
}

function driftText(severe: readonly CountedExisting[], { base }: Compared): Prose {
  const version = base === null ? words('the model') : say`version ${base.version}`;
  return say`production is not what ${version} says, in ${[plural(severe.length, 'difference')]}`;
}

const driftRemedy =
  'A migration that was missed or a change made by hand: bring production to its model first (driftwatch diff --repair has the SQL), or accept the difference in the settings.';

function changeDetail({ difference, class: of, why, sql }: Change): Detail {
  return { tag: of ?? 'not classed', id: difference.id, text: say`${changeText(difference)}. ${[why]}`, sql };
}

function existingDetail({ difference, severity }: CountedExisting): Detail {
  return { tag: severity, id: difference.id, text: say`already in production: ${differenceText(difference)}` };
}

function notVerifiedDetail({ kind, subject, reason }: Compared['notVerified'][number]): Detail {
  return { tag: 'not verified', text: say`${`${kind} ${subject}`}: ${reason}` };
}

function notes({ base, done, capture, warnings }: Compared): Detail[] {
  const told: Prose[] = [
    base === null
      ? words('no earlier model is known, so all that differs is told as a change of this deployment')
      : say`held to version ${base.version}, ${[base.chosenBy === 'running' ? 'which runs now' : 'the last one published before']}`,
    ...(done > 0
      ? [words(`${plural(done, 'change')} of the new version ${done === 1 ? 'is' : 'are'} there already`)]
      : []),
    ...(capture ? [say`production as captured in ${capture.address}`] : []),
    ...warnings.map((warning) => say`${warning}`),
  ];
  return told.map((text) => ({ tag: 'note', text }));
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
