// The severity table for grants on, and comments of, what is no fact of its own.
import { losesPrivileges, losesReading, losesWriting, opensToEverybody } from './privileges.ts';
import { critical, info, type KindRules, type Rules, warning } from './rule.ts';

const access = { differs: '{access} on {it}' };

const privilegesOf: Rules = [
  critical('security', 'every role of this server has these rights', { when: opensToEverybody, ...access }),
  critical('breaks-writes', '{failures}', { when: losesWriting, ...access }),
  critical('breaks-reads', '{failures}', { when: losesReading, ...access }),
  warning('breaks-writes', '{failures}', { when: losesPrivileges, ...access }),
  warning('security', 'the model does not grant that, and neither does PostgreSQL or an extension', access),
];

export const privileges: KindRules<'privileges'> = {
  missing: privilegesOf,
  unexpected: privilegesOf,
  changed: { grants: privilegesOf, revoked: privilegesOf },
};

const people: Rules = [info('cosmetic', 'only people who read the comment notice')];

export const comment: KindRules<'comment'> = {
  missing: people,
  unexpected: people,
  changed: { text: people },
};
