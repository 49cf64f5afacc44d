// Repair of triggers.
import { type Fact, factKey } from '../../fact.ts';
import { type Draft, risky, safe, words } from '../draft.ts';
import { ownName } from '../identifier.ts';
import type { Part, Repairer, Scene } from '../repairer.ts';
import { firing, joined, outcome, parentOf, recreate, text, unused } from './common.ts';

const redefined = 'When it runs, and what, only changes by creating it again.';
const follows = 'Follows from how the partition was attached: detach it and attach it again.';

export const trigger: Repairer<'trigger'> = {
  rank: 15,
  canRebuild: true,
  create: createTrigger,
  drop: (fact, scene) => {
    const relation = parentOf(fact, scene.current);
    if (fact.attributes.partitionOf !== undefined && isDetached(relation, scene)) return [];
    return [
      risky(`DROP TRIGGER ${ownName(fact, relation)} ON ${relation.id}`, 'What it does on writes no longer happens.'),
    ];
  },
  change: {
    definition: recreate(redefined),
    constraint: recreate(redefined),
    enabled: ({ target }, scene) => outcome(fire(target, parentOf(target, scene.target))),
    partitionOf: ({ target, expected, actual }, scene) => {
      const comes = expected !== null && scene.isNew(`trigger ${expected}`);
      const goes = expected === null && scene.target.get(`trigger ${actual}`) === undefined;
      return comes || goes
        ? { recreate: factKey(target), reason: 'It comes or goes with the trigger of the partitioned table.' }
        : { none: follows };
    },
  },
};

/** It joins a partitioned table in this repair. */
function isAttached(table: Fact, { current }: Scene): boolean {
  return current.get(factKey(table))?.attributes.partitionOf !== table.attributes.partitionOf;
}

/** PostgreSQL drops the copies of the partitioned table's triggers when a partition leaves it. */
function isDetached(table: Fact, { target }: Scene): boolean {
  return target.get(factKey(table))?.attributes.partitionOf === undefined;
}

/** A trigger of a partitioned table is copied to its partitions, also to one that is attached later. */
function createTrigger(fact: Fact, scene: Scene): Part[] | { none: string } {
  const relation = parentOf(fact, scene.target);
  const { partitionOf, constraint, definition, enabled } = fact.attributes;
  if (partitionOf !== undefined) {
    const copied = scene.isNew(`trigger ${partitionOf}`) || isAttached(relation, scene);
    if (!copied) return { none: follows };
    const { enabled: above } = scene.target.get(`trigger ${partitionOf}`)?.attributes ?? {};
    return enabled === 'origin' && above === 'origin'
      ? []
      : [{ drafts: [fire(fact, relation)], needs: [joined(relation)] }];
  }
  const statement = words(
    'CREATE',
    constraint === true && 'CONSTRAINT',
    `TRIGGER ${ownName(fact, relation)} ${definition}`,
  );
  const created = scene.isNew(factKey(relation))
    ? safe(statement, unused)
    : risky(
        statement,
        'Runs on every such write from here on; waits for writers, and keeps them waiting for a moment.',
      );
  return [{ drafts: [created, ...(enabled === 'origin' ? [] : [fire(fact, relation)])] }];
}

export function fire(fact: Fact, relation: Fact): Draft {
  const action = firing[text(fact.attributes.enabled)];
  return risky(
    `ALTER TABLE ${relation.id} ${action} TRIGGER ${ownName(fact, relation)}`,
    'Counts for every write from here on.',
  );
}
