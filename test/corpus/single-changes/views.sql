-- change: a view is gone, with its columns
-- drift: missing view public.order_totals
DROP VIEW order_totals;

-- change: a view too many
-- drift: unexpected view public.spare
CREATE VIEW spare AS SELECT 1 AS one;

-- change: a view of other rows
-- drift: changed view public.active_users definition
CREATE OR REPLACE VIEW active_users AS SELECT id, login, score FROM users WHERE status <> 'gone';

-- change: a view with a column more
-- drift: changed view public.active_users definition
-- drift: unexpected column public.active_users.born
CREATE OR REPLACE VIEW active_users AS SELECT id, login, score, born FROM users WHERE status = 'active';

-- change: a view with its columns in another order
-- drift: changed view public.spare columnOrder
-- drift: changed view public.spare definition
CREATE VIEW spare AS SELECT 1 AS a, 2 AS b;
-- production:
DROP VIEW spare;
CREATE VIEW spare AS SELECT 2 AS b, 1 AS a;

-- change: a view with another option
-- drift: changed view public.order_totals options
ALTER VIEW order_totals RESET (security_barrier);

-- change: a view that refuses rows that it would not show
-- drift: changed view public.active_users options
ALTER VIEW active_users SET (check_option = local);

-- change: a view that reads with the rights of its reader
-- since: 15
-- drift: changed view public.active_users options
ALTER VIEW active_users SET (security_invoker = true);

-- change: a table in place of a view
-- drift: unexpected table public.active_users
-- drift: missing view public.active_users
DROP VIEW active_users;
CREATE TABLE active_users (id integer, login character varying(80), score numeric(10, 2));

-- change: a materialized view is gone
-- drift: missing materialized view public.daily_orders
DROP MATERIALIZED VIEW daily_orders;

-- change: a materialized view too many
-- drift: unexpected materialized view public.spare
CREATE MATERIALIZED VIEW spare AS SELECT 1 AS one;

-- change: a materialized view of other rows
-- drift: changed materialized view public.spare definition
CREATE MATERIALIZED VIEW spare AS SELECT id FROM orders;
-- production:
DROP MATERIALIZED VIEW spare;
CREATE MATERIALIZED VIEW spare AS SELECT id FROM orders WHERE amount > 0;

-- change: a materialized view with its columns in another order
-- drift: changed materialized view public.spare columnOrder
-- drift: changed materialized view public.spare definition
CREATE MATERIALIZED VIEW spare AS SELECT 1 AS a, 2 AS b;
-- production:
DROP MATERIALIZED VIEW spare;
CREATE MATERIALIZED VIEW spare AS SELECT 2 AS b, 1 AS a;

-- change: a materialized view that cannot be read yet
-- drift: changed materialized view public.daily_orders populated
REFRESH MATERIALIZED VIEW daily_orders WITH NO DATA;

-- change: a materialized view sorted by an index
-- drift: changed materialized view public.daily_orders clusteredOn
ALTER MATERIALIZED VIEW daily_orders CLUSTER ON daily_orders_day_idx;

-- change: a materialized view with another fill factor
-- drift: changed materialized view public.daily_orders options
ALTER MATERIALIZED VIEW daily_orders SET (fillfactor = 70);

-- change: a materialized view with another TOAST option
-- drift: changed materialized view public.spare toastOptions
CREATE MATERIALIZED VIEW spare AS SELECT note FROM orders;
-- production:
ALTER MATERIALIZED VIEW spare SET (toast.autovacuum_enabled = false);

-- change: a materialized view in another tablespace
-- since: 15
-- drift: changed materialized view public.daily_orders tablespace
ALTER MATERIALIZED VIEW daily_orders SET TABLESPACE spare;

-- change: a materialized view with another access method
-- drift: changed materialized view public.spare accessMethod
CREATE ACCESS METHOD heap_too TYPE TABLE HANDLER heap_tableam_handler;
CREATE MATERIALIZED VIEW spare AS SELECT 1 AS one;
-- production:
DROP MATERIALIZED VIEW spare;
CREATE MATERIALIZED VIEW spare USING heap_too AS SELECT 1 AS one;
