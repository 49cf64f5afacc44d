-- Repairs postgres://db.example.com/app towards model.json. Written by Driftwatch <version>, which never runs it:
-- read it, try it on a copy of production, and run it with psql -X -v ON_ERROR_STOP=1 -f <this file>.
-- 20 statements in the order in which they can run: 9 safe, 9 risky, 2 destructive.
-- 3 of them must not run inside a transaction, and say so: no psql --single-transaction, no BEGIN.
-- Destructive statements are commented out; later ones may need them. --include-destructive leaves them in.

-- 1 of 20, safe: Adds an empty table.
-- for table app.invoices [f8602b97ec]
CREATE TABLE app.invoices (
  id bigint NOT NULL,
  order_id bigint NOT NULL,
  number text NOT NULL,
  issued_on date NOT NULL,
  due_on date,
  sent boolean DEFAULT false NOT NULL,
  remark text,
  CONSTRAINT invoices_number_key UNIQUE (number),
  CONSTRAINT invoices_pkey PRIMARY KEY (id)
);

-- 2 of 20, safe: Takes effect from now on; rows stay as they are.
-- for table app.orders, options [cc7a590bf2]
ALTER TABLE app.orders RESET (fillfactor);

-- 3 of 20, risky: From here on, rows that no policy allows are hidden.
-- for table app.orders, rowSecurity [8461ff8dbc]
ALTER TABLE app.orders ENABLE ROW LEVEL SECURITY;

-- 4 of 20, safe: Counts for rows inserted from now on.
-- for column app.orders.note, default [2477f2fc5f]
ALTER TABLE app.orders ALTER COLUMN note DROP DEFAULT;

-- 5 of 20, risky: May write every row anew while nobody can use the table, and fails on values that do not fit.
-- for column app.users.name, type [166473e66f]
ALTER TABLE app.users ALTER COLUMN name TYPE character varying(255);

-- 6 of 20, safe: Adds a column without touching the rows that are there.
-- for column app.users.api_key_sandbox [8e37c4b135]
ALTER TABLE app.users ADD COLUMN api_key_sandbox character varying(64);

-- 7 of 20, risky: Checks rows written from here on, with a short lock; those that are there are left for VALIDATE.
-- for constraint app.orders.orders_total_check [b4d8df8ad0]
ALTER TABLE app.orders ADD CONSTRAINT orders_total_check CHECK ((total >= (0)::numeric)) NOT VALID;

-- 8 of 20, risky: Reads every row without blocking reads or writes, and fails where one violates it.
-- for constraint app.orders.orders_total_check [b4d8df8ad0]
ALTER TABLE app.orders VALIDATE CONSTRAINT orders_total_check;

-- 9 of 20, safe: Nobody uses it yet.
-- for table app.invoices [f8602b97ec]
CREATE INDEX invoices_due ON app.invoices USING btree (due_on);

-- 10 of 20, safe: Builds it while everybody works on.
-- for index app.orders_open [b82f86cb34]
-- not inside a transaction
CREATE INDEX CONCURRENTLY orders_open ON app.orders USING btree (user_id, placed_at) WHERE (status = 'open'::app.status);

-- 11 of 20, safe: Builds it while everybody works on.
-- for index app.orders_placed, definition [152d953426]
-- not inside a transaction
CREATE INDEX CONCURRENTLY driftwatch_new ON app.orders USING btree (placed_at);

-- 12 of 20, risky: The new one is there.
-- for index app.orders_placed, definition [152d953426]
-- not inside a transaction
DROP INDEX CONCURRENTLY app.orders_placed;

-- 13 of 20, safe: Changes the name only.
-- for index app.orders_placed, definition [152d953426]
ALTER INDEX app.driftwatch_new RENAME TO orders_placed;

-- 14 of 20, safe: Nobody uses it yet.
-- for table app.invoices [f8602b97ec]
ALTER TABLE app.invoices ADD CONSTRAINT invoices_order_id_fkey FOREIGN KEY (order_id) REFERENCES app.orders(id);

-- 15 of 20, risky: Whoever reads it gets other rows at once.
-- for view app.open_orders, definition [8a8025ef83]
CREATE OR REPLACE VIEW app.open_orders AS
SELECT o.id,
    o.user_id,
    u.email,
    o.total,
    o.placed_at
   FROM (app.orders o
     JOIN app.users u ON ((u.id = o.user_id)))
  WHERE ((o.status = 'open'::app.status) AND u.active);

-- 16 of 20, risky: Whatever calls it gets the new behaviour at once.
-- for function app.touch(), body [a8b25fff9b]
CREATE OR REPLACE FUNCTION app.touch()
RETURNS trigger
LANGUAGE plpgsql
AS $$
begin
  if new.note is null then
    new.note := '';
  end if;
  return new;
end
$$;

-- 17 of 20, risky: Counts for every write from here on.
-- for trigger app.orders.touch, enabled [d9e4f9a65b]
ALTER TABLE app.orders ENABLE TRIGGER touch;

-- 18 of 20, risky: Who sees or writes which rows changes at once.
-- for policy app.orders.own, using [164a30400e]
ALTER POLICY own ON app.orders TO PUBLIC USING (user_id = (current_setting('app.user'::text))::bigint);

-- 19 of 20, destructive: Loses what the column holds.
-- for column app.orders.region [ff62e95d71]
-- ALTER TABLE app.orders DROP COLUMN region;

-- 20 of 20, destructive: Loses every row in it.
-- for table app.orders_backup_2026 [c4d1d78c47]
-- DROP TABLE app.orders_backup_2026;

-- No statement (1):
-- - enum app.status [dc7936ce3e]: PostgreSQL cannot remove 'refunded': create a new type and change each column to it.
-- Repaired by the statements for something else (1):
-- - index app.orders_placed [e9814b5654]: index app.orders_placed
