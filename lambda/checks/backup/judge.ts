// The verdict on backups, from what the bucket showed. Pure. A listing that was cut short never passes, and a bucket
// that may not be listed is not a stale one.

import { formatDuration } from '../../config/duration.ts';
import { formatSize } from '../../config/size.ts';
import type { JudgeContext, Judgement, Measure } from '../../monitor/check.ts';
import type { Finding } from '../../monitor/finding.ts';
import { minuteOf } from '../../point-in-time.ts';
import { type Backup, flawOf } from './backup.ts';
import type { BackupEvidence } from './collect.ts';
import type { BackupSettings } from './settings.ts';

/** The widest that two clocks can differ by their time zones alone. */
const zonesApartMs = 26 * 3_600_000;

type Listed = Extract<BackupEvidence, { listed: true }>;

export function judge(evidence: BackupEvidence, { settings, now }: JudgeContext<BackupSettings>): Judgement {
  const where = `s3://${settings.bucket}/${settings.key}`;
  if (!evidence.listed) return withoutListing(evidence, settings, where);

  const { newest, newestGood } = evidence;
  const measured = newestGood ?? newest;
  const measures: Measure[] = measured
    ? [
        { name: 'age', value: Math.round(ageMs(measured, now) / 1_000), unit: 's' },
        { name: 'size', value: measured.sizeBytes, unit: 'bytes' },
        { name: 'backup-days', value: daysLeft(settings.maxAge - ageMs(measured, now)), unit: 'days' },
      ]
    : [];
  const [first, ...rest] = findingsOf(evidence, settings, where, now);
  if (first) return { status: 'fail', summary: first.message, measures, findings: [first, ...rest] };
  if (!evidence.complete || !newestGood) {
    const reason = `only the first ${evidence.objects} objects of ${where} were listed, and the newest may be among the others`;
    return {
      status: 'unknown',
      summary: `not verified: ${reason}`,
      measures: [],
      reason,
      remedy:
        'Let the key begin with the date ({YYYY}{MM}{DD}), give a longer text before the first wildcard, or expire old backups.',
    };
  }
  return { status: 'pass', summary: `newest backup is ${described(newestGood, now)}`, measures };
}

/** How long it is still recent enough, to a hundredth of a day; 0 when it no longer is. */
function daysLeft(ms: number): number {
  return Math.max(0, Math.round(ms / 864_000) / 100);
}

function withoutListing(
  evidence: Extract<BackupEvidence, { listed: false }>,
  settings: BackupSettings,
  where: string,
): Judgement {
  if (evidence.reason === 'missing') {
    const message = `The bucket ${settings.bucket} does not exist, so there is no backup to restore from.`;
    return {
      status: 'fail',
      summary: message,
      measures: [],
      findings: [
        {
          code: 'backup.bucket-missing',
          severity: 'critical',
          impact: 'recovery',
          subject: where,
          message,
          remedy: 'Correct the name of the bucket in the settings, or create it and have the backup job write to it.',
        },
      ],
    };
  }
  return {
    status: 'unknown',
    summary: `not verified: ${evidence.message}`,
    measures: [],
    reason: evidence.message,
    remedy: evidence.remedy,
  };
}

function findingsOf(evidence: Listed, settings: BackupSettings, where: string, now: Date): Finding[] {
  const { newest, newestGood } = evidence;
  // Newer backups may be among what was not listed: nothing is said of the newest then.
  if (!evidence.complete) return [];
  if (!newest) return [none(evidence, settings, where)];
  const findings: Finding[] = [];
  const goodInTime = newestGood !== null && ageMs(newestGood, now) <= settings.maxAge;
  const about = { subject: where, impact: 'recovery' as const };
  const restore = newestGood
    ? `The newest good backup is ${described(newestGood, now)}.`
    : `No good backup was found${evidence.olderComplete ? '' : ` in the ${evidence.objects} objects that were listed`}.`;

  if (ageMs(newest, now) > settings.maxAge) {
    const atLeast = evidence.olderComplete ? '' : 'at least as old as can be told: ';
    findings.push({
      ...about,
      code: 'backup.too-old',
      severity: 'critical',
      message: `The newest backup is ${atLeast}${described(newest, now)}; at most ${formatDuration(settings.maxAge)} are allowed. Everything since then would be lost in a restore.`,
      remedy: `Find out why the backup job has not run or not uploaded since, and run it by hand. ${restore}`,
      details: { newest: newest.name, takenBy: newest.takenBy },
    });
  }
  const flaw = flawOf(newest, settings.minSize);
  const stillUploading =
    flaw === 'incomplete' && now.getTime() - Date.parse(newest.writtenAt) <= settings.completeWithin;
  if (flaw !== undefined && !(stillUploading && goodInTime)) {
    const size = formatSize(newest.sizeBytes);
    const what = {
      empty: `holds nothing: ${newest.files.find((file) => file.sizeBytes === 0)?.key ?? newest.name} has 0 bytes`,
      'too-small': `is too small: ${size}, where at least ${formatSize(settings.minSize ?? 0)} are expected`,
      incomplete: `is not complete: there is no ${newest.missing.map((file) => newest.name + file).join(' and no ')}`,
    };
    findings.push({
      ...about,
      code: `backup.${flaw}`,
      severity: goodInTime ? 'warning' : 'critical',
      message: `The newest backup, ${newest.name} of ${minuteOf(newest.takenBy)}, ${what[flaw]}. It cannot be relied on for a restore.`,
      remedy: `Look in the log of the backup job for the error that ended it, and run it again. ${restore}`,
      details: { newest: newest.name, sizeBytes: newest.sizeBytes, missing: newest.missing },
    });
  }
  if (newest.datedFrom !== null && Date.parse(newest.datedFrom) - Date.parse(newest.writtenAt) > zonesApartMs) {
    findings.push({
      ...about,
      code: 'backup.misdated',
      severity: 'warning',
      message: `The newest backup, ${newest.name}, was written on ${minuteOf(newest.writtenAt)}, before the date in its key began: its age cannot be trusted.`,
      remedy:
        'Check the order of the date placeholders in the key, and the clock of the machine that writes the backups.',
      details: { newest: newest.name, writtenAt: newest.writtenAt },
    });
  }
  return findings;
}

function none({ objects, unmatched, olderComplete }: Listed, settings: BackupSettings, where: string): Finding {
  const form = settings.files ? `${settings.key} followed by ${settings.files.join(' or ')}` : settings.key;
  const there =
    unmatched === null
      ? 'nothing is there'
      : `of the ${olderComplete ? '' : 'first '}${objects} objects listed none has a key of that form, for example not ${unmatched}`;
  return {
    code: 'backup.none',
    severity: 'critical',
    impact: 'recovery',
    subject: where,
    message: `There is no backup in the bucket ${settings.bucket} with the key ${form}: ${there}. Nothing could be restored.`,
    remedy:
      'Run the backup job and see where it writes; if backups are there under other names, correct "key" in the settings.',
    details: { objects },
  };
}

function ageMs(backup: Backup, now: Date): number {
  return Math.max(0, now.getTime() - Date.parse(backup.takenBy));
}

function described(backup: Backup, now: Date): string {
  return `${formatDuration(ageMs(backup, now))} old (${backup.name} of ${minuteOf(backup.takenBy)}, ${formatSize(backup.sizeBytes)})`;
}
