// What a random change is: one statement of a class, and the objects of which one must be named by what is told.
import type { Made, World } from './world.ts';

export interface RandomChange {
  /** Which class of statements: `ALTER TABLE ... SET UNLOGGED`. */
  name: string;
  sql: string;
  /** Keys of facts; an entry for one of them, or one that swallowed one of them, has to be there. */
  names: readonly string[];
  /** PostgreSQL leaves something of it behind that no fact tells, and that a repair stumbles over. */
  leavesTraces?: true;
}

export interface ChangeClass<Item extends Made = Made> {
  name: string;
  /** First major version that can run it. @default 13 */
  since?: number;
  leavesTraces?: true;
  /** `undefined`: nothing to do it to. */
  make(item: Item, world: World): string | Told | undefined;
}

export interface Told {
  sql: string;
  /** Facts that are told, beside the object itself. */
  also?: readonly string[];
}

export const keyOf = ({ kind, id }: { kind: string; id: string }): string => `${kind} ${id}`;

/** The object, and what it is a part of: what a difference of it may be told of. */
export function ownersOf(item: Made): string[] {
  return [keyOf(item), ...(item.parent ? ownersOf(item.parent) : [])];
}
