// What a repair says, read from two real schemas: which statements, of which class, for which difference.
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { diff } from '../../../lambda/postgres/diff.ts';
import type { CatalogRead } from '../../../lambda/postgres/read-catalog.ts';
import { repair } from '../../../lambda/postgres/repair/repair.ts';
import { type RepairStep, remedyText } from '../../../lambda/postgres/repair/statement.ts';
import '../../support/postgres-url.ts';
import { openWorkshop, prove, readSql, repairOf, rolledBack, type Workshop } from './proof.ts';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop(inject('postgresUrl'), 'repair');
});
afterAll(() => workshop.close());

const read = (sql: string): Promise<CatalogRead> => readSql(workshop, sql);

/** As the schema check asks for it: who owns what is another matter. */
async function repairFrom(production: string, model: string): Promise<RepairStep[]> {
  const [wanted, found] = [await read(model), await read(production)];
  const { serverVersion } = found;
  return repair(diff(wanted, found).drift, wanted.facts, found.facts, { serverVersion, scope: ['structure'] });
}

const classed = (steps: readonly RepairStep[]): string[] =>
  steps.map((step) => ('sql' in step ? `${step.class}: ${step.sql}` : remedyText([step])));

describe('the founding incident', () => {
  const users = 'CREATE TABLE users (id serial PRIMARY KEY, username character varying(80) NOT NULL);';
  const missing = 'ALTER TABLE users ADD api_key_sandbox varchar(64), ADD api_key_production varchar(64);';

  test('is undone by what an engineer would paste', async () => {
    expect(await repairFrom(users, users + missing)).toEqual(
      ['api_key_sandbox', 'api_key_production'].map((name) => ({
        kind: 'column',
        subject: `public.users.${name}`,
        sql: `ALTER TABLE public.users ADD COLUMN ${name} character varying(64);`,
        class: 'safe',
        reason: 'Adds a column without touching the rows that are there.',
      })),
    );
  });

  test('one difference alone is repaired alone', async () => {
    const [model, production] = [await read(users + missing), await read(users)];
    const entries = diff(model, production).drift.filter(({ subject }) => subject.endsWith('production'));
    expect(classed(repair(entries, model.facts, production.facts))).toEqual([
      'safe: ALTER TABLE public.users ADD COLUMN api_key_production character varying(64);',
    ]);
  });
});

describe('classes', () => {
  const base = `
    CREATE TABLE owners (id integer PRIMARY KEY);
    CREATE TABLE t (id integer CONSTRAINT t_pkey PRIMARY KEY, note text, owner integer);`;
  const cases: [name: string, production: string, model: string, steps: string[]][] = [
    [
      'a column with a default',
      '',
      'ALTER TABLE t ADD n integer DEFAULT 0 NOT NULL',
      ['safe: ALTER TABLE public.t ADD COLUMN n integer DEFAULT 0 NOT NULL;'],
    ],
    [
      'a column with a default of one moment',
      '',
      'ALTER TABLE t ADD n timestamptz DEFAULT now()',
      ['safe: ALTER TABLE public.t ADD COLUMN n timestamp with time zone DEFAULT now();'],
    ],
    [
      'a column with a default of its own for every row',
      '',
      'ALTER TABLE t ADD n uuid DEFAULT gen_random_uuid()',
      ['risky: ALTER TABLE public.t ADD COLUMN n uuid DEFAULT gen_random_uuid();'],
    ],
    [
      'a required column without a default',
      '',
      'ALTER TABLE t ADD n integer NOT NULL',
      ['risky: ALTER TABLE public.t ADD COLUMN n integer NOT NULL;'],
    ],
    [
      'an index',
      '',
      'CREATE INDEX i ON t (note)',
      ['safe: CREATE INDEX CONCURRENTLY i ON public.t USING btree (note);'],
    ],
    ['a table', '', 'CREATE TABLE x (a integer)', ['safe: CREATE TABLE public.x (\n  a integer\n);']],
    [
      'a foreign key',
      '',
      'ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (owner) REFERENCES owners (id)',
      [
        'safe: ALTER TABLE public.t ADD CONSTRAINT fk FOREIGN KEY (owner) REFERENCES public.owners(id) NOT VALID;',
        'safe: ALTER TABLE public.t VALIDATE CONSTRAINT fk;',
      ],
    ],
    [
      'a primary key too many',
      '',
      'ALTER TABLE t DROP CONSTRAINT t_pkey, ALTER id DROP NOT NULL',
      [
        'destructive: ALTER TABLE public.t DROP CONSTRAINT t_pkey;',
        'safe: ALTER TABLE public.t ALTER COLUMN id DROP NOT NULL;',
      ],
    ],
    ['an index too many', 'CREATE INDEX i ON t (note)', '', ['risky: DROP INDEX CONCURRENTLY public.i;']],
    [
      'a unique index',
      '',
      'CREATE UNIQUE INDEX i ON t (note)',
      ['risky: CREATE UNIQUE INDEX CONCURRENTLY i ON public.t USING btree (note);'],
    ],
    [
      'a check',
      '',
      "ALTER TABLE t ADD CONSTRAINT c CHECK (note <> '')",
      [
        "risky: ALTER TABLE public.t ADD CONSTRAINT c CHECK ((note <> ''::text)) NOT VALID;",
        'risky: ALTER TABLE public.t VALIDATE CONSTRAINT c;',
      ],
    ],
    [
      'a foreign key too many',
      'ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (owner) REFERENCES owners (id)',
      '',
      ['risky: ALTER TABLE public.t DROP CONSTRAINT fk;'],
    ],
    ['a sequence too many', 'CREATE SEQUENCE s', '', ['destructive: DROP SEQUENCE public.s;']],
    ['a comment', '', "COMMENT ON TABLE t IS 'it''s'", ["safe: COMMENT ON TABLE public.t IS 'it''s';"]],
    [
      'a partition too many',
      'CREATE TABLE p (id integer) PARTITION BY LIST (id); CREATE TABLE p_1 PARTITION OF p FOR VALUES IN (1)',
      'CREATE TABLE p (id integer) PARTITION BY LIST (id)',
      ['destructive: DROP TABLE public.p_1;'],
    ],
    [
      'a table that leaves a partitioned one',
      'CREATE TABLE p (id integer) PARTITION BY LIST (id); CREATE TABLE p_1 PARTITION OF p FOR VALUES IN (1)',
      'CREATE TABLE p (id integer) PARTITION BY LIST (id); CREATE TABLE p_1 (id integer)',
      ['risky: ALTER TABLE public.p DETACH PARTITION public.p_1;'],
    ],
    ['a column too many', 'ALTER TABLE t ADD n integer', '', ['destructive: ALTER TABLE public.t DROP COLUMN n;']],
    ['a table too many', 'CREATE TABLE x (a integer)', '', ['destructive: DROP TABLE public.x;']],
    [
      'another type',
      'ALTER TABLE t ALTER note TYPE varchar(9)',
      '',
      ['risky: ALTER TABLE public.t ALTER COLUMN note TYPE text;'],
    ],
    [
      'a type that keeps less',
      'ALTER TABLE t ADD n numeric(9, 3)',
      'ALTER TABLE t ADD n integer',
      ['destructive: ALTER TABLE public.t ALTER COLUMN n TYPE integer;'],
    ],
    [
      'a unique constraint',
      '',
      'ALTER TABLE t ADD CONSTRAINT once UNIQUE (note)',
      [
        'risky: CREATE UNIQUE INDEX CONCURRENTLY once ON public.t (note);',
        'risky: ALTER TABLE public.t ADD CONSTRAINT once UNIQUE USING INDEX once;',
      ],
    ],
    [
      'another primary key',
      'ALTER TABLE t ALTER note SET NOT NULL, DROP CONSTRAINT t_pkey, ADD CONSTRAINT t_pkey PRIMARY KEY (note)',
      'ALTER TABLE t ALTER note SET NOT NULL',
      [
        'destructive: ALTER TABLE public.t DROP CONSTRAINT t_pkey;',
        'risky: CREATE UNIQUE INDEX CONCURRENTLY t_pkey ON public.t (id);',
        'risky: ALTER TABLE public.t ADD CONSTRAINT t_pkey PRIMARY KEY USING INDEX t_pkey;',
      ],
    ],
    [
      'no nulls',
      '',
      'ALTER TABLE t ALTER note SET NOT NULL',
      [
        'risky: ALTER TABLE public.t ADD CONSTRAINT t_note_not_null NOT NULL note NOT VALID;',
        'risky: ALTER TABLE public.t VALIDATE CONSTRAINT t_note_not_null;',
      ],
    ],
    [
      'a label',
      "CREATE TYPE e AS ENUM ('a', 'c')",
      "CREATE TYPE e AS ENUM ('a', 'b', 'c', 'd')",
      ["safe: ALTER TYPE public.e ADD VALUE 'b' AFTER 'a';", "safe: ALTER TYPE public.e ADD VALUE 'd' AFTER 'c';"],
    ],
    [
      'a label that comes first',
      "CREATE TYPE e AS ENUM ('b')",
      "CREATE TYPE e AS ENUM ('a', 'b')",
      ["safe: ALTER TYPE public.e ADD VALUE 'a' BEFORE 'b';"],
    ],
    [
      'a label in place of another',
      "CREATE TYPE e AS ENUM ('a', 'old')",
      "CREATE TYPE e AS ENUM ('a', 'new')",
      ["risky: ALTER TYPE public.e RENAME VALUE 'old' TO 'new';"],
    ],
    [
      'two labels in place of one',
      "CREATE TYPE e AS ENUM ('a', 'old')",
      "CREATE TYPE e AS ENUM ('a', 'new', 'other')",
      [
        "safe: ALTER TYPE public.e ADD VALUE 'new' AFTER 'a';",
        "safe: ALTER TYPE public.e ADD VALUE 'other' AFTER 'new';",
        "PostgreSQL cannot remove 'old': create a new type and change each column to it.",
      ],
    ],
    [
      'a label in another place',
      "CREATE TYPE e AS ENUM ('b', 'a')",
      "CREATE TYPE e AS ENUM ('a', 'b')",
      ['PostgreSQL cannot move the labels of an enum: create a new type and change each column to it.'],
    ],
    [
      'a column in another place',
      'ALTER TABLE t DROP note, ADD note text',
      '',
      ['The order of columns only changes by creating the table again; nothing needs it but queries that rely on it.'],
    ],
  ];

  test.each(cases)('%s', async (_name, production, model, steps) => {
    expect(classed(await repairFrom(`${base}${production}`, `${base}${model}`))).toEqual(steps);
  });
});

describe('statements outside transactions', () => {
  test('are marked', async () => {
    const steps = await repairFrom(
      `CREATE TABLE t (a int, b int); CREATE INDEX gone ON t (a); CREATE TYPE e AS ENUM ('a')`,
      `CREATE TABLE t (a int, b int); CREATE INDEX there ON t (b); CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE x ()`,
    );
    expect(steps.map((step) => 'sql' in step && [step.sql.slice(0, 24), step.transaction ?? true])).toEqual([
      ['ALTER TYPE public.e ADD ', false],
      ['CREATE TABLE public.x ()', true],
      ['CREATE INDEX CONCURRENTL', false],
      ['DROP INDEX CONCURRENTLY ', false],
    ]);
  });
});

describe('older servers', () => {
  test('without a version, the statements are those that every supported one knows', async () => {
    const model = await read('CREATE TABLE t (a text NOT NULL, b int, c int GENERATED ALWAYS AS (b + 1) STORED)');
    const production = await read('CREATE TABLE t (a text, b int, c int GENERATED ALWAYS AS (b + 2) STORED)');
    expect(classed(repair(diff(model, production).drift, model.facts, production.facts))).toEqual([
      'risky: ALTER TABLE public.t ADD CONSTRAINT driftwatch_not_null CHECK (a IS NOT NULL) NOT VALID;',
      'risky: ALTER TABLE public.t VALIDATE CONSTRAINT driftwatch_not_null;',
      'safe: ALTER TABLE public.t ALTER COLUMN a SET NOT NULL;',
      'safe: ALTER TABLE public.t DROP CONSTRAINT driftwatch_not_null;',
      'destructive: ALTER TABLE public.t DROP COLUMN c;',
      'risky: ALTER TABLE public.t ADD COLUMN c integer GENERATED ALWAYS AS (b + 1) STORED;',
    ]);
  });
});

describe('rows that are there', () => {
  const rows = 'INSERT INTO t (a) VALUES (1), (2);';
  test.each([
    [
      'a sequence that is missing',
      "CREATE TABLE t (id int PRIMARY KEY DEFAULT nextval('s'), a int);",
      'CREATE SEQUENCE s;',
      'ALTER TABLE t ALTER id DROP DEFAULT; DROP SEQUENCE s;',
    ],
    [
      'an identity that is missing',
      'CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY, a int);',
      '',
      'ALTER TABLE t ALTER id DROP IDENTITY;',
    ],
  ])('%s starts behind them', async (_name, table, before, loss) => {
    const own = before === '' ? '' : 'ALTER SEQUENCE s OWNED BY t.id;';
    const model = await read(before + table + own);
    const inserted = await rolledBack(workshop.client, async (readNow) => {
      await workshop.client.query(before + table + own + rows + loss);
      const { left } = await prove(model, repairOf(model, await readNow()), workshop.client, readNow);
      expect(left).toEqual([]);
      return workshop.client.query('INSERT INTO t (a) VALUES (3) RETURNING id');
    });
    expect(inserted.rows).toEqual([{ id: 3 }]);
  });
});

describe('what others depend on', () => {
  test('is not rebuilt where that would lose data', async () => {
    const [none] = await repairFrom(
      `CREATE DOMAIN d AS text; CREATE TABLE t (a d)`,
      `CREATE DOMAIN d AS integer; CREATE TABLE t (a d)`,
    );
    expect(none).toEqual({
      kind: 'domain',
      subject: 'public.d',
      attribute: 'type',
      none: 'Only a type that nothing uses can be dropped and created again. The column public.t.a depends on it, and cannot be dropped and created again without loss.',
    });
  });
});

describe('owners, grants and comments', () => {
  const steps = async (production: string, model: string): Promise<string[]> =>
    classed(repairOf(await read(model), await read(production))).filter((line) => !/^Roles belong/.test(line));
  const base = 'CREATE TABLE t (a int, b int); CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$SELECT 1$$;';

  test.each([
    ['another owner', '', 'ALTER TABLE t OWNER TO pg_monitor', ['risky: ALTER TABLE public.t OWNER TO "pg_monitor";']],
    [
      'a right, with the right to hand it on',
      'GRANT SELECT ON t TO pg_monitor',
      'GRANT SELECT ON t TO pg_monitor WITH GRANT OPTION; GRANT UPDATE (b) ON t TO PUBLIC',
      [
        'risky: GRANT SELECT ON TABLE public.t TO "pg_monitor" WITH GRANT OPTION;',
        'risky: GRANT UPDATE (b) ON TABLE public.t TO PUBLIC;',
      ],
    ],
    [
      'a right to hand on too many',
      'GRANT SELECT, INSERT ON t TO pg_monitor WITH GRANT OPTION',
      'GRANT SELECT ON t TO pg_monitor',
      [
        'risky: REVOKE INSERT ON TABLE public.t FROM "pg_monitor";',
        'risky: REVOKE GRANT OPTION FOR SELECT ON TABLE public.t FROM "pg_monitor";',
      ],
    ],
    [
      'what everybody may do by default',
      'REVOKE ALL ON FUNCTION f() FROM PUBLIC',
      '',
      ['risky: GRANT EXECUTE ON FUNCTION public.f() TO PUBLIC;'],
    ],
    [
      'what everybody may do by default, taken away',
      '',
      'REVOKE ALL ON FUNCTION f() FROM PUBLIC',
      ['risky: REVOKE EXECUTE ON FUNCTION public.f() FROM PUBLIC;'],
    ],
    ['no comment', "COMMENT ON COLUMN t.a IS 'old'", '', ['safe: COMMENT ON COLUMN public.t.a IS NULL;']],
  ])('%s', async (_name, production, model, expected) => {
    expect(await steps(base + production, base + model)).toEqual(expected);
  });

  test('are given again to a view that has to be made again', async () => {
    const kept = "GRANT SELECT ON v TO pg_monitor; GRANT SELECT (a) ON v TO PUBLIC; COMMENT ON COLUMN v.a IS 'kept'";
    expect(
      await steps(
        `${base} CREATE VIEW v AS SELECT b, a FROM t; ${kept}`,
        `${base} CREATE VIEW v AS SELECT a FROM t; ${kept}`,
      ),
    ).toEqual([
      'risky: DROP VIEW public.v;',
      'safe: CREATE VIEW public.v AS\nSELECT a\n   FROM public.t;',
      'safe: ALTER VIEW public.v OWNER TO "postgres";',
      'safe: GRANT SELECT ON TABLE public.v TO "pg_monitor";',
      'safe: GRANT SELECT (a) ON TABLE public.v TO PUBLIC;',
      "safe: COMMENT ON COLUMN public.v.a IS 'kept';",
      'Repaired together with view public.v.',
    ]);
  });
});

describe('a function with a setting that is never read', () => {
  const keyed = (body: string, settings: string) => `CREATE FUNCTION f() RETURNS int LANGUAGE sql ${settings}
    AS 'SELECT ${body}'`;
  const secret = "SET app.key TO 'x'";
  const none = 'A setting of it may be a secret, and is never read: take the statement from its migration.';

  test.each([
    [
      'what can be read is set by itself',
      keyed('1', secret),
      keyed('1', `${secret} SET work_mem TO '1MB'`),
      ["risky: ALTER FUNCTION public.f() SET work_mem TO '1MB';"],
    ],
    [
      'what the model lacks is taken away',
      keyed('1', `${secret} SET work_mem TO '1MB'`),
      keyed('1', secret),
      ['risky: ALTER FUNCTION public.f() RESET work_mem;'],
    ],
    ['what the model has and production lacks is not made up', keyed('1', ''), keyed('1', secret), [none]],
    ['its body is not written anew without it', keyed('1', secret), keyed('2', secret), [none]],
    ['it is not created without it', 'SELECT 1', keyed('1', secret), [none]],
  ])('%s', async (_, production, model, steps) => {
    expect(classed(await repairFrom(production, model))).toEqual(steps);
  });

  test('it is not dropped for what depends on it to be created again', async () => {
    const schema = (result: string) => `CREATE FUNCTION g() RETURNS ${result} LANGUAGE sql AS 'SELECT 1';
      CREATE FUNCTION f() RETURNS int LANGUAGE sql ${secret} BEGIN ATOMIC SELECT g()::int; END`;
    const steps = classed(await repairFrom(schema('int'), schema('bigint')));
    expect(steps.join()).toContain('function public.f() depends on it, and cannot be dropped and created again');
  });
});

describe('who may do what, and how the database is set up', () => {
  const roles = 'CREATE ROLE repair_owner; CREATE ROLE "Repair Reader";';
  const inDatabase = (sql: string) =>
    `DO $$ BEGIN EXECUTE format('${sql.replaceAll("'", "''")}', current_database()); END $$`;
  const doing = (format: string) => `risky: DO $do$ BEGIN EXECUTE format('${format}', current_database()); END $do$;`;

  test.each<[name: string, model: string, production: string, steps: string[]]>([
    [
      'what new tables are granted',
      'ALTER DEFAULT PRIVILEGES FOR ROLE repair_owner GRANT SELECT ON TABLES TO "Repair Reader"',
      '',
      ['risky: ALTER DEFAULT PRIVILEGES FOR ROLE repair_owner GRANT SELECT ON TABLES TO "Repair Reader";'],
    ],
    [
      'what new functions are granted, back to what PostgreSQL grants',
      '',
      'ALTER DEFAULT PRIVILEGES FOR ROLE repair_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC',
      ['risky: ALTER DEFAULT PRIVILEGES FOR ROLE repair_owner GRANT EXECUTE ON FUNCTIONS TO PUBLIC;'],
    ],
    [
      'what new tables of a schema are granted',
      '',
      'ALTER DEFAULT PRIVILEGES FOR ROLE "Repair Reader" IN SCHEMA public GRANT INSERT ON TABLES TO repair_owner',
      [
        'risky: ALTER DEFAULT PRIVILEGES FOR ROLE "Repair Reader" IN SCHEMA public REVOKE INSERT ON TABLES FROM "repair_owner";',
      ],
    ],
    [
      'a parameter of the database',
      inDatabase('ALTER DATABASE %I SET search_path = "a%%b", public'),
      inDatabase("ALTER DATABASE %I SET work_mem = '1MB'"),
      [doing("ALTER DATABASE %I SET search_path TO ''a%%b'', ''public''"), doing('ALTER DATABASE %I RESET work_mem')],
    ],
    [
      'a parameter of a role',
      inDatabase('ALTER ROLE "Repair Reader" IN DATABASE %I SET work_mem = \'2MB\''),
      inDatabase('ALTER ROLE "Repair Reader" IN DATABASE %I SET work_mem = \'1MB\''),
      [doing("ALTER ROLE \"Repair Reader\" IN DATABASE %I SET work_mem TO ''2MB''")],
    ],
    [
      'a parameter of every role',
      "ALTER ROLE ALL SET work_mem = '1MB'",
      '',
      ["risky: ALTER ROLE ALL SET work_mem TO '1MB';"],
    ],
    [
      'a parameter whose value is not read',
      inDatabase("ALTER DATABASE %I SET app.key = 'x'"),
      '',
      ['Its value may be a secret, and is never read: take the statement from where it was set.'],
    ],
    [
      'the number of connections',
      inDatabase('ALTER DATABASE %I CONNECTION LIMIT 5'),
      '',
      [doing('ALTER DATABASE %I CONNECTION LIMIT 5')],
    ],
    [
      'what PostgreSQL grants on its own objects',
      '',
      'REVOKE EXECUTE ON FUNCTION now() FROM PUBLIC',
      ['risky: GRANT EXECUTE ON FUNCTION pg_catalog.now() TO PUBLIC;'],
    ],
    [
      'a right on a column of a catalog that may be handed on',
      'GRANT SELECT (rolname) ON pg_authid TO "Repair Reader"',
      'GRANT SELECT (rolname) ON pg_authid TO "Repair Reader" WITH GRANT OPTION',
      ['risky: REVOKE GRANT OPTION FOR SELECT (rolname) ON TABLE pg_catalog.pg_authid FROM "Repair Reader";'],
    ],
    [
      'what is said of the sequence of an identity column',
      "CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY); COMMENT ON SEQUENCE t_id_seq IS 'it''s'",
      'CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY)',
      ["safe: COMMENT ON SEQUENCE public.t_id_seq IS 'it''s';"],
    ],
  ])('%s', async (_, model, production, steps) => {
    const [wanted, found] = [await read(roles + model), await read(roles + production)];
    const told = classed(repairOf(wanted, found)).filter((step) => !/\brole .*: Roles belong to the server/.test(step));
    expect(told).toEqual(steps);
  });
});
