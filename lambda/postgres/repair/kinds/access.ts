// Roles, default privileges, the database and its settings. The name of the database is no fact: statements look it up.
import type { JsonObject, JsonValue } from '../../../json.ts';
import { quoteLiteral } from '../../literal.ts';
import { roleOfGrantee } from '../../privileges.ts';
import { type Draft, risky } from '../draft.ts';
import { quoteIdentifier } from '../identifier.ts';
import { everything, type Privileges, privilegeChanges, privilegesIn } from '../privilege-changes.ts';
import type { Changer, Repairer } from '../repairer.ts';
import { settingName, settingValue } from '../settings.ts';
import { none, outcome } from './common.ts';

const roles = 'Roles belong to the server, not to this database: its administrator decides about them.';
const moved = 'It only changes while nobody is connected: ALTER DATABASE ... SET TABLESPACE, from another database.';
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

interface FutureObjects {
  role: string;
  schema?: string;
  what: string;
}

const fromNowOn = 'Counts for what that role creates from now on.';

/** `for role app in schema public on tables` */
function futureObjects(id: string): FutureObjects | undefined {
  const name = '"(?:[^"]|"")*"|[^ "]+';
  const form = new RegExp(`^for role (?<role>${name})(?: in schema (?<schema>${name}))? on (?<what>[a-z ]+)$`);
  return form.exec(id)?.groups as FutureObjects | undefined;
}

/** In a schema, they come on top of others; for the whole database, they take the place of PostgreSQL's own. */
function granted({ schema, what }: FutureObjects, grants: JsonValue | undefined): Privileges {
  if (schema !== undefined) return privilegesIn(grants);
  const toPublic = { functions: 'EXECUTE', types: 'USAGE' }[what];
  return privilegesIn({
    owner: everything,
    ...(grants === undefined || grants === null
      ? toPublic !== undefined && { public: toPublic }
      : (grants as JsonObject)),
  });
}

function defaultsOf(id: string, before: JsonValue | undefined, after: JsonValue | undefined): Draft[] {
  const future = futureObjects(id);
  if (!future) throw new Error(`default privileges are not called ${id}`);
  const { role, schema, what } = future;
  return privilegeChanges(granted(future, before), granted(future, after), {
    prefix: `ALTER DEFAULT PRIVILEGES FOR ROLE ${role}${schema === undefined ? '' : ` IN SCHEMA ${schema}`} `,
    on: what.toUpperCase(),
    roleOf: (key) =>
      key === 'public' ? 'PUBLIC' : key === 'owner' ? role : quoteIdentifier(roleOfGrantee(key) ?? key),
    gains: fromNowOn,
    loses: fromNowOn,
  });
}

export const defaultPrivileges: Repairer<'default privileges'> = {
  rank: 21,
  canRebuild: false,
  create: ({ id, attributes }) => [{ drafts: defaultsOf(id, undefined, attributes.grants) }],
  drop: ({ id, attributes }) => defaultsOf(id, attributes.grants, undefined),
  change: { grants: ({ target, expected, actual }) => outcome(...defaultsOf(target.id, actual, expected)) },
};

/** @param before what stands before the name of the database that the statement is run in, and `after` after it */
function inThisDatabase(before: string, after: string): string {
  const [start, end] = [before, after].map((part) => part.replaceAll('%', '%%'));
  const format = quoteLiteral(`${start} %I ${end}`);
  const tag = format.includes('$do$') ? '$driftwatch$' : '$do$';
  return `DO ${tag} BEGIN EXECUTE format(${format}, current_database()); END ${tag}`;
}

export const database: Repairer<'database'> = {
  rank: 22,
  ...untouched(made),
  change: {
    ...all(made, 'encoding', 'collation', 'characterType', 'localeProvider', 'locale', 'icuRules'),
    connectionLimit: ({ expected }) =>
      outcome(
        risky(
          inThisDatabase('ALTER DATABASE', `CONNECTION LIMIT ${expected ?? -1}`),
          'Connections beyond the limit are refused from here on; those that are open stay.',
        ),
      ),
    template: ({ expected }) =>
      outcome(
        risky(
          inThisDatabase('ALTER DATABASE', `IS_TEMPLATE ${expected}`),
          'Other roles can copy it, or no longer can.',
        ),
      ),
    ...all(moved, 'tablespace'),
  },
};

const newSessions = 'Counts for sessions that begin from here on.';
const unread = 'Its value may be a secret, and is never read: take the statement from where it was set.';

/** `search_path for role app in every database`; a role is quoted as names are. */
function settingStatement(id: string, action: (parameter: string) => string): Draft {
  const {
    name = id,
    role,
    everywhere,
  } = /^(?<name>.*?)(?: for (?:role (?<role>"(?:[^"]|"")*"|[^ "]+)|every role))?(?<everywhere> in every database)?$/s.exec(
    id,
  )?.groups ?? {};
  const sql =
    everywhere !== undefined
      ? `ALTER ROLE ${role ?? 'ALL'} ${action(name)}`
      : inThisDatabase(role === undefined ? 'ALTER DATABASE' : `ALTER ROLE ${role} IN DATABASE`, action(name));
  return risky(sql, newSessions);
}

const setTo = (id: string, value: JsonValue): Draft =>
  settingStatement(id, (name) => `SET ${settingName(name)} TO ${settingValue(name, String(value))}`);

export const databaseSetting: Repairer<'database setting'> = {
  rank: 23,
  canRebuild: false,
  create: ({ id, attributes: { value } }) =>
    value === undefined ? { none: unread } : [{ drafts: [setTo(id, value)] }],
  drop: ({ id }) => [settingStatement(id, (name) => `RESET ${settingName(name)}`)],
  change: {
    value: ({ target, expected }) => (expected === null ? { none: unread } : outcome(setTo(target.id, expected))),
  },
};
