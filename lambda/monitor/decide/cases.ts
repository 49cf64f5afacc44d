// Everything in one run that may have to be spoken of, each with the verdict whether it is and why. Pure. Built from
// records that already hold the run's outcomes, so that what explains what is known before anything is said.
import type { AlertSettings, CheckEntry } from '../../config/settings.ts';
import type { Finding } from '../finding.ts';
import type { CheckRecord, Incident, TargetState } from '../memory/state.ts';
import type { IncidentSubject } from '../notice/notice.ts';
import type { Outcome } from '../outcome.ts';
import { aboutEnd, aboutTrouble, type Verdict } from './announce.ts';
import {
  explainedUntil,
  type HoldContext,
  heldBy,
  monitorId,
  type observeCutOff,
  type QuietContext,
  quietBy,
} from './holds.ts';
import { because, type Reason } from './reason.ts';
import { cannotVerify, lastingUnknown, type Recorded, sameMomentMs } from './record.ts';

export interface Case {
  check: string;
  about: IncidentSubject;
  /** As it is after this run; when this run ended it, as it was before. */
  incident?: Incident;
  ended: boolean;
  verdict: Verdict;
  /** What people asked to be quiet about it, in words, as long as something may have to be told when that is over. */
  quiet: string | undefined;
  /** What is wrong now. */
  findings: readonly Finding[];
  seenAt: string;
  summary: string;
  lastPassAt?: string;
}

type Base = Omit<Case, 'about' | 'verdict' | 'quiet'>;

export interface Fresh {
  outcome: Outcome;
  recorded: Recorded;
  entry: Pick<CheckEntry, 'failAfter' | 'passAfter'>;
}

export interface CaseContext extends HoldContext, QuietContext {
  alerts: Pick<AlertSettings, 'minimumSeverity' | 'remindEvery' | 'escalateAfter'>;
}

/** Of every check with an outcome in this run: one about what was seen, and what that ended or left as it was. */
export function freshCases(fresh: readonly Fresh[], context: CaseContext): Case[] {
  return fresh.flatMap((one) => {
    const { outcome, recorded } = one;
    const base = baseOf(one);
    if (outcome.judgement.status === 'unknown') {
      const { incident } = recorded.record.failing;
      const untouched: Case[] = incident ? [untold({ ...base, incident }, 'failing', { code: 'not-verified' })] : [];
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
  if (recorded.ended.failing) {
    const remains = outcome.judgement.status === 'fail';
    const summary = remains ? `${base.summary}, too small to be announced` : base.summary;
    return endCase({ ...base, summary }, 'failing', recorded.ended.failing, { code: 'all-gone' });
  }
  const { incident, bad, good } = recorded.record.failing;
  if (!incident) return untold(base, 'failing', { code: 'healthy' });
  if (incident.phase === 'recovering') {
    const reason: Reason =
      incident.flapping && good >= entry.passAfter
        ? { code: 'unsteady' }
        : { code: 'recovering', runs: good, needed: entry.passAfter };
    return untold({ ...base, incident }, 'failing', reason);
  }
  const findings = outcome.judgement.status === 'fail' ? outcome.judgement.findings : [];
  return troubled({ ...base, incident, findings }, 'failing', { bad, opensAfter: entry.failAfter }, context);
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
    return [ofUnverified(remembered(check, record, []), open, incident.findings, context)];
  });
}

/**
 * Of checks that this run did not carry out, and of which something was not told because people had asked for quiet: when
 * that is over, what is still known to be wrong is told. More findings than are remembered wait for the check itself.
 * @param spokenOf cases that speak of it already, for another reason
 */
export function unquietCases(
  freshIds: ReadonlySet<string>,
  spokenOf: readonly Pick<Case, 'check' | 'about'>[],
  context: CaseContext,
): Case[] {
  return Object.entries(context.records).flatMap(([check, record]) => {
    if (freshIds.has(check)) return [];
    return (['failing', 'unverified'] as const).flatMap((about) => {
      const { incident, bad } = record[about];
      if (incident?.phase !== 'open' || incident.quiet === undefined) return [];
      if (spokenOf.some((one) => one.check === check && one.about === about)) return [];
      if (incident.findingCount > incident.findings.length || quietBy(check, context)) return [];
      if (about === 'unverified' && wasExplained(record, context)) return [];
      const base = { ...remembered(check, record, incident.findings), incident };
      return [troubled(base, about, { bad, opensAfter: bad }, context)];
    });
  });
}

/** Whether it was last tried while something explained that it could not be verified: now, that may be over, too. */
function wasExplained(record: CheckRecord, { records }: CaseContext): boolean {
  return Date.parse(record.last.collectedAt) - explainedUntil(record, records) < sameMomentMs;
}

function remembered(check: string, { last }: CheckRecord, findings: readonly Finding[]): Base {
  return { check, ended: false, findings, seenAt: last.collectedAt, summary: last.summary };
}

function ofUnverified(
  base: Base,
  { unverified: { incident, bad } }: CheckRecord,
  findings: readonly Finding[],
  context: CaseContext,
): Case {
  if (!incident) return untold(base, 'unverified', { code: 'healthy' });
  const seen = { bad, opensAfter: lastingUnknown.runs };
  return troubled({ ...base, incident, findings }, 'unverified', seen, context);
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
  context: CaseContext,
): Case[] {
  if (!reach) return [];
  const { observation, reason } = reach;
  const base = { check: monitorId, ended: false, seenAt: context.now.toISOString() };
  if (ended) {
    const reached = { ...base, findings: [], summary: because(reason) };
    return [endCase(reached, 'cut-off', ended, reason)];
  }
  if (!track.incident || observation.kind === 'good') return [];
  const { findings } = observation;
  const seen = { ...base, incident: track.incident, findings, summary: findings[0].message };
  return [troubled(seen, 'cut-off', { bad: track.bad, opensAfter: 1 }, context)];
}

/** Of an incident whose trouble was seen: whether it is told, or held back and by what. */
function troubled(
  base: Base & { incident: Incident },
  about: Exclude<IncidentSubject, 'memory'>,
  seen: { bad: number; opensAfter: number },
  context: CaseContext,
): Case {
  const { check, incident, findings } = base;
  const quiet = quietBy(check, context);
  const cause = about === 'cut-off' ? undefined : heldBy(check, about, context);
  const hold: Reason | undefined =
    quiet?.reason ?? (cause === undefined ? undefined : { code: 'held-back', by: cause });
  const verdict = aboutTrouble(incident, findings, { ...context, ...seen, about, hold });
  const isOpen = incident.phase !== 'pending';
  // What a cause holds back is told when that is over, so quiet is not over for it yet.
  const after = hold && isOpen ? (quiet?.label ?? incident.quiet) : undefined;
  return { ...base, about, verdict, quiet: after };
}

function endCase(base: Base, about: IncidentSubject, incident: Incident, reason: Reason): Case {
  const verdict = aboutEnd(incident, reason);
  return { ...base, about, incident, ended: true, findings: [], verdict, quiet: undefined };
}

function untold(base: Base, about: IncidentSubject, reason: Reason): Case {
  return { ...base, about, verdict: { says: 'nothing', reason }, quiet: base.incident?.quiet };
}

function baseOf({ outcome: { check, collectedAt, judgement }, recorded }: Fresh): Base {
  const { lastPass } = recorded.record;
  const seen = { check, ended: false, findings: [], seenAt: collectedAt, summary: judgement.summary };
  return { ...seen, ...(lastPass && { lastPassAt: lastPass.at }) };
}
