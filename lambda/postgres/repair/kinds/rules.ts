// Repair of rewrite rules and event triggers.
import { type Fact, factKey } from '../../fact.ts';
import { quoteLiteral } from '../../literal.ts';
import { type Draft, risky, safe, words } from '../draft.ts';
import { ownName } from '../identifier.ts';
import type { Repairer } from '../repairer.ts';
import { firing, listOf, outcome, parentOf, recreate, text, unused } from './common.ts';

const statements = 'Statements on it do something else from here on.';
const ddl = 'Runs on DDL from here on, that of migrations included.';

export const rule: Repairer<'rule'> = {
  rank: 15,
  canRebuild: true,
  create: (fact, scene) => {
    const relation = parentOf(fact, scene.target);
    const statement = `CREATE RULE ${ownName(fact, relation)} AS ${fact.attributes.definition}`;
    const created = scene.isNew(factKey(relation)) ? safe(statement, unused) : risky(statement, statements);
    return [{ drafts: [created, ...(fact.attributes.enabled === 'origin' ? [] : [fireRule(fact, relation)])] }];
  },
  drop: (fact, scene) => {
    const relation = parentOf(fact, scene.current);
    return [risky(`DROP RULE ${ownName(fact, relation)} ON ${relation.id}`, statements)];
  },
  change: {
    definition: recreate('What it does only changes by creating it again.'),
    enabled: ({ target }, scene) => outcome(fireRule(target, parentOf(target, scene.target))),
  },
};

function fireRule(fact: Fact, relation: Fact): Draft {
  const how = firing[text(fact.attributes.enabled)];
  return risky(`ALTER TABLE ${relation.id} ${how} RULE ${ownName(fact, relation)}`, statements);
}

export const eventTrigger: Repairer<'event trigger'> = {
  rank: 17,
  canRebuild: true,
  create: (fact) => {
    const { event, function: name, tags, enabled } = fact.attributes;
    const statement = words(
      `CREATE EVENT TRIGGER ${fact.id} ON ${event}`,
      tags !== undefined && `WHEN TAG IN (${listOf(tags).map(quoteLiteral).join(', ')})`,
      `EXECUTE FUNCTION ${name}()`,
    );
    return [{ drafts: [risky(statement, ddl), ...(enabled === 'origin' ? [] : [fireEventTrigger(fact)])] }];
  },
  drop: ({ id }) => [risky(`DROP EVENT TRIGGER ${id}`, 'What it does on DDL no longer happens.')],
  change: {
    event: recreate('When it runs only changes by creating it again.'),
    function: recreate('What it runs only changes by creating it again.'),
    tags: recreate('When it runs only changes by creating it again.'),
    enabled: ({ target }) => outcome(fireEventTrigger(target)),
  },
};

function fireEventTrigger({ id, attributes }: Fact): Draft {
  return risky(`ALTER EVENT TRIGGER ${id} ${firing[text(attributes.enabled)]}`, ddl);
}
