// Acknowledgement: somebody says that they are at it. It keeps back reminders and escalation of what was announced, for a
// day by default; what is new, what gets worse and the end are told all the same. Pure.
import { formatDuration, parseDuration } from '../../config/duration.ts';
import type { Acknowledgement, Incident, TargetState, Track } from '../memory/state.ts';
import type { Refused } from './silences.ts';

export const defaultAcknowledgement = parseDuration('24h');
const longestAcknowledgement = parseDuration('7d');

export interface AcknowledgeRequest {
  /** Id or kind of a check; absent: everything announced and not over. */
  check?: string | undefined;
  by: string;
  note?: string | undefined;
  forMs: number;
}

/** @returns the state with the incidents acknowledged, and their ids; or why not */
export function acknowledge(
  state: TargetState,
  { check, by, note, forMs }: AcknowledgeRequest,
  now: Date,
): { state: TargetState; incidents: string[] } | Refused {
  if (by.trim() === '') return { refused: 'an acknowledgement needs a name', remedy: 'Say who is at it.' };
  if (!(forMs > 0 && forMs <= longestAcknowledgement)) {
    return {
      refused: `an acknowledgement lasts at most ${formatDuration(longestAcknowledgement)}`,
      remedy: 'Ask for less, and again when it ends.',
    };
  }
  const acknowledged: Acknowledgement = {
    by,
    at: now.toISOString(),
    until: new Date(now.getTime() + forMs).toISOString(),
    ...(note !== undefined && { note }),
  };
  const incidents: string[] = [];
  const marked = (track: Track): Track => {
    if (!track.incident?.announced) return track;
    incidents.push(track.incident.id);
    return { ...track, incident: { ...track.incident, acknowledged } };
  };
  const fits = (id: string) => check === undefined || id === check || id.split(':', 1)[0] === check;
  const checks = Object.entries(state.checks).map(([id, record]) => [
    id,
    fits(id) ? { ...record, failing: marked(record.failing), unverified: marked(record.unverified) } : record,
  ]);
  const cutOff = check === undefined ? marked(state.cutOff) : state.cutOff;
  if (incidents.length === 0) {
    const what = check === undefined ? `about ${state.target}` : `about ${check} of ${state.target}`;
    return { refused: `nothing ${what} is announced and open`, remedy: 'Look at what is open with an on-demand run.' };
  }
  return { state: { ...state, checks: Object.fromEntries(checks), cutOff }, incidents };
}

/** The acknowledgement that counts now. */
export function acknowledgedNow({ acknowledged }: Incident, now: Date): Acknowledgement | undefined {
  return acknowledged && Date.parse(acknowledged.until) > now.getTime() ? acknowledged : undefined;
}
