// Words of the one line that sums a schema check up. Pure.
import { byCodeUnit } from '../../json.ts';
import type { Counting } from './count.ts';
import type { HeldEvidence } from './evidence.ts';

/** What does not count is told all the same, and what no longer needs to be in the settings. */
export function remarks({ ignored, accepted, idle }: Counting, warnings: readonly string[]): string[] {
  const first = accepted.map(({ acceptance }) => acceptance.until).sort(byCodeUnit)[0];
  const ids = idle.map(({ difference }) => difference);
  return [
    ...(ignored.length > 0 ? [`${differences(ignored.length)} ignored by the rules`] : []),
    ...(first === undefined
      ? []
      : [`${differences(accepted.length)} accepted${accepted.length > 1 ? ', the first' : ''} until ${first}`]),
    ...(ids.length > 0 ? [`nothing differs any more as accepted in ${listed(ids)}: remove it from the settings`] : []),
    ...warnings.map((warning) => warning.replace(/\.$/, '')),
  ];
}

/** What production was held to beside the model, and what it was not. */
export function heldClauses({ accepted, notAccepted, unreadable }: HeldEvidence, hasTenants: boolean): string[] {
  const held = accepted.map(({ scope }) => scope);
  const inPart = accepted.flatMap(({ scope, takenByOther }) => (takenByOther === undefined ? [] : [scope]));
  return [
    ...(held.length > 0 ? [`${all(held)} as accepted${hasTenants ? ' outside the tenants' : ''}`] : []),
    ...(inPart.length > 0
      ? [`${all(inPart)} accepted with another Driftwatch and compared in part: accept again`]
      : []),
    ...(notAccepted.length > 0
      ? [
          `${all(notAccepted)} not held: ${unreadable ? 'the accepted state could not be read' : 'nothing was accepted'}`,
        ]
      : []),
  ];
}

/** "a, b and c". */
function all(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

export function differences(number: number): string {
  return number === 1 ? '1 difference' : `${number} differences`;
}

/** The first three, and how many more. */
export function listed(words: readonly string[]): string {
  const more = words.length > 3 ? ` and ${words.length - 3} more` : '';
  return `${words.slice(0, 3).join(', ')}${more}`;
}
