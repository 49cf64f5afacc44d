// The life of an incident: ok, pending, open, recovering, ok. Pure, and the same for everything that can be wrong: a
// failing check, a check that cannot be carried out, a target that cannot be reached. What is said of it to whom is
// announce.ts. An observation that says neither good nor bad changes nothing, not even a counter.
import { brief, distinct } from './brief.ts';
import { type Finding, worstSeverity } from './finding.ts';
import type { Incident, Track } from './state.ts';

const rememberedFindings = 20;

export type Observation =
  | { kind: 'bad'; at: string; findings: readonly [Finding, ...Finding[]] }
  | { kind: 'good'; at: string };

export interface TrackPolicy {
  /** Whether trouble that was seen `bad` times in a row since `since` is to be told. */
  opens(seen: { bad: number; since: string; at: string }): boolean;
  /** Good observations before the incident ends. */
  passAfter: number;
  /** Names an incident that begins at `since`. */
  incidentId(since: string): string;
}

/** The track after one observation, and the incident that it ended, if it ended one. */
export function observe(
  track: Track,
  observation: Observation,
  policy: TrackPolicy,
): { track: Track; ended: Incident | undefined } {
  return observation.kind === 'bad'
    ? { track: withBad(track, observation, policy), ended: undefined }
    : withGood(track, policy);
}

function withBad(
  { bad, incident }: Track,
  { at, findings }: Observation & { kind: 'bad' },
  policy: TrackPolicy,
): Track {
  const seen = { bad: bad + 1, since: incident?.since ?? at, at };
  const opens = (incident && incident.phase !== 'pending') || policy.opens(seen);
  return {
    bad: seen.bad,
    good: 0,
    incident: {
      id: incident?.id ?? policy.incidentId(at),
      phase: opens ? 'open' : 'pending',
      since: seen.since,
      lastSeenAt: at,
      severity: worstSeverity(findings) ?? 'info',
      findings: brief(findings, rememberedFindings).map(({ details: _, ...finding }) => finding),
      findingCount: distinct(findings).length,
      announced: incident?.announced,
    },
  };
}

function withGood({ good, incident }: Track, policy: TrackPolicy): { track: Track; ended: Incident | undefined } {
  const passes = good + 1;
  if (!incident || incident.phase === 'pending' || passes >= policy.passAfter) {
    return { track: { bad: 0, good: passes }, ended: incident };
  }
  return { track: { bad: 0, good: passes, incident: { ...incident, phase: 'recovering' } }, ended: undefined };
}
