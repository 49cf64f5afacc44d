// The life of an incident: ok, pending, open, recovering, ok. Pure, and the same for everything that can be wrong: a
// failing check, a check that cannot be carried out, a target that cannot be reached. What is said of it to whom is
// announce.ts. An observation that says neither good nor bad changes nothing, not even a counter.

import { type Finding, worstSeverity } from '../finding.ts';
import type { Incident, Track } from '../memory/state.ts';
import { brief, distinct } from '../notice/brief.ts';
import { type FlappingPolicy, isFlapping, isSteady, turnsWith } from './flapping.ts';

const rememberedFindings = 20;

export type Observation =
  | { kind: 'bad'; at: string; findings: readonly [Finding, ...Finding[]] }
  | { kind: 'good'; at: string };

export interface TrackPolicy {
  /** Whether trouble that was seen `bad` times in a row since `since` is to be told. */
  opens(seen: { bad: number; since: string; at: string }): boolean;
  /** Good observations before the incident ends. */
  passAfter: number;
  /** When it comes and goes too often. */
  flapping: FlappingPolicy;
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
    : withGood(track, observation, policy);
}

function withBad(track: Track, { at, findings }: Observation & { kind: 'bad' }, policy: TrackPolicy): Track {
  const { bad, incident } = track;
  const seen = { bad: bad + 1, since: incident?.since ?? at, at };
  const wasOpen = incident !== undefined && incident.phase !== 'pending';
  const opens = wasOpen || policy.opens(seen);
  const { turns, flapping } = restlessness(track, at, opens && !wasOpen, policy);
  return {
    bad: seen.bad,
    good: 0,
    turns,
    incident: {
      ...incident,
      id: incident?.id ?? policy.incidentId(at),
      phase: opens ? 'open' : 'pending',
      since: seen.since,
      lastSeenAt: at,
      severity: worstSeverity(findings) ?? 'info',
      findings: brief(findings, rememberedFindings).map(({ details: _, ...finding }) => finding),
      findingCount: distinct(findings).length,
      flapping,
    },
  };
}

/** How often it turned, and whether that is flapping, after an observation that was bad. */
function restlessness(
  { turns, good, incident }: Track,
  at: string,
  opensNow: boolean,
  { flapping: policy }: TrackPolicy,
): Pick<Track, 'turns'> & Pick<Incident, 'flapping'> {
  if (incident?.flapping) {
    if (good > 0) return { turns: [at], flapping: incident.flapping };
    return isSteady(turns, at, policy) ? { turns: [], flapping: undefined } : { turns, flapping: incident.flapping };
  }
  if (!opensNow) return { turns, flapping: undefined };
  const now = turnsWith(turns, at, policy);
  return { turns: now, flapping: isFlapping(now, policy) ? { since: now[0] ?? at, changes: now.length } : undefined };
}

function withGood(
  { bad, good, turns, incident }: Track,
  { at }: Observation & { kind: 'good' },
  policy: TrackPolicy,
): { track: Track; ended: Incident | undefined } {
  const passes = good + 1;
  const ok = { bad: 0, good: passes };
  if (!incident || incident.phase === 'pending') return { track: { ...ok, turns }, ended: incident };
  const recovering: Incident = { ...incident, phase: 'recovering' };
  const enough = passes >= policy.passAfter;
  if (incident.flapping) {
    const turned = bad > 0 ? [at] : turns;
    return enough && isSteady(turned, at, policy.flapping)
      ? { track: { ...ok, turns: [] }, ended: incident }
      : { track: { ...ok, turns: turned, incident: recovering }, ended: undefined };
  }
  if (!enough) return { track: { ...ok, turns, incident: recovering }, ended: undefined };
  return { track: { ...ok, turns: turnsWith(turns, at, policy.flapping) }, ended: incident };
}
