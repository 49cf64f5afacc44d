// Silences: what a person asked not to be told for a while, with name and reason. Kept in the state of the target. A
// silence keeps notices back, never checks and never an end; what is still wrong when it ends is told then. Pure.
import * as z from 'zod';
import { formatDuration, parseDuration } from '../../config/duration.ts';
import type { TargetState } from '../memory/state.ts';
import { shortHash } from '../short-hash.ts';

const time = z.iso.datetime();

export const silence = z.object({
  id: z.string(),
  /** Id or kind of a check; absent: everything about the target. */
  check: z.string().optional(),
  reason: z.string(),
  by: z.string(),
  from: time,
  until: time,
});
export type Silence = z.output<typeof silence>;

const longestSilence = parseDuration('7d');
/** Silences of a target at the same time: more is a broken script, and the state has to stay small. */
const mostSilences = 50;

export type Refused = { refused: string; remedy: string };

export interface SilenceRequest {
  check?: string | undefined;
  reason: string;
  by: string;
  /** How long from now. */
  forMs: number;
}

/** @returns the state with one silence more, or why not */
export function addSilence(
  state: TargetState,
  { check, reason, by, forMs }: SilenceRequest,
  now: Date,
): { state: TargetState; silence: Silence } | Refused {
  if (reason.trim() === '')
    return { refused: 'a silence needs a reason', remedy: 'Say why: it is shown to whoever asks.' };
  if (by.trim() === '') return { refused: 'a silence needs a name', remedy: 'Say who asks for it.' };
  if (!(forMs > 0 && forMs <= longestSilence)) {
    return {
      refused: `a silence lasts at most ${formatDuration(longestSilence)}`,
      remedy:
        'Ask for less, and again when it ends; for what happens regularly, use a maintenance window in the settings.',
    };
  }
  const current = activeSilences(state, now);
  if (current.length >= mostSilences) {
    return { refused: `there are ${current.length} silences already`, remedy: 'End some of them first.' };
  }
  const from = now.toISOString();
  const until = new Date(now.getTime() + forMs).toISOString();
  const id = shortHash([state.target, check ?? '', by, from, until].join('\n'));
  const added: Silence = { id, ...(check !== undefined && { check }), reason, by, from, until };
  return { state: { ...state, silences: [...current, added] }, silence: added };
}

/** @returns the state without that silence; the very object when there is none of that id */
export function endSilence(state: TargetState, id: string): TargetState {
  const left = state.silences.filter((one) => one.id !== id);
  return left.length === state.silences.length ? state : { ...state, silences: left };
}

export function activeSilences({ silences }: Pick<TargetState, 'silences'>, now: Date): Silence[] {
  return silences.filter(({ until }) => Date.parse(until) > now.getTime());
}

/** The silence that lasts longest of those about this check. */
export function silenceOf(check: string, silences: readonly Silence[], now: Date): Silence | undefined {
  const kind = check.split(':', 1)[0];
  return activeSilences({ silences: [...silences] }, now)
    .filter((one) => one.check === undefined || one.check === check || one.check === kind)
    .sort((left, right) => Date.parse(right.until) - Date.parse(left.until))[0];
}
