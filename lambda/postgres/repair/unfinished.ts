// States that an object of the model is in and that no statement creates: it was left unfinished, or switched off.
import type { Fact, FactKey } from '../fact.ts';
import type { Catalog } from './catalog.ts';
import { ownName } from './identifier.ts';
import { isInherited } from './kinds/common.ts';
import type { NoRepair } from './statement.ts';

const states: readonly { kind: string; attribute: string; isSo: (value: unknown, fact: Fact) => boolean }[] = [
  { kind: 'index', attribute: 'valid', isSo: (value) => value === false },
  { kind: 'column', attribute: 'notNullValidated', isSo: (value) => value === false },
  {
    kind: 'constraint',
    attribute: 'validated',
    isSo: (value, fact) => value === false && fact.attributes.type === 'check' && isInherited(fact),
  },
  { kind: 'constraint', attribute: 'checkTriggers', isSo: (value) => value !== undefined },
  { kind: 'constraint', attribute: 'actionTriggers', isSo: (value) => value !== undefined },
  { kind: 'table', attribute: 'detachPending', isSo: (value) => value === true },
];

/** A column of a typed table is what the type has: when that cannot change, the new table is not as the model's. */
export function asItsType(column: Fact, catalog: Catalog, reasonFor: (key: FactKey) => string | undefined): NoRepair[] {
  const table = column.kind === 'column' ? catalog.get(column.parent ?? '') : undefined;
  if (table?.attributes.ofType === undefined) return [];
  const none = reasonFor(`attribute ${table.attributes.ofType}.${ownName(column, table)}`);
  return none === undefined ? [] : [{ kind: column.kind, subject: column.id, attribute: 'type', none }];
}

/** What will differ about an object that the repair creates. */
export function unfinished(fact: Fact): NoRepair[] {
  const { kind, id, attributes } = fact;
  return states
    .filter((state) => state.kind === kind && state.isSo(attributes[state.attribute], fact))
    .map(({ attribute }) => ({
      kind,
      subject: id,
      attribute,
      none: 'The model has it unfinished or switched off; production gets it whole.',
    }));
}
