// Everything in one run that may have to be spoken of, each with the verdict whether it is and why. Pure. Built from
// records that already hold the run's outcomes, so that what explains what is known before anything is said.
import type { AlertSettings, CheckEntry } from '../config/settings.ts';
import { aboutEnd, aboutTrouble, type Verdict } from './announce.ts';
import type { Finding } from './finding.ts';
import { explainedUntil, type HoldContext, heldBy, monitorId, type observeCutOff } from './holds.ts';
import type { IncidentSubject } from './notice.ts';
import type { Outcome } from './outcome.ts';
import { because, type Reason } from './reason.ts';
import { cannotVerify, lastingUnknown, type Recorded } from './record.ts';
import type { CheckRecord, Incident, TargetState } from './state.ts';

export interface Case {
  check: string;
  about: IncidentSubject;
  /** As it is after this run; when this run ended it, as it was before. */
  incident?: Incident;
  ended: boolean;
  verdict: Verdict;
  /** What is wrong now. */
  findings: readonly Finding[];
  seenAt: string;
  summary: string;
  lastPassAt?: string;
}

type Base = Omit<Case, 'about' | 'verdict'>;

export interface Fresh {
  outcome: Outcome;
  recorded: Recorded;
  entry: Pick<CheckEntry, 'failAfter' | 'passAfter'>;
}

export interface CaseContext extends HoldContext {
  alerts: Pick<AlertSettings, 'minimumSeverity' | 'remindEvery' | 'escalateAfter'>;
  now: Date;
}

/** Of every check with an outcome in this run: one about what was seen, and what that ended or left as it was. */
export function freshCases(fresh: readonly Fresh[], context: CaseContext): Case[] {
  return fresh.flatMap((one) => {
    const { outcome, recorded } = one;
    const base = baseOf(one);
    if (outcome.judgement.status === 'unknown') {
      const { incident } = recorded.record.failing;
      const untouched: Case[] = incident
        ? [{ ...base, about: 'failing', incident, verdict: silence({ code: 'not-verified' }) }]
        : [];
      return [unverifiedCase(one, context), ...untouched];
    }
    const { unverified } = recorded.ended;
    const verified: Case[] = unverified ? [endCase(base, 'unverified', unverified, { code: 'verified-again' })] : [];
    return [failingCase(one, context), ...verified];
  });
}

function failingCase(one: Fresh, context: CaseContext): Case {
  const { outcome, recorded, entry } = one;
  const base = baseOf(one);
  if (recorded.ended.failing) return endCase(base, 'failing', recorded.ended.failing, { code: 'all-gone' });
  const { incident, bad, good } = recorded.record.failing;
  if (!incident) return { ...base, about: 'failing', verdict: silence({ code: 'healthy' }) };
  if (incident.phase === 'recovering') {
    const verdict = silence({ code: 'recovering', runs: good, needed: entry.passAfter });
    return { ...base, about: 'failing', incident, verdict };
  }
  const findings = outcome.judgement.status === 'fail' ? outcome.judgement.findings : [];
  const cause = heldBy(outcome.check, 'failing', context);
  const circumstances = { ...context, about: 'failing' as const, heldBy: cause, bad, opensAfter: entry.failAfter };
  const verdict = aboutTrouble(incident, findings, circumstances);
  return { ...base, about: 'failing', incident, findings, verdict };
}

function unverifiedCase(one: Fresh, context: CaseContext): Case {
  const finding = cannotVerify(one.outcome);
  return ofUnverified(baseOf(one), one.recorded.record, finding ? [finding] : [], context);
}

/** Of checks that this run did not carry out, and that could not be verified for too long by now. */
export function lastingCases(freshIds: ReadonlySet<string>, context: CaseContext): Case[] {
  return Object.entries(context.records).flatMap(([check, record]) => {
    const { incident } = record.unverified;
    if (!incident || incident.announced || freshIds.has(check) || record.last.status !== 'unknown') return [];
    const unexplainedSince = Math.max(Date.parse(incident.since), explainedUntil(record, context.records));
    if (context.now.getTime() - unexplainedSince < lastingUnknown.forMs) return [];
    const open: CheckRecord = {
      ...record,
      unverified: { ...record.unverified, incident: { ...incident, phase: 'open' } },
    };
    const base = { check, ended: false, findings: [], seenAt: record.last.collectedAt, summary: record.last.summary };
    return [ofUnverified(base, open, incident.findings, context)];
  });
}

function ofUnverified(
  base: Base,
  { unverified: { incident, bad } }: CheckRecord,
  findings: readonly Finding[],
  context: CaseContext,
): Case {
  if (!incident) return { ...base, about: 'unverified', verdict: silence({ code: 'healthy' }) };
  const cause = heldBy(base.check, 'unverified', context);
  const circumstances = {
    ...context,
    about: 'unverified' as const,
    heldBy: cause,
    bad,
    opensAfter: lastingUnknown.runs,
  };
  const verdict = aboutTrouble(incident, findings, circumstances);
  return { ...base, about: 'unverified', incident, findings, verdict };
}

/** Of checks that are remembered and that the settings no longer have. */
export function removedCases(removed: readonly [string, CheckRecord][], now: Date): Case[] {
  return removed.flatMap(([check, { failing, unverified }]) => {
    const base = { check, ended: true, findings: [], seenAt: now.toISOString(), summary: 'removed from the settings' };
    const reason: Reason = { code: 'check-removed' };
    return [
      ...(failing.incident ? [endCase(base, 'failing', failing.incident, reason)] : []),
      ...(unverified.incident ? [endCase(base, 'unverified', unverified.incident, reason)] : []),
    ];
  });
}

/** Of the target's being out of reach as a whole, when it was or is. */
export function cutOffCase(
  { track, ended }: { track: TargetState['cutOff']; ended: Incident | undefined },
  reach: ReturnType<typeof observeCutOff>,
  { now, alerts }: CaseContext,
): Case[] {
  if (!reach) return [];
  const { observation, reason } = reach;
  const base = { check: monitorId, ended: false, seenAt: now.toISOString() };
  if (ended) {
    const reached = { ...base, findings: [], summary: because(reason) };
    return [endCase(reached, 'cut-off', ended, reason)];
  }
  if (!track.incident || observation.kind === 'good') return [];
  const { findings } = observation;
  const circumstances = { about: 'cut-off' as const, alerts, now, heldBy: undefined, bad: track.bad, opensAfter: 1 };
  const verdict = aboutTrouble(track.incident, findings, circumstances);
  return [{ ...base, about: 'cut-off', incident: track.incident, findings, summary: findings[0].message, verdict }];
}

function endCase(base: Base, about: IncidentSubject, incident: Incident, reason: Reason): Case {
  return { ...base, about, incident, ended: true, findings: [], verdict: aboutEnd(incident, reason) };
}

function baseOf({ outcome: { check, collectedAt, judgement }, recorded }: Fresh): Base {
  const { lastPass } = recorded.record;
  const seen = { check, ended: false, findings: [], seenAt: collectedAt, summary: judgement.summary };
  return { ...seen, ...(lastPass && { lastPassAt: lastPass.at }) };
}

function silence(reason: Reason): Verdict {
  return { says: 'nothing', reason };
}
