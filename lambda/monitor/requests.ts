// What people ask of a target's memory, from the console as from the command line: a silence, its end, an
// acknowledgement. The answer is lines for people. Names come from outside; they are shown printable.
import { minuteOf } from '../point-in-time.ts';
import { type AcknowledgeRequest, acknowledge } from './decide/acknowledge.ts';
import {
  activeSilences,
  addSilence,
  endSilence,
  type Refused,
  type Silence,
  type SilenceRequest,
} from './decide/silences.ts';
import { type ChangeInput, changeState } from './memory/change-state.ts';
import type { TargetState } from './memory/state.ts';
import { printable } from './printable.ts';

export type PersonalRequest =
  | ({ kind: 'silence' } & SilenceRequest)
  | { kind: 'end-silence'; id: string }
  | ({ kind: 'acknowledge' } & AcknowledgeRequest);

/** @returns lines that say what was done, or why not; rejects with EdgeError when the memory cannot be changed */
export async function carryOut(
  request: PersonalRequest,
  place: Omit<ChangeInput<never>, 'change'>,
): Promise<{ done: string[] } | Refused> {
  const changed = await changeState({ ...place, change: (state, now) => changeOf(request, state, now) });
  return 'refused' in changed ? changed : { done: changed.says };
}

function changeOf(
  request: PersonalRequest,
  state: TargetState,
  now: Date,
): { state: TargetState; says: string[] } | Refused {
  switch (request.kind) {
    case 'silence': {
      const added = addSilence(state, request, now);
      if ('refused' in added) return added;
      return {
        state: added.state,
        says: [
          `Silenced: ${silenceLine(added.silence)}`,
          'Checks go on, ends are told, and what is still wrong when it is over is told then.',
        ],
      };
    }
    case 'end-silence': {
      const ended = endSilence(state, request.id);
      if (ended === state) {
        const ids = activeSilences(state, now).map(({ id }) => id);
        const remedy = ids.length === 0 ? 'There is none at the moment.' : `There are: ${ids.join(', ')}.`;
        return { refused: `${state.target} has no silence ${printable(request.id)}`, remedy };
      }
      return { state: ended, says: [`The silence ${printable(request.id)} is over.`] };
    }
    case 'acknowledge': {
      const acknowledged = acknowledge(state, request, now);
      if ('refused' in acknowledged) return acknowledged;
      const { incidents } = acknowledged;
      const until = new Date(now.getTime() + request.forMs).toISOString();
      return {
        state: acknowledged.state,
        says: [
          `Acknowledged by ${printable(request.by)} until ${minuteOf(until)}: incident ${incidents.join(', ')}`,
          'No reminders until then; what is new, what gets worse and the end are told.',
        ],
      };
    }
  }
}

/** `92214a98e3: everything, until 2026-11-28 14:00 UTC, by ada: deploying`. */
export function silenceLine({ id, check, until, by, reason }: Silence): string {
  return `${id}: ${printable(check ?? 'everything')}, until ${minuteOf(until)}, by ${printable(by)}: ${printable(reason)}`;
}
