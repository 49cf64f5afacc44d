// Repair of base types, which are made together with functions that need them, and of shell types.
import type { Fact } from '../../fact.ts';
import { risky, safe } from '../draft.ts';
import type { Elsewhere, Repairer, Scene } from '../repairer.ts';
import { none } from './common.ts';

const together = 'The type and its functions need each other: take the statements from its migration.';
const change = none(together);

/** Set for a function of a base type that comes or goes with it. */
export function withItsType({ needs = [] }: Fact, { current, target }: Scene): Elsewhere | undefined {
  const moves = needs.some((key) => key.startsWith('base type ') && !current.get(key) !== !target.get(key));
  return moves ? { none: together } : undefined;
}

export const baseType: Repairer<'base type'> = {
  rank: 2,
  canRebuild: false,
  create: () => ({ none: together }),
  drop: () => ({
    none: 'The type and its functions go together, by DROP TYPE ... CASCADE: look at what else that drops.',
  }),
  change: {
    input: change,
    output: change,
    receive: change,
    send: change,
    modifierInput: change,
    modifierOutput: change,
    analyze: change,
    subscript: change,
    length: change,
    byValue: change,
    alignment: change,
    storage: change,
    category: change,
    preferred: change,
    default: change,
    element: change,
    delimiter: change,
    collatable: change,
  },
};

export const shellType: Repairer<'shell type'> = {
  rank: 2,
  canRebuild: false,
  create: ({ id }) => [{ drafts: [safe(`CREATE TYPE ${id}`, 'Adds the name of a type only.')] }],
  drop: ({ id }) => [risky(`DROP TYPE ${id}`, 'Refused while anything uses it.')],
  change: {},
};
