// States that an object of the model is in and that no statement creates: it was left unfinished, or switched off.
import type { Fact } from '../fact.ts';
import type { NoRepair } from './statement.ts';

const states: readonly { kind: string; attribute: string; isSo: (value: unknown) => boolean }[] = [
  { kind: 'index', attribute: 'valid', isSo: (value) => value === false },
  { kind: 'column', attribute: 'notNullValidated', isSo: (value) => value === false },
  { kind: 'constraint', attribute: 'checkTriggers', isSo: (value) => value !== undefined },
  { kind: 'constraint', attribute: 'actionTriggers', isSo: (value) => value !== undefined },
  { kind: 'table', attribute: 'detachPending', isSo: (value) => value === true },
];

/** What will differ about an object that the repair creates. */
export function unfinished({ kind, id, attributes }: Fact): NoRepair[] {
  return states
    .filter((state) => state.kind === kind && state.isSo(attributes[state.attribute]))
    .map(({ attribute }) => ({
      kind,
      subject: id,
      attribute,
      none: 'The model has it unfinished or switched off; production gets it whole.',
    }));
}
