// Notes that attributes of several kinds share.
import type { AttributeNote } from './note.ts';

export const options = 'storage parameters: name to value, both text';
export const foreignOptions = 'options: name to value; `null` for a value that is not read';
export const tablespace = 'tablespace, when it is not the default one of the database';

const largest = { smallint: '32767', integer: '2147483647', bigint: '9223372036854775807' };
const smallest = { smallint: '-32768', integer: '-2147483648', bigint: '-9223372036854775808' };

export const sequenceOptions = {
  start: { meaning: 'start value, as text' },
  increment: { meaning: 'increment, as text' },
  minimum: { meaning: 'smallest value, as text', followsFrom: { attribute: 'type', values: smallest } },
  maximum: { meaning: 'largest value, as text', followsFrom: { attribute: 'type', values: largest } },
  cache: { meaning: 'values a session takes at once, as text' },
  cycle: { meaning: 'boolean: starts again at the end' },
} as const satisfies Record<string, AttributeNote>;

/** What an object of any kind may have beside its own attributes. */
export const commonAttributes = {
  comment: { meaning: 'what COMMENT ON says of it' },
  owner: {
    meaning: 'role that owns it; the sequence of a column has that of its table',
    scope: 'owners',
    detailOf: 'ownedBy',
  },
  grants: {
    meaning:
      'grantee to privileges, `*` for grant option, when they are not the default ones: `public` for everybody, `owner` ' +
      'when something was taken away from the owner; a role called `owner` stands in quotes',
    scope: 'grants',
    as: 'privileges',
    newerPrivileges: { MAINTAIN: 17 },
  },
} as const satisfies Record<string, AttributeNote>;

export type CommonAttribute = keyof typeof commonAttributes;
