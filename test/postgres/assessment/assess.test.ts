import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../../../lambda/json.ts';
import { impacts, severities } from '../../../lambda/monitor/finding.ts';
import { assess } from '../../../lambda/postgres/assessment/assess.ts';
import type { DriftEntry } from '../../../lambda/postgres/drift.ts';

const missing = (kind: string, subject: string, expected: JsonObject = {}, parent?: string): DriftEntry => ({
  kind,
  subject,
  verb: 'missing',
  expected,
  actual: null,
  ...(parent !== undefined && { parent }),
});
const unexpected = (kind: string, subject: string, actual: JsonObject = {}, parent?: string): DriftEntry => ({
  ...missing(kind, subject, {}, parent),
  verb: 'unexpected',
  expected: null,
  actual,
});
const changed = (
  kind: string,
  subject: string,
  attribute: string,
  expected: JsonValue,
  actual: JsonValue,
  parent?: string,
): DriftEntry => ({ ...missing(kind, subject, {}, parent), verb: 'changed', attribute, expected, actual });

const scenarios: [string, DriftEntry, string, string, string, string][] = [
  [
    'the founding incident',
    missing(
      'column',
      'public.users.api_key_sandbox',
      { type: 'character varying(64)', nullable: true },
      'table public.users',
    ),
    'schema.column.missing',
    'critical',
    'breaks-reads',
    'users.api_key_sandbox is missing: every query that selects it fails',
  ],
  [
    'a required column that the model does not know',
    unexpected('column', 'public.orders.region', { type: 'text', nullable: false }, 'table public.orders'),
    'schema.column.unexpected',
    'critical',
    'breaks-writes',
    'every insert into orders fails: production requires `region`, the model does not know it',
  ],
  [
    'a required column with a default',
    unexpected(
      'column',
      'public.orders.region',
      { type: 'text', nullable: false, default: "'eu'::text" },
      'table public.orders',
    ),
    'schema.column.unexpected',
    'info',
    'cosmetic',
    'orders.region is in production only: the model does not know it; inserts leave it to its default',
  ],
  [
    'a nullable column that the model does not know',
    unexpected('column', 'sales.orders.region', { type: 'text', nullable: true }, 'table sales.orders'),
    'schema.column.unexpected',
    'info',
    'cosmetic',
    'sales.orders.region is in production only: the model does not know it; inserts leave it to its default',
  ],
  [
    'a column of a view',
    unexpected('column', 'public.report.total', { type: 'text', nullable: true }, 'view public.report'),
    'schema.column.unexpected',
    'info',
    'cosmetic',
    "report.total is in production only: the query behind report gives more than the model's",
  ],
  [
    'a missing table',
    missing('table', 'public.forensic_reports', { form: 'ordinary' }, 'schema public'),
    'schema.table.missing',
    'critical',
    'breaks-reads',
    'table forensic_reports is missing: every query that reads or writes it fails',
  ],
  [
    'a missing partition',
    missing('table', 'public.log_2027', { form: 'ordinary', partitionOf: 'public.log' }, 'schema public'),
    'schema.table.missing',
    'critical',
    'breaks-writes',
    'table log_2027 is missing: every insert of a row that belongs in this partition fails',
  ],
  [
    'a narrower type',
    changed(
      'column',
      'public.users.email',
      'type',
      'character varying(255)',
      'character varying(100)',
      'table public.users',
    ),
    'schema.column.type.changed',
    'critical',
    'breaks-writes',
    'type of users.email is character varying(100), the model says character varying(255): values that the model allows are refused',
  ],
  [
    'a wider type',
    changed('column', 'public.users.id', 'type', 'integer', 'bigint', 'table public.users'),
    'schema.column.type.changed',
    'info',
    'integrity',
    'type of users.id is bigint, the model says integer: values can be stored that the model does not allow',
  ],
  [
    'a serial column where the model has an identity column',
    changed('column', 'public.a.id', 'identity', 'always', "nextval('a_id_seq'::regclass)", 'table public.a'),
    'schema.column.identity.changed',
    'info',
    'cosmetic',
    "a.id takes its default from nextval('a_id_seq'::regclass), the model makes it an identity column (always): numbers come from a sequence of its own, and inserts may set them themselves",
  ],
  [
    'an identity column where the model has a serial column',
    changed('column', 'public.a.id', 'identity', "nextval('a_id_seq'::regclass)", 'by default', 'table public.a'),
    'schema.column.identity.changed',
    'info',
    'cosmetic',
    "a.id is an identity column (by default), the model takes its default from nextval('a_id_seq'::regclass): numbers come from the sequence of the identity",
  ],
  [
    'a moment with fewer digits',
    changed(
      'column',
      'public.a.at',
      'type',
      'timestamp with time zone',
      'timestamp(3) with time zone',
      'table public.a',
    ),
    'schema.column.type.changed',
    'warning',
    'integrity',
    'type of a.at is timestamp(3) with time zone, the model says timestamp with time zone: fractions of a second are rounded',
  ],
  [
    'a moment with and one without a time zone',
    changed(
      'column',
      'public.a.at',
      'type',
      'timestamp with time zone',
      'timestamp without time zone',
      'table public.a',
    ),
    'schema.column.type.changed',
    'critical',
    'breaks-reads',
    'type of a.at is timestamp without time zone, the model says timestamp with time zone: values are off by the time zone of the session, and drivers that tell the two apart fail',
  ],
  [
    'a default that is the moment at which a migration ran',
    changed(
      'column',
      'public.a.at',
      'default',
      "'2026-11-28 11:15:46.757061'::timestamp without time zone",
      "'2024-02-01 08:00:01.5'::timestamp without time zone",
      'table public.a',
    ),
    'schema.column.default.changed',
    'info',
    'cosmetic',
    "default of a.at is the moment at which a migration ran, '2024-02-01 08:00:01.5'::timestamp without time zone, '2026-11-28 11:15:46.757061'::timestamp without time zone in the model: each run of that migration gives another one, and nothing tells which is right",
  ],
  [
    'a default that somebody wrote',
    changed('column', 'public.a.at', 'default', "'2026-01-01'::date", "'2025-01-01'::date", 'table public.a'),
    'schema.column.default.changed',
    'warning',
    'integrity',
    "default of a.at is '2025-01-01'::date, the model says '2026-01-01'::date: inserts that leave it out store another value",
  ],
  [
    'a key over other columns',
    changed(
      'constraint',
      'public.a.a_pkey',
      'definition',
      'PRIMARY KEY (id)',
      'PRIMARY KEY (id, at)',
      'table public.a',
    ),
    'schema.constraint.definition.changed',
    'critical',
    'integrity',
    'definition of constraint a.a_pkey is PRIMARY KEY (id, at), the model says PRIMARY KEY (id): other duplicates are refused or get in, and upserts that name its columns may fail',
  ],
  [
    'a key over the same columns in another order',
    changed('constraint', 'public.a.a_key', 'definition', 'UNIQUE (a, b)', 'UNIQUE (b, a)', 'table public.a'),
    'schema.constraint.definition.changed',
    'info',
    'performance',
    'definition of constraint a.a_key is UNIQUE (b, a), the model says UNIQUE (a, b): the same rows are refused; queries that begin with another column may read the whole table',
  ],
  [
    'a foreign key that cascades',
    changed(
      'constraint',
      'public.a.a_b',
      'definition',
      'FOREIGN KEY (b) REFERENCES b(id)',
      'FOREIGN KEY (b) REFERENCES b(id) ON DELETE CASCADE',
      'table public.a',
    ),
    'schema.constraint.definition.changed',
    'warning',
    'integrity',
    'definition of constraint a.a_b is FOREIGN KEY (b) REFERENCES b(id) ON DELETE CASCADE, the model says FOREIGN KEY (b) REFERENCES b(id): rows can point elsewhere, or deletes and updates of the row pointed at do something else',
  ],
  [
    'another type',
    changed('column', 'public.users.id', 'type', 'uuid', 'text', 'table public.users'),
    'schema.column.type.changed',
    'critical',
    'breaks-reads',
    'type of users.id is text, the model says uuid: comparing, reading and writing it with the type of the model may fail',
  ],
  [
    'NOT NULL lost',
    changed('column', 'public.users.email', 'nullable', false, true, 'table public.users'),
    'schema.column.nullable.changed',
    'warning',
    'integrity',
    'users.email allows null, the model does not: rows without a value get in, and code that relies on one fails later',
  ],
  [
    'NOT NULL gained',
    changed('column', 'public.users.email', 'nullable', true, false, 'table public.users'),
    'schema.column.nullable.changed',
    'critical',
    'breaks-writes',
    'users.email is NOT NULL in production only: inserts and updates that leave it null fail',
  ],
  [
    'a serial default lost',
    changed(
      'column',
      'public.users.id',
      'default',
      "nextval('public.users_id_seq'::regclass)",
      null,
      'table public.users',
    ),
    'schema.column.default.changed',
    'critical',
    'breaks-writes',
    "users.id has no default, the model says nextval('public.users_id_seq'::regclass): inserts that leave the number to the database fail",
  ],
  [
    'an enum label missing',
    changed('enum', 'public.order_status', 'labels', ['new', 'paid', 'refunded'], ['new', 'paid']),
    'schema.enum.labels.changed',
    'critical',
    'breaks-writes',
    'enum order_status lacks refunded: every insert or update that sets it, and every query that names it, fails',
  ],
  [
    'an enum label too many',
    changed('enum', 'public.order_status', 'labels', ['new'], ['new', 'lost']),
    'schema.enum.labels.changed',
    'info',
    'integrity',
    'enum order_status has lost in production only: rows may hold a value that the application does not know',
  ],
  [
    'enum labels in another order',
    changed('enum', 'public.order_status', 'labels', ['new', 'paid'], ['paid', 'new']),
    'schema.enum.labels.changed',
    'warning',
    'integrity',
    'enum order_status has its labels in another order: sorting and comparing give other results',
  ],
  [
    'a missing unique constraint',
    missing(
      'constraint',
      'public.users.users_email_key',
      { type: 'unique', definition: 'UNIQUE (email)' },
      'table public.users',
    ),
    'schema.constraint.missing',
    'critical',
    'integrity',
    'unique constraint users.users_email_key is missing: duplicates get in, and upserts that name it fail',
  ],
  [
    'a missing foreign key',
    missing('constraint', 'public.orders.fk', { type: 'foreign key' }, 'table public.orders'),
    'schema.constraint.missing',
    'warning',
    'integrity',
    'foreign key orders.fk is missing: rows can point at nothing, and deletes no longer cascade or stop',
  ],
  [
    'a missing plain index',
    missing('index', 'public.users_created_idx', { unique: false }, 'table public.users'),
    'schema.index.missing',
    'warning',
    'performance',
    'index users_created_idx is missing: queries that rely on it read the whole table',
  ],
  [
    'a missing unique index',
    missing('index', 'public.users_email_idx', { unique: true }, 'table public.users'),
    'schema.index.missing',
    'critical',
    'integrity',
    'unique index users_email_idx is missing: duplicates get in, and upserts that rely on it fail',
  ],
  [
    'an invalid index behind a constraint',
    changed('index', 'public.users_pkey', 'valid', true, false, 'constraint public.users.users_pkey'),
    'schema.index.valid.changed',
    'critical',
    'integrity',
    'index users_pkey is invalid: no query can use it, and duplicates may get in',
  ],
  [
    'foreign key triggers switched off',
    changed(
      'constraint',
      'public.orders.fk',
      'checkTriggers',
      null,
      'insert disabled, update disabled',
      'table public.orders',
    ),
    'schema.constraint.check-triggers.changed',
    'critical',
    'integrity',
    'triggers behind orders.fk are switched off or restricted (insert disabled, update disabled): new rows are not checked against it',
  ],
  [
    'a disabled trigger',
    changed('trigger', 'public.users.audit', 'enabled', 'origin', 'disabled', 'table public.users'),
    'schema.trigger.enabled.changed',
    'critical',
    'integrity',
    'trigger users.audit is disabled: production does not run it for ordinary sessions',
  ],
  [
    'row security off',
    changed('table', 'public.accounts', 'rowSecurity', true, false, 'schema public'),
    'schema.table.row-security.changed',
    'critical',
    'security',
    'row security of accounts is off, the model turns it on: no policy is applied, every row can be seen and changed',
  ],
  [
    'a restrictive policy missing',
    missing('policy', 'public.accounts.own', { permissive: false }, 'table public.accounts'),
    'schema.policy.missing',
    'critical',
    'security',
    'restrictive policy accounts.own is missing: rows that it hides or protects are open',
  ],
  [
    'a function that runs as its owner',
    changed('function', 'public.f(integer)', 'securityDefiner', false, true, 'schema public'),
    'schema.function.security-definer.changed',
    'critical',
    'security',
    'f(integer) is SECURITY DEFINER, the model says SECURITY INVOKER: callers act with the rights of its owner',
  ],
  [
    'a long function body',
    changed('function', 'public.f()', 'body', 'BEGIN\n  RETURN 1;\nEND', 'BEGIN\n  RETURN 2;\nEND', 'schema public'),
    'schema.function.body.changed',
    'warning',
    'integrity',
    "body of function f() differs from the model's: it computes something else than the model intends",
  ],
  [
    'a materialized view without rows',
    changed('materialized view', 'public.totals', 'populated', true, false),
    'schema.materialized-view.populated.changed',
    'critical',
    'breaks-reads',
    'totals has never been populated: every query that reads it fails until it is refreshed',
  ],
  [
    'a switch, said of the object',
    changed('constraint', 'public.orders.total', 'validated', true, false, 'table public.orders'),
    'schema.constraint.validated.changed',
    'warning',
    'integrity',
    'constraint orders.total is not validated, the model says it is: existing rows were never checked and may violate it',
  ],
  [
    'a switch that the model does not mention',
    changed('column', 'public.orders.total', 'notNullValidated', null, false, 'table public.orders'),
    'schema.column.not-null-validated.changed',
    'warning',
    'integrity',
    'orders.total is not validated as NOT NULL, the model says it is: rows from before may still hold nulls',
  ],
  [
    'columns in another order',
    changed('table', 'public.users', 'columnOrder', ['a', 'b'], ['b', 'a']),
    'schema.table.column-order.changed',
    'info',
    'cosmetic',
    'order of the columns of table users differs: only queries that rely on the order of columns notice (`select *` by position, `insert` without a column list)',
  ],
  [
    'an index on another table',
    changed('index', 'public.i', 'parent', 'table public.a', 'table public.b', 'table public.a'),
    'schema.index.parent.changed',
    'warning',
    'integrity',
    'parent of index i is table public.b, the model says table public.a: it works on another object than the model intends',
  ],
  [
    'a column under another name',
    changed('column', 'public.users.email', 'name', 'email', 'mail', 'table public.users'),
    'schema.column.name.changed',
    'critical',
    'breaks-reads',
    'users.email is called mail in production: every query that selects it fails',
  ],
  [
    'a partition under another name: its table finds it all the same',
    changed('table', 'public.events_2024', 'name', 'events_2024', 'events_y2024', 'table public.events'),
    'schema.table.name.changed',
    'info',
    'cosmetic',
    'table events_2024 is called events_y2024 in production: queries of events find its rows all the same; statements that name the partition fail',
  ],
  [
    'a table in another schema',
    changed('table', 'public.orders', 'schema', 'public', 'archive', 'schema public'),
    'schema.table.schema.changed',
    'critical',
    'breaks-reads',
    'table orders is in schema archive in production, in public in the model: every query that names it fails, unless the search_path of its session leads there',
  ],
  [
    'an extension in another schema',
    changed('extension', 'hstore', 'schema', 'public', 'ext'),
    'schema.extension.schema.changed',
    'critical',
    'breaks-reads',
    'schema of extension hstore is ext, the model says public: its functions and types are found under another name',
  ],
  [
    'a function that takes something else',
    changed('function', 'public.add(integer, text)', 'arguments', 'a integer, b text', 'a integer, b double precision'),
    'schema.function.arguments.changed',
    'critical',
    'breaks-reads',
    'function add(integer, text) takes (a integer, b double precision) in production: calls that pass what the model does fail, or find something else',
  ],
  [
    'a function that takes nothing any more',
    changed('function', 'public.f(integer)', 'arguments', 'a integer', ''),
    'schema.function.arguments.changed',
    'critical',
    'breaks-reads',
    'function f(integer) takes () in production: calls that pass what the model does fail, or find something else',
  ],
  [
    'a function that takes more, if one likes',
    changed(
      'function',
      'public.f(integer)',
      'arguments',
      'a integer',
      "a integer, OUT c text, b text DEFAULT 'x, y'::text",
    ),
    'schema.function.arguments.changed',
    'warning',
    'breaks-reads',
    "function f(integer) takes (a integer, OUT c text, b text DEFAULT 'x, y'::text) in production: calls that pass what the model does find it, and it may do something else",
  ],
  [
    'a function whose arguments have other names',
    changed('function', 'public.f(integer)', 'arguments', 'a integer', 'b integer'),
    'schema.function.arguments.changed',
    'warning',
    'breaks-reads',
    'arguments of function f(integer) is b integer, the model says a integer: calls that name arguments or leave them to their defaults fail or differ',
  ],
  [
    'a serial column where the model has an identity column: inserts get their numbers',
    {
      ...changed('column', 'public.t.id', 'identity', 'by default', null, 'table public.t'),
      swallowed: ['sequence public.t_id_seq'],
    },
    'schema.column.identity.changed',
    'info',
    'cosmetic',
    't.id takes its numbers from a sequence of its own in production, not from an identity: inserts that leave the number to the database take it from there',
  ],
  [
    'a type with the columns of it',
    {
      ...missing('enum', 'public.colour', { labels: ['red'] }),
      swallowed: ['column app.bikes.paint', 'column public.cars.body', 'column public.v.body', 'view public.v'],
    },
    'schema.enum.missing',
    'critical',
    'breaks-writes',
    'enum colour is missing: every statement that names it fails; app.bikes.paint and cars.body are missing with it or differ, and statements that use those columns fail',
  ],
  [
    'an extension with many columns of its types',
    { ...missing('extension', 'citext'), swallowed: ['a', 'b', 'c', 'd', 'e', 'f'].map((c) => `column public.t.${c}`) },
    'schema.extension.missing',
    'critical',
    'breaks-reads',
    'extension citext is missing: its types, functions and operators do not exist, and what uses them fails; t.a, t.b, t.c, t.d and 2 more are missing with it or differ, and statements that use those columns fail',
  ],
  [
    'a table with its own columns, which need no word',
    { ...missing('table', 'public.t'), swallowed: ['column public.t.a', 'index public.i'] },
    'schema.table.missing',
    'critical',
    'breaks-reads',
    'table t is missing: every query that reads or writes it fails',
  ],
  [
    'a constraint under another name',
    changed('constraint', 'public.users.users_email_key', 'name', 'users_email_key', 'uq', 'table public.users'),
    'schema.constraint.name.changed',
    'info',
    'cosmetic',
    'constraint users.users_email_key is called uq in production: counts only for statements that name it (`ON CONFLICT ON CONSTRAINT`)',
  ],
  [
    'names that PostgreSQL made',
    changed('table', 'public.t', 'generatedNames', ['constraint t_a_check'], ['constraint t_a_check1']),
    'schema.table.generated-names.changed',
    'info',
    'cosmetic',
    'parts of t carry other names in production (constraint t_a_check1) than in the model (constraint t_a_check): the names are those that PostgreSQL made, and count only for statements that use them',
  ],
  [
    'an object of a newer Driftwatch under another name',
    changed('shape', 'public.s', 'name', 's', 't'),
    'schema.shape.name.changed',
    'warning',
    'breaks-reads',
    'shape s is called t in production: statements that name it fail',
  ],
  [
    'a kind of a newer Driftwatch',
    missing('property graph', 'guard'),
    'schema.property-graph.missing',
    'warning',
    'breaks-reads',
    'property graph guard is missing: what uses it fails',
  ],
  [
    'an attribute of a newer Driftwatch',
    changed('column', 'public.a.b', 'colour', 'red', 'blue', 'table public.a'),
    'schema.column.colour.changed',
    'warning',
    'integrity',
    'colour of a.b is blue, the model says red: it does not behave as in the model',
  ],
  [
    'a grant that the application needs',
    changed('table', 'public.orders', 'grants', { app: 'INSERT, SELECT, UPDATE' }, { app: 'SELECT' }),
    'schema.table.grants.changed',
    'critical',
    'breaks-writes',
    'app can no longer INSERT, UPDATE on table orders: every insert and update by app fails',
  ],
  [
    'a function that only some may call',
    changed('function', 'public.f()', 'grants', null, {}),
    'schema.function.grants.changed',
    'critical',
    'breaks-reads',
    'everybody can no longer EXECUTE on function f(): every call by everybody fails',
  ],
  [
    'a table that everybody may read',
    changed('table', 'public.users', 'grants', { app: 'SELECT' }, { app: 'SELECT', public: 'SELECT' }),
    'schema.table.grants.changed',
    'critical',
    'security',
    'everybody can SELECT on table users: every role of this server has these rights',
  ],
  [
    'a grant more, to one',
    changed('column', 'public.users.email', 'grants', null, { 'My App': 'UPDATE*' }, 'table public.users'),
    'schema.column.grants.changed',
    'warning',
    'security',
    'My App can UPDATE on users.email: the model does not grant that',
  ],
  [
    'a grant that can be handed on',
    changed('table', 'public.users', 'grants', { app: 'SELECT' }, { app: 'SELECT*' }),
    'schema.table.grants.changed',
    'warning',
    'security',
    'app can grant SELECT to others on table users: the model does not grant that',
  ],
  [
    'rights of the owner that were taken away',
    changed('table', 'public.users', 'grants', null, {
      owner: 'INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE',
    }),
    'schema.table.grants.changed',
    'critical',
    'breaks-writes',
    'its owner can no longer DELETE on table users: every delete by its owner fails',
  ],
  [
    'rights of the owner that came back',
    changed('sequence', 'public.s', 'grants', { owner: 'SELECT' }, null),
    'schema.sequence.grants.changed',
    'warning',
    'security',
    'its owner can UPDATE, USAGE on sequence s: the model does not grant that',
  ],
  [
    'a superuser',
    changed('role', 'app', 'superuser', false, true),
    'schema.role.superuser.changed',
    'critical',
    'security',
    'role app is a superuser, the model says it is not: it may do everything, whatever is granted',
  ],
  [
    'another search path',
    changed('database setting', 'search_path for role app', 'value', 'public', 'billing'),
    'schema.database-setting.value.changed',
    'critical',
    'breaks-reads',
    'value of database setting search_path for role app is billing, the model says public: names without a schema find other objects, or none',
  ],
  [
    'a database that only reads',
    unexpected('database setting', 'default_transaction_read_only', { value: 'on' }),
    'schema.database-setting.unexpected',
    'critical',
    'breaks-writes',
    'database setting default_transaction_read_only is in production only: every write fails',
  ],
  [
    'a membership more',
    changed('role', 'app', 'memberOf', null, { admins: 'member' }),
    'schema.role.member-of.changed',
    'warning',
    'security',
    'role app has memberships admins=member, the model has none: it has or can take the rights of admins',
  ],
];

describe('what a difference means', () => {
  test.each(scenarios)('%s', (_name, entry, code, severity, impact, message) => {
    expect(assess(entry)).toEqual({ code, severity, impact, message });
  });

  test('words that JavaScript objects know by themselves are unknown kinds and attributes', () => {
    for (const word of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      expect(assess(missing(word, 'x')).impact).toBe('breaks-reads');
      expect(assess(changed('column', 'public.t.x', word, 1, 2)).severity).toBe('warning');
    }
  });
});

describe('hostile names and values', () => {
  const subject = 'public."a""b\n<script>\u202E\u0000🙂 {it} $& \u2028".c';

  test('stay on one line, quoted as PostgreSQL quotes them', () => {
    expect(assess(missing('column', subject, {}, 'table public.x')).message).toBe(
      '"a""b\\n<script>\\u{202e}\\u{0}🙂 {it} $& \\u{2028}".c is missing: every query that selects it fails',
    );
  });

  test('are cut before they fill the message', () => {
    const { message } = assess(changed('column', 'public.t.c', 'default', '🙂'.repeat(40), `'${'x'.repeat(1e6)}'`));
    expect(message).toBe("default of t.c differs from the model's: inserts that leave it out store another value");
    expect([...assess(missing('table', `public."${'é'.repeat(1e5)}"`)).message].length).toBeLessThan(220);
    expect(assess(changed('column', 'public.t.c', 'storage', null, '🙂'.repeat(100))).message).toContain('🙂…');
  });

  test('never let a control character through, and give the same answer twice', () => {
    const text = fc.string({ unit: 'binary', maxLength: 30 });
    const value = fc.oneof(text, fc.array(text), fc.dictionary(text, text), fc.boolean(), fc.constant(null));
    const entry = fc.record({
      kind: fc.oneof(fc.constantFrom('column', 'table', 'enum', 'constraint'), text),
      subject: text,
      parent: text,
      verb: fc.constant('changed' as const),
      attribute: fc.oneof(fc.constantFrom('type', 'labels', 'default', 'options'), text),
      expected: value,
      actual: value,
    });
    fc.assert(
      fc.property(entry, (drawn) => {
        const first = assess(drawn as DriftEntry);
        expect(first.message).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
        expect(severities).toContain(first.severity);
        expect(impacts).toContain(first.impact);
        expect(assess(structuredClone(drawn) as DriftEntry)).toEqual(first);
      }),
    );
  });
});
