-- change: a policy is gone
-- drift: missing policy public.orders.orders_own
DROP POLICY orders_own ON orders;

-- change: a policy too many
-- drift: unexpected policy public.orders.everything
CREATE POLICY everything ON orders USING (true);

-- change: a policy for another command
-- drift: changed policy public.orders.orders_own command
DROP POLICY orders_own ON orders;
CREATE POLICY orders_own ON orders FOR ALL USING (user_id = (current_setting('app.user', true))::integer);

-- change: a restrictive policy
-- drift: changed policy public.orders.orders_own permissive
DROP POLICY orders_own ON orders;
CREATE POLICY orders_own ON orders AS RESTRICTIVE FOR SELECT USING (user_id = (current_setting('app.user', true))::integer);

-- change: a policy for one role
-- drift: changed policy public.orders.orders_own roles
ALTER POLICY orders_own ON orders TO pg_monitor;

-- change: a policy that shows other rows
-- drift: changed policy public.orders.orders_own using
ALTER POLICY orders_own ON orders USING (true);

-- change: a policy that lets other rows in
-- drift: changed policy public.orders.orders_insert check
ALTER POLICY orders_insert ON orders WITH CHECK (amount >= 0);
