// Repair of grants on, and comments of, what is no fact of its own: `public.users_id_seq (sequence)`.
import type { JsonValue } from '../../../json.ts';
import type { Fact } from '../../fact.ts';
import { quoteLiteral } from '../../literal.ts';
import { roleOfGrantee } from '../../privileges.ts';
import { type Draft, safe } from '../draft.ts';
import { lastName, quoteIdentifier } from '../identifier.ts';
import { privilegeChanges, privilegesIn } from '../privilege-changes.ts';
import type { Outcome, Repairer } from '../repairer.ts';
import { outcome } from './common.ts';

/** GRANT ... ON it, by the word for its kind; columns are named in the privileges. */
const grantable: Readonly<Record<string, string>> = {
  table: 'TABLE',
  view: 'TABLE',
  'materialized view': 'TABLE',
  column: 'TABLE',
  sequence: 'SEQUENCE',
  function: 'FUNCTION',
  aggregate: 'FUNCTION',
  procedure: 'PROCEDURE',
  type: 'TYPE',
  'row type': 'TYPE',
  schema: 'SCHEMA',
  language: 'LANGUAGE',
  'foreign data wrapper': 'FOREIGN DATA WRAPPER',
  'foreign server': 'FOREIGN SERVER',
};

const ofOwner = 'Its owner has other rights than it came with: decide, and GRANT or REVOKE as that role.';

/** Name and word of an id. */
function partsOf(id: string): { name: string; word: string } {
  const { name = id, word = '' } = /^(?<name>.*) \((?<word>[a-z ]+)\)$/s.exec(id)?.groups ?? {};
  return { name, word };
}

/** @param before what is listed here is taken, and what is listed in `after` given */
function changed(id: string, before: JsonValue | undefined, after: JsonValue | undefined): Draft[] | undefined {
  const { name, word } = partsOf(id);
  const [found, wanted] = [privilegesIn(before), privilegesIn(after)];
  if (found.has('owner') || wanted.has('owner') || !Object.hasOwn(grantable, word)) return undefined;
  const column = word === 'column' ? lastName(name) : undefined;
  return privilegeChanges(found, wanted, {
    on: `${grantable[word]} ${column === undefined ? name : name.slice(0, -column.length - 1)}`,
    ...(column !== undefined && { column }),
    roleOf: (key) => (key === 'public' ? 'PUBLIC' : quoteIdentifier(roleOfGrantee(key) ?? key)),
  });
}

export const privileges: Repairer<'privileges'> = {
  rank: 30,
  canRebuild: false,
  create: ({ id, attributes: { grants, revoked } }) => {
    const drafts = changed(id, revoked, grants);
    return drafts === undefined ? { none: ofOwner } : [{ drafts }];
  },
  drop: ({ id, attributes: { grants, revoked } }) => changed(id, grants, revoked) ?? { none: ofOwner },
  change: {
    grants: ({ target, expected, actual }) => alteration(changed(target.id, actual, expected)),
    revoked: ({ target, expected, actual }) => alteration(changed(target.id, expected, actual)),
  },
};

const alteration = (drafts: Draft[] | undefined): Outcome => (drafts === undefined ? { none: ofOwner } : { drafts });

const said = 'Changes what is said of it only.';

function commentOn({ id, parent = '' }: Fact, text: JsonValue): Draft {
  const { name, word } = partsOf(id);
  const owner = parent.slice(parent.indexOf(' ') + 1);
  const object = {
    constraint: `CONSTRAINT ${lastName(name)} ON ${owner}`,
    'domain constraint': `CONSTRAINT ${lastName(name)} ON DOMAIN ${owner}`,
    sequence: `SEQUENCE ${name}`,
  }[word];
  return safe(`COMMENT ON ${object ?? `TYPE ${name}`} IS ${text === null ? 'NULL' : quoteLiteral(String(text))}`, said);
}

export const comment: Repairer<'comment'> = {
  rank: 30,
  canRebuild: false,
  create: (fact) => [{ drafts: [commentOn(fact, fact.attributes.text ?? null)] }],
  drop: (fact) => [commentOn(fact, null)],
  change: { text: ({ target, expected }) => outcome(commentOn(target, expected)) },
};
