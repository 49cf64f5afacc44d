// What guards and finds rows: constraints, indexes, statistics, triggers, rules, policies.
import type { KindNote } from './note.ts';
import { options, tablespace } from './shared.ts';

export const guardKinds = {
  constraint: {
    meaning: 'a primary key, unique, foreign key, check or exclusion constraint of a table or domain',
    parents: ['table', 'domain'],
    attributes: {
      type: { meaning: '`primary key`, `unique`, `foreign key`, `check` or `exclusion`' },
      definition: { meaning: 'its SQL without name, deferrability, validity and enforcement', as: 'printed' },
      deferrable: { meaning: 'boolean' },
      initiallyDeferred: { meaning: 'boolean', detailOf: 'deferrable' },
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
  trigger: {
    meaning: 'a trigger; the internal ones behind a constraint are told by the constraint',
    parents: ['table', 'view'],
    attributes: {
      definition: { meaning: 'its SQL from the timing on, without name', as: 'printed' },
      constraint: { meaning: 'boolean: a constraint trigger' },
      enabled: { meaning: '`origin` (the usual state), `disabled`, `replica` or `always`' },
      partitionOf: {
        meaning: 'trigger of the partitioned table that this one comes from',
        as: 'printed',
        goesWithParent: true,
      },
    },
  },
  rule: {
    meaning: 'a rewrite rule; the one behind a view is told by the view',
    parents: ['table', 'view', 'materialized view'],
    attributes: {
      definition: { meaning: 'its SQL from the event on, without name', as: 'printed' },
      enabled: { meaning: '`origin` (the usual state), `disabled`, `replica` or `always`' },
    },
  },
  'event trigger': {
    meaning: 'a trigger on DDL',
    parents: [],
    attributes: {
      event: { meaning: '`ddl_command_start`, `ddl_command_end`, `sql_drop`, `table_rewrite` or `login`' },
      function: { meaning: 'function it runs' },
      tags: { meaning: 'commands it is limited to, sorted' },
      enabled: { meaning: '`origin` (the usual state), `disabled`, `replica` or `always`' },
    },
  },
  'statistics object': {
    meaning: 'extended statistics: which columns ANALYZE looks at together',
    parents: ['table', 'materialized view'],
    attributes: {
      kinds: { meaning: 'which of `ndistinct`, `dependencies` and `mcv`' },
      columns: { meaning: 'columns, sorted' },
      expressions: { meaning: 'expressions, in their order', as: 'printed' },
      statisticsTarget: { meaning: 'its statistics target, a number' },
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
