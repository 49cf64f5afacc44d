// Repair of extended statistics.
import type { Fact } from '../../fact.ts';
import { type Draft, safe } from '../draft.ts';
import type { Repairer } from '../repairer.ts';
import { listOf, outcome, parentOf, recreate } from './common.ts';

const planning = 'The planner uses it after the next ANALYZE.';
const redefined = 'What it covers only changes by creating it again.';

export const statisticsObject: Repairer<'statistics object'> = {
  rank: 9,
  canRebuild: true,
  create: (fact, scene) => {
    const { kinds, columns, expressions, statisticsTarget } = fact.attributes;
    const members = [...listOf(columns), ...(expressions === undefined ? [] : [String(expressions)])].join(', ');
    const limited = kinds === undefined ? '' : ` (${listOf(kinds).join(', ')})`;
    const statement = `CREATE STATISTICS ${fact.id}${limited} ON ${members} FROM ${parentOf(fact, scene.target).id}`;
    return [{ drafts: [safe(statement, planning), ...(statisticsTarget === undefined ? [] : [setTarget(fact)])] }];
  },
  drop: ({ id }) => [safe(`DROP STATISTICS ${id}`, 'The planner estimates without it.')],
  change: {
    kinds: recreate(redefined),
    columns: recreate(redefined),
    expressions: recreate(redefined),
    statisticsTarget: ({ target }) => outcome(setTarget(target)),
  },
};

function setTarget({ id, attributes }: Fact): Draft {
  return safe(`ALTER STATISTICS ${id} SET STATISTICS ${attributes.statisticsTarget ?? -1}`, planning);
}
