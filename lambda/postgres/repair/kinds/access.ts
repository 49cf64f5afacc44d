// Roles, default privileges, the database and its settings: what Driftwatch tells and does not repair.
import type { Changer, Repairer } from '../repairer.ts';
import { none } from './common.ts';

const roles = 'Roles belong to the server, not to this database: its administrator decides about them.';
const privileges = 'Who decides what new objects are granted is the role that creates them: ALTER DEFAULT PRIVILEGES.';
const settings = 'Whoever runs the database decides how it is set up: ALTER DATABASE, ALTER ROLE.';
const made = 'This is decided when a database is created: dump it, and restore it into one that is made as intended.';

const untouched = (reason: string) => ({
  canRebuild: false,
  create: () => ({ none: reason }),
  drop: () => ({ none: reason }),
});

const all = <Name extends string>(reason: string, ...names: Name[]) =>
  Object.fromEntries(names.map((name) => [name, none(reason)])) as Record<Name, Changer>;

export const role: Repairer<'role'> = {
  rank: 20,
  ...untouched(roles),
  change: all(
    roles,
    'superuser',
    'createRole',
    'createDatabase',
    'replication',
    'bypassRowSecurity',
    'login',
    'inherit',
    'connectionLimit',
    'validUntil',
    'memberOf',
    'parameters',
  ),
};

export const defaultPrivileges: Repairer<'default privileges'> = { rank: 21, ...untouched(privileges), change: {} };

export const database: Repairer<'database'> = {
  rank: 22,
  ...untouched(settings),
  change: {
    ...all(made, 'encoding', 'collation', 'characterType', 'localeProvider', 'locale', 'icuRules'),
    ...all(settings, 'connectionLimit', 'template', 'tablespace'),
  },
};

export const databaseSetting: Repairer<'database setting'> = {
  rank: 23,
  ...untouched(settings),
  change: all(settings, 'value'),
};
