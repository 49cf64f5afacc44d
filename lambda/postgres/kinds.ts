// The kinds of catalog objects and what can differ about each, in PostgreSQL's own words. A table and nothing else:
// severity, repair and the completeness test read it; reading the catalog does not need it, and a comparison takes
// only its hints, by name.

export interface AttributeNote {
  /** One line: what the value says. Left out of a fact when it does not apply, unless noted. */
  meaning: string;
  /**
   * How two values are compared. @default deep equality
   * - `printed`: SQL or a name that PostgreSQL prints; differences of printing alone do not count
   * - `order`: names in sequence; only the relative order of those both sides have counts
   * - `demand`: `true` in the model must be `true` in production; `false` in the model asks for nothing
   */
  as?: 'printed' | 'order' | 'demand';
  /** The attribute it is a detail of: when that one appears, goes or is switched, this one is not told. */
  detailOf?: string;
  /** When the object it is a part of gains or loses its attribute of this name, this one is not told. */
  followsParent?: true;
  /** The first major version that knows it; an older one cannot say, so it is not compared across that line. */
  since?: number;
  /** The same migrations give another value on another major version, so it is compared within one alone. */
  withinMajor?: true;
}

export interface KindNote {
  meaning: string;
  /** Kinds its parent can have. */
  parents: readonly string[];
  attributes: Readonly<Record<string, AttributeNote>>;
}

const options = 'storage parameters: name to value, both text';
const tablespace = 'tablespace, when it is not the default one of the database';

const relation = {
  persistence: { meaning: '`permanent` or `unlogged`' },
  accessMethod: { meaning: 'table access method, such as `heap`' },
  tablespace: { meaning: tablespace },
  options: { meaning: options },
  toastOptions: { meaning: 'storage parameters of its TOAST table: name to value' },
} as const satisfies Record<string, AttributeNote>;

const routine = {
  arguments: { meaning: 'modes, names, types and defaults of the arguments', as: 'printed' },
  language: { meaning: 'language it is written in' },
  volatility: { meaning: '`immutable`, `stable` or `volatile`' },
  parallel: { meaning: '`safe`, `restricted` or `unsafe`' },
  strict: { meaning: 'boolean: returns null when an argument is null, without being called' },
  securityDefiner: { meaning: 'boolean: runs with the rights of its owner' },
  leakproof: { meaning: 'boolean' },
  cost: { meaning: 'estimated cost of a call' },
  support: { meaning: 'planner support function' },
  configuration: { meaning: 'settings made for each call: name to value' },
  transforms: { meaning: 'types for which a transform is applied' },
  body: { meaning: 'source text, or the link symbol of a C function' },
  sqlBody: { meaning: 'body in standard SQL form (`RETURN`, `BEGIN ATOMIC`)', as: 'printed' },
  library: { meaning: 'object file of a C function' },
} as const satisfies Record<string, AttributeNote>;

const sequenceOptions = {
  start: { meaning: 'start value, as text' },
  increment: { meaning: 'increment, as text' },
  minimum: { meaning: 'smallest value, as text' },
  maximum: { meaning: 'largest value, as text' },
  cache: { meaning: 'values a session takes at once, as text' },
  cycle: { meaning: 'boolean: starts again at the end' },
} as const satisfies Record<string, AttributeNote>;

export const kinds = {
  schema: { meaning: 'a namespace', parents: [], attributes: {} },
  extension: {
    meaning: 'an installed extension; its members are part of it and no facts of their own',
    parents: [],
    attributes: {
      version: { meaning: 'installed version', withinMajor: true },
      schema: { meaning: 'schema of its members' },
    },
  },
  table: {
    meaning: 'an ordinary, partitioned or foreign table',
    parents: ['schema'],
    attributes: {
      form: { meaning: '`ordinary`, `partitioned` or `foreign`' },
      ...relation,
      columnOrder: { meaning: 'column names in their order', as: 'order' },
      inherits: { meaning: 'tables it inherits from, in order' },
      partitionOf: { meaning: 'partitioned table it is a partition of', as: 'printed' },
      partitionBound: { meaning: 'which rows the partition holds', as: 'printed', detailOf: 'partitionOf' },
      detachPending: { meaning: '`true` while a concurrent detach is unfinished', detailOf: 'partitionOf' },
      partitionKey: { meaning: 'how rows are spread over partitions', as: 'printed' },
      ofType: { meaning: 'composite type of a typed table', as: 'printed' },
      rowSecurity: { meaning: 'boolean: policies apply' },
      forceRowSecurity: { meaning: 'boolean: policies apply to the owner too' },
      replicaIdentity: {
        meaning: '`default`, `nothing`, `full`, or `index` and the name of that index',
        as: 'printed',
      },
      clusteredOn: { meaning: 'index that CLUSTER sorts the rows by', as: 'printed' },
      server: { meaning: 'foreign server of a foreign table' },
      foreignOptions: { meaning: 'options of a foreign table: name to value; `null` for a value that is not read' },
    },
  },
  column: {
    meaning: 'a column of a table, view or materialized view',
    parents: ['table', 'view', 'materialized view'],
    attributes: {
      type: { meaning: 'type with its modifier, such as `character varying(255)`', as: 'printed' },
      nullable: { meaning: 'boolean' },
      default: { meaning: 'default expression', as: 'printed' },
      generated: { meaning: '`stored` or `virtual`' },
      generationExpression: { meaning: 'expression of a generated column', as: 'printed', detailOf: 'generated' },
      identity: { meaning: '`always` or `by default`' },
      identitySequence: { meaning: 'sequence behind an identity column', as: 'printed', detailOf: 'identity' },
      identityType: { meaning: 'data type of that sequence', detailOf: 'identity' },
      identityStart: { ...sequenceOptions.start, detailOf: 'identity' },
      identityIncrement: { ...sequenceOptions.increment, detailOf: 'identity' },
      identityMinimum: { ...sequenceOptions.minimum, detailOf: 'identity' },
      identityMaximum: { ...sequenceOptions.maximum, detailOf: 'identity' },
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
      foreignOptions: { meaning: 'options of a column of a foreign table: name to value; `null` when not read' },
      inheritance: { meaning: '`merged` when it is inherited and declared here as well; not for partitions' },
      notNullName: {
        meaning: 'name of its NOT NULL constraint, unless PostgreSQL chose it (`..._not_null`)',
        since: 18,
        detailOf: 'nullable',
      },
      notNullValidated: { meaning: '`false` while existing rows may still hold nulls', detailOf: 'nullable' },
      notNullNoInherit: { meaning: '`true` when child tables are not bound by it', since: 18, detailOf: 'nullable' },
    },
  },
  constraint: {
    meaning: 'a primary key, unique, foreign key, check or exclusion constraint of a table or domain',
    parents: ['table', 'domain'],
    attributes: {
      type: { meaning: '`primary key`, `unique`, `foreign key`, `check` or `exclusion`' },
      definition: { meaning: 'its SQL without name, deferrability, validity and enforcement', as: 'printed' },
      deferrable: { meaning: 'boolean' },
      initiallyDeferred: { meaning: 'boolean' },
      validated: { meaning: 'boolean: `false` after NOT VALID' },
      enforced: { meaning: 'boolean: `false` after NOT ENFORCED' },
      noInherit: { meaning: 'boolean: child tables are not bound by it' },
      inheritance: { meaning: '`merged` when it is inherited and declared here as well; not for partitions' },
      partitionOf: {
        meaning: 'constraint of the partitioned table that this one belongs to',
        as: 'printed',
        followsParent: true,
      },
      checkTriggers: {
        meaning: 'its internal triggers that do not fire as created: `insert disabled, update disabled`',
      },
      actionTriggers: { meaning: 'the same on the referenced table: `delete disabled, update disabled`' },
    },
  },
  index: {
    meaning: 'an index; one that a constraint made is part of that constraint, which tells what it covers',
    parents: ['table', 'materialized view', 'constraint'],
    attributes: {
      unique: { meaning: 'boolean; not for the index of a constraint' },
      definition: {
        meaning: 'method, keys with collation, operator class and order, included columns; not for a constraint',
        as: 'printed',
      },
      nullsNotDistinct: { meaning: 'boolean; not for the index of a constraint' },
      predicate: { meaning: 'condition of a partial index; not for the index of a constraint', as: 'printed' },
      valid: { meaning: 'boolean: `false` means it answers no query, and may not enforce uniqueness' },
      options: { meaning: options },
      tablespace: { meaning: tablespace },
      statisticsTargets: { meaning: 'statistics targets by position of the expression' },
      partitionOf: {
        meaning: 'index of the partitioned table that this one is attached to',
        as: 'printed',
        followsParent: true,
      },
    },
  },
  enum: {
    meaning: 'an enumerated type',
    parents: ['schema'],
    attributes: { labels: { meaning: 'labels in their order' } },
  },
  domain: {
    meaning: 'a domain; its checks are constraints',
    parents: ['schema'],
    attributes: {
      type: { meaning: 'type it is based on, with modifier', as: 'printed' },
      nullable: { meaning: 'boolean' },
      default: { meaning: 'default expression', as: 'printed' },
      collation: { meaning: 'collation, when it is not the one of the type' },
    },
  },
  'composite type': {
    meaning: 'a stand-alone composite type',
    parents: ['schema'],
    attributes: { attributeOrder: { meaning: 'attribute names in their order', as: 'order' } },
  },
  attribute: {
    meaning: 'an attribute of a composite type',
    parents: ['composite type'],
    attributes: {
      type: { meaning: 'type with its modifier', as: 'printed' },
      collation: { meaning: 'collation, when it is not the one of the type' },
    },
  },
  'range type': {
    meaning: 'a range type',
    parents: ['schema'],
    attributes: {
      subtype: { meaning: 'element type', as: 'printed' },
      operatorClass: { meaning: 'operator class of the subtype' },
      collation: { meaning: 'collation, when it is not the one of the subtype' },
      canonical: { meaning: 'canonicalization function' },
      subtypeDiff: { meaning: 'subtype difference function' },
      multirange: { meaning: 'its multirange type', since: 14, as: 'printed' },
    },
  },
  sequence: {
    meaning: 'a sequence that is not behind an identity column',
    parents: ['schema', 'column'],
    attributes: {
      type: { meaning: 'data type' },
      ...sequenceOptions,
      ownedBy: { meaning: 'column it is dropped with', as: 'printed' },
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
      clusteredOn: { meaning: 'index that CLUSTER sorts the rows by', as: 'printed' },
      populated: { meaning: 'boolean: `false` means reading it fails', as: 'demand' },
      ...relation,
      columnOrder: { meaning: 'column names in their order', as: 'order' },
    },
  },
  function: {
    meaning: 'a function, window functions included',
    parents: ['schema'],
    attributes: {
      ...routine,
      result: { meaning: 'result type, with SETOF or TABLE', as: 'printed' },
      rows: { meaning: 'estimated rows of a set-returning function' },
      window: { meaning: 'boolean' },
    },
  },
  procedure: { meaning: 'a procedure', parents: ['schema'], attributes: routine },
  aggregate: {
    meaning: 'an aggregate function',
    parents: ['schema'],
    attributes: {
      arguments: routine.arguments,
      form: { meaning: '`normal`, `ordered-set` or `hypothetical-set`' },
      result: { meaning: 'result type' },
      parallel: routine.parallel,
      transition: { meaning: 'transition function (SFUNC)' },
      stateType: { meaning: 'type of the state (STYPE)' },
      stateSpace: { meaning: 'estimated size of the state in bytes (SSPACE)' },
      initialValue: { meaning: 'initial state (INITCOND)' },
      final: { meaning: 'final function (FINALFUNC)' },
      finalExtra: { meaning: 'boolean: FINALFUNC_EXTRA' },
      finalModify: { meaning: 'FINALFUNC_MODIFY: `read_only`, `shareable` or `read_write`' },
      combine: { meaning: 'COMBINEFUNC' },
      serialize: { meaning: 'SERIALFUNC' },
      deserialize: { meaning: 'DESERIALFUNC' },
      movingTransition: { meaning: 'MSFUNC' },
      movingInverse: { meaning: 'MINVFUNC', detailOf: 'movingTransition' },
      movingStateType: { meaning: 'MSTYPE', detailOf: 'movingTransition' },
      movingStateSpace: { meaning: 'MSSPACE', detailOf: 'movingTransition' },
      movingInitialValue: { meaning: 'MINITCOND', detailOf: 'movingTransition' },
      movingFinal: { meaning: 'MFINALFUNC', detailOf: 'movingTransition' },
      movingFinalExtra: { meaning: 'boolean: MFINALFUNC_EXTRA', detailOf: 'movingTransition' },
      movingFinalModify: { meaning: 'MFINALFUNC_MODIFY', detailOf: 'movingTransition' },
      sortOperator: { meaning: 'SORTOP' },
    },
  },
  trigger: {
    meaning: 'a trigger; the internal ones behind a constraint are told by the constraint',
    parents: ['table', 'view'],
    attributes: {
      definition: { meaning: 'its SQL from the timing on, without name', as: 'printed' },
      constraint: { meaning: 'boolean: a constraint trigger' },
      enabled: { meaning: '`origin` (the usual state), `disabled`, `replica` or `always`' },
      partitionOf: { meaning: 'trigger of the partitioned table that this one comes from', as: 'printed' },
    },
  },
  policy: {
    meaning: 'a row-level security policy; whether policies apply is an attribute of the table',
    parents: ['table'],
    attributes: {
      command: { meaning: '`all`, `select`, `insert`, `update` or `delete`' },
      permissive: { meaning: 'boolean: `false` for a restrictive policy' },
      roles: { meaning: 'roles it applies to, sorted; `public` for all' },
      using: { meaning: 'condition on existing rows', as: 'printed' },
      check: { meaning: 'condition on new rows', as: 'printed' },
    },
  },
} as const satisfies Record<string, KindNote>;

export type Kind = keyof typeof kinds;

/** The note of a kind's attribute; `undefined` for what this version does not know. */
export function attributeNote(kind: string, attribute: string): AttributeNote | undefined {
  const note: KindNote | undefined = Object.hasOwn(kinds, kind) ? kinds[kind as Kind] : undefined;
  return note && Object.hasOwn(note.attributes, attribute) ? note.attributes[attribute] : undefined;
}
