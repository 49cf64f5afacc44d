// One check's record after one outcome: what came last, and its two tracks. Pure. A verified outcome, good or bad, is
// good news for "cannot be verified"; an unverified one says nothing about what is wrong.
import type { CheckEntry } from '../../config/settings.ts';
import { type Finding, isAtLeast, type Severity } from '../finding.ts';
import { type CheckRecord, emptyTrack, type Incident, type Track } from '../memory/state.ts';
import type { IncidentSubject } from '../notice/notice.ts';
import type { Outcome } from '../outcome.ts';
import type { FlappingPolicy } from './flapping.ts';
import { observe, type TrackPolicy } from './track.ts';

/** A check that could not be verified is announced after so many runs in a row, or after so long. */
export const lastingUnknown = { runs: 3, forMs: 3_600_000 } as const;

/** Of two machines' clocks: a stored outcome further ahead of ours than this has a time that is not to be believed. */
const clockSkewMs = 5 * 60_000;

/** What two checks saw no further apart is of one moment. */
export const sameMomentMs = 30_000;

export interface RecordContext {
  entry: Pick<CheckEntry, 'failAfter' | 'passAfter'>;
  minimumSeverity: Severity;
  flapping: FlappingPolicy;
  incidentId(about: IncidentSubject, since: string): string;
}

export interface Recorded {
  record: CheckRecord;
  /** Incidents that this outcome ended. */
  ended: { failing: Incident | undefined; unverified: Incident | undefined };
}

/** Whether something as new as `time`, or newer, is known of the check; a time that lies ahead of us is not believed. */
export function isKnownSince(record: CheckRecord | undefined, time: Date, now: Date): boolean {
  if (!record) return false;
  const known = Date.parse(record.last.collectedAt);
  return time.getTime() <= known && known <= now.getTime() + clockSkewMs;
}

export function recordOutcome(before: CheckRecord | undefined, outcome: Outcome, context: RecordContext): Recorded {
  const { judgement, collectedAt: at } = outcome;
  const untouched = { failing: before?.failing ?? emptyTrack, unverified: before?.unverified ?? emptyTrack };
  const counted = before === undefined || countsAgain(before, outcome);
  const failing = counted ? observeFailing(untouched.failing, outcome, context) : unchanged(untouched.failing);
  const unverified = counted
    ? observeUnverified(untouched.unverified, outcome, context)
    : unchanged(untouched.unverified);
  const memory = outcome.memory ? outcome.memory.value : before?.memory;
  const lastPass = judgement.status === 'pass' ? { at, summary: judgement.summary } : before?.lastPass;
  const lastNotPassAt = judgement.status === 'pass' ? before?.lastNotPassAt : at;
  return {
    record: {
      kind: outcome.kind,
      dependsOn: outcome.dependsOn,
      last: {
        status: judgement.status,
        collectedAt: at,
        summary: judgement.summary,
        ...(outcome.reach && { reach: outcome.reach }),
        ...(outcome.cameAlong && { cameAlong: true }),
      },
      counted: counted ? { at, cameAlong: outcome.cameAlong === true } : before.counted,
      ...(lastPass && { lastPass }),
      ...(lastNotPassAt !== undefined && { lastNotPassAt }),
      failing: failing.track,
      unverified: unverified.track,
      ...(memory !== undefined && { memory }),
    },
    ended: { failing: failing.ended, unverified: unverified.ended },
  };
}

/**
 * Schedules of several kinds fire at the same moment, and each of their runs may bring the database check along: what
 * they all see at once is seen once.
 */
function countsAgain({ last, counted }: CheckRecord, { judgement, cameAlong, collectedAt }: Outcome): boolean {
  const sameMoment = Date.parse(collectedAt) - Date.parse(counted.at) < sameMomentMs;
  return last.status !== judgement.status || !sameMoment || !(cameAlong || counted.cameAlong);
}

function unchanged(track: Track) {
  return { track, ended: undefined };
}

function observeFailing(track: Track, outcome: Outcome, context: RecordContext) {
  const { entry, minimumSeverity, flapping, incidentId } = context;
  const { judgement, collectedAt: at } = outcome;
  if (judgement.status === 'unknown') return unchanged(track);
  const policy: TrackPolicy = {
    opens: ({ bad }) => bad >= entry.failAfter,
    passAfter: entry.passAfter,
    flapping,
    incidentId: (since) => incidentId('failing', since),
  };
  // When all that was announced is over and what remains is too small to announce, the reader is told of the end.
  const announcedIsOver =
    judgement.status === 'fail' &&
    track.incident?.announced !== undefined &&
    !judgement.findings.some(({ severity }) => isAtLeast(severity, minimumSeverity));
  return judgement.status === 'pass' || announcedIsOver
    ? observe(track, { kind: 'good', at }, policy)
    : observe(track, { kind: 'bad', at, findings: judgement.findings }, policy);
}

function observeUnverified(track: Track, outcome: Outcome, context: RecordContext) {
  const policy: TrackPolicy = {
    opens: ({ bad, since, at }) =>
      bad >= lastingUnknown.runs || Date.parse(at) - Date.parse(since) >= lastingUnknown.forMs,
    passAfter: 1,
    flapping: context.flapping,
    incidentId: (since) => context.incidentId('unverified', since),
  };
  const finding = cannotVerify(outcome);
  return finding
    ? observe(track, { kind: 'bad', at: outcome.collectedAt, findings: [finding] }, policy)
    : observe(track, { kind: 'good', at: outcome.collectedAt }, policy);
}

/** The finding that an unknown outcome makes once it lasts. */
export function cannotVerify({ check, judgement }: Outcome): Finding | undefined {
  if (judgement.status !== 'unknown') return undefined;
  return {
    code: 'monitor.cannot-verify',
    severity: 'warning',
    impact: 'monitoring',
    subject: check,
    message: judgement.reason,
    remedy: judgement.remedy,
  };
}
