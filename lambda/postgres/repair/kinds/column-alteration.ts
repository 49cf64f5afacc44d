// How a change of a column becomes ALTER TABLE ... ALTER COLUMN, and when.
import { type Fact, factKey } from '../../fact.ts';
import type { Draft } from '../draft.ts';
import { ownName } from '../identifier.ts';
import type { Alteration, Change, Changer, Scene } from '../repairer.ts';
import { isTable, parentOf } from './common.ts';
import { withItsView } from './views.ts';

/** Changes of one column run in this order: what is in the way goes first. */
export const stage = { release: 0, type: 1, default: 2, nullable: 3, identity: 4, rest: 5 } as const;

/** A statement of one class: `safe`, `risky` or `destructive` of draft.ts. */
type Drafter = (sql: string, reason: string) => Draft;

export function altered(
  { target }: Change,
  scene: Scene,
  action: string,
  [draft, reason]: readonly [Drafter, string],
  at: number = stage.rest,
): Alteration {
  return staged(at, draft(`${alterColumn(target, scene)} ${action}`, reason));
}

export function staged(at: number, ...drafts: Draft[]): Alteration {
  return { drafts, stage: at };
}

export function alterColumn(fact: Fact, scene: Scene): string {
  const relation = parentOf(fact, scene.target);
  return `ALTER ${relation.kind.toUpperCase()} ${relation.id} ALTER COLUMN ${ownName(fact, relation)}`;
}

/** A column of a view is what its query gives. */
export function ofTable(changer: Changer): Changer {
  return (change, scene) => {
    const relation = parentOf(change.target, scene.target);
    return isTable(relation) ? changer(change, scene) : withItsView(relation, scene);
  };
}

/** Comes with the identity when that is what differs. */
export function ofIdentity(changer: Changer): Changer {
  return ofTable((change, scene) => {
    const { current, target } = change;
    const both = current.attributes.identity !== undefined && target.attributes.identity !== undefined;
    return both ? changer(change, scene) : { with: factKey(target) };
  });
}
