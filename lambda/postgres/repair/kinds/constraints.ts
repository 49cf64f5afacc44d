// Repair of constraints of tables and domains, in forms that do not keep others waiting where there are any.
import { type Fact, factKey } from '../../fact.ts';
import { type Draft, destructive, outsideTransaction, risky, safe, words } from '../draft.ts';
import { ownName } from '../identifier.ts';
import type { Change, Changer, Elsewhere, Outcome, Part, Repairer, Scene } from '../repairer.ts';
import { declaredNotNull } from './column-null.ts';
import {
  isInherited,
  isTable,
  joins,
  none,
  outcome,
  parentOf,
  recreate,
  text,
  unused,
  withoutSurplus,
} from './common.ts';
import { constraintClause, isInline } from './constraint-clause.ts';
import { indexSettings } from './index-settings.ts';
import { fire } from './triggers.ts';
import { insideOthers } from './types.ts';

const rank = 7;
const foreignKeyRank = 9;
const isForeignKey = ({ attributes }: Fact): boolean => attributes.type === 'foreign key';
const isKey = ({ attributes }: Fact): boolean => attributes.type === 'primary key' || attributes.type === 'unique';

const rechecks = 'Rows that were written meanwhile have never been checked: it is created again.';
const redefined = 'What it says only changes by dropping it and creating it again.';

export const constraint: Repairer<'constraint'> = {
  rank,
  canRebuild: true,
  holds: (fact, dependant) => isKey(fact) && isForeignKey(dependant),
  create: createConstraint,
  drop: (fact, scene) => {
    const owner = parentOf(fact, scene.current);
    // PostgreSQL 13 and 14 take some foreign keys of a partitioned table away from a partition that leaves it.
    const isLeft = isForeignKey(fact) && fact.attributes.partitionOf !== undefined && !comesBack(owner, scene);
    const statement = `ALTER ${wordOf(owner)} ${owner.id} DROP CONSTRAINT ${isLeft ? 'IF EXISTS ' : ''}${ownName(fact, owner)}`;
    return fact.attributes.type === 'primary key'
      ? [
          destructive(
            statement,
            'Rows lose what identifies them: nothing stops duplicates, and replication and upserts may fail.',
          ),
        ]
      : [risky(statement, 'Rows that it refuses can get in from here on.')];
  },
  change: {
    type: recreate(redefined),
    definition: recreate(redefined),
    deferrable: changeTiming,
    initiallyDeferred: changeTiming,
    validated: ({ target, expected }, scene) =>
      expected === true
        ? (insideOthers(parentOf(target, scene.target), scene) ??
          outcome(validation(target, parentOf(target, scene.target))))
        : { none: 'Production has checked every row, which only says more than the model.' },
    enforced: (change, scene) =>
      isForeignKey(change.target)
        ? alterConstraint(change, scene, change.expected === true ? 'ENFORCED' : 'NOT ENFORCED')
        : { recreate: factKey(change.target), reason: redefined },
    noInherit: recreate(redefined),
    inheritance: none('Follows from how the table came to inherit; only creating the table again changes it.'),
    partitionOf: ({ target, expected, actual }, scene) => {
      if (isKey(target) && actual !== null && scene.target.get(`constraint ${actual}`) === undefined)
        return { recreate: factKey(target), reason: 'It goes with the constraint of the partitioned table.' };
      return isForeignKey(target) || expected === null || actual !== null
        ? { none: 'Follows from how the partition was attached: detach it and attach it again.' }
        : outcome(attachIndex(text(expected), target));
    },
    checkTriggers: changeTriggers(({ target }, scene) => parentOf(target, scene.target)),
    actionTriggers: changeTriggers(referencedTable),
  },
};

function createConstraint(fact: Fact, scene: Scene): Part[] | Elsewhere {
  const owner = parentOf(fact, scene.target);
  const unchecked = fact.attributes.validated === false ? undefined : insideOthers(owner, scene);
  if (unchecked) return unchecked;
  if (comesWithOwner(fact, owner, scene)) return indexParts(fact, scene);
  if (isForeignKey(fact)) return [{ rank: foreignKeyRank, drafts: guarded(fact, owner, scene) }];
  if (!isKey(fact)) return [{ drafts: guarded(fact, owner, scene) }, ...indexParts(fact, scene)];
  const inherited = (fact.needs ?? []).flatMap((key) => scene.target.get(key) ?? []).filter(isInherited);
  const leaves = fact.attributes.type === 'primary key' && scene.major >= 18 ? declaredNotNull(inherited) : [];
  const takes = withoutSurplus(owner);
  return [{ drafts: keyDrafts(fact, owner, scene), leaves, takes }, ...indexParts(fact, scene)];
}

/**
 * It stands in CREATE TABLE, or follows from the constraint of a parent or partitioned table; but a table that joins
 * another one has to bring it.
 */
function comesWithOwner(fact: Fact, owner: Fact, scene: Scene): boolean {
  const ownerIsNew = scene.isNew(factKey(owner));
  if ((ownerIsNew || scene.isRebuilt(factKey(owner))) && isInline(fact, owner)) return true;
  return isInherited(fact) && !isKey(fact) && (ownerIsNew || !joins(owner, scene));
}

/** Existing rows are checked in a second step, under a lock that blocks neither reads nor writes. */
function guarded(fact: Fact, owner: Fact, scene: Scene): Draft[] {
  const ownerIsNew = scene.isNew(factKey(owner));
  const { validated, enforced, type } = fact.attributes;
  const add = `ALTER ${wordOf(owner)} ${owner.id} ADD ${constraintClause(fact, owner)}`;
  if (ownerIsNew && validated !== false) return [safe(add, unused)];
  if (type === 'exclusion') {
    return [
      risky(add, 'Builds an index while nobody can write to the table, and fails where two rows exclude each other.'),
    ];
  }
  if (enforced === false) return [safe(add, 'Checks nothing.')];
  const newRows = 'Checks rows written from here on, with a short lock; those that are there are left for VALIDATE.';
  const oneStep = type === 'foreign key' && owner.attributes.form === 'partitioned' && scene.major < 18;
  if (oneStep)
    return [risky(add, 'Checks every row while nobody can write to either table, and fails where one has no match.')];
  const draft = type === 'foreign key' ? safe : risky;
  const first = draft(`${add} NOT VALID`, newRows);
  return validated === false ? [first] : [first, validation(fact, owner)];
}

function validation(fact: Fact, owner: Fact): Draft {
  const statement = `ALTER ${wordOf(owner)} ${owner.id} VALIDATE CONSTRAINT ${ownName(fact, owner)}`;
  return isForeignKey(fact)
    ? safe(
        statement,
        'Reads every row without blocking reads or writes; where one has no match it fails and changes nothing.',
      )
    : risky(statement, 'Reads every row without blocking reads or writes, and fails where one violates it.');
}

/** The index is built first, while everybody works on; then it becomes the constraint in an instant. */
function keyDrafts(fact: Fact, owner: Fact, scene: Scene): Draft[] {
  const name = ownName(fact, owner);
  const { type, definition, partitionOf, deferrable, initiallyDeferred } = fact.attributes;
  const attached = partitionOf === undefined || joins(owner, scene) ? [] : [attachIndex(text(partitionOf), fact)];
  if (owner.attributes.form === 'partitioned') {
    const [index] = scene.target.childrenOf(factKey(fact));
    const waiting = `ALTER TABLE ONLY ${owner.id} ADD ${constraintClause(fact, owner, index)}`;
    return [risky(waiting, 'Holds once each partition has its own, attached to it.'), ...attached];
  }
  const keys = /^(?:UNIQUE|PRIMARY KEY)( NULLS NOT DISTINCT)? (\(.*\))$/s.exec(text(definition));
  if (!keys || /WITHOUT OVERLAPS/.test(text(definition)) || scene.isNew(factKey(owner))) {
    const add = `ALTER TABLE ${owner.id} ADD ${constraintClause(fact, owner)}`;
    return [
      scene.isNew(factKey(owner))
        ? safe(add, unused)
        : risky(add, 'Builds an index while nobody can write to the table, and fails where a value comes twice.'),
      ...attached,
    ];
  }
  const index = words(`CREATE UNIQUE INDEX CONCURRENTLY ${name} ON ${owner.id} ${keys[2]}`, keys[1]?.trim());
  const add = words(
    `ALTER TABLE ${owner.id} ADD CONSTRAINT ${name} ${text(type).toUpperCase()} USING INDEX ${name}`,
    deferrable === true && 'DEFERRABLE',
    initiallyDeferred === true && 'INITIALLY DEFERRED',
  );
  return [
    outsideTransaction(
      risky(
        index,
        'Builds the index while everybody works on, and fails where a value comes twice: then drop the invalid index it leaves.',
      ),
    ),
    risky(
      add,
      'Takes the index over with a short lock; a primary key reads every row first unless its columns are NOT NULL.',
    ),
    ...attached,
  ];
}

function indexParts(fact: Fact, scene: Scene): Part[] {
  const drafts = scene.target
    .childrenOf(factKey(fact))
    .flatMap((index) => indexSettings(index, parentOf(fact, scene.target)));
  return drafts.length === 0 ? [] : [{ drafts, needs: [factKey(fact)] }];
}

/** The index of a constraint goes by the constraint's name, in the schema of its table. */
export function attachIndex(parent: string, fact: Fact): Draft {
  const asIndex = (id: string): string => {
    const parts = id.match(/"(?:[^"]|"")*"|[^".]+/g) ?? [];
    return `${parts[0]}.${parts.at(-1)}`;
  };
  const statement = `ALTER INDEX ${asIndex(parent)} ATTACH PARTITION ${asIndex(fact.id)}`;
  return safe(statement, 'Makes it part of the index of the partitioned table, with a short lock.');
}

function changeTiming(change: Change, scene: Scene): Outcome {
  const { deferrable, initiallyDeferred } = change.target.attributes;
  if (!isForeignKey(change.target)) {
    return {
      recreate: factKey(change.target),
      reason: 'Only a foreign key changes when it is checked without being created again.',
    };
  }
  const timing =
    deferrable === true
      ? `DEFERRABLE INITIALLY ${initiallyDeferred === true ? 'DEFERRED' : 'IMMEDIATE'}`
      : 'NOT DEFERRABLE';
  return alterConstraint(change, scene, timing);
}

function alterConstraint({ target }: Change, scene: Scene, action: string): Outcome {
  const owner = parentOf(target, scene.target);
  return outcome(
    risky(
      `ALTER TABLE ${owner.id} ALTER CONSTRAINT ${ownName(target, owner)} ${action}`,
      'Violations show at another time, or not at all.',
    ),
  );
}

/**
 * Created again, so that rows written meanwhile are checked. The foreign key of a partition cannot be dropped by
 * itself: there, every trigger is switched on, and those that the model has otherwise are put back.
 */
function changeTriggers(table: (change: Change, scene: Scene) => Fact | undefined): Changer {
  return (change, scene) => {
    const { target, expected } = change;
    if (expected !== null) return { none: 'Production guards what the model has switched off, which only says more.' };
    if (target.attributes.partitionOf === undefined) return { recreate: factKey(target), reason: rechecks };
    const switched = table(change, scene);
    if (!switched) return { none: 'The table that it points at is not among the facts that were read.' };
    const triggers = scene.target.childrenOf(factKey(switched)).filter(({ kind }) => kind === 'trigger');
    const enable = `ALTER TABLE ${switched.id} ENABLE TRIGGER ALL`;
    return outcome(
      risky(
        enable,
        'Needs a superuser. Rows that were written meanwhile have never been checked, and are not checked now.',
      ),
      ...triggers.filter(({ attributes }) => attributes.enabled !== 'origin').map((trigger) => fire(trigger, switched)),
    );
  };
}

function referencedTable({ target }: Change, { target: catalog }: Scene): Fact | undefined {
  const tables = (target.needs ?? []).filter((key) => key.startsWith('table '));
  return tables.map((key) => catalog.get(key)).find((table) => table !== undefined);
}

/** The partition belongs to the same table before and after. */
function comesBack(table: Fact, { current, target }: Scene): boolean {
  const [before, after] = [current, target].map((catalog) => catalog.get(factKey(table))?.attributes.partitionOf);
  return before === after;
}

function wordOf(owner: Fact): string {
  return isTable(owner) ? 'TABLE' : 'DOMAIN';
}
