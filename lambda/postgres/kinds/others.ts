// What is granted on, and said of, objects that are no facts of their own: `pg_catalog.pg_read_file(text) (function)`.
import type { KindNote } from './note.ts';

export const otherKinds = {
  privileges: {
    meaning:
      "privileges on an object of PostgreSQL or an extension that are not those it came with, on an identity column's " +
      'sequence or on a row type: `grants` is what was given beyond those',
    scope: 'grants',
    parents: ['extension', 'table', 'view', 'materialized view', 'column'],
    attributes: {
      revoked: {
        meaning: 'grantee to privileges that were taken away, `*` for grant option; `owner` for the owner',
        as: 'privileges',
        newerPrivileges: { MAINTAIN: 17 },
      },
    },
  },
  comment: {
    meaning:
      'a comment on a NOT NULL constraint, the constraint of a constraint trigger, the sequence of an identity column, ' +
      'a row type or a multirange type',
    parents: ['table', 'view', 'materialized view', 'column', 'domain', 'range type'],
    attributes: { text: { meaning: 'what it says' } },
  },
} as const satisfies Record<string, KindNote>;
