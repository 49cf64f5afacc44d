// Repair of foreign-data wrappers and foreign servers, as far as their options can be read.
import { quoteLiteral } from '../../literal.ts';
import { risky, safe, words } from '../draft.ts';
import { qualifiedName } from '../identifier.ts';
import { changeForeignOptions, foreignOptions, unreadOption } from '../options.ts';
import type { Repairer } from '../repairer.ts';
import { none, outcome, parentOf, text } from './common.ts';

const adds = 'Adds an object that nothing uses yet.';
const refusedWhileUsed = 'Refused while anything uses it.';

export const foreignDataWrapper: Repairer<'foreign data wrapper'> = {
  rank: 14,
  canRebuild: false,
  create: ({ id, attributes: { handler, validator, foreignOptions: options } }) => {
    const listed = foreignOptions(options);
    if (listed === undefined) return unreadOption;
    const statement = words(
      `CREATE FOREIGN DATA WRAPPER ${id}`,
      handler !== undefined && `HANDLER ${qualifiedName(text(handler))}`,
      validator !== undefined && `VALIDATOR ${qualifiedName(text(validator))}`,
      listed,
    );
    return [{ drafts: [safe(statement, adds)] }];
  },
  drop: ({ id }) => [risky(`DROP FOREIGN DATA WRAPPER ${id}`, refusedWhileUsed)],
  change: {
    handler: ({ target, expected }) => outcome(reader(target.id, 'HANDLER', expected)),
    validator: ({ target, expected }) => outcome(reader(target.id, 'VALIDATOR', expected)),
    foreignOptions: (change) => changeForeignOptions(`ALTER FOREIGN DATA WRAPPER ${change.target.id}`, change),
  },
};

function reader(id: string, word: string, name: unknown) {
  const what = name === null ? `NO ${word}` : `${word} ${qualifiedName(text(name))}`;
  return risky(
    `ALTER FOREIGN DATA WRAPPER ${id} ${what}`,
    'Its foreign tables are read in another way, or not at all.',
  );
}

export const foreignServer: Repairer<'foreign server'> = {
  rank: 14,
  canRebuild: false,
  create: (fact, scene) => {
    const { type, version, foreignOptions: options } = fact.attributes;
    const listed = foreignOptions(options);
    if (listed === undefined) return unreadOption;
    const statement = words(
      `CREATE SERVER ${fact.id}`,
      type !== undefined && `TYPE ${quoteLiteral(text(type))}`,
      version !== undefined && `VERSION ${quoteLiteral(text(version))}`,
      `FOREIGN DATA WRAPPER ${parentOf(fact, scene.target).id}`,
      listed,
    );
    return [{ drafts: [safe(statement, adds)] }];
  },
  drop: ({ id }) => [risky(`DROP SERVER ${id}`, refusedWhileUsed)],
  change: {
    type: none('The type of a server only changes by creating it again, with all its foreign tables.'),
    version: ({ target, expected }) =>
      expected === null
        ? { none: 'The version of a server can be changed, and not taken away.' }
        : outcome(
            safe(`ALTER SERVER ${target.id} VERSION ${quoteLiteral(text(expected))}`, 'A word to its wrapper only.'),
          ),
    foreignOptions: (change) => changeForeignOptions(`ALTER SERVER ${change.target.id}`, change),
  },
};

export const userMapping: Repairer<'user mapping'> = {
  rank: 14.5,
  canRebuild: false,
  create: () => ({
    none: 'Its options, which hold a password, are never read: take the statement from its migration.',
  }),
  drop: (fact, scene) => {
    const server = parentOf(fact, scene.current);
    const role = fact.id.slice(server.id.length + 1);
    const statement = `DROP USER MAPPING FOR ${role === 'public' ? 'PUBLIC' : role} SERVER ${server.id}`;
    return [risky(statement, 'Queries of its foreign tables by that role fail from here on.')];
  },
  change: {},
};
