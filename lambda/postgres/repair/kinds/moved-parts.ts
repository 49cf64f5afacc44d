// What is added to a table or composite type comes last, whatever its place in the model.
import { type Fact, factKey } from '../../fact.ts';
import { ownName } from '../identifier.ts';
import type { Scene } from '../repairer.ts';
import type { NoRepair } from '../statement.ts';
import { listOf } from './common.ts';

/** https://www.postgresql.org/docs/current/limits.html */
const mostParts = 1600;

/** New parts are added in the order of the model: later ones have a rank that is higher by a fraction. */
export function rankByPlace(rank: number, part: Fact, owner: Fact, order: 'columnOrder' | 'attributeOrder'): number {
  return rank + listOf(owner.attributes[order]).indexOf(ownName(part, owner)) / mostParts;
}

/** The same for the tables that inherit the column: there, it comes last as well, and in new ones where their parent has it. */
export function movedColumns(column: Fact, table: Fact, scene: Scene): NoRepair[] {
  const moved = movedParts(column, table, 'columnOrder', scene);
  const below = scene.target.needing(factKey(column)).flatMap((part): NoRepair[] => {
    const owner = part.kind === 'column' && part.parent !== undefined ? scene.target.get(part.parent) : undefined;
    if (owner?.kind !== 'table') return [];
    if (!scene.isNew(factKey(owner))) return movedColumns(part, owner, scene);
    return moved.map((one) => ({ ...one, subject: owner.id }));
  });
  return [...moved, ...below];
}

/** The same for the tables that are made of the type. */
export function movedAttributes(attribute: Fact, type: Fact, scene: Scene): NoRepair[] {
  const below = [...scene.target.facts()].filter(
    (table) => table.attributes.ofType === type.id && !scene.isNew(factKey(table)),
  );
  const moved = movedParts(attribute, type, 'attributeOrder', scene);
  return moved.length === 0
    ? []
    : [...moved, ...below.map(({ kind, id }) => ({ kind, subject: id, attribute: 'columnOrder', none: comesLast }))];
}

/** The difference in order that adding this part brings, if it does. */
function movedParts(part: Fact, owner: Fact, order: 'columnOrder' | 'attributeOrder', scene: Scene): NoRepair[] {
  const wanted = listOf(owner.attributes[order]);
  const isAdded = (name: string): boolean =>
    name === ownName(part, owner) || scene.isNew(`${part.kind} ${owner.id}.${name}`);
  const found = listOf(scene.current.get(factKey(owner))?.attributes[order]);
  const result = [...found.filter((name) => !isAdded(name)), ...wanted.filter(isAdded)];
  const expected = wanted.filter((name) => result.includes(name));
  if (expected.join('\n') === result.filter((name) => wanted.includes(name)).join('\n')) return [];
  return [{ kind: owner.kind, subject: owner.id, attribute: order, none: comesLast }];
}

const comesLast = 'What is added comes last; where it stands only changes by creating the whole again.';
