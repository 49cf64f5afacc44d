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

/** The difference in order that adding this part brings, if it does. */
export function movedParts(part: Fact, owner: Fact, order: 'columnOrder' | 'attributeOrder', scene: Scene): NoRepair[] {
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
