// Flapping: trouble that comes and goes more often than anybody wants to be told. From the change that is one too many, it
// is one incident that is told once; it ends when nothing turned for a while, with one more notice. Pure.
import type { AlertSettings } from '../../config/settings.ts';

export type FlappingPolicy = AlertSettings['flapping'];

/** Those of the turns that count at `at`, and this one. */
export function turnsWith(turns: readonly string[], at: string, { changes, within }: FlappingPolicy): string[] {
  const from = Date.parse(at) - within;
  return [...turns.filter((turn) => Date.parse(turn) > from), at].slice(-(changes + 1));
}

/** Whether the turn that was added last is one too many. */
export function isFlapping(turns: readonly string[], { changes }: FlappingPolicy): boolean {
  return turns.length > changes;
}

/** Whether nothing turned for long enough. */
export function isSteady(turns: readonly string[], at: string, { calm }: FlappingPolicy): boolean {
  const last = turns.at(-1);
  return last === undefined || Date.parse(at) - Date.parse(last) >= calm;
}
