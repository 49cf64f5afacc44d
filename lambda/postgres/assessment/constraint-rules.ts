// The severity table for what guards and finds rows: constraints, indexes, statistics, triggers, rules and policies.
import { actually, both, defines, either, gained, having, lost, partOf, rightly, sameColumns } from './predicates.ts';
import { called, critical, info, type KindRules, type Rules, warning } from './rule.ts';

const nameOnly: Rules = [info('cosmetic', 'only statements that name it notice', { differs: called })];
const firing = 'production does not run it for ordinary sessions';
const isKey = either(defines('PRIMARY KEY'), defines('UNIQUE'));
const inheritance: Rules = [info('cosmetic', 'it matters only when the constraint of the parent is dropped')];

export const constraint: KindRules<'constraint'> = {
  missing: [
    critical('integrity', 'duplicate and null keys get in, and upserts that name the key fail', {
      when: having('type', 'primary key'),
      differs: 'primary key {it} is missing',
    }),
    critical('integrity', 'duplicates get in, and upserts that name it fail', {
      when: having('type', 'unique'),
      differs: 'unique constraint {it} is missing',
    }),
    warning('integrity', 'rows can point at nothing, and deletes no longer cascade or stop', {
      when: having('type', 'foreign key'),
      differs: 'foreign key {it} is missing',
    }),
    warning('integrity', 'rows that the model forbids get in'),
  ],
  unexpected: [
    warning('breaks-writes', 'inserts and updates that repeat a value fail', {
      when: having('type', 'primary key', 'unique'),
    }),
    warning('breaks-writes', 'writes that point at a missing row fail, and so may deletes of the row pointed at', {
      when: having('type', 'foreign key'),
      differs: 'foreign key {it} is in production only',
    }),
    warning('breaks-writes', 'rows that the model allows are refused'),
  ],
  renamed: [
    info('cosmetic', 'counts only for statements that name it (`ON CONFLICT ON CONSTRAINT`)', { differs: called }),
  ],
  changed: {
    type: [critical('integrity', 'production guards something else than the model')],
    definition: [
      info(
        'performance',
        'the same rows are refused; queries that begin with another column may read the whole table',
        {
          when: both(isKey, sameColumns),
        },
      ),
      critical('integrity', 'other duplicates are refused or get in, and upserts that name its columns may fail', {
        when: isKey,
      }),
      warning('integrity', 'rows can point elsewhere, or deletes and updates of the row pointed at do something else', {
        when: defines('FOREIGN KEY'),
      }),
      warning('integrity', 'production allows rows that the model forbids, or the other way round'),
    ],
    deferrable: [
      warning('breaks-writes', 'transactions that put it right only at their end fail', { when: actually(false) }),
      warning('breaks-writes', 'upserts and foreign keys cannot use a deferrable constraint'),
    ],
    initiallyDeferred: [warning('integrity', 'violations show at another time: at the statement or at the commit')],
    validated: [
      warning('integrity', 'existing rows were never checked and may violate it', { when: actually(false) }),
      info('integrity', 'production has checked what the model leaves unchecked'),
    ],
    enforced: [
      critical('integrity', 'rows that violate it get in', { when: actually(false) }),
      warning('breaks-writes', 'writes that the model lets pass are refused'),
    ],
    noInherit: [
      warning('integrity', 'child tables are not bound by it', { when: actually(true) }),
      warning('breaks-writes', 'child tables refuse rows that the model allows'),
    ],
    inheritance,
    partitionOf: [warning('integrity', 'it does not follow the constraint of the partitioned table')],
    checkTriggers: [
      critical('integrity', 'new rows are not checked against it', {
        when: gained,
        differs: 'triggers behind {it} are switched off or restricted ({actual})',
      }),
      warning('breaks-writes', 'production checks rows that the model leaves unchecked'),
    ],
    actionTriggers: [
      critical('integrity', 'deletes and updates of the row pointed at neither cascade nor stop', {
        when: gained,
        differs: 'triggers behind {it} are switched off or restricted ({actual})',
      }),
      warning('breaks-writes', 'production acts on deletes and updates where the model does not'),
    ],
  },
};

export const index: KindRules<'index'> = {
  missing: [
    critical('integrity', 'duplicates get in, and upserts that rely on it fail', {
      when: having('unique', true),
      differs: 'unique index {it} is missing',
    }),
    warning('performance', 'queries that rely on it read the whole table'),
  ],
  unexpected: [
    warning('breaks-writes', 'inserts and updates that repeat a value fail', {
      when: having('unique', true),
      differs: 'unique index {it} is in production only',
    }),
    info('performance', 'every write keeps it up to date'),
  ],
  renamed: [info('cosmetic', 'counts only for statements that name it', { differs: called })],
  changed: {
    unique: [
      critical('integrity', 'duplicates get in, and upserts that rely on it fail', {
        when: actually(false),
        differs: 'index {it} is not unique in production',
      }),
      warning('breaks-writes', 'inserts and updates that repeat a value fail', {
        differs: 'index {it} is unique in production only',
      }),
    ],
    definition: [
      warning('performance', 'queries that rely on it may read the whole table; a unique one guards other values'),
    ],
    nullsNotDistinct: [
      warning('integrity', 'several nulls get in where the model allows one', { when: actually(false) }),
      warning('breaks-writes', 'a second null is refused'),
    ],
    predicate: [
      warning('performance', 'queries of rows that it leaves out read the whole table; a unique one guards other rows'),
    ],
    valid: [
      info('cosmetic', 'production finished what the model left unfinished', { when: actually(true) }),
      critical('integrity', 'no query can use it, and duplicates may get in', {
        when: partOf('constraint'),
        differs: 'index {it} is invalid',
      }),
      warning('integrity', 'no query uses it; if it is unique, duplicates may have got in', {
        differs: 'index {it} is invalid',
      }),
    ],
    options: [info('performance', 'it is stored and kept up in another way')],
    tablespace: [info('performance', 'it is stored elsewhere')],
    statisticsTargets: [
      info('performance', 'the planner knows more or less of its expressions, and may choose slower plans'),
    ],
    partitionOf: [warning('performance', 'the partitioned table cannot count on it, new constraints on it included')],
  },
};

export const trigger: KindRules<'trigger'> = {
  missing: [critical('integrity', 'what it kept true is no longer kept true')],
  unexpected: [warning('integrity', 'it may change or refuse rows in ways that the model does not expect')],
  renamed: [info('cosmetic', 'triggers of a table run in the order of their names', { differs: called })],
  changed: {
    definition: [warning('integrity', 'it runs at other times, or does something else')],
    constraint: [warning('integrity', 'it runs at another time')],
    enabled: [
      critical('integrity', firing, { when: actually('disabled'), differs: 'trigger {it} is disabled' }),
      critical('integrity', firing, { when: both(actually('replica'), rightly('origin')) }),
      warning('integrity', 'it runs in sessions where the model does not run it'),
    ],
    partitionOf: [warning('integrity', 'it does not follow the trigger of the partitioned table')],
  },
};

export const rule: KindRules<'rule'> = {
  missing: [critical('integrity', 'statements do what is written, without what it adds or does instead')],
  unexpected: [warning('integrity', 'statements do something else than what is written')],
  renamed: [info('cosmetic', 'rules of a table are applied in the order of their names', { differs: called })],
  changed: {
    definition: [warning('integrity', 'it acts on other statements, or does something else')],
    enabled: [
      critical('integrity', 'statements do what is written, without what it adds or does instead', {
        when: actually('disabled'),
        differs: 'rule {name} on {parent} is disabled',
      }),
      critical('integrity', firing, { when: both(actually('replica'), rightly('origin')) }),
      warning('integrity', 'it acts in sessions where the model does not let it'),
    ],
  },
};

export const eventTrigger: KindRules<'event trigger'> = {
  missing: [warning('integrity', 'DDL is no longer watched, checked or refused by it')],
  unexpected: [warning('breaks-writes', 'DDL, migrations included, may be changed or refused by it')],
  renamed: nameOnly,
  changed: {
    event: [warning('integrity', 'it runs at another time')],
    function: [warning('integrity', 'it does something else')],
    tags: [warning('integrity', 'it runs on other commands')],
    enabled: [
      warning('integrity', 'DDL is not watched, checked or refused by it', {
        when: actually('disabled'),
        differs: 'event trigger {it} is disabled',
      }),
      warning('integrity', 'it runs in other sessions than the model intends'),
    ],
  },
};

const planning: Rules = [info('performance', 'the planner estimates rows by other figures')];

export const statisticsObject: KindRules<'statistics object'> = {
  missing: [warning('performance', 'the planner takes its columns for independent and may choose slow plans')],
  unexpected: [info('performance', 'ANALYZE takes longer')],
  renamed: nameOnly,
  changed: { kinds: planning, columns: planning, expressions: planning, statisticsTarget: planning },
};

export const policy: KindRules<'policy'> = {
  missing: [
    critical('security', 'rows that it hides or protects are open', {
      when: having('permissive', false),
      differs: 'restrictive policy {it} is missing',
    }),
    critical('breaks-reads', 'rows that only it allows cannot be read or written'),
  ],
  unexpected: [
    warning('breaks-reads', 'rows that the model shows are hidden or protected', {
      when: having('permissive', false),
      differs: 'restrictive policy {it} is in production only',
    }),
    critical('security', 'rows that the model hides or protects may be open'),
  ],
  renamed: [info('cosmetic', 'counts only for statements that name it', { differs: called })],
  changed: {
    command: [critical('security', 'other statements are allowed or refused')],
    permissive: [
      critical('security', 'it opens rows where the model only narrows', {
        when: actually(true),
        differs: 'policy {it} is permissive, the model says restrictive',
      }),
      critical('breaks-reads', 'it narrows where the model opens rows', {
        differs: 'policy {it} is restrictive, the model says permissive',
      }),
    ],
    roles: [critical('security', 'other roles see or change the rows')],
    using: [critical('security', 'other rows can be seen or changed')],
    check: [
      critical('security', 'rows can be written that the model forbids', { when: lost }),
      critical('security', 'other rows can be written'),
    ],
  },
};
