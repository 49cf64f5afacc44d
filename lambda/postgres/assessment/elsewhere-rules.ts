// The severity table for logical replication and foreign data: what connects a database with others.
import { actually, gained, listsLess, lost, optionDiffers } from './predicates.ts';
import { critical, info, type KindRules, type Rules, warning } from './rule.ts';

const reachesLess = 'changes no longer reach subscribers';

export const publication: KindRules<'publication'> = {
  missing: [critical('integrity', `${reachesLess}, and their replication stops with an error`)],
  unexpected: [warning('security', 'whoever may replicate can get these changes')],
  changed: {
    allTables: [
      critical('integrity', 'changes of tables that it does not name no longer reach subscribers', {
        when: actually(false),
        differs: 'publication {it} is no longer of all tables',
      }),
      warning('security', 'changes of every table reach subscribers', {
        differs: 'publication {it} is of all tables in production',
      }),
    ],
    operations: [
      critical('integrity', `such ${reachesLess}`, { when: listsLess, differs: 'publication {it} lacks {lost}' }),
      warning('integrity', 'subscribers get changes that the model keeps from them', {
        differs: 'publication {it} has {added} in production only',
      }),
    ],
    viaPartitionRoot: [
      critical(
        'integrity',
        'subscribers look for the rows of partitions in other tables, and stop when there are none',
      ),
    ],
    generatedColumns: [warning('integrity', 'subscribers get other columns, and may stop at one they do not have')],
  },
};

export const publicationTable: KindRules<'publication table'> = {
  missing: [critical('integrity', `its ${reachesLess}`, { differs: 'publication {name} lacks table {parent}' })],
  unexpected: [
    warning('security', 'its changes reach subscribers', {
      differs: 'publication {name} has table {parent} in production only',
    }),
  ],
  changed: {
    columns: [
      warning('integrity', 'subscribers get other columns than the model intends', {
        differs: 'publication {name} sends columns {actual} of {parent}, the model says {expected}',
      }),
    ],
    filter: [
      critical('integrity', 'subscribers lack rows that the model sends', {
        when: gained,
        differs: 'publication {name} filters the rows of {parent}, the model does not',
      }),
      warning('security', 'subscribers get rows that the model keeps from them', {
        when: lost,
        differs: 'publication {name} sends every row of {parent}, the model filters them',
      }),
      warning('integrity', 'subscribers get other rows than the model intends', {
        differs: 'publication {name} filters the rows of {parent} in another way',
      }),
    ],
  },
};

export const publicationSchema: KindRules<'publication schema'> = {
  missing: [
    critical('integrity', `${reachesLess}`, { differs: 'publication {name} lacks the tables of schema {parent}' }),
  ],
  unexpected: [
    warning('security', 'their changes reach subscribers', {
      differs: 'publication {name} has the tables of schema {parent} in production only',
    }),
  ],
  changed: {},
};

const applying: Rules = [warning('integrity', 'changes arrive in another way than the model intends')];

export const subscription: KindRules<'subscription'> = {
  missing: [critical('integrity', 'changes of the other server do not arrive')],
  unexpected: [warning('integrity', 'rows come from another server that the model does not know')],
  changed: {
    enabled: [
      critical('integrity', 'changes of the other server do not arrive, and its disk fills up', {
        when: actually(false),
        differs: 'subscription {it} is disabled',
      }),
      warning('integrity', 'changes of the other server arrive', {
        differs: 'subscription {it} is enabled in production',
      }),
    ],
    slotName: [
      warning('integrity', 'it goes on from another place, or the old slot fills the disk of the other server'),
    ],
    publications: [
      critical('integrity', 'changes of those do not arrive', {
        when: listsLess,
        differs: 'subscription {it} lacks {lost}',
      }),
      warning('integrity', 'rows arrive that the model does not expect'),
    ],
    synchronousCommit: applying,
    binary: [warning('integrity', 'it stops at a column whose type differs between the servers, or converts it')],
    streaming: [info('performance', 'large transactions arrive at another time')],
    twoPhase: applying,
    disableOnError: [warning('integrity', 'an error stops it for good, or is tried again for ever')],
    origin: [critical('integrity', 'changes go round in circles, or do not arrive')],
    passwordRequired: [warning('security', 'it signs in to the other server in another way, or cannot')],
    runAsOwner: [critical('security', 'changes are made with the rights of another role')],
    failover: [warning('integrity', 'after a failover of the other server it stops, or goes on')],
  },
};

const readsElsewhere: Rules = [critical('breaks-reads', 'its foreign tables are read in another way, or not at all')];
const options: Rules = [
  warning('integrity', 'its foreign tables can be written, or no longer', { when: optionDiffers('updatable') }),
  warning('breaks-reads', 'its foreign tables may be read in another way'),
];

export const foreignDataWrapper: KindRules<'foreign data wrapper'> = {
  missing: [critical('breaks-reads', 'its servers and foreign tables cannot exist')],
  unexpected: [info('cosmetic', 'the model does not know it')],
  changed: {
    handler: readsElsewhere,
    validator: [info('integrity', 'options are checked in another way')],
    foreignOptions: options,
  },
};

export const foreignServer: KindRules<'foreign server'> = {
  missing: [critical('breaks-reads', 'every query of its foreign tables fails')],
  unexpected: [info('cosmetic', 'the model does not know it')],
  changed: {
    type: [warning('breaks-reads', 'its wrapper may treat it in another way')],
    version: [warning('breaks-reads', 'its wrapper may treat it in another way')],
    foreignOptions: options,
  },
};

export const userMapping: KindRules<'user mapping'> = {
  missing: [
    critical('breaks-reads', 'queries of its foreign tables by that role fail', {
      differs: 'role {name} has no user mapping for foreign server {parent}',
    }),
  ],
  unexpected: [
    warning('security', 'it can sign in there', {
      differs: 'role {name} has a user mapping for foreign server {parent} in production only',
    }),
  ],
  changed: {},
};
