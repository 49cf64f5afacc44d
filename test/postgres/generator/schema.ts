// A random schema of one seed: objects in an order in which they can be made, and any other order that serves as well.
import { makeAccess } from './access.ts';
import { makeAggregate, makeFunction, makeMaterializedView, makeProcedure, makeView } from './make-code.ts';
import {
  makeCheck,
  makeExclusion,
  makeForeignKey,
  makeIndex,
  makeKey,
  makePolicy,
  makeTrigger,
} from './make-table-parts.ts';
import {
  makeChild,
  makeForeignTable,
  makePartition,
  makePartitioned,
  makeTable,
  makeTwin,
  makeTypedTable,
} from './make-tables.ts';
import {
  makeComposite,
  makeDomain,
  makeEnum,
  makeRange,
  makeSchema,
  makeSequence,
  publicSchema,
} from './make-types.ts';
import type { Random } from './random.ts';
import { emptyWorld, type Made, type World } from './world.ts';

/** How many of each are made, at most, in this order. */
const plan: readonly (readonly [most: number, make: (world: World) => unknown])[] = [
  [2, makeSchema],
  [2, makeEnum],
  [2, makeDomain],
  [2, makeComposite],
  [1, makeRange],
  [3, makeFunction],
  [4, makeTable],
  [1, makeTwin],
  [1, makeTypedTable],
  [2, makeChild],
  [2, makePartitioned],
  [4, makePartition],
  [1, makeForeignTable],
  [2, makeSequence],
  [5, makeKey],
  [4, makeCheck],
  [4, makeForeignKey],
  [1, makeExclusion],
  [3, makeView],
  [2, makeMaterializedView],
  [6, makeIndex],
  [2, makeFunction],
  [1, makeProcedure],
  [1, makeAggregate],
  [4, makeTrigger],
  [2, makePolicy],
  [1, makeAccess],
];

export function randomSchema(seed: number, major: number): World {
  const world = emptyWorld(seed, major);
  world.add(publicSchema);
  for (const [most, make] of plan) {
    for (let left = world.random.between(most > 3 ? 1 : 0, most); left > 0; left -= 1) make(world);
  }
  return world;
}

export function statementsOf(made: readonly Made[]): string[] {
  return made.flatMap(({ sql }) => sql);
}

/** Everything after what it needs, otherwise at random. */
export function inAnotherOrder(made: readonly Made[], random: Random): Made[] {
  const left = new Set(made);
  const done: Made[] = [];
  while (left.size > 0) {
    const ready = [...left].filter((item) => item.needs.every((need) => !left.has(need)));
    const next = random.pick(ready);
    left.delete(next);
    done.push(next);
  }
  return done;
}
