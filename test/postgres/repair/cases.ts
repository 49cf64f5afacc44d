// Pairs of schemas where one repair has to mind another. Each is repaired in both directions.
export interface RepairCase {
  name: string;
  model: string;
  production: string;
  /** First major version that can run it. @default 13 */
  since?: number;
}

export const repairCases: RepairCase[] = [
  {
    name: 'a serial column is dropped with its sequence, and comes back with it',
    model: `CREATE TABLE t (a int, id serial PRIMARY KEY)`,
    production: `CREATE TABLE t (a int)`,
  },
  {
    name: 'a sequence belongs to a column of another table, and numbers that',
    model: `CREATE SEQUENCE ids; CREATE TABLE t (id bigint DEFAULT nextval('ids') PRIMARY KEY, a text); ALTER SEQUENCE ids OWNED BY t.id`,
    production: `CREATE SEQUENCE ids; CREATE TABLE u (n bigint DEFAULT nextval('ids'), b date); ALTER SEQUENCE ids OWNED BY u.n`,
  },
  {
    name: 'a column has another type, and a generated one that used it goes with indexes that cover further ones that go',
    model: `CREATE TABLE t (tries integer, key text)`,
    production: `
      CREATE TABLE t (tries smallint, key text, queue integer, task integer,
        is_free boolean GENERATED ALWAYS AS (tries < 5) STORED);
      CREATE INDEX one ON t (tries) INCLUDE (task, queue) WHERE is_free;
      CREATE INDEX two ON t (tries) INCLUDE (task) WHERE is_free AND queue IS NULL`,
  },
  {
    name: 'unlogged tables that refer to each other in a row',
    model: `CREATE TABLE b (id int PRIMARY KEY); CREATE TABLE a (b_id int REFERENCES b); CREATE TABLE c (id int PRIMARY KEY);
      ALTER TABLE b ADD c_id int REFERENCES c`,
    production: `CREATE UNLOGGED TABLE c (id int PRIMARY KEY); CREATE UNLOGGED TABLE b (id int PRIMARY KEY, c_id int REFERENCES c);
      CREATE UNLOGGED TABLE a (b_id int REFERENCES b)`,
  },
  {
    name: 'two unlogged tables that refer to each other',
    model: `CREATE TABLE a (id int PRIMARY KEY, other int); CREATE TABLE b (id int PRIMARY KEY, other int REFERENCES a);
      ALTER TABLE a ADD FOREIGN KEY (other) REFERENCES b`,
    production: `CREATE UNLOGGED TABLE a (id int PRIMARY KEY, other int);
      CREATE UNLOGGED TABLE b (id int PRIMARY KEY, other int REFERENCES a); ALTER TABLE a ADD FOREIGN KEY (other) REFERENCES b`,
  },
  {
    name: 'a serial column became an identity column that uses the same name for its sequence',
    model: `CREATE TABLE t (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a int)`,
    production: `CREATE TABLE t (id serial PRIMARY KEY, a int); INSERT INTO t (a) VALUES (1), (2)`,
  },
  {
    name: 'a column changes its type under views, a policy, a trigger, an index and a foreign key',
    model: `
      CREATE TABLE users (id bigint PRIMARY KEY, email character varying(320) NOT NULL, deleted boolean DEFAULT false NOT NULL);
      CREATE TABLE orders (id int PRIMARY KEY, user_id bigint REFERENCES users (id));
      CREATE INDEX users_email_lower ON users (lower(email)) WHERE NOT deleted;
      CREATE VIEW live AS SELECT id, email FROM users WHERE NOT deleted;
      CREATE VIEW named AS SELECT email FROM live;
      CREATE MATERIALIZED VIEW counted AS SELECT email, count(*) AS n FROM named GROUP BY 1;
      CREATE UNIQUE INDEX counted_email ON counted (email);
      CREATE POLICY own ON users USING (email = current_user);
      CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE TRIGGER watch BEFORE UPDATE OF email ON users FOR EACH ROW EXECUTE FUNCTION f();
      CREATE FUNCTION redirect() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
      CREATE TRIGGER redirected INSTEAD OF INSERT ON named FOR EACH ROW EXECUTE FUNCTION redirect()`,
    production: `
      CREATE TABLE users (id integer PRIMARY KEY, email text, deleted text DEFAULT 'f' NOT NULL);
      CREATE TABLE orders (id int PRIMARY KEY, user_id integer REFERENCES users (id));
      CREATE INDEX users_email_lower ON users (lower(email)) WHERE deleted = 'f';
      CREATE VIEW live AS SELECT id, email FROM users WHERE deleted = 'f';
      CREATE VIEW named AS SELECT email FROM live;
      CREATE MATERIALIZED VIEW counted AS SELECT email, count(*) AS n FROM named GROUP BY 1;
      CREATE UNIQUE INDEX counted_email ON counted (email);
      CREATE POLICY own ON users USING (email = current_user);
      CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE TRIGGER watch BEFORE UPDATE OF email ON users FOR EACH ROW EXECUTE FUNCTION f();
      CREATE FUNCTION redirect() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
      CREATE TRIGGER redirected INSTEAD OF INSERT ON named FOR EACH ROW EXECUTE FUNCTION redirect()`,
  },
  {
    name: 'a text column became an enum, with its default and its check',
    model: `
      CREATE TYPE status AS ENUM ('new', 'paid');
      CREATE TABLE orders (id int, status status DEFAULT 'new' NOT NULL, CONSTRAINT known CHECK (status <> 'paid'::status));
      CREATE INDEX orders_paid ON orders (id) WHERE status = 'paid'::status`,
    production: `
      CREATE TABLE orders (id int, status text DEFAULT 'new' NOT NULL, CONSTRAINT known CHECK (status <> 'paid'));
      CREATE INDEX orders_paid ON orders (id) WHERE status = 'paid'`,
  },
  {
    name: 'both ends of a foreign key become uuid',
    model: `CREATE TABLE a (id uuid PRIMARY KEY); CREATE TABLE b (a_id uuid CONSTRAINT b_a REFERENCES a (id))`,
    production: `CREATE TABLE a (id text PRIMARY KEY); CREATE TABLE b (a_id text CONSTRAINT b_a REFERENCES a (id))`,
  },
  {
    name: 'two tables that refer to each other',
    model: `
      CREATE TABLE a (id int PRIMARY KEY, b_id int);
      CREATE TABLE b (id int PRIMARY KEY, a_id int REFERENCES a (id));
      ALTER TABLE a ADD CONSTRAINT a_b FOREIGN KEY (b_id) REFERENCES b (id)`,
    production: `SELECT 1`,
  },
  {
    name: 'views on views on functions on tables, all of them missing',
    model: `
      CREATE TYPE kind AS ENUM ('x', 'y');
      CREATE DOMAIN short AS text CHECK (length(VALUE) < 10);
      CREATE FUNCTION double(i integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT i * 2';
      CREATE TABLE t (id int DEFAULT double(1), kind kind, short short, doubled int GENERATED ALWAYS AS (double(1)) STORED,
        CHECK (double(id) > 0));
      CREATE INDEX t_double ON t (double(id));
      CREATE FUNCTION rows_of(wanted kind) RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t WHERE kind = wanted';
      CREATE VIEW z AS SELECT id FROM rows_of('x');
      CREATE VIEW a AS SELECT id FROM z;
      CREATE FUNCTION reads_a() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM a';
      CREATE FUNCTION calls_reads_a() RETURNS bigint LANGUAGE sql AS 'SELECT public.reads_a()';
      CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0');
      CREATE VIEW totals AS SELECT total(id) AS total FROM a`,
    production: `SELECT 1`,
  },
  {
    name: 'a view loses a column that another view and a function read',
    model: `
      CREATE TABLE t (a int, b int);
      CREATE VIEW v AS SELECT b FROM t;
      CREATE VIEW w AS SELECT b FROM v;
      CREATE VIEW unchanged AS SELECT b + 1 AS c FROM v`,
    production: `
      CREATE TABLE t (a int, b int);
      CREATE VIEW v AS SELECT a, b FROM t;
      CREATE VIEW w AS SELECT a, b FROM v;
      CREATE VIEW unchanged AS SELECT b + 1 AS c FROM v`,
  },
  {
    name: 'a function changes its result under a view, a trigger and a check',
    model: `
      CREATE FUNCTION f(i integer) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT i::bigint';
      CREATE TABLE t (a int, CONSTRAINT positive CHECK (f(a) > 0));
      CREATE INDEX t_f ON t (f(a));
      CREATE VIEW v AS SELECT f(a) AS f FROM t`,
    production: `
      CREATE FUNCTION f(i integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT i';
      CREATE TABLE t (a int, CONSTRAINT positive CHECK (f(a) > 0));
      CREATE INDEX t_f ON t (f(a));
      CREATE VIEW v AS SELECT f(a) AS f FROM t`,
  },
  {
    name: 'a primary key moves to another column, and the foreign key with it',
    model: `
      CREATE TABLE a (id int NOT NULL, code text CONSTRAINT a_key PRIMARY KEY);
      CREATE TABLE b (id int, a_code text, CONSTRAINT b_a FOREIGN KEY (a_code) REFERENCES a (code))`,
    production: `
      CREATE TABLE a (id int CONSTRAINT a_key PRIMARY KEY, code text);
      CREATE TABLE b (id int, a_code text, CONSTRAINT b_a FOREIGN KEY (id) REFERENCES a (id))`,
  },
  {
    name: 'a unique constraint that a foreign key needs is deferrable on one side',
    model: `
      CREATE TABLE a (id int, CONSTRAINT a_key UNIQUE (id) INCLUDE (id));
      CREATE TABLE b (a_id int CONSTRAINT b_a REFERENCES a (id))`,
    production: `
      CREATE TABLE a (id int, CONSTRAINT a_key UNIQUE (id));
      CREATE TABLE b (a_id int CONSTRAINT b_a REFERENCES a (id))`,
  },
  {
    name: 'names that quote_ident has to quote',
    model: `
      CREATE SCHEMA "my ""schema""";
      CREATE TYPE "my ""schema"""."en um" AS ENUM ('it''s', 'a\\b', '🙂', E'new\\nline');
      CREATE TABLE "my ""schema"""."select" ("from" "my ""schema"""."en um" DEFAULT 'it''s', "a.b" int, "🙂<b>" text NOT NULL, "c;--" text);
      CREATE TABLE "user" ("order" int CONSTRAINT "primary" PRIMARY KEY, "Group" serial);
      CREATE UNIQUE INDEX "in""dex" ON "my ""schema"""."select" ("a.b", "🙂<b>");
      CREATE VIEW "v iew" AS SELECT "a.b" AS "x y" FROM "my ""schema"""."select";
      CREATE FUNCTION "f(x)"("a b" "my ""schema"""."en um") RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN '$body$' || '$$ '; END $$;
      CREATE POLICY "p""ol" ON "user" USING ("order" > 0);
      CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE TRIGGER "tr ig" BEFORE UPDATE OF "order" ON "user" FOR EACH ROW EXECUTE FUNCTION touch()`
      .replace('$$ BEGIN RETURN', '$x$ BEGIN RETURN')
      .replace("'$$ '; END $$", "'$$ '; END $x$"),
    production: `CREATE TABLE "user" ("order" bigint, "Old" int)`,
  },
  {
    name: 'partitions: a level more, a default partition, own defaults',
    model: `
      CREATE TABLE log (id bigint NOT NULL, at date NOT NULL, area text DEFAULT 'x', PRIMARY KEY (id, at, area)) PARTITION BY RANGE (at);
      CREATE INDEX log_area ON log (area);
      CREATE TABLE log_1 PARTITION OF log (area DEFAULT 'y') FOR VALUES FROM ('2020-01-01') TO ('2021-01-01') PARTITION BY LIST (area);
      CREATE TABLE log_1_a PARTITION OF log_1 FOR VALUES IN ('a');
      CREATE TABLE log_rest PARTITION OF log DEFAULT;
      CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE TRIGGER log_touch AFTER INSERT ON log FOR EACH ROW EXECUTE FUNCTION touch()`,
    production: `
      CREATE TABLE log (id bigint NOT NULL, at date NOT NULL, area text DEFAULT 'x', PRIMARY KEY (id, at, area)) PARTITION BY RANGE (at);
      CREATE TABLE log_rest PARTITION OF log DEFAULT`,
  },
  {
    name: 'a partitioned table gains its primary key and a unique constraint',
    model: `
      CREATE TABLE log (id bigint NOT NULL, at date NOT NULL, PRIMARY KEY (id, at), CONSTRAINT log_at UNIQUE (at, id)) PARTITION BY RANGE (at);
      CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
      CREATE TABLE log_2 PARTITION OF log FOR VALUES FROM ('2021-01-01') TO ('2022-01-01')`,
    production: `
      CREATE TABLE log (id bigint NOT NULL, at date NOT NULL) PARTITION BY RANGE (at);
      CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
      CREATE TABLE log_2 PARTITION OF log FOR VALUES FROM ('2021-01-01') TO ('2022-01-01')`,
  },
  {
    name: 'an inheritance tree grows a level',
    model: `
      CREATE TABLE animal (name text NOT NULL DEFAULT '?', legs int CHECK (legs > 0));
      CREATE TABLE dog (breed text) INHERITS (animal);
      ALTER TABLE dog ALTER legs SET DEFAULT 4;
      CREATE TABLE puppy (age int, name text) INHERITS (dog)`,
    production: `CREATE TABLE animal (name text NOT NULL DEFAULT '?')`,
  },
  {
    name: 'everything that a table can have',
    model: `
      CREATE UNLOGGED TABLE t (
        id bigint GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME numbers START WITH 7 INCREMENT BY -1 MINVALUE -100 MAXVALUE 10 CACHE 5 CYCLE),
        note text COLLATE "C" DEFAULT 'it''s', up text GENERATED ALWAYS AS (upper(note)) STORED,
        CONSTRAINT t_pk PRIMARY KEY (id) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT t_u UNIQUE (note) WITH (fillfactor = 70)
      ) WITH (fillfactor = 60, autovacuum_enabled = false, toast.autovacuum_enabled = false);
      ALTER TABLE t ALTER note SET STATISTICS 100, ALTER note SET (n_distinct = 5), ALTER note SET STORAGE external;
      ALTER TABLE t ADD CONSTRAINT unchecked CHECK (note <> 'x') NOT VALID;
      ALTER TABLE t CLUSTER ON t_u;
      CREATE UNIQUE INDEX t_identity ON t (id, (note || '') ) WHERE note IS NOT NULL;
      CREATE UNIQUE INDEX t_ids ON t (id);
      ALTER TABLE t REPLICA IDENTITY USING INDEX t_ids;
      ALTER INDEX t_identity ALTER COLUMN 2 SET STATISTICS 50;
      ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY p ON t AS RESTRICTIVE FOR UPDATE TO CURRENT_USER USING (true) WITH CHECK (note > 'a')`,
    production: `SELECT 1`,
  },
  {
    name: 'types that use each other',
    model: `
      CREATE DOMAIN amount AS numeric(10, 2) DEFAULT 0 NOT NULL CONSTRAINT positive CHECK (VALUE >= 0);
      CREATE TYPE money_pair AS (a amount, b text COLLATE "C");
      CREATE TYPE pairs AS (list money_pair[], other int);
      CREATE TYPE spans AS RANGE (subtype = date);
      CREATE TABLE t (p pairs, s spans, a amount[])`,
    production: `SELECT 1`,
  },
  {
    name: 'columns of every awkward conversion',
    model: `CREATE TABLE t (a integer, b boolean, c integer[], d jsonb, e date, f numeric(5, 1), g text, h uuid, i timestamptz, j character(3), k text[], l interval)`,
    production: `CREATE TABLE t (a text, b integer, c text[], d text, e timestamptz, f numeric(8, 4), g integer, h text, i bigint, j text, k text, l integer)`,
  },
  {
    name: 'a generated column follows another one, and is indexed',
    model: `CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 2) STORED); CREATE INDEX t_b ON t (b); CREATE VIEW v AS SELECT b FROM t`,
    production: `CREATE TABLE t (a int, b int); CREATE INDEX t_b ON t (b); CREATE VIEW v AS SELECT b FROM t`,
  },
  {
    name: 'a column and everything about it moves to another table',
    model: `
      CREATE TABLE a (id int PRIMARY KEY);
      CREATE TABLE b (id int PRIMARY KEY, code text NOT NULL DEFAULT 'x' CONSTRAINT code_known CHECK (code <> ''), CONSTRAINT code_once UNIQUE (code));
      CREATE INDEX code_idx ON b (lower(code));
      CREATE VIEW codes AS SELECT code FROM b`,
    production: `
      CREATE TABLE a (id int PRIMARY KEY, code text NOT NULL DEFAULT 'x' CONSTRAINT code_known CHECK (code <> ''), CONSTRAINT code_once UNIQUE (code));
      CREATE INDEX code_idx ON a (lower(code));
      CREATE TABLE b (id int PRIMARY KEY);
      CREATE VIEW codes AS SELECT code FROM a`,
  },
  {
    name: 'kinds of objects that trade places under one name',
    model: `CREATE TABLE x (a int); CREATE VIEW y AS SELECT 1 AS a; CREATE TYPE z AS ENUM ('a'); CREATE MATERIALIZED VIEW w AS SELECT 1 AS a; CREATE SEQUENCE s`,
    production: `CREATE VIEW x AS SELECT 1 AS a; CREATE TABLE y (a int); CREATE SEQUENCE z; CREATE TABLE s (a int); CREATE TYPE w AS (a int)`,
  },
  {
    name: 'functions with everything that can be said about one',
    model: `
      CREATE FUNCTION f(a int, OUT b int, VARIADIC c text[] DEFAULT '{}') LANGUAGE plpgsql STABLE STRICT SECURITY DEFINER PARALLEL SAFE COST 7
        SET search_path TO public, "Odd ""Name", '' SET work_mem TO '8MB' SET "my.setting" TO 'it''s' AS $f$ BEGIN b := a; END $f$;
      CREATE FUNCTION g() RETURNS TABLE (x int, y text) LANGUAGE sql ROWS 5 LEAKPROOF AS 'SELECT 1, ''$$'''; 
      CREATE PROCEDURE p(IN a int, INOUT b text DEFAULT 'x, DEFAULT y') LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN END';
      CREATE FUNCTION defaults(a int DEFAULT 1, b text DEFAULT 'a, b') RETURNS int LANGUAGE sql AS 'SELECT 1';
      CREATE VIEW uses AS SELECT defaults() AS d`,
    production: `
      CREATE FUNCTION g() RETURNS TABLE (x int) LANGUAGE sql AS 'SELECT 1'; 
      CREATE FUNCTION defaults(a int DEFAULT 2, b text DEFAULT 'a') RETURNS int LANGUAGE sql AS 'SELECT 1';
      CREATE VIEW uses AS SELECT defaults() AS d`,
  },
  {
    name: 'columns of partitioned and inherited tables take no nulls',
    model: `
      CREATE TABLE log (id bigint, note text NOT NULL) PARTITION BY LIST (id);
      CREATE TABLE log_1 PARTITION OF log FOR VALUES IN (1);
      CREATE TABLE log_2 PARTITION OF log (id NOT NULL) FOR VALUES IN (2);
      CREATE TABLE a (x text NOT NULL); CREATE TABLE b () INHERITS (a)`,
    production: `
      CREATE TABLE log (id bigint, note text) PARTITION BY LIST (id);
      CREATE TABLE log_1 PARTITION OF log FOR VALUES IN (1);
      CREATE TABLE log_2 PARTITION OF log FOR VALUES IN (2);
      CREATE TABLE a (x text); CREATE TABLE b () INHERITS (a)`,
  },
  {
    name: 'NOT NULL constraints with names of their own',
    since: 18,
    model: `
      CREATE TABLE t (a int CONSTRAINT "a there" NOT NULL, b int NOT NULL, c int CONSTRAINT c_there NOT NULL);
      ALTER TABLE t ADD d int, ADD CONSTRAINT later NOT NULL d NOT VALID`,
    production: `CREATE TABLE t (a int, b int CONSTRAINT b_there NOT NULL, c int CONSTRAINT other NOT NULL, d int)`,
  },
  {
    name: 'a virtual generated column',
    since: 18,
    model: `CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 1) VIRTUAL, c int GENERATED ALWAYS AS (a + 1) VIRTUAL)`,
    production: `CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 2) VIRTUAL)`,
  },
  {
    name: 'a table joins a partitioned one, with its indexes, keys, foreign keys and triggers',
    model: `
      CREATE TABLE area (id int PRIMARY KEY);
      CREATE TABLE log (id int PRIMARY KEY, area int CONSTRAINT log_area_fk REFERENCES area (id), note text) PARTITION BY LIST (id);
      CREATE INDEX log_note ON log (note);
      CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE TRIGGER log_touch AFTER INSERT ON log FOR EACH ROW EXECUTE FUNCTION touch();
      CREATE TABLE log_1 PARTITION OF log FOR VALUES IN (1);
      CREATE TABLE log_2 PARTITION OF log FOR VALUES IN (2)`,
    production: `
      CREATE TABLE area (id int PRIMARY KEY);
      CREATE TABLE log (id int PRIMARY KEY, area int CONSTRAINT log_area_fk REFERENCES area (id), note text) PARTITION BY LIST (id);
      CREATE INDEX log_note ON log (note);
      CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE TRIGGER log_touch AFTER INSERT ON log FOR EACH ROW EXECUTE FUNCTION touch();
      CREATE TABLE log_1 PARTITION OF log FOR VALUES IN (1);
      CREATE TABLE log_2 (id int NOT NULL CONSTRAINT log_2_pkey PRIMARY KEY, area int, note text)`,
  },
  {
    name: 'a foreign key and a changed index of a partitioned table',
    model: `
      CREATE TABLE area (id int PRIMARY KEY);
      CREATE TABLE log (id int, area int CONSTRAINT log_area_fk REFERENCES area (id) ON DELETE CASCADE, note text) PARTITION BY LIST (id);
      CREATE TABLE log_1 PARTITION OF log FOR VALUES IN (1);
      CREATE INDEX log_note ON log (note, id);
      CREATE UNIQUE INDEX log_id ON log (id)`,
    production: `
      CREATE TABLE area (id int PRIMARY KEY);
      CREATE TABLE log (id int, area int CONSTRAINT log_area_fk REFERENCES area (id), note text) PARTITION BY LIST (id);
      CREATE TABLE log_1 PARTITION OF log FOR VALUES IN (1);
      CREATE INDEX log_note ON log (note);
      CREATE INDEX log_id ON log (id)`,
  },
  {
    name: 'foreign tables and their options',
    model: `
      CREATE FOREIGN DATA WRAPPER remote;
      CREATE SERVER archive FOREIGN DATA WRAPPER remote;
      CREATE FOREIGN TABLE a (id int OPTIONS (column_name 'ID') NOT NULL, note text DEFAULT 'x', CHECK (id > 0)) SERVER archive OPTIONS (table_name 'it''s');
      CREATE FOREIGN TABLE b (id int, later text OPTIONS (column_name 'L')) SERVER archive OPTIONS (schema_name 's')`,
    production: `
      CREATE FOREIGN DATA WRAPPER remote;
      CREATE SERVER archive FOREIGN DATA WRAPPER remote;
      CREATE FOREIGN TABLE b (id int NOT NULL) SERVER archive OPTIONS (table_name 't')`,
  },
  {
    name: 'an index that is replaced identifies rows, sorts them and is pointed at',
    model: `
      CREATE TABLE a (id int NOT NULL, x int NOT NULL);
      CREATE UNIQUE INDEX a_id ON a (id) INCLUDE (x);
      CREATE TABLE b (a_id int CONSTRAINT b_a REFERENCES a (id));
      ALTER TABLE a CLUSTER ON a_id`,
    production: `
      CREATE TABLE a (id int NOT NULL, x int NOT NULL);
      CREATE UNIQUE INDEX a_id ON a (id);
      CREATE TABLE b (a_id int CONSTRAINT b_a REFERENCES a (id));
      ALTER TABLE a CLUSTER ON a_id`,
  },
  {
    name: 'rules of inheritance, order of columns and everything else at once',
    model: `
      CREATE TYPE mood AS ENUM ('bad', 'fair', 'good', 'best');
      CREATE TABLE a (id bigserial PRIMARY KEY, mood mood DEFAULT 'fair', gone_since timestamptz);
      CREATE VIEW gone AS SELECT id, mood FROM a WHERE gone_since IS NOT NULL;
      CREATE FUNCTION moods() RETURNS SETOF gone LANGUAGE sql AS 'SELECT * FROM gone';
      CREATE VIEW again AS SELECT mood FROM moods()`,
    production: `
      CREATE TYPE mood AS ENUM ('bad', 'good');
      CREATE TABLE a (id serial PRIMARY KEY, gone_since timestamp, mood mood);
      CREATE VIEW gone AS SELECT id, mood FROM a WHERE gone_since IS NOT NULL;
      CREATE FUNCTION moods() RETURNS SETOF gone LANGUAGE sql AS 'SELECT * FROM gone';
      CREATE VIEW again AS SELECT mood FROM moods()`,
  },
  {
    name: 'a table became partitioned, with indexes, keys, a trigger and a view on it',
    model: `
      CREATE TABLE log (id bigint NOT NULL, at date NOT NULL, area text, CONSTRAINT log_pkey PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
      CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
      CREATE TABLE log_2 PARTITION OF log FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
      CREATE INDEX log_area ON log (area);
      CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE TRIGGER log_touch AFTER INSERT ON log FOR EACH ROW EXECUTE FUNCTION touch();
      CREATE VIEW recent AS SELECT id, area FROM log`,
    production: `
      CREATE TABLE log (id bigint NOT NULL, at date NOT NULL, CONSTRAINT log_pkey PRIMARY KEY (id));
      CREATE TABLE log_2 (id bigint NOT NULL, at date NOT NULL)`,
  },
  {
    name: 'a partition leaves and another one joins, for the same rows',
    model: `
      CREATE TABLE log (id int NOT NULL, note text) PARTITION BY LIST (id);
      CREATE INDEX log_note ON log (note);
      CREATE TABLE log_old (id int NOT NULL, note text);
      CREATE TABLE log_new PARTITION OF log FOR VALUES IN (1)`,
    production: `
      CREATE TABLE log (id int NOT NULL, note text) PARTITION BY LIST (id);
      CREATE INDEX log_note ON log (note);
      CREATE TABLE log_old PARTITION OF log FOR VALUES IN (1);
      CREATE TABLE log_new (id int NOT NULL, note text)`,
  },
  {
    name: 'a surplus partition, and an index that its own index is in the way of',
    model: `
      CREATE TABLE log (id int NOT NULL, note text) PARTITION BY LIST (id);
      CREATE TABLE log_1 PARTITION OF log FOR VALUES IN (1);
      CREATE INDEX wanted ON log (note)`,
    production: `
      CREATE TABLE log (id int NOT NULL, note text) PARTITION BY LIST (id);
      CREATE TABLE log_1 PARTITION OF log FOR VALUES IN (1);
      CREATE TABLE surplus PARTITION OF log FOR VALUES IN (2);
      CREATE INDEX wanted ON surplus (note)`,
  },
  {
    name: 'triggers of partitions that were switched off one by one',
    model: `
      CREATE TABLE log (id int NOT NULL) PARTITION BY LIST (id);
      CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE TABLE log_1 PARTITION OF log FOR VALUES IN (1);
      CREATE TABLE log_2 PARTITION OF log FOR VALUES IN (2);
      CREATE TRIGGER log_touch AFTER INSERT ON log FOR EACH ROW EXECUTE FUNCTION touch();
      ALTER TABLE log_2 DISABLE TRIGGER log_touch`,
    production: `
      CREATE TABLE log (id int NOT NULL) PARTITION BY LIST (id);
      CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE TABLE log_1 PARTITION OF log FOR VALUES IN (1);
      CREATE TABLE log_2 PARTITION OF log FOR VALUES IN (2)`,
  },
  {
    name: 'owners, grants and comments, and what has to be made again with them',
    model: `
      CREATE TABLE t (a int, b bigint); CREATE VIEW v AS SELECT b FROM t; CREATE MATERIALIZED VIEW m AS SELECT b FROM v;
      CREATE INDEX m_b ON m (b); CREATE FUNCTION f(x bigint) RETURNS bigint LANGUAGE sql AS 'SELECT x';
      CREATE TYPE pair AS (a int); CREATE DOMAIN d AS int; CREATE SEQUENCE s;
      GRANT SELECT ON v, m TO pg_monitor WITH GRANT OPTION; GRANT UPDATE (b) ON v TO PUBLIC; GRANT USAGE ON SEQUENCE s TO pg_monitor;
      REVOKE ALL ON FUNCTION f FROM PUBLIC; REVOKE ALL ON TYPE pair FROM PUBLIC; GRANT USAGE ON DOMAIN d TO pg_monitor;
      COMMENT ON VIEW v IS 'it''s'; COMMENT ON COLUMN v.b IS 'b'; COMMENT ON INDEX m_b IS 'i'; COMMENT ON TYPE pair IS 'p';
      COMMENT ON COLUMN pair.a IS 'a'; COMMENT ON FUNCTION f IS 'f'; ALTER SEQUENCE s OWNER TO pg_monitor;
      REVOKE INSERT ON t FROM CURRENT_USER`,
    production: `
      CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT b FROM t; CREATE MATERIALIZED VIEW m AS SELECT b FROM v;
      CREATE INDEX m_b ON m (b); CREATE FUNCTION f(x bigint) RETURNS bigint LANGUAGE sql AS 'SELECT x';
      GRANT SELECT ON v TO PUBLIC; GRANT INSERT ON t TO pg_monitor; ALTER TABLE t OWNER TO pg_signal_backend;
      ALTER FUNCTION f OWNER TO pg_signal_backend; COMMENT ON TABLE t IS 'old'`,
  },
];
