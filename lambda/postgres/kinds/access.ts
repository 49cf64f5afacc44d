// Who may do what here, and how the database is set up: roles, default privileges, the database and its settings.
import type { KindNote } from './note.ts';

export const accessKinds = {
  role: {
    meaning:
      'a role that owns or is granted something here, is set up for this database, or can act as such a role; not its password',
    scope: 'roles',
    parents: [],
    attributes: {
      superuser: { meaning: 'boolean' },
      createRole: { meaning: 'boolean' },
      createDatabase: { meaning: 'boolean' },
      replication: { meaning: 'boolean' },
      bypassRowSecurity: { meaning: 'boolean: no policy binds it' },
      login: { meaning: 'boolean' },
      inherit: { meaning: 'boolean: has the rights of the roles it is a member of without SET ROLE' },
      connectionLimit: { meaning: 'connections it may have at once, when there is a limit' },
      validUntil: { meaning: 'when its password ends' },
      memberOf: {
        meaning: 'role to `member`, with `admin`, `no inherit` and `no set` where that is so',
        as: 'privileges',
        newerPrivileges: { 'no inherit': 16, 'no set': 16 },
      },
      parameters: {
        meaning:
          "parameter to what it may do with it: `SET`, `ALTER SYSTEM`, `*` for grant option; a superuser's otherwise",
        since: 15,
      },
    },
  },
  'default privileges': {
    meaning: 'what objects that a role will create are granted: `grants` is all of it, or what a schema adds to it',
    scope: 'grants',
    parents: ['schema'],
    attributes: {},
  },
  database: {
    meaning: 'the database itself, whatever its name',
    scope: 'settings',
    parents: [],
    attributes: {
      encoding: { meaning: 'such as `UTF8`' },
      collation: { meaning: 'LC_COLLATE' },
      characterType: { meaning: 'LC_CTYPE' },
      localeProvider: { meaning: '`libc`, `icu` or `builtin`' },
      locale: { meaning: 'locale of that provider, unless it is libc' },
      icuRules: { meaning: 'rules beside the ICU locale', since: 16 },
      connectionLimit: { meaning: 'connections it may have at once, when there is a limit' },
      template: { meaning: 'boolean: everybody who may create databases may copy it' },
      tablespace: { meaning: 'default tablespace, unless it is `pg_default`' },
    },
  },
  'database setting': {
    meaning: 'a parameter set for the database, for a role in it, or for one of its roles in every database',
    scope: 'settings',
    parents: [],
    attributes: {
      value: { meaning: 'its value; not read for parameters of applications, which may hold secrets' },
    },
  },
} as const satisfies Record<string, KindNote>;
