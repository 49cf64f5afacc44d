// Repair of publications, and of what can be told of subscriptions.
import { type Fact, factKey } from '../../fact.ts';
import { quoteLiteral } from '../../literal.ts';
import { type Draft, inParentheses, risky, words } from '../draft.ts';
import { lastName } from '../identifier.ts';
import type { Repairer, Scene } from '../repairer.ts';
import { listOf, none, outcome, parentOf, recreate, text } from './common.ts';

const subscribers = 'Subscribers get other changes from here on; each has to refresh its subscription.';
const leaves = 'Its changes no longer reach subscribers.';

export const publication: Repairer<'publication'> = {
  rank: 18,
  canRebuild: false,
  create: ({ id, attributes }) => [
    {
      drafts: [
        risky(
          words(
            `CREATE PUBLICATION ${id}`,
            attributes.allTables === true && 'FOR ALL TABLES',
            `WITH (${settingsOf(attributes).join(', ')})`,
          ),
          'Whoever may replicate can subscribe to it.',
        ),
      ],
    },
  ],
  drop: ({ id }) => [risky(`DROP PUBLICATION ${id}`, 'Its subscribers stop with an error.')],
  change: {
    allTables: none('Only another publication can be of all tables, or no longer: create one beside it.'),
    operations: set,
    viaPartitionRoot: set,
    generatedColumns: set,
  },
};

function settingsOf({ operations, viaPartitionRoot, generatedColumns }: Fact['attributes']): string[] {
  return [
    `publish = ${quoteLiteral(listOf(operations).join(', '))}`,
    `publish_via_partition_root = ${viaPartitionRoot}`,
    ...(generatedColumns === undefined ? [] : [`publish_generated_columns = ${generatedColumns}`]),
  ];
}

function set({ target }: { target: Fact }) {
  return outcome(
    risky(`ALTER PUBLICATION ${target.id} SET (${settingsOf(target.attributes).join(', ')})`, subscribers),
  );
}

export const publicationTable: Repairer<'publication table'> = {
  rank: 19,
  canRebuild: true,
  create: (fact, scene) => {
    const { columns, filter } = fact.attributes;
    const table = parentOf(fact, scene.target);
    const statement = words(
      `ALTER PUBLICATION ${lastName(fact.id)} ADD TABLE ONLY ${table.id}`,
      columns !== undefined && `(${listOf(columns).join(', ')})`,
      filter !== undefined && `WHERE ${inParentheses(text(filter))}`,
    );
    return [{ drafts: [risky(statement, subscribers)] }];
  },
  drop: (fact, scene) => dropMember(fact, `TABLE ONLY ${parentOf(fact, scene.current).id}`, scene),
  change: {
    columns: recreate('Which columns are sent changes by adding the table again.'),
    filter: recreate('Which rows are sent changes by adding the table again.'),
  },
};

export const publicationSchema: Repairer<'publication schema'> = {
  rank: 19,
  canRebuild: true,
  create: (fact) => [
    {
      drafts: [risky(`ALTER PUBLICATION ${lastName(fact.id)} ADD TABLES IN SCHEMA ${schemaOf(fact)}`, subscribers)],
    },
  ],
  drop: (fact, scene) => dropMember(fact, `TABLES IN SCHEMA ${schemaOf(fact)}`, scene),
  change: {},
};

function schemaOf({ parent = '' }: Fact): string {
  return parent.slice('schema '.length);
}

/** It goes with its publication. */
function dropMember(fact: Fact, member: string, { target }: Scene): Draft[] {
  const name = lastName(fact.id);
  if (!target.get(factKey({ kind: 'publication', id: name }))) return [];
  return [risky(`ALTER PUBLICATION ${name} DROP ${member}`, leaves)];
}

const byHand = 'What it connects with is never read: take the statement from its migration.';

export const subscription: Repairer<'subscription'> = {
  rank: 20,
  canRebuild: false,
  create: () => ({ none: byHand }),
  drop: () => ({
    none: 'Dropping it also drops its slot on the other server, or leaves it to fill the disk: decide which.',
  }),
  change: {
    enabled: ({ target, expected }) =>
      outcome(
        risky(
          `ALTER SUBSCRIPTION ${target.id} ${expected === true ? 'ENABLE' : 'DISABLE'}`,
          'Changes of the other server arrive, or no longer do.',
        ),
      ),
    slotName: none(byHand),
    publications: none(byHand),
    synchronousCommit: none(byHand),
    binary: none(byHand),
    streaming: none(byHand),
    twoPhase: none(byHand),
    disableOnError: none(byHand),
    origin: none(byHand),
    passwordRequired: none(byHand),
    runAsOwner: none(byHand),
    failover: none(byHand),
  },
};
