// Repair of columns. Those of a view or materialized view come and go with it.
import { type Fact, factKey } from '../../fact.ts';
import { type Draft, destructive, inParentheses, risky, safe } from '../draft.ts';
import { derivedName, lastName, ownName, schemaName } from '../identifier.ts';
import { changeForeignOptions, changeOptions } from '../options.ts';
import type { Change, Changer, Elsewhere, Outcome, Part, Repairer, Scene } from '../repairer.ts';
import { figureClause, type SequenceFigure } from '../sequence-options.ts';
import type { NoRepair } from '../statement.ts';
import { columnClause, identityClause, rewritesRows } from './column-clause.ts';
import { changeType } from './column-type.ts';
import { isTable, listOf, parentOf, text } from './common.ts';
import { withItsView } from './views.ts';

const columnRank = 5;
/** https://www.postgresql.org/docs/current/limits.html */
const mostColumns = 1600;

const addedLast = 'A column is added behind the others; where it stands only changes by creating the table again.';

/** Changes of one column run in this order: what is in the way goes first. */
const stage = { release: 0, type: 1, default: 2, nullable: 3, identity: 4, rest: 5 } as const;

export const column: Repairer<'column'> = {
  rank: columnRank,
  canRebuild: false,
  create: createColumn,
  drop: (fact, scene) => {
    const table = parentOf(fact, scene.current);
    if (!isTable(table)) return withItsView(table, scene);
    return [destructive(`ALTER TABLE ${table.id} DROP COLUMN ${ownName(fact, table)}`, 'Loses what the column holds.')];
  },
  change: {
    type: changeType(stage.type),
    collation: changeType(stage.type),
    nullable: ofTable(changeNullable),
    default: changeDefault,
    generated: ofTable(changeGenerated),
    generationExpression: ofTable((change, scene) =>
      scene.major >= 17 && change.expected !== null && change.actual !== null
        ? altered(
            change,
            scene,
            `SET EXPRESSION AS ${inParentheses(text(change.expected))}`,
            risky,
            'Computes every value again while nobody can read or write the table.',
          )
        : changeGenerated(change, scene),
    ),
    identity: ofTable(changeIdentity),
    identitySequence: ofIdentity(renameSequence),
    identityType: ofIdentity(({ target, expected }) =>
      staged(
        stage.rest,
        risky(
          `ALTER SEQUENCE ${target.attributes.identitySequence} AS ${expected}`,
          'Fails when the sequence is already beyond it.',
        ),
      ),
    ),
    identityStart: figure('start'),
    identityIncrement: figure('increment'),
    identityMinimum: figure('minimum'),
    identityMaximum: figure('maximum'),
    identityCache: figure('cache'),
    identityCycle: figure('cycle'),
    identityPersistence: ofIdentity(({ target, expected }, scene) => {
      const wanted = expected ?? parentOf(target, scene.target).attributes.persistence;
      const action = wanted === 'unlogged' ? 'SET UNLOGGED' : 'SET LOGGED';
      const statement = `ALTER SEQUENCE ${target.attributes.identitySequence} ${action}`;
      return staged(stage.rest, safe(statement, 'Numbers go on where they are.'));
    }),
    storage: ofTable((change, scene) =>
      altered(change, scene, `SET STORAGE ${storageWord(change)}`, safe, 'Counts for values written from now on.'),
    ),
    compression: ofTable((change, scene) =>
      altered(
        change,
        scene,
        `SET COMPRESSION ${change.expected ?? 'default'}`,
        safe,
        'Counts for values written from now on.',
      ),
    ),
    statisticsTarget: ofTable((change, scene) =>
      altered(
        change,
        scene,
        `SET STATISTICS ${Number(change.expected ?? -1)}`,
        safe,
        'Counts from the next ANALYZE on.',
      ),
    ),
    options: ofTable((change, scene) => ({
      drafts: changeOptions(alterColumn(change.target, scene), change, 'Counts from the next ANALYZE on.'),
      stage: stage.rest,
    })),
    foreignOptions: ofTable((change, scene) => changeForeignOptions(alterColumn(change.target, scene), change)),
    inheritance: () => ({
      none: 'Follows from how the table came to inherit; only creating the table again changes it.',
    }),
    notNullName: ofTable(renameNotNull),
    notNullValidated: ofTable(({ target, expected }, scene) =>
      expected === false
        ? { none: 'Production has checked every row, which only says more than the model.' }
        : staged(
            stage.rest,
            safe(
              `ALTER TABLE ${parentOf(target, scene.target).id} VALIDATE CONSTRAINT ${notNullNameOf(target, scene)}`,
              'Reads every row without blocking reads or writes, and fails where one is null.',
            ),
          ),
    ),
    notNullNoInherit: ofTable(({ target, expected }, scene) =>
      staged(
        stage.rest,
        risky(
          `ALTER TABLE ${parentOf(target, scene.target).id} ALTER CONSTRAINT ${notNullNameOf(target, scene)} ${expected === true ? 'NO INHERIT' : 'INHERIT'}`,
          'Reads every row of the child tables, and fails where one is null.',
        ),
      ),
    ),
  },
};

function createColumn(fact: Fact, scene: Scene): Part[] | Elsewhere {
  const table = parentOf(fact, scene.target);
  if (scene.isNew(factKey(table)) || comesFromParent(fact, scene)) return [];
  if (!isTable(table)) return withItsView(table, scene);
  const statement = `ALTER TABLE ${table.id} ADD COLUMN ${columnClause(fact, table)}`;
  const place = listOf(table.attributes.columnOrder).indexOf(ownName(fact, table));
  return [
    {
      drafts: [classOfNewColumn(fact, statement), ...settingsOf(fact, table)],
      rank: columnRank + place / mostColumns,
      leaves: movedColumns(fact, table, scene),
    },
  ];
}

/** A column is added behind the others, in the order of the model among new ones. */
function movedColumns(fact: Fact, table: Fact, scene: Scene): NoRepair[] {
  const wanted = listOf(table.attributes.columnOrder);
  const isAdded = (name: string): boolean => scene.isNew(`column ${table.id}.${name}`) || name === ownName(fact, table);
  const kept = listOf(scene.current.get(factKey(table))?.attributes.columnOrder).filter(
    (name) => wanted.includes(name) && !isAdded(name),
  );
  const result = [...kept, ...wanted.filter(isAdded)];
  if (result.every((name, place) => name === wanted[place])) return [];
  return [{ kind: 'table', subject: table.id, attribute: 'columnOrder', none: addedLast }];
}

function comesFromParent({ needs = [] }: Fact, scene: Scene): boolean {
  return needs.some((key) => key.startsWith('column ') && scene.isNew(key));
}

function classOfNewColumn({ attributes }: Fact, statement: string): Draft {
  const { nullable, default: value, identity, generated } = attributes;
  if (rewritesRows(attributes)) {
    return risky(statement, 'Writes every row anew while nobody can read or write the table.');
  }
  if (nullable === false && value === undefined && identity === undefined && generated === undefined) {
    return risky(
      statement,
      'Fails while the table has rows, since it gives them no value: then add it without NOT NULL, fill it, and set NOT NULL.',
    );
  }
  return safe(statement, 'Adds a column without touching the rows that are there.');
}

/** What a new column needs beyond its clause. */
export function settingsOf(fact: Fact, table: Fact): Draft[] {
  const { storage, compression, statisticsTarget, options } = fact.attributes;
  const alter = `ALTER TABLE ${table.id} ALTER COLUMN ${ownName(fact, table)}`;
  const reason = 'Counts for what is written or analysed from now on.';
  return [
    ...(storage === undefined ? [] : [safe(`${alter} SET STORAGE ${text(storage).toUpperCase()}`, reason)]),
    ...(compression === undefined ? [] : [safe(`${alter} SET COMPRESSION ${compression}`, reason)]),
    ...(statisticsTarget === undefined ? [] : [safe(`${alter} SET STATISTICS ${Number(statisticsTarget)}`, reason)]),
    ...changeOptions(alter, { expected: options ?? null, actual: null }, reason),
  ];
}

/** A column of a view is what its query gives. */
function ofTable(changer: Changer): Changer {
  return (change, scene) => {
    const relation = parentOf(change.target, scene.target);
    return isTable(relation) ? changer(change, scene) : withItsView(relation, scene);
  };
}

/** Comes with the identity when that is what differs. */
function ofIdentity(changer: Changer): Changer {
  return ofTable((change, scene) => {
    const { current, target } = change;
    const both = current.attributes.identity !== undefined && target.attributes.identity !== undefined;
    return both ? changer(change, scene) : { with: factKey(target) };
  });
}

function figure(name: SequenceFigure): Changer {
  return ofIdentity((change, scene) =>
    altered(
      change,
      scene,
      `SET ${figureClause(name, change.expected)}`,
      risky,
      'Fails when the sequence is already beyond it.',
    ),
  );
}

function altered(
  { target }: Change,
  scene: Scene,
  action: string,
  draft: (sql: string, reason: string) => Draft,
  reason: string,
  at: number = stage.rest,
): Outcome {
  return staged(at, draft(`${alterColumn(target, scene)} ${action}`, reason));
}

function staged(at: number, ...drafts: Draft[]): Outcome {
  return { drafts, stage: at };
}

function alterColumn(fact: Fact, scene: Scene): string {
  const relation = parentOf(fact, scene.target);
  return `ALTER ${relation.kind.toUpperCase()} ${relation.id} ALTER COLUMN ${ownName(fact, relation)}`;
}

function changeDefault(change: Change, scene: Scene): Outcome {
  const reason = 'Counts for rows inserted from now on.';
  return change.expected === null
    ? altered(change, scene, 'DROP DEFAULT', safe, reason, stage.release)
    : altered(change, scene, `SET DEFAULT ${change.expected}`, safe, reason, stage.default);
}

/**
 * SET NOT NULL reads the whole table under its lock unless a valid constraint proves what it would look for:
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
function changeNullable(change: Change, scene: Scene): Outcome {
  const { target, expected } = change;
  if (expected === true)
    return altered(change, scene, 'DROP NOT NULL', safe, 'Allows more than before.', stage.nullable);
  const table = parentOf(target, scene.target);
  const proof = 'driftwatch_not_null';
  const name = ownName(target, table);
  const set = `ALTER TABLE ${table.id} ALTER COLUMN ${name} SET NOT NULL`;
  if (table.attributes.form === 'foreign') {
    return staged(stage.nullable, safe(set, 'Checks nothing: the foreign server has to.'));
  }
  return staged(
    stage.nullable,
    risky(
      `ALTER TABLE ${table.id} ADD CONSTRAINT ${proof} CHECK (${name} IS NOT NULL) NOT VALID`,
      'From here on, writes that leave it null fail.',
    ),
    risky(
      `ALTER TABLE ${table.id} VALIDATE CONSTRAINT ${proof}`,
      'Reads every row without blocking reads or writes, and fails where one is null.',
    ),
    safe(set, 'The constraint proves it, so no row is read under the lock.'),
    safe(`ALTER TABLE ${table.id} DROP CONSTRAINT ${proof}`, 'It has served its purpose.'),
  );
}

function changeGenerated(change: Change, scene: Scene): Outcome {
  const { target, current } = change;
  if (target.attributes.generated === undefined && current.attributes.generated === 'stored') {
    return altered(change, scene, 'DROP EXPRESSION', safe, 'Values stay, and are no longer computed.', stage.release);
  }
  return {
    recreate: factKey(target),
    reason: 'How a column is computed only changes by dropping it and adding it again, at the end of the table.',
  };
}

function changeIdentity(change: Change, scene: Scene): Outcome {
  const { target, expected, actual } = change;
  if (expected === null) {
    return altered(change, scene, 'DROP IDENTITY', destructive, 'Loses where its sequence stands.', stage.release);
  }
  if (actual !== null) {
    return altered(
      change,
      scene,
      `SET GENERATED ${text(expected).toUpperCase()}`,
      safe,
      'Numbers go on where they are.',
      stage.identity,
    );
  }
  const table = parentOf(target, scene.target);
  const name = ownName(target, table);
  const startsOver = 'Its sequence starts over, so it is moved behind the highest number that is there.';
  return {
    ...staged(
      stage.identity,
      risky(`ALTER TABLE ${table.id} ALTER COLUMN ${name} ADD ${identityClause(target, table)}`, startsOver),
      continueAfter(text(target.attributes.identitySequence), target, table),
    ),
  };
}

/** Moves a new sequence behind the numbers that the column holds. */
export function continueAfter(sequence: string, column: Fact, table: Fact): Draft {
  const name = ownName(column, table);
  return risky(
    `SELECT setval('${sequence.replaceAll("'", "''")}', max(${name})) FROM ${table.id} HAVING max(${name}) IS NOT NULL`,
    'Reads the highest number; rows inserted meanwhile can be missed.',
  );
}

function renameSequence({ expected, actual }: Change): Outcome {
  const [wanted, found] = [text(expected), text(actual)];
  const moved = `${schemaName(wanted)}.${lastName(found)}`;
  const drafts = [
    ...(schemaName(wanted) === schemaName(found)
      ? []
      : [risky(`ALTER SEQUENCE ${found} SET SCHEMA ${schemaName(wanted)}`, 'What names it no longer finds it.')]),
    ...(lastName(wanted) === lastName(found)
      ? []
      : [risky(`ALTER SEQUENCE ${moved} RENAME TO ${lastName(wanted)}`, 'What names it no longer finds it.')]),
  ];
  return staged(stage.release, ...drafts);
}

function renameNotNull(change: Change, scene: Scene): Outcome {
  const { target, current } = change;
  if (target.attributes.nullable !== false) return { with: factKey(target) };
  const wanted = notNullNameOf(target, scene);
  const found = current.attributes.nullable === false ? notNullNameOf(current, scene) : usualNotNullName(target, scene);
  const statement = `ALTER TABLE ${parentOf(target, scene.target).id} RENAME CONSTRAINT ${found} TO ${wanted}`;
  return staged(stage.rest, safe(statement, 'Changes the name only.'));
}

function notNullNameOf(fact: Fact, scene: Scene): string {
  const { notNullName } = fact.attributes;
  return notNullName === undefined ? usualNotNullName(fact, scene) : text(notNullName);
}

/** The name that PostgreSQL 18 chooses for the NOT NULL constraint. */
function usualNotNullName(fact: Fact, scene: Scene): string {
  const table = parentOf(fact, scene.target);
  return derivedName(lastName(table.id), ownName(fact, table), 'not_null');
}

/** What a type stores by itself is left out of a fact; these are the storage kinds of PostgreSQL's own types. */
function storageWord({ expected, target }: Change): string {
  if (expected !== null) return text(expected).toUpperCase();
  return /^(numeric|inet|cidr)\b/.test(text(target.attributes.type)) ? 'MAIN' : 'EXTENDED';
}
