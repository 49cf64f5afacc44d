// What several kinds of objects say in the same way.
import { type Fact, factKey } from '../../fact.ts';
import type { Catalog } from '../catalog.ts';
import { type Draft, risky, safe } from '../draft.ts';
import { lastName } from '../identifier.ts';
import { changeOptions } from '../options.ts';
import type { Changer, Elsewhere, Outcome, Scene } from '../repairer.ts';

export const text = (value: unknown): string => String(value);

/** What a fact is a part of; facts without it come from a document that is not whole. */
export function parentOf(fact: Fact, catalog: Catalog): Fact {
  const parent = fact.parent === undefined ? undefined : catalog.get(fact.parent);
  if (!parent) throw new Error(`${factKey(fact)} has no parent among the facts`);
  return parent;
}

export function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** It comes from a parent table only, and is not declared here as well. */
export function isInherited({ kind, needs = [], attributes }: Fact): boolean {
  return attributes.inheritance !== 'merged' && needs.some((key) => key.startsWith(`${kind} `));
}

/** The repair makes a table that is there already a child or partition of another one. */
export function joins(table: Fact, { current, isNew }: Scene): boolean {
  const before = current.get(factKey(table))?.attributes ?? {};
  const { partitionOf, inherits } = table.attributes;
  const other = before.partitionOf !== partitionOf || listOf(before.inherits).join() !== listOf(inherits).join();
  return other && !isNew(factKey(table));
}

/** The columns of a typed table are the attributes of its type. */
export function attributeOf({ id, parent = '' }: Fact, { current, target }: Scene): Elsewhere | undefined {
  const [before, after] = [current, target].map((catalog) => catalog.get(parent)?.attributes.ofType);
  const name = id.slice(parent.length - 'table'.length);
  return before !== undefined && before === after ? { with: `attribute ${before}.${name}` } : undefined;
}

/** `enabled` of triggers and rules, as ALTER says it. */
export const firing: Readonly<Record<string, string>> = {
  origin: 'ENABLE',
  disabled: 'DISABLE',
  replica: 'ENABLE REPLICA',
  always: 'ENABLE ALWAYS',
};

/** Stands for a partition that belongs to its table. */
export const joined = (table: Fact): string => `joined ${factKey(table)}`;

/**
 * An index of a partitioned table becomes valid when the last of its partitions brings its own: those that do not belong
 * to it have to be gone by then.
 */
export const withoutSurplus = ({ id, attributes }: Fact): string[] =>
  attributes.form === 'partitioned' ? [`partitions of ${id}`] : [];

export function isTable(fact: Fact): boolean {
  return fact.kind === 'table';
}

export const outcome = (...drafts: Draft[]): Outcome => ({ drafts });

export const recreate =
  (reason: string): Changer =>
  ({ target }) => ({ recreate: factKey(target), reason });

export const none =
  (reason: string): Changer =>
  () => ({ none: reason });

/** Of statements for a table or view that the repair itself creates. */
export const unused = 'Nobody uses it yet.';

export const recreatedTable =
  'A table only changes this by being created again: create it beside the old one, and move the rows.';

const rewrites = 'Copies all its rows while nobody can read or write it.';

export function persistenceOf(word: string, { id, attributes }: Fact): Draft {
  return risky(`ALTER ${word} ${id} SET ${attributes.persistence === 'unlogged' ? 'UNLOGGED' : 'LOGGED'}`, rewrites);
}

/** `ALTER TABLE`, `ALTER INDEX`...: what moves or sets the storage of a relation. */
export function storageChanges(word: string) {
  return {
    persistence: ({ target }) => outcome(persistenceOf(word, target)),
    tablespace: ({ target, expected }) =>
      outcome(risky(`ALTER ${word} ${target.id} SET TABLESPACE ${expected ?? 'pg_default'}`, rewrites)),
    options: (change) => ({
      drafts: changeOptions(
        `ALTER ${word} ${change.target.id}`,
        change,
        'Takes effect from now on; rows stay as they are.',
      ),
    }),
  } as const satisfies Record<string, Changer>;
}

/** Further storage of what has rows itself. */
export function rowStorageChanges(word: string) {
  return {
    ...storageChanges(word),
    accessMethod: ({ target, current, expected }, { major }) => {
      if (target.attributes.form !== current.attributes.form) return { none: recreatedTable };
      if (major < 15) return { none: 'Before PostgreSQL 15, this only changes by creating it again.' };
      return outcome(risky(`ALTER ${word} ${target.id} SET ACCESS METHOD ${expected ?? 'DEFAULT'}`, rewrites));
    },
    toastOptions: (change) => ({
      drafts: changeOptions(`ALTER ${word} ${change.target.id}`, change, 'Takes effect from now on.', 'toast.'),
    }),
  } as const satisfies Record<string, Changer>;
}

/** Part of the statements that make or rebuild an index: what its relation uses it for. */
export function usesOfIndex(index: Fact, relation: Fact): Draft[] {
  const { clusteredOn, replicaIdentity } = relation.attributes;
  return [
    ...(clusteredOn === index.id ? [clusterOn(relation)] : []),
    ...(replicaIdentity === `index ${index.id}` ? [replicaIdentityOf(relation)] : []),
  ];
}

function clusterOn({ kind, id, attributes }: Fact): Draft {
  const action =
    attributes.clusteredOn === undefined
      ? 'SET WITHOUT CLUSTER'
      : `CLUSTER ON ${lastName(text(attributes.clusteredOn))}`;
  return safe(`ALTER ${kind.toUpperCase()} ${id} ${action}`, 'Counts when CLUSTER is run.');
}

export function replicaIdentityOf({ id, attributes }: Fact): Draft {
  const [word, index] = /^index (.*)$/s.exec(text(attributes.replicaIdentity)) ?? [];
  const identity =
    word === undefined ? text(attributes.replicaIdentity).toUpperCase() : `USING INDEX ${lastName(text(index))}`;
  return safe(`ALTER TABLE ${id} REPLICA IDENTITY ${identity}`, 'Locks the table for a moment.');
}

/** The index may be made by this repair: then that says it. */
export const changeClusteredOn: Changer = ({ target, expected }, scene) =>
  expected !== null && scene.isNew(`index ${expected}`)
    ? { with: `index ${expected}` }
    : { ...outcome(clusterOn(target)), needs: expected === null ? [] : [`index ${expected}`] };
