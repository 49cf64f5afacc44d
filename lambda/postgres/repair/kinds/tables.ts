// Repair of tables: ordinary, partitioned and foreign ones, with their columns and what can stand inside CREATE TABLE.
import { canonicalJson, type JsonObject } from '../../../json.ts';
import { type Fact, type FactKey, factKey } from '../../fact.ts';
import type { Catalog } from '../catalog.ts';
import { type Draft, destructive, risky, safe, words } from '../draft.ts';
import { ownName } from '../identifier.ts';
import { changeForeignOptions, foreignOptions, unreadOption, withOptions } from '../options.ts';
import type { Change, Elsewhere, Outcome, Part, Repairer, Scene } from '../repairer.ts';
import type { NoRepair } from '../statement.ts';
import { columnClause } from './column-clause.ts';
import { sequencePersistence } from './column-identity.ts';
import { declaredNotNull } from './column-null.ts';
import { settingsOf } from './columns.ts';
import {
  changeClusteredOn,
  isInherited,
  joined,
  listOf,
  none,
  outcome,
  persistenceOf,
  recreatedTable,
  replicaIdentityOf,
  rowStorageChanges,
  text,
  unused,
} from './common.ts';
import { constraintClause, isInline } from './constraint-clause.ts';

const tableRank = 4;
/** A partition joins once its indexes are there, so that they are taken and not built a second time. */
const attachRank = 10;

const locksBriefly = 'Locks the table for a moment.';
const declaredHere = 'What was there before the table inherited stays declared in the table itself.';

export const table: Repairer<'table'> = {
  rank: tableRank,
  canRebuild: false,
  create: createTable,
  drop: (fact, scene) => [
    ...(isReferencedAbove(fact, scene) ? [detach(fact)] : []),
    destructive(
      `DROP ${fact.attributes.form === 'foreign' ? 'FOREIGN TABLE' : 'TABLE'} ${fact.id}`,
      'Loses every row in it.',
    ),
  ],
  change: {
    ...rowStorageChanges('TABLE'),
    persistence: changePersistence,
    form: none(recreatedTable),
    columnOrder: none(
      'The order of columns only changes by creating the table again; nothing needs it but queries that rely on it.',
    ),
    inherits: changeInherits,
    partitionOf: changePartitionOf,
    partitionBound: changePartitionOf,
    detachPending: ({ target, expected }) =>
      expected === null && target.attributes.partitionOf !== undefined
        ? outcome(
            risky(
              `ALTER TABLE ${target.attributes.partitionOf} DETACH PARTITION ${target.id} FINALIZE`,
              'Ends the detaching that was begun.',
            ),
            attach(target),
          )
        : { none: 'Production is not detaching what the model is.' },
    partitionKey: none(recreatedTable),
    ofType: ({ target, expected }, scene) => {
      const leaves = safe(`ALTER TABLE ${target.id} NOT OF`, locksBriefly);
      if (expected === null) return { leaving: [leaves], drafts: [] };
      const [before, after] = [scene.current, scene.target].map((catalog) => typeIn(catalog, text(expected)));
      if (before !== after)
        return { none: 'Its type changes as well: once that is as it should be, ALTER TABLE ... OF.' };
      const parts = scene.target.childrenOf(factKey(target));
      return {
        drafts: [risky(`ALTER TABLE ${target.id} OF ${expected}`, 'Fails unless the columns are those of the type.')],
        rank: attachRank,
        needs: parts.filter(({ kind }) => kind === 'column').map(factKey),
        takes: [`columns of ${factKey(target)}`],
      };
    },
    rowSecurity: ({ target, expected }) =>
      outcome(
        risky(
          `ALTER TABLE ${target.id} ${expected === true ? 'ENABLE' : 'DISABLE'} ROW LEVEL SECURITY`,
          expected === true
            ? 'From here on, rows that no policy allows are hidden.'
            : 'From here on, every row is open.',
        ),
      ),
    forceRowSecurity: ({ target, expected }) =>
      outcome(
        risky(
          `ALTER TABLE ${target.id} ${expected === true ? 'FORCE' : 'NO FORCE'} ROW LEVEL SECURITY`,
          'From here on, the owner sees other rows.',
        ),
      ),
    replicaIdentity: changeReplicaIdentity,
    clusteredOn: changeClusteredOn,
    server: none(recreatedTable),
    foreignOptions: (change) => changeForeignOptions(`ALTER FOREIGN TABLE ${change.target.id}`, change),
  },
};

/** All that it is: what a table that is made of it has to match. */
function typeIn(catalog: Catalog, id: string): string {
  const key = `composite type ${id}`;
  const facts = [catalog.get(key), ...catalog.childrenOf(key)];
  return canonicalJson(facts.map((fact) => fact?.attributes ?? null));
}

function createTable(fact: Fact, scene: Scene): Part[] | Elsewhere {
  const { attributes, id } = fact;
  const remote = foreignOptions(attributes.foreignOptions);
  const children = scene.target.childrenOf(factKey(fact));
  const unread = children.some((part) => foreignOptions(part.attributes.foreignOptions) === undefined);
  if (remote === undefined || unread) return unreadOption;
  const columns = columnsOf(fact, children);
  const own = attributes.partitionOf === undefined ? columns.filter((column) => !isInherited(column)) : columns;
  const lines = [
    ...(attributes.ofType === undefined ? own : []).map((column) =>
      columnClause(withoutInheritedNotNull(column, fact, scene.target), fact),
    ),
    ...children
      .filter((part) => isInline(part, fact))
      .map((constraint) => constraintClause(constraint, fact, scene.target.childrenOf(factKey(constraint))[0])),
  ].map((line) => `\n  ${line}`);
  const list = `(${lines.join(',')}${lines.length > 0 ? '\n' : ''})`;
  const statement = words(
    'CREATE',
    attributes.persistence === 'unlogged' && 'UNLOGGED',
    attributes.form === 'foreign' ? 'FOREIGN TABLE' : 'TABLE',
    id,
    attributes.ofType === undefined ? list : words(`OF ${attributes.ofType}`, lines.length > 0 && list),
    attributes.inherits !== undefined && `INHERITS (${(attributes.inherits as string[]).join(', ')})`,
    attributes.partitionKey !== undefined && `PARTITION BY ${attributes.partitionKey}`,
    usesAccessMethod(attributes.accessMethod) && `USING ${attributes.accessMethod}`,
    withOptions(attributes.options, attributes.toastOptions),
    attributes.tablespace !== undefined && `TABLESPACE ${attributes.tablespace}`,
    attributes.server !== undefined && `SERVER ${attributes.server}`,
    remote,
  );
  const created: Part = {
    drafts: [
      safe(statement, 'Adds an empty table.'),
      ...columns.flatMap((column) => settingsOf(column, fact)),
      ...columns
        .filter((column) => !own.includes(column) || attributes.ofType !== undefined)
        .flatMap((column) => overrides(column, fact, scene.target)),
      ...flagsOf(fact),
    ],
  };
  return attributes.partitionOf === undefined ? [created] : [created, attachment(fact, scene)];
}

/** Where a parent table gives NOT NULL, saying it again would declare it here as well. */
function withoutInheritedNotNull(column: Fact, owner: Fact, catalog: Catalog): Fact {
  const { notNullInheritance, ...attributes } = column.attributes;
  const above = ((owner.attributes.inherits ?? []) as string[]).map(
    (parent) => catalog.get(`column ${parent}.${ownName(column, owner)}`)?.attributes,
  );
  const isGiven = above.some((origin) => origin?.nullable === false && origin.notNullNoInherit !== true);
  return isGiven && notNullInheritance !== 'merged'
    ? { ...column, attributes: { ...attributes, nullable: true } }
    : column;
}

function usesAccessMethod(method: unknown): boolean {
  return method !== undefined && method !== 'heap';
}

function columnsOf(fact: Fact, children: readonly Fact[]): Fact[] {
  const order = (fact.attributes.columnOrder ?? []) as string[];
  const place = (column: Fact): number => order.indexOf(ownName(column, fact));
  return children.filter(({ kind }) => kind === 'column').toSorted((left, right) => place(left) - place(right));
}

/** A column that comes from a parent table or type brings not its own default, and only NOT NULL that it has there. */
function overrides(column: Fact, owner: Fact, catalog: Catalog): Draft[] {
  const { default: value, generated, nullable, notNullInheritance } = column.attributes;
  const above = (column.needs ?? []).map((key) => catalog.get(key)?.attributes);
  const isGiven = above.some((origin) => origin?.nullable === false && origin.notNullNoInherit !== true);
  const alter = `ALTER TABLE ${owner.id} ALTER COLUMN ${ownName(column, owner)}`;
  return [
    ...(value === undefined || generated !== undefined ? [] : [safe(`${alter} SET DEFAULT ${value}`, unused)]),
    ...(nullable === false && (!isGiven || notNullInheritance === 'merged')
      ? [safe(`${alter} SET NOT NULL`, unused)]
      : []),
  ];
}

function flagsOf(fact: Fact): Draft[] {
  const { rowSecurity, forceRowSecurity, replicaIdentity: identity, form } = fact.attributes;
  const reason = unused;
  return [
    ...(rowSecurity === true ? [safe(`ALTER TABLE ${fact.id} ENABLE ROW LEVEL SECURITY`, reason)] : []),
    ...(forceRowSecurity === true ? [safe(`ALTER TABLE ${fact.id} FORCE ROW LEVEL SECURITY`, reason)] : []),
    ...(form !== 'foreign' && (identity === 'full' || identity === 'nothing') ? [replicaIdentityOf(fact)] : []),
  ];
}

/** Since PostgreSQL 15, the sequences that belong to the table follow it, wanted or not. */
function changePersistence(change: Change, scene: Scene): Outcome {
  const { target } = change;
  const moved = persistenceOf('TABLE', target);
  const columns = scene.target.childrenOf(factKey(target)).filter(({ kind }) => kind === 'column');
  const owned = columns.flatMap((column) => scene.target.needing(factKey(column)));
  const others = owned.filter(
    ({ kind, attributes }) => kind === 'sequence' && attributes.persistence !== target.attributes.persistence,
  );
  const restored = [
    ...columns
      .filter(({ attributes }) => attributes.identityPersistence !== undefined)
      .map((column) => sequencePersistence(column, target)),
    ...others.map((sequence) => persistenceOf('SEQUENCE', sequence)),
  ];
  const { before, circle } = movedBefore(target, scene);
  if (circle)
    return {
      none: `It and ${circle.id} refer to each other: drop their foreign keys, change both, and add them again.`,
    };
  return {
    drafts: scene.major < 15 ? [moved] : [moved, ...restored],
    needs: before.map(movedTable),
    creates: [movedTable(target)],
  };
}

/** Stands for a table that is logged, or unlogged, as it will be. */
const movedTable = (table: Fact): string => `moved ${factKey(table)}`;

/** No table that is logged may refer to one that is not, at any time. */
function movedBefore(table: Fact, scene: Scene): { before: Fact[]; circle: Fact | undefined } {
  const { current, target } = scene;
  const isMoved = (key: FactKey | undefined): boolean =>
    key !== undefined &&
    key !== factKey(table) &&
    current.get(key)?.attributes.persistence !== target.get(key)?.attributes.persistence;
  const foreignKeys = (facts: readonly Fact[]) => facts.filter(({ attributes }) => attributes.type === 'foreign key');
  const pointedAt = foreignKeys(current.childrenOf(factKey(table)))
    .flatMap(({ needs = [] }) => needs)
    .filter((key) => key.startsWith('table ') && isMoved(key));
  const pointing = foreignKeys(current.needing(factKey(table))).flatMap(({ parent }) =>
    parent !== undefined && isMoved(parent) ? [parent] : [],
  );
  const before = table.attributes.persistence === 'unlogged' ? pointing : pointedAt;
  const both = pointing.find((key) => pointedAt.includes(key));
  return {
    before: before.flatMap((key) => target.get(key) ?? []),
    circle: both === undefined ? undefined : target.get(both),
  };
}

function changeReplicaIdentity({ target, expected }: Change, scene: Scene): Outcome {
  if (expected === 'index (dropped)') return { none: 'In the model, the index that identified rows has been dropped.' };
  const index = text(expected).startsWith('index ') ? [text(expected)] : [];
  const [made] = index.filter(scene.isNew);
  return made === undefined ? { drafts: [replicaIdentityOf(target)], needs: index } : { with: made };
}

/** Takes along whatever index or constraint of the partition matches one of the partitioned table. */
function attachment(fact: Fact, scene: Scene): Part {
  return {
    rank: attachRank,
    ...whatItWaitsFor(fact, scene),
    drafts: [
      safe(attachStatement(fact.id, fact.attributes), 'The partition is empty; only a default partition is read.'),
    ],
  };
}

function whatItWaitsFor(fact: Fact, scene: Scene): Pick<Part, 'needs' | 'takes' | 'creates'> {
  const children = scene.target.childrenOf(factKey(fact));
  const root = scene.target.get(`table ${fact.attributes.partitionOf}`);
  const waitsFor = [...children, ...(root ? [root, ...scene.target.childrenOf(factKey(root))] : [])];
  const guards = waitsFor.filter(({ kind }) => ['table', 'column', 'index', 'constraint', 'trigger'].includes(kind));
  return {
    creates: [joined(fact)],
    takes: [
      `partitions of ${fact.attributes.partitionOf}`,
      `columns of table ${fact.attributes.partitionOf}`,
      `columns of ${factKey(fact)}`,
    ],
    needs: guards
      .filter(({ attributes, parent }) => attributes.partitionOf === undefined || parent === factKey(fact))
      .map(factKey),
  };
}

function attach({ id, attributes }: Fact): Draft {
  return risky(
    attachStatement(id, attributes),
    'Reads the rows of the partition, and of the default partition if there is one; fails where one does not belong.',
  );
}

function attachStatement(id: string, { partitionOf, partitionBound }: JsonObject): string {
  return `ALTER TABLE ${partitionOf} ATTACH PARTITION ${id} ${partitionBound}`;
}

function detach(partition: Fact): Draft {
  return risky(
    `ALTER TABLE ${tablesAbove(partition)[0]} DETACH PARTITION ${partition.id}`,
    'Its rows are no longer found through the partitioned table, which is locked for a moment; CONCURRENTLY locks less, and leaves a check behind.',
  );
}

/** By the names that they have once everything is renamed, which the difference does not tell. */
function tablesAbove({ needs = [] }: Fact): string[] {
  return needs.filter((key) => key.startsWith('table ')).map((key) => key.slice('table '.length));
}

/** A foreign key points at the partitioned table: then PostgreSQL refuses to drop what still belongs to it. */
function isReferencedAbove(partition: Fact, scene: Scene): boolean {
  if (partition.attributes.partitionOf === undefined) return false;
  const above = scene.current.get(`table ${tablesAbove(partition)[0]}`);
  if (!above) return false;
  const isForeignKey = (fact: Fact): boolean => fact.attributes.type === 'foreign key';
  return scene.current.needing(factKey(above)).some(isForeignKey) || isReferencedAbove(above, scene);
}

function changePartitionOf({ target, current }: Change, scene: Scene): Outcome {
  const isMoved = current.attributes.partitionOf !== undefined;
  if (target.attributes.partitionOf === undefined) return { leaving: [detach(current)], drafts: [] };
  return {
    ...(isMoved && { leaving: [detach(current)] }),
    drafts: [attach(target)],
    rank: attachRank,
    ...whatItWaitsFor(target, scene),
  };
}

function changeInherits({ target, current, expected }: Change, scene: Scene): Outcome {
  const [wanted, found] = [listOf(expected), tablesAbove(current)];
  const reason = 'Queries of the parent table see other rows.';
  const reordered =
    wanted.filter((name) => found.includes(name)).join() !== found.filter((name) => wanted.includes(name)).join();
  if (reordered) return { none: 'The order of parent tables only changes by creating the table again.' };
  const result = [...found.filter((name) => wanted.includes(name)), ...wanted.filter((name) => !found.includes(name))];
  const children = scene.target.childrenOf(factKey(target));
  const added = wanted.filter((name) => !found.includes(name)).map((name) => `table ${name}`);
  const matched = [...children, ...added.flatMap((key) => scene.target.childrenOf(key))];
  return {
    leaving: found
      .filter((name) => !wanted.includes(name))
      .map((name) => risky(`ALTER TABLE ${target.id} NO INHERIT ${name}`, reason)),
    drafts: wanted
      .filter((name) => !found.includes(name))
      .map((name) => risky(`ALTER TABLE ${target.id} INHERIT ${name}`, reason)),
    ...(result.join() !== wanted.join() && {
      none: 'What a table inherits from last comes last; the order only changes by creating the table again.',
    }),
    needs: matched.filter(({ kind }) => kind === 'column' || kind === 'constraint').map(factKey),
    takes: [factKey(target), ...added].map((key) => `columns of ${key}`),
    leaves: children
      .filter(isInherited)
      .flatMap((part): NoRepair[] => [
        { kind: part.kind, subject: part.id, attribute: 'inheritance', none: declaredHere },
        ...(scene.major >= 18 ? declaredNotNull([part]) : []),
      ]),
  };
}
