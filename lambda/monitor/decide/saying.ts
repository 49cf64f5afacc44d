// From a verdict to what a notice says of it, and what is remembered of having said it. Pure. What is remembered is
// written together with the notice, never before or after it.

import { type Finding, type Impact, impacts, isAtLeast, type Severity } from '../finding.ts';
import type { Announced, Incident, TargetState } from '../memory/state.ts';
import { brief, distinct, fingerprint, named, sentFindings } from '../notice/brief.ts';
import type { Notice, NoticeEntry } from '../notice/notice.ts';
import { mildestTold } from './announce.ts';
import type { Case } from './cases.ts';
import type { Said } from './grouping.ts';
import { monitorId } from './holds.ts';

export interface SayingContext {
  minimumSeverity: Severity;
  /** By check, the key of this run's evidence. */
  evidence: Readonly<Record<string, string>>;
}

/** What a notice is to say of this case; `undefined` for nothing. */
export function sayingOf(one: Case, { minimumSeverity, evidence }: SayingContext): Said | undefined {
  const { check, about, incident, verdict, seenAt, summary, lastPassAt } = one;
  if (verdict.says === 'nothing' || !incident) return undefined;
  const visible = visibleOf(one, minimumSeverity);
  const added = new Set(verdict.added.map(fingerprint));
  const findings = brief(visible, sentFindings, (finding) => added.has(fingerprint(finding)));
  const key = evidence[check];
  return {
    severity: verdict.severity,
    escalated: verdict.escalated,
    entry: {
      check,
      about,
      incident: incident.id,
      change: verdict.says,
      reason: verdict.reason.code,
      since: incident.since,
      seenAt,
      ...(lastPassAt !== undefined && { lastPassAt }),
      summary,
      impacts: impactsOf(visible, incident.announced?.impacts),
      findings,
      findingCount: visible.length,
      added: findings.flatMap(({ id }) => (added.has(id) ? [id] : [])),
      addedCount: verdict.added.length,
      ...(verdict.grown.length > 0 && { grown: verdict.grown.map(fingerprint) }),
      gone: verdict.gone,
      goneCount: verdict.goneCount,
      ...(key !== undefined && verdict.says !== 'resolved' && { evidence: key }),
      ...circumstancesOf(incident),
    },
  };
}

/** What else a reader should know of the incident: that it comes and goes, that somebody is at it, what kept it back. */
function circumstancesOf({ flapping, acknowledged, quiet }: Incident): Partial<NoticeEntry> {
  return {
    ...(flapping && { flapping }),
    ...(acknowledged && { acknowledged }),
    ...(quiet !== undefined && { quiet }),
  };
}

/** What is to be remembered of having said it in `notice`. */
export function announcedBy(
  one: Case,
  { id, at }: Pick<Notice, 'id' | 'at'>,
  minimumSeverity: Severity,
): Announced | undefined {
  const { verdict, incident } = one;
  if (verdict.says === 'nothing') return undefined;
  const before = incident?.announced;
  const visible = visibleOf(one, minimumSeverity);
  const criticalAt = before?.criticalAt ?? (verdict.severity === 'critical' ? at : undefined);
  return {
    at,
    severity: verdict.severity,
    impacts: impactsOf(visible, before?.impacts),
    fingerprints: visible.map(fingerprint).sort(),
    findings: named(visible),
    reminders: (before?.reminders ?? 0) + (verdict.says === 'reminder' ? 1 : 0),
    ...(criticalAt !== undefined && { criticalAt }),
    escalated: verdict.escalated,
    ...(incident?.flapping && { flapping: true }),
    notice: id,
  };
}

/** That the memory was unreadable: nobody opened it, so nobody has to hear of its end. */
export function sayingOfMemory({ key, at, problem }: NonNullable<TargetState['keptAside']>, target: string): Said {
  const finding: Finding = {
    code: 'monitor.memory-unreadable',
    severity: 'warning',
    impact: 'monitoring',
    subject: target,
    message: `What was remembered of ${target} could not be read (${problem}), so its memory begins afresh: trouble that was announced before may be announced again, and the end of trouble that is over already will not be.`,
    remedy: `Compare open pages and tickets of ${target} with this run. The unreadable document is kept as ${key}.`,
  };
  return {
    severity: 'warning',
    escalated: false,
    entry: {
      check: monitorId,
      about: 'memory',
      incident: key,
      change: 'report',
      reason: 'memory-unreadable',
      since: at,
      seenAt: at,
      summary: `the memory of ${target} begins afresh`,
      impacts: ['monitoring'],
      findings: brief([finding], 1),
      findingCount: 1,
      added: [],
      addedCount: 0,
      gone: [],
      goneCount: 0,
    },
  };
}

function visibleOf({ about, findings }: Case, minimumSeverity: Severity): Finding[] {
  const minimum = mildestTold(about, { minimumSeverity });
  return distinct(findings).filter(({ severity }) => isAtLeast(severity, minimum));
}

function impactsOf(findings: readonly Finding[], before: readonly Impact[] = []): Impact[] {
  return impacts.filter((impact) => before.includes(impact) || findings.some((finding) => finding.impact === impact));
}
