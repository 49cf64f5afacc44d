// What an index has beside what it covers; also for one that a constraint brought.
import type { Fact } from '../../fact.ts';
import { type Draft, risky, safe } from '../draft.ts';
import { changeOptions } from '../options.ts';
import type { Scene } from '../repairer.ts';
import { parentOf, usesOfIndex } from './common.ts';

/** After CREATE INDEX, which says options and tablespace itself unless a constraint brought the index. */
export function indexSettings(index: Fact, relation: Fact): Draft[] {
  const { options, tablespace, statisticsTargets } = index.attributes;
  const ofConstraint = index.parent?.startsWith('constraint ') === true;
  const isPartitioned = relation.attributes.form === 'partitioned';
  const alter = `ALTER INDEX ${index.id}`;
  return [
    ...(ofConstraint && !isPartitioned
      ? changeOptions(alter, { expected: options ?? null, actual: null }, 'Counts from now on.')
      : []),
    ...(ofConstraint && tablespace !== undefined
      ? [risky(`${alter} SET TABLESPACE ${tablespace}`, 'Copies the index while nobody can write to the table.')]
      : []),
    ...usesOfIndex(index, relation),
    ...statisticsDrafts(index, {}, statisticsTargets),
  ];
}

/** The table or materialized view it is on. */
export function indexedRelation(index: Fact, scene: Scene): Fact {
  const parent = parentOf(index, scene.target);
  return parent.kind === 'constraint' ? parentOf(parent, scene.target) : parent;
}

export function statisticsDrafts({ id }: Fact, actual: unknown, expected: unknown): Draft[] {
  const [found, wanted] = [targetsOf(actual), targetsOf(expected)];
  return [...new Set([...Object.keys(found), ...Object.keys(wanted)])]
    .filter((place) => found[place] !== wanted[place])
    .map((place) => {
      const set = `SET STATISTICS ${Number(wanted[place] ?? -1)}`;
      return safe(`ALTER INDEX ${id} ALTER COLUMN ${Number(place)} ${set}`, 'Counts from the next ANALYZE on.');
    });
}

function targetsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
