// The severity table for roles, default privileges, the database and its settings, and for grants on any object.
import type { DriftEntry } from '../drift.ts';
import { actually, both, having, listsLess, lost } from './predicates.ts';
import { losesPrivileges, losesReading, losesWriting, opensToEverybody } from './privileges.ts';
import { critical, info, type KindRules, type Predicate, type Rule, type Rules, warning } from './rule.ts';

const access = { differs: '{access} on {noun}' };

export const grants: Rules = [
  critical('security', 'every role of this server has these rights', { when: opensToEverybody, ...access }),
  critical('breaks-writes', '{failures}', { when: losesWriting, ...access }),
  critical('breaks-reads', '{failures}', { when: losesReading, ...access }),
  warning('breaks-writes', '{failures}', { when: losesPrivileges, ...access }),
  warning('security', 'the model does not grant that', access),
];

const power = (what: string): Rules => [
  critical('security', what, { when: actually(true) }),
  warning('breaks-writes', 'what it did with that right fails'),
];
const limit: Rules = [warning('breaks-reads', 'connections beyond the limit are refused')];

export const role: KindRules<'role'> = {
  missing: [
    critical('breaks-reads', 'nobody can connect as it', {
      when: having('login', true),
      differs: 'role {it} has no rights in production, or does not exist',
    }),
    warning('breaks-reads', 'whoever had its rights has them no longer', {
      differs: 'role {it} has no rights in production, or does not exist',
    }),
  ],
  unexpected: [
    critical('security', 'it has rights here, and is bound by no grant or policy', {
      when: (entry) => having('superuser', true)(entry) || having('bypassRowSecurity', true)(entry),
    }),
    warning('security', 'it owns or may use something here, or can act as a role that does'),
  ],
  changed: {
    superuser: power('it may do everything, whatever is granted'),
    createRole: power('it can create roles and give them rights'),
    createDatabase: [
      warning('security', 'it can create databases', { when: actually(true) }),
      info('cosmetic', 'it can no longer create databases'),
    ],
    replication: power('it can copy the whole server'),
    bypassRowSecurity: power('no policy binds it, it sees and changes every row'),
    login: [
      critical('breaks-reads', 'nobody can connect as it', { when: actually(false) }),
      warning('security', 'it can connect, and is meant as a group'),
    ],
    inherit: [
      critical('breaks-reads', 'what it may do as a member of other roles is refused without SET ROLE', {
        when: actually(false),
      }),
      warning('security', 'it has the rights of the roles it is a member of without SET ROLE'),
    ],
    connectionLimit: [info('performance', 'it may open more connections', { when: lost }), ...limit],
    validUntil: [
      info('security', 'its password does not end', { when: lost }),
      warning('breaks-reads', 'nobody can sign in with its password after that'),
    ],
    memberOf: [
      critical('breaks-reads', 'what it may do as a member of {lost} is refused', { when: listsLess }),
      warning('security', 'it has or can take the rights of {added}'),
    ],
    parameters: [
      warning('breaks-writes', 'setting {lost} is refused', { when: listsLess }),
      critical('security', 'it can switch off what protects the data', {
        when: ({ actual }) => JSON.stringify(actual).includes('"session_replication_role"'),
      }),
      warning('security', 'it can set what only superusers may set otherwise'),
    ],
  },
};

export const defaultPrivileges: KindRules<'default privileges'> = {
  missing: [
    warning(
      'breaks-writes',
      'tables and routines that a migration creates lack the grants that the application needs',
      {
        differs: 'default privileges {it} are missing',
      },
    ),
  ],
  unexpected: [
    critical('security', 'everybody has rights to whatever is created', {
      when: ({ actual }) => /"public":"[^"]*(SELECT|INSERT|UPDATE|DELETE|TRUNCATE)/.test(JSON.stringify(actual)),
      differs: 'default privileges {it} are in production only',
    }),
    warning('security', 'whatever is created has grants that the model does not know', {
      differs: 'default privileges {it} are in production only',
    }),
  ],
  changed: {
    grants: [
      critical('security', 'everybody has rights to whatever is created', {
        when: opensToEverybody,
        differs: 'default privileges {it} differ: {access}',
      }),
      warning('breaks-writes', 'what a migration creates lacks grants that the application needs', {
        when: losesPrivileges,
        differs: 'default privileges {it} differ: {access}',
      }),
      warning('security', 'whatever is created has grants that the model does not know', {
        differs: 'default privileges {it} differ: {access}',
      }),
    ],
  },
};

const sorting: Rules = [warning('integrity', 'sorting, comparing and upper and lower case follow other rules')];

export const database: KindRules<'database'> = {
  missing: [warning('monitoring', 'production could not be asked about itself')],
  unexpected: [info('cosmetic', 'the model was taken without it')],
  changed: {
    encoding: [critical('breaks-writes', 'characters that it cannot hold are refused')],
    collation: sorting,
    characterType: sorting,
    localeProvider: sorting,
    locale: sorting,
    icuRules: sorting,
    connectionLimit: [info('performance', 'it may have more connections', { when: lost }), ...limit],
    template: [
      critical('security', 'every role that may create databases can copy it', { when: actually(true) }),
      info('cosmetic', 'only its owner and superusers can copy it'),
    ],
    tablespace: [info('performance', 'new tables and indexes are stored elsewhere')],
  },
};

const parameter =
  (...names: string[]): Predicate =>
  ({ subject }) =>
    names.includes(subject.replace(/ for .*$/s, '').toLowerCase());

const of = (rule: Rule, when: Predicate): Rule => ({ ...rule, when });

/** The value that counts in production, whichever way it differs. */
const inProduction = ({ actual, attribute }: DriftEntry): unknown =>
  attribute === undefined && typeof actual === 'object' && actual !== null && !Array.isArray(actual)
    ? actual.value
    : actual;
const isOn: Predicate = (entry) => ['on', 'true', 'yes', '1'].includes(String(inProduction(entry)));

const setting: Rules = [
  of(critical('breaks-reads', 'names without a schema find other objects, or none'), parameter('search_path')),
  of(critical('breaks-writes', 'every write fails'), both(parameter('default_transaction_read_only'), isOn)),
  of(
    critical('integrity', 'foreign keys and triggers do not fire'),
    both(parameter('session_replication_role'), (entry) => inProduction(entry) === 'replica'),
  ),
  of(critical('security', 'sessions work with the rights of another role'), parameter('role', 'session_authorization')),
  of(warning('breaks-reads', 'queries fail or see other rows where policies apply'), parameter('row_security')),
  of(
    warning('breaks-reads', 'statements or sessions are ended sooner or later than intended'),
    parameter(
      'statement_timeout',
      'lock_timeout',
      'transaction_timeout',
      'idle_in_transaction_session_timeout',
      'idle_session_timeout',
    ),
  ),
  of(
    warning('integrity', 'a crash may lose what was committed, or transactions see other states'),
    parameter('synchronous_commit', 'default_transaction_isolation', 'default_transaction_deferrable'),
  ),
  of(
    warning('integrity', 'dates, times, numbers and texts are read or written in another way'),
    parameter(
      'timezone',
      'datestyle',
      'intervalstyle',
      'bytea_output',
      'extra_float_digits',
      'lc_monetary',
      'lc_numeric',
      'lc_time',
      'standard_conforming_strings',
      'backslash_quote',
      'transform_null_equals',
      'xmlbinary',
      'xmloption',
      'default_text_search_config',
      'array_nulls',
    ),
  ),
  of(warning('integrity', 'what reads it gets another value, or none'), ({ subject }) =>
    subject.replace(/ for .*$/s, '').includes('.'),
  ),
  info('performance', 'planning, memory, logging or locking work with other figures'),
];

export const databaseSetting: KindRules<'database setting'> = {
  missing: setting,
  unexpected: setting,
  changed: { value: setting },
};
