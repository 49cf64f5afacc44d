-- change: extended statistics are gone
-- drift: missing statistics object public.users_places
DROP STATISTICS users_places;

-- change: they go with a column
-- drift: missing column public.users.mood
ALTER TABLE users DROP mood;

-- change: extended statistics too many
-- drift: unexpected statistics object public.spare
CREATE STATISTICS spare ON user_id, amount FROM orders;

-- change: of a materialized view
-- drift: unexpected statistics object public.spare
CREATE STATISTICS spare ON day, orders FROM daily_orders;

-- change: other kinds
-- drift: changed statistics object public.users_places kinds
DROP STATISTICS users_places;
CREATE STATISTICS users_places (mcv, ndistinct) ON status, mood FROM users;

-- change: other columns
-- drift: changed statistics object public.users_places columns
DROP STATISTICS users_places;
CREATE STATISTICS users_places (dependencies, ndistinct) ON status, score FROM users;

-- change: the same columns in another order
-- drift: none
DROP STATISTICS users_places;
CREATE STATISTICS users_places (ndistinct, dependencies) ON mood, status FROM users;

-- change: another expression
-- since: 14
-- drift: changed statistics object public.spare expressions
CREATE STATISTICS spare ON user_id, (amount % 10) FROM orders;
-- production:
DROP STATISTICS spare;
CREATE STATISTICS spare ON user_id, (amount % 100) FROM orders;

-- change: of one expression alone
-- since: 14
-- drift: unexpected statistics object public.spare
CREATE STATISTICS spare ON (lower(login)) FROM users;

-- change: in more detail
-- drift: changed statistics object public.users_places statisticsTarget
ALTER STATISTICS users_places SET STATISTICS 500;

-- change: switched off
-- drift: changed statistics object public.users_places statisticsTarget
ALTER STATISTICS users_places SET STATISTICS 0;

-- change: another name
-- drift: changed statistics object public.users_places name
ALTER STATISTICS users_places RENAME TO users_estimates;
