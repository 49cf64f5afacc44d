// How a change of a column becomes ALTER TABLE ... ALTER COLUMN, and when.
import { canonicalJson } from '../../../json.ts';
import { type Fact, factKey } from '../../fact.ts';
import type { Catalog } from '../catalog.ts';
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

/**
 * A change that PostgreSQL carries on to child tables and partitions. Where one of those is to have another value, each
 * table is told by itself.
 */
export function alteredBelow(
  attribute: string,
  change: Change,
  scene: Scene,
  action: (column: Fact) => string,
  [draft, reason]: readonly [Drafter, string],
  at: number = stage.rest,
): Alteration {
  const { target } = change;
  const below = columnsBelow(target, scene.target);
  const wanted = ({ attributes }: Fact): string => canonicalJson(attributes[attribute] ?? null);
  if (below.every((column) => wanted(column) === wanted(target)))
    return staged(at, draft(`${alterColumn(target, scene)} ${action(target)}`, reason));
  const changed = below.filter((column) => {
    const before = scene.current.get(factKey(column));
    return before !== undefined && wanted(before) !== wanted(column);
  });
  return staged(
    at,
    ...[target, ...changed].map((column) => draft(`${alterColumn(column, scene, 'ONLY ')} ${action(column)}`, reason)),
  );
}

/** The same column of the child tables and partitions, nearest first. */
export function columnsBelow(column: Fact, catalog: Catalog): Fact[] {
  const next = catalog
    .needing(factKey(column))
    .filter(({ kind, parent }) => kind === 'column' && parent?.startsWith('table '));
  return next.flatMap((one) => [one, ...columnsBelow(one, catalog)]);
}

export function staged(at: number, ...drafts: Draft[]): Alteration {
  return { drafts, stage: at };
}

export function alterColumn(fact: Fact, scene: Scene, only: 'ONLY ' | '' = ''): string {
  const relation = parentOf(fact, scene.target);
  return `ALTER ${relation.kind.toUpperCase()} ${only}${relation.id} ALTER COLUMN ${ownName(fact, relation)}`;
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

export function defaultAction({ attributes }: Fact): string {
  return attributes.default === undefined ? 'DROP DEFAULT' : `SET DEFAULT ${attributes.default}`;
}
