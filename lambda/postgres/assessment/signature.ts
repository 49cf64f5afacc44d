// What a routine takes in production, held against the types that its name in the model says.
import { argumentsIn } from '../repair/kinds/arguments.ts';
import type { Predicate } from './rule.ts';

/** It takes values of other types, or another number of them. */
export const takesOthers: Predicate = (entry) => {
  const { types, taken } = bothSides(entry);
  return types.length !== taken.length || !startsWith(taken, types);
};

/** It takes what the model passes, and whatever else it takes has a default. */
export const takesMore: Predicate = (entry) => {
  const { types, taken } = bothSides(entry);
  return startsWith(taken, types) && taken.slice(types.length).every(({ hasDefault }) => hasDefault);
};

type Taken = ReturnType<typeof argumentsIn>[number];

function bothSides({ subject, actual }: Parameters<Predicate>[0]): { types: string[]; taken: Taken[] } {
  const at = subject.indexOf('(');
  const types = at < 0 ? [] : argumentsIn(subject.slice(at + 1, -1)).map(({ declared }) => declared);
  const taken = argumentsIn(String(actual ?? '')).filter(({ declared }) => !declared.startsWith('OUT '));
  return { types, taken };
}

/** Mode and name come before the type. */
function startsWith(taken: readonly Taken[], types: readonly string[]): boolean {
  return types.every((type, place) => {
    const declared = taken[place]?.declared;
    return declared === type || declared?.endsWith(` ${type}`) === true;
  });
}
