// Repair of columns. Those of a view or materialized view come and go with it.
import type { JsonObject } from '../../../json.ts';
import { type Fact, factKey } from '../../fact.ts';
import { type Draft, destructive, inParentheses, risky, safe } from '../draft.ts';
import { ownName } from '../identifier.ts';
import { changeForeignOptions, changeOptions, foreignOptions, unreadOption } from '../options.ts';
import { referencesIn } from '../references.ts';
import type { Change, Elsewhere, Outcome, Part, Repairer, Scene } from '../repairer.ts';
import {
  alterColumn,
  altered,
  alteredBelow,
  columnsBelow,
  defaultAction,
  ofTable,
  stage,
} from './column-alteration.ts';
import { columnClause, rewritesRows } from './column-clause.ts';
import { addIdentity, identityChanges, sequenceSettings } from './column-identity.ts';
import { nullChanges } from './column-null.ts';
import { changeType } from './column-type.ts';
import { attributeOf, isTable, listOf, none, parentOf, text } from './common.ts';
import { movedColumns, rankByPlace } from './moved-parts.ts';
import { withItsView } from './views.ts';

const columnRank = 5;

const laterValues = 'Counts for values written from now on.';
const laterRows = 'Counts for rows inserted from now on.';
const laterStatistics = 'Counts from the next ANALYZE on.';

export const column: Repairer<'column'> = {
  rank: columnRank,
  canRebuild: false,
  create: createColumn,
  drop: (fact, scene) => {
    const table = parentOf(fact, scene.current);
    if (!isTable(table)) return withItsView(table, scene);
    const type = attributeOf(fact, scene);
    if (type !== undefined) return type;
    if (referencesIn(text(table.attributes.partitionKey ?? '')).names.has(ownName(fact, table))) {
      return { none: 'Rows are spread over partitions by it: only creating the table again changes that.' };
    }
    return [destructive(`ALTER TABLE ${table.id} DROP COLUMN ${ownName(fact, table)}`, 'Loses what the column holds.')];
  },
  change: {
    type: changeType,
    collation: changeType,
    ...nullChanges,
    default: (change, scene) =>
      alteredBelow(
        'default',
        change,
        scene,
        defaultAction,
        [safe, laterRows],
        change.expected === null ? stage.release : stage.default,
      ),
    generated: ofTable(changeGenerated),
    generationExpression: ofTable(changeExpression),
    ...identityChanges,
    storage: ofTable((change, scene) =>
      alteredBelow('storage', change, scene, (column) => `SET STORAGE ${storageWord(column)}`, [safe, laterValues]),
    ),
    compression: ofTable((change, scene) =>
      altered(change, scene, `SET COMPRESSION ${change.expected ?? 'default'}`, [safe, laterValues]),
    ),
    statisticsTarget: ofTable((change, scene) =>
      alteredBelow(
        'statisticsTarget',
        change,
        scene,
        ({ attributes }) => `SET STATISTICS ${Number(attributes.statisticsTarget ?? -1)}`,
        [safe, laterStatistics],
      ),
    ),
    options: ofTable((change, scene) => ({
      drafts: changeOptions(alterColumn(change.target, scene), change, laterStatistics),
      stage: stage.rest,
    })),
    foreignOptions: ofTable((change, scene) => changeForeignOptions(alterColumn(change.target, scene), change)),
    identityLost: none('Only a partition that is attached gets the identity: detach it and attach it again.'),
    notNullInheritance: none('Follows from how the table came to inherit; only creating the table again changes it.'),
    inheritance: none('Follows from how the table came to inherit; only creating the table again changes it.'),
  },
};

function createColumn(fact: Fact, scene: Scene): Part[] | Elsewhere {
  const table = parentOf(fact, scene.target);
  if (scene.isNew(factKey(table))) return [];
  const origins = (fact.needs ?? []).filter((key) => key.startsWith('column ') && scene.isNew(key));
  const origin = origins
    .map((key) => scene.target.get(key))
    .find((column) => column && comesAlong(column, table, scene));
  if (origin) return differencesFrom(origin, fact, table);
  if (!isTable(table)) return withItsView(table, scene);
  const type = attributeOf(fact, scene);
  if (type !== undefined) return type;
  if (foreignOptions(fact.attributes.foreignOptions) === undefined) return unreadOption;
  const { identity, ...plain } = fact.attributes;
  // https://www.postgresql.org/docs/current/ddl-identity-columns.html
  const isSplit = identity !== undefined && hasColumnBelow(fact, table, scene);
  const clause = columnClause(isSplit ? { ...fact, attributes: plain } : fact, table);
  const added = classOfNewColumn(isSplit ? plain : fact.attributes, `ALTER TABLE ${table.id} ADD COLUMN ${clause}`);
  return [
    {
      drafts: [added, ...(isSplit ? [addIdentity(fact, table)] : []), ...settingsOf(fact, table)],
      rank: rankByPlace(columnRank, fact, table, 'columnOrder'),
      leaves: movedColumns(fact, table, scene),
    },
  ];
}

/** The table belongs to the parent table before and after, so that it gets the column with it. */
function comesAlong(column: Fact, table: Fact, { current }: Scene): boolean {
  const above = column.parent?.slice('table '.length) ?? '';
  const before = current.get(factKey(table))?.attributes ?? {};
  if (column.parent?.startsWith('table ') !== true) return true;
  return before.partitionOf === above || listOf(before.inherits).includes(above);
}

/** Identity cannot be added together with a column that child tables get along. */
function hasColumnBelow(column: Fact, table: Fact, scene: Scene): boolean {
  const isCarried = table.attributes.form === 'partitioned' && scene.major >= 17;
  return !isCarried && columnsBelow(column, scene.target).length > 0;
}

/** A column that comes with that of a parent or partitioned table has the same default, unless told otherwise. */
function differencesFrom(origin: Fact, fact: Fact, table: Fact): Part[] {
  const [own, inherited] = [fact.attributes, origin.attributes];
  const alter = `ALTER TABLE ${table.id} ALTER COLUMN ${ownName(fact, table)}`;
  const byDefault = own.default === undefined ? 'DROP DEFAULT' : `SET DEFAULT ${own.default}`;
  const drafts = [
    ...(own.default === inherited.default || own.generated !== undefined
      ? []
      : [safe(`${alter} ${byDefault}`, laterRows)]),
    ...(own.nullable === inherited.nullable
      ? []
      : [risky(`${alter} SET NOT NULL`, 'Fails while the table has rows, since they have no value.')]),
  ];
  return [{ drafts: [...drafts, ...settingsOf(fact, table)] }];
}

function classOfNewColumn(attributes: JsonObject, statement: string): Draft {
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
  // Child tables that get the column along have settings of their own.
  const alter = `ALTER TABLE ONLY ${table.id} ALTER COLUMN ${ownName(fact, table)}`;
  return [
    ...(storage === undefined ? [] : [safe(`${alter} SET STORAGE ${text(storage).toUpperCase()}`, laterValues)]),
    ...(compression === undefined ? [] : [safe(`${alter} SET COMPRESSION ${compression}`, laterValues)]),
    ...(statisticsTarget === undefined
      ? []
      : [safe(`${alter} SET STATISTICS ${Number(statisticsTarget)}`, laterStatistics)]),
    ...changeOptions(alter, { expected: options ?? null, actual: null }, laterStatistics),
    ...sequenceSettings(fact, table),
  ];
}

function changeExpression(change: Change, scene: Scene): Outcome {
  if (scene.major < 17) return changeGenerated(change, scene);
  const action = `SET EXPRESSION AS ${inParentheses(text(change.expected))}`;
  return altered(change, scene, action, [
    risky,
    'Computes every value again while nobody can read or write the table.',
  ]);
}

function changeGenerated(change: Change, scene: Scene): Outcome {
  const { target, current } = change;
  if (target.attributes.generated === undefined && current.attributes.generated === 'stored') {
    const kept = 'Values stay, and are no longer computed.';
    return altered(change, scene, 'DROP EXPRESSION', [safe, kept], stage.release);
  }
  return {
    recreate: factKey(target),
    reason: 'How a column is computed only changes by dropping it and adding it again, at the end of the table.',
  };
}

/** What a type stores by itself is left out of a fact; these are the storage kinds of PostgreSQL's own types. */
function storageWord({ attributes }: Fact): string {
  if (attributes.storage !== undefined) return text(attributes.storage).toUpperCase();
  return /^(numeric|inet|cidr)\b/.test(text(attributes.type)) ? 'MAIN' : 'EXTENDED';
}
