// Whether an incident calls for a message in this run, what the message says of it, and why. Pure. Two rules hold
// always: what was announced has its end announced, and a hold keeps back everything but an end.
import type { AlertSettings } from '../../config/settings.ts';
import { type Finding, isAtLeast, type Severity, severities, worstSeverity } from '../finding.ts';
import type { Announced, Incident } from '../memory/state.ts';
import { distinct, fingerprint } from '../notice/brief.ts';
import type { IncidentSubject, NamedFinding, NoticeStatus } from '../notice/notice.ts';
import { acknowledgedNow } from './acknowledge.ts';
import type { Reason } from './reason.ts';

const dayMs = 86_400_000;

/** The mildest severity that is told: of what the monitor cannot see, all of it, or it could go blind in silence. */
export function mildestTold(
  about: IncidentSubject,
  { minimumSeverity }: Pick<AlertSettings, 'minimumSeverity'>,
): Severity {
  return about === 'failing' ? minimumSeverity : 'info';
}

export interface Circumstances {
  about: IncidentSubject;
  alerts: Pick<AlertSettings, 'minimumSeverity' | 'remindEvery' | 'escalateAfter'>;
  now: Date;
  /** Why nothing is told for now: something else explains it, or people asked for quiet. */
  hold: Reason | undefined;
  /** Runs in a row that saw the trouble, and how many it takes. */
  bad: number;
  opensAfter: number;
}

export type Verdict =
  | { says: 'nothing'; reason: Reason }
  | {
      says: Exclude<NoticeStatus, 'report'>;
      reason: Reason;
      severity: Severity;
      escalated: boolean;
      added: Finding[];
      /** Announced before, and true of more things now. */
      grown: Finding[];
      gone: NamedFinding[];
      goneCount: number;
    };

/** Of an incident that is pending or open, after an observation in this run that gave `findings`. */
export function aboutTrouble(incident: Incident, findings: readonly Finding[], circumstances: Circumstances): Verdict {
  const { about, alerts, bad, opensAfter, hold } = circumstances;
  if (incident.phase === 'pending') {
    return { says: 'nothing', reason: { code: 'below-threshold', runs: bad, needed: opensAfter } };
  }
  const minimum = mildestTold(about, alerts);
  const visible = distinct(findings).filter((finding) => isAtLeast(finding.severity, minimum));
  const severity = worstSeverity(visible);
  if (severity === undefined) {
    return { says: 'nothing', reason: { code: 'below-minimum-severity', severity: incident.severity, minimum } };
  }
  const verdict = incident.announced
    ? aboutAnnounced(incident, incident.announced, visible, severity, circumstances)
    : first(incident, visible, severity, bad);
  return hold && verdict.says !== 'nothing' ? { says: 'nothing', reason: hold } : verdict;
}

/** Of an incident that has ended, by what `reason` says. Nothing holds this back. */
export function aboutEnd(incident: Incident, reason: Reason): Verdict {
  const { announced } = incident;
  if (!announced) {
    return { says: 'nothing', reason: reason.code === 'check-removed' ? reason : { code: 'ended-unannounced' } };
  }
  return {
    says: 'resolved',
    reason,
    severity: announced.severity,
    escalated: announced.escalated,
    added: [],
    grown: [],
    gone: announced.findings,
    goneCount: announced.fingerprints.length,
  };
}

function first({ flapping, quiet }: Incident, visible: Finding[], severity: Severity, bad: number): Verdict {
  return {
    says: 'opened',
    reason: flapping
      ? { code: 'flapping', ...flapping }
      : quiet === undefined
        ? { code: 'first-notice', runs: bad }
        : { code: 'quiet-ended', quiet },
    severity,
    escalated: false,
    added: visible,
    grown: [],
    gone: [],
    goneCount: 0,
  };
}

function aboutAnnounced(
  incident: Incident,
  announced: Announced,
  visible: readonly Finding[],
  severityNow: Severity,
  { alerts, now }: Circumstances,
): Verdict {
  const before = new Set(announced.fingerprints);
  const current = new Set(visible.map(fingerprint));
  const added = visible.filter((finding) => !before.has(fingerprint(finding)));
  const grown = visible.filter((finding) => hasGrown(finding, announced));
  const goneCount = announced.fingerprints.filter((id) => !current.has(id)).length;
  const gone = announced.findings.filter(({ id }) => !current.has(id));
  const severity = worst(announced.severity, severityNow);
  const openMs = announced.criticalAt === undefined ? 0 : now.getTime() - Date.parse(announced.criticalAt);
  const acknowledged = acknowledgedNow(incident, now);
  const escalates =
    !acknowledged && !announced.escalated && severityNow === 'critical' && openMs >= alerts.escalateAfter;
  const said = { severity, escalated: announced.escalated || escalates, added, grown, gone, goneCount };

  const steady = !incident.flapping;
  if (steady && added.length > 0) {
    return { says: 'updated', reason: { code: 'new-findings', count: added.length }, ...said };
  }
  if (severity !== announced.severity) return { says: 'updated', reason: { code: 'worse', severity }, ...said };
  if (steady) {
    if (grown.length > 0) return { says: 'updated', reason: { code: 'grown', count: grown.length }, ...said };
    if (goneCount > 0) return { says: 'updated', reason: { code: 'findings-gone', count: goneCount }, ...said };
    if (announced.flapping) return { says: 'updated', reason: { code: 'steady' }, ...said };
  }
  if (escalates) return { says: 'reminder', reason: { code: 'escalated', openMs }, ...said };
  const { quiet } = incident;
  if (quiet !== undefined) return { says: 'reminder', reason: { code: 'quiet-ended', quiet }, ...said };
  const silentMs = now.getTime() - Date.parse(announced.at);
  const interval = reminderInterval(alerts.remindEvery, announced.reminders);
  if (silentMs >= interval && !acknowledged) {
    return { says: 'reminder', reason: { code: 'reminder-due', silentMs }, ...said };
  }
  if (acknowledged) {
    const { by, until } = acknowledged;
    return { says: 'nothing', reason: { code: 'acknowledged', by, until } };
  }
  if (!steady && (added.length > 0 || goneCount > 0)) return { says: 'nothing', reason: { code: 'unsteady' } };
  const nextReminderAt = new Date(Date.parse(announced.at) + interval).toISOString();
  return { says: 'nothing', reason: { code: 'unchanged', nextReminderAt } };
}

function hasGrown(finding: Finding, { findings }: Announced): boolean {
  const before = findings.find(({ id }) => id === fingerprint(finding))?.extent;
  return before !== undefined && finding.extent !== undefined && finding.extent > before;
}

/** Doubles with every reminder, up to a day (or the first interval, when that is longer). */
function reminderInterval(first: number, reminders: number): number {
  return Math.min(first * 2 ** Math.min(reminders, 30), Math.max(first, dayMs));
}

function worst(left: Severity, right: Severity): Severity {
  return severities.indexOf(left) <= severities.indexOf(right) ? left : right;
}
