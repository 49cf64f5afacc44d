// What a person changes in a target's memory (a silence, an acknowledgement): read, change, write on condition that
// nobody wrote in between, else again. The change is pure, so that is safe.
import { EdgeError } from '../../errors.ts';
import type { Clock } from '../../platform/ports.ts';
import type { Refused } from '../decide/silences.ts';
import { withRetries } from '../retry.ts';
import { type MemoryPlace, recall, remember } from './memory.ts';
import { freshState, type TargetState } from './state.ts';

export interface ChangeInput<Change extends { state: TargetState }> {
  ports: { clock: Clock; random: () => number; place: MemoryPlace };
  target: string;
  deadline: Date;
  /** Gives the very state back when there is nothing to write. */
  change(state: TargetState, now: Date): Change | Refused;
}

const writing = { attempts: 15, firstDelayMs: 100 } as const;

/** @throws EdgeError when the state cannot be read or written, or is not readable as one */
export function changeState<Change extends { state: TargetState }>({
  ports: { clock, random, place },
  target,
  deadline,
  change,
}: ChangeInput<Change>): Promise<Change | Refused> {
  return withRetries({ clock, random, deadline, ...writing }, async () => {
    const recalled = await recall(place, target);
    if (recalled.kind === 'corrupt') {
      throw new EdgeError('invalid', `what is remembered of ${target} cannot be read: ${recalled.problem}`, {
        remedy: 'The next scheduled run keeps it aside and begins afresh; do this again then.',
      });
    }
    const now = clock.now();
    const before = recalled.kind === 'state' ? recalled.state : freshState(target, now);
    const changed = change(before, now);
    if ('refused' in changed || changed.state === before) return changed;
    const { state } = await remember(place, changed.state, recalled.condition);
    return { ...changed, state };
  });
}
