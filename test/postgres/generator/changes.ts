// The classes of statements that change a schema, by what they change; and a random one of them.
import { accessChanges } from './access.ts';
import { type ChangeClass, ownersOf, type RandomChange } from './change.ts';
import {
  aggregateChanges,
  compositeChanges,
  domainChanges,
  enumChanges,
  functionChanges,
  materializedViewChanges,
  procedureChanges,
  rangeChanges,
  schemaChanges,
  sequenceChanges,
  viewChanges,
} from './change-code.ts';
import { constraintChanges, indexChanges, policyChanges, triggerChanges } from './change-parts.ts';
import { tableChanges } from './change-tables.ts';
import type { Made, World } from './world.ts';

const classes: Readonly<Record<string, readonly ChangeClass<never>[]>> = {
  schema: schemaChanges,
  table: tableChanges,
  constraint: constraintChanges,
  index: indexChanges,
  trigger: triggerChanges,
  policy: policyChanges,
  enum: enumChanges,
  domain: domainChanges,
  'composite type': compositeChanges,
  'range type': rangeChanges,
  sequence: sequenceChanges,
  view: viewChanges,
  'materialized view': materializedViewChanges,
  function: functionChanges,
  procedure: procedureChanges,
  aggregate: aggregateChanges,
};

/** Every class that this server knows. */
export function classNames(major: number): string[] {
  return [...Object.values(classes), accessChanges].flatMap((list) =>
    list.filter(({ since = 13 }) => since <= major).map(({ name }) => name),
  );
}

/** Every statement that this world can be changed by: one of each class for each object. */
function allChanges(world: World): RandomChange[] {
  return world.all.flatMap((item) => changesOf(item, world));
}

function changesOf(item: Made, world: World): RandomChange[] {
  const own = [...((classes[item.kind] ?? []) as readonly ChangeClass[]), ...accessChanges];
  return own
    .filter(({ since = 13 }) => since <= world.major)
    .flatMap(({ name, make, leavesTraces }) => {
      const made = make(item, world);
      if (made === undefined) return [];
      const { sql, also = [] } = typeof made === 'string' ? { sql: made } : made;
      return [{ name, sql, names: [...ownersOf(item), ...also], ...(leavesTraces && { leavesTraces }) }];
    });
}

/** So many of them, each of another class where there are as many. */
export function someChanges(
  world: World,
  count: number,
  isWanted = (_: RandomChange): boolean => true,
): RandomChange[] {
  const byClass = Map.groupBy(world.random.shuffled(allChanges(world).filter(isWanted)), ({ name }) => name);
  return world.random.some([...byClass.values()], count).flatMap((list) => list.slice(0, 1));
}
