// Repair of indexes, built while everybody works on wherever PostgreSQL can.
import { type Fact, factKey } from '../../fact.ts';
import { type Draft, outsideTransaction, risky, safe, words } from '../draft.ts';
import { lastName, schemaName } from '../identifier.ts';
import { withOptions } from '../options.ts';
import type { Change, Outcome, Part, Repairer, Scene } from '../repairer.ts';
import { joins, outcome, parentOf, storageChanges, unused, withoutSurplus } from './common.ts';
import { attachIndex } from './constraints.ts';
import { indexedRelation, indexSettings, statisticsDrafts } from './index-settings.ts';

const { options, tablespace } = storageChanges('INDEX');

export const index: Repairer<'index'> = {
  rank: 8,
  canRebuild: true,
  holds: (fact, { attributes }) => fact.attributes.unique === true && attributes.type === 'foreign key',
  create: createIndex,
  drop: (fact, scene) => {
    const relation = parentOf(fact, scene.current);
    if (relation.kind === 'constraint') return [];
    return isPartitioned(relation)
      ? [risky(`DROP INDEX ${fact.id}`, 'Locks the table and its partitions; queries that use it become slow.')]
      : [outsideTransaction(risky(`DROP INDEX CONCURRENTLY ${fact.id}`, 'Queries that use it become slow.'))];
  },
  change: {
    unique: replace,
    definition: replace,
    nullsNotDistinct: replace,
    predicate: replace,
    valid: changeValid,
    options: (change, scene) =>
      isPartitioned(indexedRelation(change.target, scene))
        ? {
            none: 'PostgreSQL changes them nowhere but in a new index; they only count for partitions that are made later.',
          }
        : options(change),
    tablespace,
    statisticsTargets: ({ target, expected, actual }) => ({ drafts: statisticsDrafts(target, actual, expected) }),
    partitionOf: ({ target, expected, actual }, scene) => {
      if (actual === null) return outcome(attachIndex(String(expected), target));
      return scene.target.get(`index ${actual}`) === undefined
        ? { recreate: factKey(target), reason: 'It goes with the index of the partitioned table.' }
        : { none: 'An index cannot be detached: drop the one of the partitioned table, and create this one again.' };
    },
  },
};

/** The new one is built beside the old one, so that there is one all the time. */
function replace({ target }: Change, scene: Scene): Outcome {
  const relation = parentOf(target, scene.target);
  if (isPartitioned(relation) || relation.kind !== 'table' || target.attributes.partitionOf !== undefined) {
    return { recreate: factKey(target), reason: 'What it covers only changes by building it anew.' };
  }
  const name = lastName(target.id);
  return {
    drafts: [
      creation(target, relation, scene, 'driftwatch_new'),
      outsideTransaction(risky(`DROP INDEX CONCURRENTLY ${target.id}`, 'The new one is there.')),
      safe(`ALTER INDEX ${schemaName(target.id)}.driftwatch_new RENAME TO ${name}`, 'Changes the name only.'),
      ...indexSettings(target, relation),
    ],
    rebuilds: () => true,
  };
}

function createIndex(fact: Fact, scene: Scene): Part[] {
  const relation = parentOf(fact, scene.target);
  if (relation.kind === 'constraint') return [];
  const { partitionOf } = fact.attributes;
  const comesAttached = partitionOf === undefined || scene.isNew(factKey(relation)) || joins(relation, scene);
  const attached = comesAttached ? [] : [attachIndex(String(partitionOf), fact)];
  return [
    {
      drafts: [creation(fact, relation, scene), ...attached, ...indexSettings(fact, relation)],
      takes: withoutSurplus(relation),
    },
  ];
}

function creation(fact: Fact, relation: Fact, scene: Scene, name = lastName(fact.id)): Draft {
  const { unique, definition, nullsNotDistinct, predicate, options: set, tablespace: place } = fact.attributes;
  const isNew = scene.isNew(factKey(relation)) || relation.kind !== 'table';
  const concurrently = !isNew && !isPartitioned(relation);
  const statement = words(
    'CREATE',
    unique === true && 'UNIQUE',
    'INDEX',
    concurrently && 'CONCURRENTLY',
    name,
    'ON',
    isPartitioned(relation) && 'ONLY',
    `${relation.id} USING ${definition}`,
    nullsNotDistinct === true && 'NULLS NOT DISTINCT',
    withOptions(set),
    place !== undefined && `TABLESPACE ${place}`,
    predicate !== undefined && `WHERE ${predicate}`,
  );
  if (isPartitioned(relation)) return safe(statement, 'Is used once each partition has its own, attached to it.');
  if (isNew) return safe(statement, unused);
  return outsideTransaction(
    unique === true
      ? risky(
          statement,
          'Builds it while everybody works on, and fails where a value comes twice: then drop the invalid index it leaves.',
        )
      : safe(statement, 'Builds it while everybody works on.'),
  );
}

function changeValid({ target, expected }: Change, scene: Scene): Outcome {
  if (expected === false) return { none: 'Production finished what the model left unfinished.' };
  const parent = parentOf(target, scene.target);
  if (isPartitioned(indexedRelation(target, scene))) {
    return { none: 'Becomes valid by itself once each partition has a valid index attached to it.' };
  }
  const reason = 'Builds it anew while everybody works on; a unique one fails where a value comes twice.';
  return parent.kind === 'constraint' && parent.attributes.type === 'exclusion'
    ? outcome(risky(`REINDEX INDEX ${target.id}`, 'Builds it anew while nobody can write to the table.'))
    : outcome(outsideTransaction(risky(`REINDEX INDEX CONCURRENTLY ${target.id}`, reason)));
}

function isPartitioned({ attributes }: Fact): boolean {
  return attributes.form === 'partitioned';
}
