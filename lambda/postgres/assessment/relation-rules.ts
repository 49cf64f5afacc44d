// The severity table for tables, columns, sequences, views and materialized views: what holds rows and shows them.
import {
  actually,
  both,
  gained,
  having,
  isTime,
  lost,
  momentsOfRuns,
  numbersItself,
  optionDiffers,
  partOf,
  requiredWithoutDefault,
  rightly,
  smaller,
  takesAlong,
  takesFromSequence,
  typeIs,
  zoneDiffers,
} from './predicates.ts';
import { called, critical, info, type KindRules, type Rules, warning } from './rule.ts';

const storageOnly: Rules = [info('performance', 'its rows are the same, how they are stored and found is not')];
const persistence: Rules = [
  warning('integrity', 'a crash empties it, and replicas do not have its rows', {
    when: actually('unlogged'),
    differs: '{it} is unlogged in production',
  }),
  info('performance', 'every write is logged, which the model does not ask for'),
];
const order: Rules = [
  info(
    'cosmetic',
    'only queries that rely on the order of columns notice (`select *` by position, `insert` without a column list)',
  ),
];

export const table: KindRules<'table'> = {
  missing: [
    critical('breaks-writes', 'every insert of a row that belongs in this partition fails', {
      when: (entry) => !having('partitionOf', null)(entry),
    }),
    critical('breaks-reads', 'every query that reads or writes it fails'),
  ],
  unexpected: [info('cosmetic', 'the model does not know it; nothing that the application does needs it')],
  renamed: [
    info('cosmetic', 'queries of {parent} find its rows all the same; statements that name the partition fail', {
      when: partOf('table'),
      differs: called,
    }),
    critical('breaks-reads', 'every query that names it fails', { differs: called }),
  ],
  changed: {
    form: [
      critical('breaks-reads', 'partitions, foreign data and ordinary rows are read and written in different ways'),
    ],
    persistence,
    accessMethod: storageOnly,
    tablespace: storageOnly,
    options: [
      warning('performance', 'dead rows and old transaction ids pile up unless vacuum runs on it', {
        when: optionDiffers('autovacuum_enabled'),
      }),
      info('performance', 'vacuum, fill factor or planning follow other figures'),
    ],
    toastOptions: storageOnly,
    columnOrder: order,
    inherits: [critical('breaks-reads', 'queries of a parent table see other rows than the model intends')],
    partitionOf: [critical('breaks-reads', 'queries of the partitioned table see other rows than the model intends')],
    partitionBound: [critical('breaks-writes', 'rows go to another partition, or are refused')],
    detachPending: [
      warning('integrity', 'an unfinished DETACH CONCURRENTLY hides its rows from the partitioned table'),
    ],
    partitionKey: [critical('breaks-writes', 'rows go to other partitions, or are refused')],
    ofType: [info('cosmetic', 'the table no longer follows that composite type')],
    rowSecurity: [
      critical('security', 'no policy is applied, every row can be seen and changed', {
        when: actually(false),
        differs: 'row security of {it} is off, the model turns it on',
      }),
      critical('breaks-reads', 'rows that no policy allows are hidden from everybody but the owner', {
        differs: 'row security of {it} is on, the model leaves it off',
      }),
    ],
    forceRowSecurity: [
      warning('security', 'the owner of the table is not bound by its policies', {
        when: actually(false),
        differs: '{it} does not force row security, the model does',
      }),
      warning('breaks-reads', 'the owner of the table sees only what policies allow', {
        differs: '{it} forces row security, the model does not',
      }),
    ],
    clusteredOn: [info('performance', 'CLUSTER sorts the rows by another index')],
    replicaIdentity: [
      warning('integrity', 'logical replication identifies changed rows in another way, or refuses updates'),
    ],
    server: [critical('breaks-reads', 'rows come from another server')],
    foreignOptions: [warning('breaks-reads', 'rows may come from another place on the foreign server')],
  },
};

/** The figures of an identity column's sequence, and of a sequence of its own. */
const numbers = {
  type: [
    critical('breaks-writes', 'numbers run out sooner, and inserts fail then', { when: typeIs('narrower') }),
    info('integrity', 'numbers can grow beyond what the application expects'),
  ],
  start: [info('cosmetic', 'it matters only when the sequence is restarted')],
  increment: [
    warning('integrity', 'numbers come in other steps; an ORM that reserves a block of them can meet duplicates'),
  ],
  minimum: [warning('breaks-writes', 'a sequence that counts down ends at another number, and inserts fail there')],
  maximum: [
    critical('breaks-writes', 'inserts fail once that number is reached', { when: smaller }),
    info('integrity', 'numbers can grow beyond what the application expects'),
  ],
  cache: [info('performance', 'sessions take another number of values at once')],
  cycle: [
    critical('integrity', 'numbers that were given out come again', { when: actually(true) }),
    warning('breaks-writes', 'inserts fail at the end, where the model starts again'),
  ],
} as const satisfies Record<string, Rules>;

export const column: KindRules<'column'> = {
  missing: [critical('breaks-reads', 'every query that selects it fails')],
  unexpected: [
    info('cosmetic', "the query behind {parent} gives more than the model's", {
      when: partOf('view', 'materialized view'),
    }),
    critical('breaks-writes', 'production requires `{name}`, the model does not know it', {
      when: requiredWithoutDefault,
      differs: 'every insert into {parent} fails',
    }),
    info('cosmetic', 'the model does not know it; inserts leave it to its default'),
  ],
  renamed: [critical('breaks-reads', 'every query that selects it fails', { differs: called })],
  changed: {
    type: [
      warning('integrity', 'fractions of a second are rounded', { when: both(isTime, typeIs('narrower')) }),
      critical('breaks-writes', 'values that the model allows are refused', { when: typeIs('narrower') }),
      info('integrity', 'values can be stored that the model does not allow', { when: typeIs('wider') }),
      info('cosmetic', 'both types hold the same values', { when: typeIs('equal') }),
      critical(
        'breaks-reads',
        'values are off by the time zone of the session, and drivers that tell the two apart fail',
        {
          when: zoneDiffers,
        },
      ),
      critical('breaks-reads', 'comparing, reading and writing it with the type of the model may fail'),
    ],
    nullable: [
      critical('breaks-writes', 'inserts and updates that leave it null fail', {
        when: actually(false),
        differs: '{it} is NOT NULL in production only',
      }),
      warning('integrity', 'rows without a value get in, and code that relies on one fails later', {
        differs: '{it} allows null, the model does not',
      }),
    ],
    default: [
      critical('breaks-writes', 'inserts that leave the number to the database fail', {
        when: both(lost, takesFromSequence),
      }),
      warning('breaks-writes', 'inserts that leave it out store null, or fail where a value is required', {
        when: lost,
      }),
      info('integrity', 'inserts that leave it out store that value instead of null', { when: gained }),
      info('cosmetic', 'each run of that migration gives another one, and nothing tells which is right', {
        when: momentsOfRuns,
        differs: 'default of {it} is the moment at which a migration ran, {actual}, {expected} in the model',
      }),
      warning('integrity', 'inserts that leave it out store another value'),
    ],
    generated: [
      critical('breaks-writes', 'inserts and updates that set it fail, production computes it', { when: gained }),
      critical('integrity', 'it stays null or keeps old values, production does not compute it', { when: lost }),
      warning('performance', 'values are computed at another time'),
    ],
    generationExpression: [critical('integrity', 'production computes other values, or none')],
    identity: [
      info('cosmetic', 'inserts that leave the number to the database take it from there', {
        when: both(lost, takesAlong('sequence')),
        differs: '{it} takes its numbers from a sequence of its own in production, not from an identity',
      }),
      critical('breaks-writes', 'inserts that leave the number to the database fail', { when: lost }),
      info('cosmetic', 'numbers come from a sequence of its own, and inserts may set them themselves', {
        when: numbersItself,
        differs: '{it} takes its default from {actual}, the model makes it an identity column ({expected})',
      }),
      warning('breaks-writes', 'inserts that set it fail without OVERRIDING SYSTEM VALUE', {
        when: actually('always'),
      }),
      info('cosmetic', 'numbers come from the sequence of the identity', {
        when: both(actually('by default'), takesFromSequence),
        differs: '{it} is an identity column ({actual}), the model takes its default from {expected}',
      }),
      info('integrity', 'inserts may set the number themselves', { when: actually('by default') }),
      critical('integrity', 'inserts that leave the number to the database store another value', {
        differs: '{it} has default {actual}, the model makes it an identity column ({expected})',
      }),
    ],
    identityLost: [
      warning('breaks-writes', 'inserts into the partition itself that leave the number to the database fail', {
        when: actually(true),
        differs: '{it} lost the identity of the partitioned table',
      }),
      info('breaks-writes', 'inserts into the partition itself get a number, which the model does not expect'),
    ],
    identitySequence: [info('cosmetic', 'it matters only where the sequence is named')],
    identityType: numbers.type,
    identityStart: numbers.start,
    identityIncrement: numbers.increment,
    identityMinimum: numbers.minimum,
    identityMaximum: numbers.maximum,
    identityCache: numbers.cache,
    identityCycle: numbers.cycle,
    identityPersistence: [info('integrity', 'its numbers do not survive a crash as the model expects')],
    collation: [warning('integrity', 'sorting, comparing and uniqueness follow other rules')],
    storage: storageOnly,
    compression: storageOnly,
    statisticsTarget: [
      info('performance', 'the planner knows more or less of its values, and may choose slower plans'),
    ],
    options: [info('performance', 'the planner estimates with other figures, and may choose slower plans')],
    foreignOptions: [warning('breaks-reads', 'values may come from another column on the foreign server')],
    inheritance: [info('cosmetic', 'it matters only when the column of the parent is dropped')],
    notNullName: [info('cosmetic', 'it matters only to statements that name the constraint')],
    notNullValidated: [
      warning('integrity', 'rows from before may still hold nulls', { when: actually(false) }),
      info('integrity', 'production has checked what the model leaves unchecked'),
    ],
    notNullInheritance: [info('cosmetic', 'it matters only when the parent drops its NOT NULL')],
    notNullNoInherit: [
      warning('integrity', 'rows without a value get into child tables', { when: actually(true) }),
      warning('breaks-writes', 'child tables refuse nulls that the model allows'),
    ],
  },
};

export const sequence: KindRules<'sequence'> = {
  missing: [critical('breaks-writes', 'every insert that takes a number from it fails')],
  unexpected: [info('cosmetic', 'the model does not know it')],
  renamed: [warning('breaks-writes', 'statements that take a number from it by its name fail', { differs: called })],
  changed: {
    ...numbers,
    ownedBy: [info('cosmetic', 'it is dropped with another column, or with none')],
    persistence,
  },
};

export const view: KindRules<'view'> = {
  missing: [critical('breaks-reads', 'every query that reads it fails')],
  unexpected: [info('cosmetic', 'the model does not know it; it blocks changes to what it reads')],
  renamed: [critical('breaks-reads', 'every query that reads it fails', { differs: called })],
  changed: {
    definition: [warning('breaks-reads', 'it gives other rows or values than the model intends')],
    options: [
      critical('security', 'it shows rows by other rights than the model intends', {
        when: optionDiffers('security_invoker', 'security_barrier'),
      }),
      warning('integrity', 'writes through it are checked in another way'),
    ],
    columnOrder: order,
  },
};

export const materializedView: KindRules<'materialized view'> = {
  missing: view.missing,
  unexpected: view.unexpected,
  renamed: [critical('breaks-reads', 'every query that reads or refreshes it fails', { differs: called })],
  changed: {
    definition: view.changed.definition,
    clusteredOn: [info('performance', 'CLUSTER sorts the rows by another index')],
    populated: [
      critical('breaks-reads', 'every query that reads it fails until it is refreshed', {
        when: actually(false),
        differs: '{it} has never been populated',
      }),
      info('cosmetic', 'it can be read, which the model does not expect', { when: rightly(false) }),
      warning('breaks-reads', 'it may not be readable'),
    ],
    persistence,
    accessMethod: storageOnly,
    tablespace: storageOnly,
    options: table.changed.options,
    toastOptions: storageOnly,
    columnOrder: order,
  },
};
