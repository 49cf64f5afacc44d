// What holds rows and shows them: schemas, tables, their columns, sequences, views.
import type { AttributeNote, KindNote } from './note.ts';
import { foreignOptions, options, sequenceOptions, tablespace } from './shared.ts';

const relation = {
  persistence: { meaning: '`permanent` or `unlogged`' },
  accessMethod: { meaning: 'table access method, such as `heap`' },
  tablespace: { meaning: tablespace },
  options: { meaning: options },
  toastOptions: { meaning: 'storage parameters of its TOAST table: name to value' },
} as const satisfies Record<string, AttributeNote>;

export const relationKinds = {
  schema: { meaning: 'a namespace', parents: [], attributes: {} },
  extension: {
    meaning: 'an installed extension; its members are part of it and no facts of their own',
    parents: [],
    attributes: {
      version: { meaning: 'installed version', withinMajor: true },
      comment: { meaning: 'what COMMENT ON says of it, or its control file on the server', withinMajor: true },
      schema: { meaning: 'schema of its members', ofMembers: true },
    },
  },
  'extension dependency': {
    meaning: 'an object that DEPENDS ON EXTENSION: it is dropped along with that, and is no member of it',
    parents: ['function', 'procedure', 'index', 'trigger', 'materialized view'],
    attributes: {},
  },
  table: {
    meaning: 'an ordinary, partitioned or foreign table',
    parents: ['schema'],
    attributes: {
      form: { meaning: '`ordinary`, `partitioned` or `foreign`' },
      ...relation,
      accessMethod: { ...relation.accessMethod, detailOf: 'form' },
      columnOrder: { meaning: 'column names in their order', as: 'order' },
      inherits: { meaning: 'tables it inherits from, in order', names: true },
      partitionOf: {
        meaning: 'partitioned table it is a partition of',
        as: 'printed',
        names: true,
        goesWithNeeded: 'form',
      },
      partitionBound: { meaning: 'which rows the partition holds', as: 'printed', detailOf: 'partitionOf' },
      detachPending: { meaning: '`true` while a concurrent detach is unfinished', detailOf: 'partitionOf' },
      partitionKey: { meaning: 'how rows are spread over partitions', as: 'printed', detailOf: 'form' },
      ofType: { meaning: 'composite type of a typed table', as: 'printed', names: true },
      rowSecurity: { meaning: 'boolean: policies apply' },
      forceRowSecurity: { meaning: 'boolean: policies apply to the owner too' },
      replicaIdentity: {
        meaning: '`default`, `nothing`, `full`, or `index` and the name of that index',
        as: 'printed',
        names: true,
      },
      clusteredOn: { meaning: 'index that CLUSTER sorts the rows by', as: 'printed', names: true },
      server: { meaning: 'foreign server of a foreign table' },
      foreignOptions: { meaning: foreignOptions },
    },
  },
  column: {
    meaning: 'a column of a table, view or materialized view',
    parents: ['table', 'view', 'materialized view'],
    attributes: {
      type: { meaning: 'type with its modifier, such as `character varying(255)`', as: 'printed', recasts: true },
      nullable: { meaning: 'boolean' },
      default: { meaning: 'default expression', as: 'printed' },
      generated: { meaning: '`stored` or `virtual`' },
      generationExpression: { meaning: 'expression of a generated column', as: 'printed', detailOf: 'generated' },
      identity: { meaning: '`always` or `by default`', replaces: 'default' },
      identityLost: {
        meaning: '`true` for a column of a partition that lacks the identity of the partitioned table',
        since: 17,
      },
      identitySequence: {
        meaning: 'sequence behind an identity column',
        as: 'printed',
        names: true,
        detailOf: 'identity',
      },
      identityType: {
        meaning: 'data type of that sequence',
        detailOf: 'identity',
        followsFrom: { attribute: 'type', values: { smallint: 'smallint', integer: 'integer', bigint: 'bigint' } },
      },
      identityStart: { ...sequenceOptions.start, detailOf: 'identity' },
      identityIncrement: { ...sequenceOptions.increment, detailOf: 'identity' },
      identityMinimum: {
        ...sequenceOptions.minimum,
        detailOf: 'identity',
        followsFrom: { ...sequenceOptions.minimum.followsFrom, attribute: 'identityType' },
      },
      identityMaximum: {
        ...sequenceOptions.maximum,
        detailOf: 'identity',
        followsFrom: { ...sequenceOptions.maximum.followsFrom, attribute: 'identityType' },
      },
      identityCache: { ...sequenceOptions.cache, detailOf: 'identity' },
      identityCycle: { ...sequenceOptions.cycle, detailOf: 'identity' },
      identityPersistence: {
        meaning: 'persistence of that sequence, when it is not that of the table',
        since: 15,
        detailOf: 'identity',
      },
      collation: { meaning: 'collation, when it is not the one of the type' },
      storage: { meaning: '`plain`, `external`, `extended` or `main`, when it is not the one of the type' },
      compression: { meaning: '`pglz` or `lz4`, when one was chosen', since: 14 },
      statisticsTarget: { meaning: 'per-column statistics target, a number' },
      options: { meaning: 'per-column planner options such as `n_distinct`: name to value' },
      foreignOptions: { meaning: foreignOptions },
      inheritance: { meaning: '`merged` when it is inherited and declared here as well; not for partitions' },
      notNullName: {
        meaning: 'name of its NOT NULL constraint, unless PostgreSQL chose it (`..._not_null`)',
        since: 18,
        detailOf: 'nullable',
      },
      notNullValidated: { meaning: '`false` while existing rows may still hold nulls', detailOf: 'nullable' },
      notNullInheritance: {
        meaning: '`merged` when NOT NULL is inherited and declared here as well; not for partitions',
        since: 18,
        detailOf: 'nullable',
      },
      notNullNoInherit: { meaning: '`true` when child tables are not bound by it', since: 18, detailOf: 'nullable' },
    },
  },
  sequence: {
    meaning: 'a sequence that is not behind an identity column',
    parents: ['schema', 'column'],
    attributes: {
      type: { meaning: 'data type' },
      ...sequenceOptions,
      ownedBy: { meaning: 'column it is dropped with', as: 'printed', names: true, goesWithNeeded: 'identity' },
      persistence: { meaning: '`permanent` or `unlogged`', since: 15 },
    },
  },
  view: {
    meaning: 'a view',
    parents: ['schema'],
    attributes: {
      definition: { meaning: 'its query', as: 'printed' },
      options: { meaning: 'security_barrier, security_invoker, check_option: name to value' },
      columnOrder: { meaning: 'column names in their order', as: 'order' },
    },
  },
  'materialized view': {
    meaning: 'a materialized view',
    parents: ['schema'],
    attributes: {
      definition: { meaning: 'its query', as: 'printed' },
      clusteredOn: { meaning: 'index that CLUSTER sorts the rows by', as: 'printed', names: true },
      populated: { meaning: 'boolean: `false` means reading it fails', as: 'demand' },
      ...relation,
      columnOrder: { meaning: 'column names in their order', as: 'order' },
    },
  },
} as const satisfies Record<string, KindNote>;
