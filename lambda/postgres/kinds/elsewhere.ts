// What connects a database with others: logical replication and foreign data.
import type { KindNote } from './note.ts';
import { foreignOptions } from './shared.ts';

export const elsewhereKinds = {
  publication: {
    meaning: 'changes that subscribers of other servers can get',
    scope: 'publications',
    parents: [],
    attributes: {
      allTables: { meaning: 'boolean: of every table, future ones included' },
      operations: { meaning: 'which of `insert`, `update`, `delete` and `truncate`' },
      viaPartitionRoot: { meaning: 'boolean: changes of partitions are told as those of the partitioned table' },
      generatedColumns: { meaning: '`none` or `stored`', since: 18 },
    },
  },
  'publication table': {
    meaning: 'a table that a publication names',
    scope: 'publications',
    parents: ['table'],
    attributes: {
      columns: { meaning: 'columns that are sent, when not all are', since: 15 },
      filter: { meaning: 'condition of the rows that are sent', as: 'printed', since: 15 },
    },
  },
  'publication schema': {
    meaning: 'a schema whose tables a publication publishes',
    scope: 'publications',
    parents: ['schema'],
    attributes: {},
  },
  subscription: {
    meaning: 'changes that this database gets from another server; its connection string is never read',
    scope: 'publications',
    parents: [],
    attributes: {
      enabled: { meaning: 'boolean' },
      slotName: { meaning: 'replication slot on the other server' },
      publications: { meaning: 'publications it gets, sorted' },
      synchronousCommit: { meaning: 'setting of its workers', since: 14 },
      binary: { meaning: 'boolean: values are sent in binary form', since: 14 },
      streaming: {
        meaning: '`off`, `on` or `parallel`: when transactions in progress are sent',
        since: 14,
        withinMajor: true,
      },
      twoPhase: { meaning: 'boolean: prepared transactions are prepared here too', since: 15 },
      disableOnError: { meaning: 'boolean: an error disables it', since: 15 },
      origin: { meaning: '`any` or `none`: changes that the other server got from elsewhere', since: 16 },
      passwordRequired: { meaning: 'boolean: the connection string must have a password', since: 16 },
      runAsOwner: { meaning: 'boolean: changes are made as the owner of the subscription', since: 16 },
      failover: { meaning: 'boolean: its slot is kept on standbys', since: 17 },
    },
  },
  'foreign data wrapper': {
    meaning: 'the driver of a kind of foreign servers',
    parents: [],
    attributes: {
      handler: { meaning: 'handler function; without one its tables cannot be read' },
      validator: { meaning: 'function that checks options' },
      foreignOptions: { meaning: foreignOptions },
    },
  },
  'foreign server': {
    meaning: 'a server that foreign tables read from',
    parents: ['foreign data wrapper'],
    attributes: {
      type: { meaning: 'TYPE of the server' },
      version: { meaning: 'VERSION of the server' },
      foreignOptions: { meaning: foreignOptions },
    },
  },
  'user mapping': {
    meaning: 'that a role can sign in to a foreign server; how is never read',
    scope: 'grants',
    parents: ['foreign server'],
    attributes: {},
  },
} as const satisfies Record<string, KindNote>;
