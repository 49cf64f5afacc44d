// SQL files applied to a real server: what dumps take for granted, what is left out and said, what cannot be done.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../local/postgres.ts';
import { type ApplyOptions, applySqlFiles } from '../../../local/sql-files/apply.ts';
import { findSqlFiles } from '../../../local/sql-files/find-files.ts';
import { withClient } from '../../postgres/databases.ts';

let server: PostgresServer;
let root: string;
let count = 0;
/** What fails leaves hardly anything behind, so one database does for all of it. */
const forRefusals = 'refusals';

beforeAll(async () => {
  [server, root] = await Promise.all([startPostgres(), mkdtemp(join(tmpdir(), 'driftwatch-sql-'))]);
});
afterAll(async () => {
  await server.stop();
  await rm(root, { recursive: true });
});

interface Result {
  /** Relations and columns of the user's, as `schema.table(column)`. */
  tables: string[];
  remarks: string[];
  database: string;
  url: string;
}

/** Writes the files into a folder of their own and applies that folder, or the files that are named. */
async function apply(
  files: Record<string, string | Buffer>,
  options: Partial<ApplyOptions> & { named?: string[] } = {},
): Promise<Result> {
  count += 1;
  const folder = join(root, String(count));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  const { named = ['.'], ...rest } = options;
  const found = (await Promise.all(named.map((name) => findSqlFiles(join(folder, name))))).flatMap((one) => one.files);
  const name = rest.database?.name ?? `model_${count}`;
  if (name !== forRefusals) await server.createDatabase(name);
  const { database, remarks } = await applySqlFiles(found, {
    server,
    database: { name, chosen: false },
    withoutExtensions: new Set(),
    onFile: () => {},
    signal: AbortSignal.timeout(30_000),
    ...rest,
  });
  const url = server.url(database);
  const tables = await withClient(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select format('%s.%s(%s)', n.nspname, c.relname,
          (select string_agg(attname, ',' order by attnum) from pg_attribute where attrelid = c.oid and attnum > 0)) as name
         from pg_class c join pg_namespace n on n.oid = relnamespace
        where relkind in ('r', 'm') and nspname !~ '^(pg_|information_schema)' order by 1`,
    );
    return rows.map((row) => row.name);
  });
  return { tables, remarks, database, url };
}

async function ask<Row>(url: string, sql: string): Promise<Row[]> {
  return withClient(url, async (client) => (await client.query(sql)).rows);
}

/** As pg_dump 17 writes it, owners and all. */
const dump = `--
-- PostgreSQL database dump
--

\\restrict DkPSqBYxyz

-- Dumped from database version 15.18
-- Dumped by pg_dump version 17.10

SET statement_timeout = 0;
SET no_such_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET row_security = off;

CREATE SCHEMA public;
ALTER SCHEMA public OWNER TO pg_database_owner;
CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;
COMMENT ON EXTENSION citext IS 'data type';
CREATE FUNCTION public.f() RETURNS text LANGUAGE plpgsql AS $_$
BEGIN
  RETURN 'a;b';
END $_$;
ALTER FUNCTION public.f() OWNER TO "dump Owner";
SET default_tablespace = fast;
SET default_table_access_method = heap;
CREATE TABLE public.users (
    id integer NOT NULL,
    email public.citext
);
ALTER TABLE public.users OWNER TO "dump Owner";
SET default_tablespace = '';
COPY public.users (id, email) FROM stdin;
1	a;b'
\\.
SELECT pg_catalog.setval('pg_catalog.pg_class'::regclass::text::regclass, 1) WHERE false;
ALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);
CREATE POLICY p ON public.users TO dump_reader USING (true);
GRANT SELECT ON TABLE public.users TO dump_reader;
CREATE ROLE dump_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE dump_writer IN SCHEMA public GRANT SELECT ON TABLES TO dump_reader;

\\unrestrict DkPSqBYxyz
`;

describe('a plain dump', () => {
  test('is applied as it is, with the roles and tablespaces that it mentions', async () => {
    const { tables, remarks, url } = await apply({ 'dump.sql': dump });
    expect(tables).toEqual(['public.users(id,email)']);
    expect(remarks).toEqual([
      'Roles that the files mention and nobody creates were made: dump Owner, dump_reader, dump_writer',
      'Tablespaces were made in place: fast',
      'Left out: SET no_such_timeout, which PostgreSQL 18 does not know',
      'Left out: rows of COPY blocks: a snapshot holds no rows',
    ]);
    const owners = await ask(
      url,
      `select rolname, rolcanlogin, rolsuper, spcname from pg_class c join pg_roles r on r.oid = relowner
         join pg_tablespace t on t.oid = reltablespace where relname = 'users'`,
    );
    expect(owners).toEqual([{ rolname: 'dump Owner', rolcanlogin: false, rolsuper: false, spcname: 'fast' }]);
  });

  test('of one transaction keeps what came before the role that it lacked', async () => {
    const text =
      'BEGIN;\nCREATE TABLE a ();\nALTER TABLE a OWNER TO late_role;\nCREATE TABLE b ();\n' +
      'ALTER TABLE b OWNER TO later_role;\nCOMMIT;\n';
    expect((await apply({ 'dump.sql': text })).tables).toEqual(['public.a()', 'public.b()']);
  });

  test('of a whole server goes on in the database that it creates', async () => {
    const text = `\\connect template1
CREATE ROLE postgres; ALTER ROLE postgres WITH SUPERUSER LOGIN PASSWORD 'other';
CREATE ROLE all_app; ALTER ROLE all_app WITH LOGIN PASSWORD 'secret';
CREATE TABLESPACE all_space OWNER all_app LOCATION '/mnt/elsewhere';
CREATE DATABASE all_one WITH TEMPLATE = template0 ENCODING = 'UTF8' LOCALE_PROVIDER = libc LOCALE = 'xx_YY.UTF-8';
ALTER DATABASE all_one OWNER TO all_app;
ALTER DATABASE all_one SET search_path TO app;
\\unrestrict abc
\\encoding SQL_ASCII
\\connect -reuse-previous=on "dbname='all_one'"
\\restrict abc
CREATE SCHEMA app; CREATE TABLE app.t ();
\\connect postgres
`;
    const { database, tables, remarks } = await apply({ 'all.sql': text, 'more.sql': 'CREATE TABLE further ();' });
    expect(database).toBe('all_one');
    expect(tables).toEqual(['app.further()', 'app.t()']);
    expect(remarks).toEqual([
      'Tablespaces were made in place: all_space',
      'Left out: what is said of the role postgres (2 times)',
    ]);
  });

  test('of several databases needs to be told which one', async () => {
    const text = 'CREATE DATABASE one_of;\nCREATE DATABASE two_of;\n\\connect two_of\nCREATE TABLE t ();\n';
    await expect(apply({ 'all.sql': text })).rejects.toMatchObject({
      message: 'The files create 2 databases: one_of, two_of.',
      remedy: expect.stringContaining('--database <name>'),
    });
    const chosen = 'CREATE DATABASE three_of;\nCREATE DATABASE four_of;\n\\connect four_of\nCREATE TABLE t ();\n';
    const { tables } = await apply({ 'all.sql': chosen }, { database: { name: 'four_of', chosen: true } });
    expect(tables).toEqual(['public.t()']);
  });
});

describe('migrations', () => {
  test('are applied in order, each over a connection of its own', async () => {
    const { tables } = await apply({
      '2_b.sql': 'CREATE TABLE b (x mood);',
      '10_c.sql': "SELECT set_config('search_path', '', false); CREATE TABLE public.c ();",
      '11_d.up.sql': 'CREATE TABLE d ();',
      '11_d.down.sql': 'DROP TABLE d;',
      '1_a.sql': "CREATE TYPE mood AS ENUM ('ok');",
    });
    expect(tables).toEqual(['public.b(x)', 'public.c()', 'public.d()']);
  });

  test('may hold what cannot run within a transaction, and what can only run there', async () => {
    const { tables, url } = await apply({
      '1.sql': `CREATE TABLE t (a int); CREATE INDEX CONCURRENTLY i ON t (a); VACUUM t;
                CREATE TYPE mood AS ENUM ('a'); ALTER TYPE mood ADD VALUE 'b'; CREATE TABLE u (m mood DEFAULT 'b');`,
      '2.sql': 'CREATE SCHEMA s; SET LOCAL search_path = s; CREATE TABLE v ();',
      '3.sql': 'LOCK TABLE t; ALTER TABLE t ADD b int;',
      '4.sql': 'CREATE TABLE w ();',
    });
    expect(tables).toEqual(['public.t(a,b)', 'public.u(m)', 'public.w()', 's.v()']);
    expect(await ask(url, "select indisvalid from pg_index where indexrelid = 'i'::regclass")).toEqual([
      { indisvalid: true },
    ]);
  });

  test.each([
    ['goose', '-- +goose Up\n-- +goose StatementBegin\nUP\n-- +goose StatementEnd\n-- +goose Down\nDOWN'],
    ['dbmate', '-- migrate:up transaction:false\nUP\n\n-- migrate:down\nDOWN'],
    ['sql-migrate', '-- +migrate Up\nUP\n-- +migrate Down\nDOWN'],
    ['node-pg-migrate', '-- Up Migration\nUP\n-- Down Migration\nDOWN'],
    ['MyBatis', '-- // a table\nUP\n-- //@UNDO\nDOWN'],
  ])('of %s leave out how they are undone', async (_, layout) => {
    const text = layout.replace('UP', 'CREATE TABLE t ();').replace('DOWN', 'DROP TABLE t;');
    const { tables, remarks } = await apply({ '1.sql': text });
    expect(tables).toEqual(['public.t()']);
    expect(remarks).toEqual(['Left out: sections that undo a migration']);
  });

  test('include others, with variables', async () => {
    const { tables } = await apply(
      {
        'main.sql': '\\set ON_ERROR_STOP on\n\\set schema app\n\\i parts/one.sql\n\\echo done\n\\q\nnever;',
        'parts/one.sql': 'CREATE SCHEMA :schema;\n\\ir two.sql\n',
        'parts/two.sql': 'CREATE TABLE :schema.t ();',
      },
      { named: ['main.sql'] },
    );
    expect(tables).toEqual(['app.t()']);
  });

  test('leave out extensions on request', async () => {
    const text = "CREATE EXTENSION IF NOT EXISTS pg_cron; COMMENT ON EXTENSION pg_cron IS 'x'; CREATE TABLE t ();";
    const { remarks } = await apply({ '1.sql': text }, { withoutExtensions: new Set(['pg_cron']) });
    expect(remarks).toEqual(['Left out: extension pg_cron (2 times)']);
  });

  test('never connect a subscription', async () => {
    const { remarks } = await apply({
      '1.sql': `CREATE SUBSCRIPTION a CONNECTION 'host=db.example.com' PUBLICATION p;
        CREATE SUBSCRIPTION b CONNECTION 'host=db.example.com' PUBLICATION p WITH (connect = false, slot_name = 'b');
        ALTER SUBSCRIPTION b ENABLE;`,
    });
    expect(remarks).toEqual(['Left out: subscriptions that would connect to their publisher (2 times)']);
  });
});

describe('is refused, with file, line and a way out:', () => {
  beforeAll(async () => {
    await server.createDatabase(forRefusals);
  });
  const refusals: Record<string, { files: Record<string, string | Buffer>; message: RegExp; remedy: RegExp }> = {
    'a statement that fails, at the line to which PostgreSQL points': {
      files: { 'a.sql': 'SELECT 1;\n\nCREATE TABLE t (\n  a int,\n  b nothing\n);\n' },
      message: /a\.sql:5: type "nothing" does not exist \(42704\)\n {2}in: CREATE TABLE t \( \.\.\.$/,
      remedy: /before it/,
    },
    'a password in it stays where it is': {
      files: { 'a.sql': "ALTER ROLE nobody_here PASSWORD 'hunter2' NONSENSE;" },
      message: /in: ALTER ROLE nobody_here PASSWORD '\*\*\*' NONSENSE$/,
      remedy: /psql/,
    },
    'a table made twice': {
      files: { '1.sql': 'CREATE TABLE twice ();', '2.sql': 'CREATE TABLE twice ();' },
      message: /2\.sql:1: relation "twice" already exists/,
      remedy: /leave one of them out/,
    },
    'a transaction that is never committed': {
      files: { 'a.sql': 'BEGIN;\nCREATE TABLE t ();\n' },
      message: /a\.sql:1: a transaction .* is still open/,
      remedy: /COMMIT/,
    },
    'a dump of a newer server': {
      files: { 'a.sql': '-- Dumped from database version 19.1\nCREATE SHINY THING;\n' },
      message: /a\.sql:2: syntax error/,
      remedy: /choose --postgres 19/,
    },
    'a database that nobody creates': {
      files: { 'a.sql': '\n\\connect elsewhere\n' },
      message: /a\.sql:2: the file goes on in database elsewhere/,
      remedy: /--database elsewhere/,
    },
    'a database by another name': {
      files: { 'a.sql': 'ALTER DATABASE production_app SET search_path = app;' },
      message: /database "production_app" does not exist/,
      remedy: /--database/,
    },
    '\\gexec': {
      files: { 'a.sql': "\nSELECT format('CREATE TABLE %I ()', x)\nFROM y \\gexec\n" },
      message: /a\.sql:3: \\gexec is not followed, behind SELECT format/,
      remedy: /psql -v ON_ERROR_STOP=1 -f .*a\.sql/,
    },
    '\\if': { files: { 'a.sql': '\\if true\n' }, message: /a\.sql:1: \\if is not followed$/, remedy: /Write out/ },
    '\\copy': { files: { 'a.sql': "\\copy t from 'x.csv'\n" }, message: /\\copy is not followed/, remedy: /INSERT/ },
    'an include that is not there': {
      files: { 'a.sql': '\\i no.sql\n' },
      message: /no\.sql could not be read/,
      remedy: /path/,
    },
    'files that include each other': {
      files: { 'a.sql': '\\ir a.sql\n' },
      message: /include each other/,
      remedy: /circle/,
    },
    'another encoding': {
      files: { 'a.sql': "SET client_encoding = 'LATIN1';\n" },
      message: /a\.sql:1: the file says that it is in LATIN1/,
      remedy: /iconv -f LATIN1/,
    },
    'bytes that are no text': {
      files: { 'a.sql': Buffer.from("SELECT 1;\nSELECT 'caf\xe9';", 'latin1') },
      message: /a\.sql:2: this line is not UTF-8/,
      remedy: /iconv/,
    },
    'a string that never ends': {
      files: { 'a.sql': "SELECT 1;\nSELECT 'oops;\n" },
      message: /a\.sql:2: a string begins here and never ends/,
      remedy: /cut off/,
    },
    'a custom-format dump': {
      files: { 'a.sql': 'PGDMP\x01\x0e' },
      message: /custom format/,
      remedy: /pg_restore --schema-only/,
    },
    'a compressed file': { files: { 'a.sql': Buffer.from([0x1f, 0x8b, 8]) }, message: /gzip/, remedy: /gunzip/ },
    'a folder of nothing': { files: { 'a.txt': '' }, message: /no SQL files/, remedy: /migrations/ },
    'a Sqitch project': {
      files: { 'sqitch.plan': '', 'deploy/a.sql': '' },
      message: /Sqitch/,
      remedy: /sqitch deploy/,
    },
    'extensions that the server lacks, all of them': {
      files: {
        '1.sql': 'CREATE EXTENSION citext;\nCREATE EXTENSION IF NOT EXISTS postgis WITH SCHEMA public;\n',
        '2.sql': '-- nobody gets here\nCREATE EXTENSION "vector"; CREATE EXTENSION hstore;',
      },
      message: /lacks extensions that this schema creates: postgis \(.*1\.sql:2\), vector \(.*2\.sql:2\)\.$/,
      remedy: /--from postgres:/,
    },
  };
  test.each(Object.entries(refusals))('%s', async (_, { files, message, remedy }) => {
    const error = await apply(files, { database: { name: forRefusals, chosen: false } }).then(
      () => undefined,
      (reason: unknown) => reason as Error & { remedy: string },
    );
    expect(error?.name).toBe('EdgeError');
    expect(error?.message).toMatch(message);
    expect(error?.remedy).toMatch(remedy);
  });
});

test('an interruption ends it at once', async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(new Error('enough')), 300);
  const started = Date.now();
  await expect(apply({ 'a.sql': 'SELECT pg_sleep(20);' }, { signal: stop.signal })).rejects.toThrow('enough');
  expect(Date.now() - started).toBeLessThan(10_000);
});
