-- change: an aggregate is gone
-- drift: missing aggregate public.product(numeric)
DROP AGGREGATE product(numeric);

-- change: an aggregate too many
-- drift: unexpected aggregate public.spare(integer)
CREATE AGGREGATE spare(integer) (SFUNC = int4larger, STYPE = integer);

-- change: another transition function
-- drift: changed aggregate public.spare(numeric) transition
CREATE AGGREGATE spare(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1');
-- production:
DROP AGGREGATE spare(numeric);
CREATE AGGREGATE spare(numeric) (SFUNC = numeric_add, STYPE = numeric, INITCOND = '1');

-- change: another initial state
-- drift: changed aggregate public.spare(numeric) initialValue
CREATE AGGREGATE spare(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1');
-- production:
DROP AGGREGATE spare(numeric);
CREATE AGGREGATE spare(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '0');

-- change: another size of the state
-- drift: changed aggregate public.spare(numeric) stateSpace
CREATE AGGREGATE spare(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1');
-- production:
DROP AGGREGATE spare(numeric);
CREATE AGGREGATE spare(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1', SSPACE = 100);

-- change: a final function
-- drift: changed aggregate public.spare(numeric) final
CREATE AGGREGATE spare(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1');
-- production:
DROP AGGREGATE spare(numeric);
CREATE AGGREGATE spare(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1', FINALFUNC = numeric_abs);

-- change: a final function with extra arguments
-- drift: changed aggregate public.spare(numeric) final
-- drift: changed aggregate public.spare(numeric) finalExtra
CREATE FUNCTION spare_step(numeric, numeric) RETURNS numeric LANGUAGE sql AS 'SELECT $1 + $2';
CREATE FUNCTION spare_final(numeric) RETURNS numeric LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION spare_final(numeric, numeric) RETURNS numeric LANGUAGE sql AS 'SELECT $1';
CREATE AGGREGATE spare(numeric) (SFUNC = spare_step, STYPE = numeric, FINALFUNC = spare_final);
-- production:
DROP AGGREGATE spare(numeric);
CREATE AGGREGATE spare(numeric) (SFUNC = spare_step, STYPE = numeric, FINALFUNC = spare_final, FINALFUNC_EXTRA);

-- change: a final function that changes the state
-- drift: changed aggregate public.spare(numeric) finalModify
CREATE AGGREGATE spare(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1', FINALFUNC = numeric_abs);
-- production:
DROP AGGREGATE spare(numeric);
CREATE AGGREGATE spare(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1', FINALFUNC = numeric_abs, FINALFUNC_MODIFY = READ_WRITE);

-- change: partial aggregation
-- drift: changed aggregate public.spare(numeric) combine
CREATE AGGREGATE spare(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1');
-- production:
DROP AGGREGATE spare(numeric);
CREATE AGGREGATE spare(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1', COMBINEFUNC = numeric_mul);

-- change: a sort operator
-- drift: changed aggregate public.spare(numeric) sortOperator
CREATE AGGREGATE spare(numeric) (SFUNC = numeric_larger, STYPE = numeric);
-- production:
DROP AGGREGATE spare(numeric);
CREATE AGGREGATE spare(numeric) (SFUNC = numeric_larger, STYPE = numeric, SORTOP = >);

-- change: safe in parallel queries
-- drift: changed aggregate public.spare(numeric) parallel
CREATE AGGREGATE spare(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1');
-- production:
DROP AGGREGATE spare(numeric);
CREATE AGGREGATE spare(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1', PARALLEL = SAFE);

-- change: another state and result
-- drift: changed aggregate public.spare(integer) result
-- drift: changed aggregate public.spare(integer) stateType
-- drift: changed aggregate public.spare(integer) transition
CREATE FUNCTION int8_plus(bigint, integer) RETURNS bigint LANGUAGE sql AS 'SELECT $1 + $2';
CREATE AGGREGATE spare(integer) (SFUNC = int4larger, STYPE = integer);
-- production:
DROP AGGREGATE spare(integer);
CREATE AGGREGATE spare(integer) (SFUNC = int8_plus, STYPE = bigint);

-- change: a moving form
-- drift: changed aggregate public.spare(numeric) movingTransition
CREATE AGGREGATE spare(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1');
-- production:
DROP AGGREGATE spare(numeric);
CREATE AGGREGATE spare(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1', MSFUNC = numeric_add, MINVFUNC = numeric_sub, MSTYPE = numeric);

-- change: another moving transition function
-- drift: changed aggregate public.spare(numeric) movingTransition
CREATE AGGREGATE spare(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1', MSFUNC = numeric_add, MINVFUNC = numeric_sub, MSTYPE = numeric);
-- production:
DROP AGGREGATE spare(numeric);
CREATE AGGREGATE spare(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1', MSFUNC = numeric_mul, MINVFUNC = numeric_sub, MSTYPE = numeric);

-- change: another inverse function
-- drift: changed aggregate public.spare(numeric) movingInverse
CREATE AGGREGATE spare(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1', MSFUNC = numeric_add, MINVFUNC = numeric_sub, MSTYPE = numeric);
-- production:
DROP AGGREGATE spare(numeric);
CREATE AGGREGATE spare(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1', MSFUNC = numeric_add, MINVFUNC = numeric_div, MSTYPE = numeric);

-- change: another moving initial state
-- drift: changed aggregate public.spare(numeric) movingInitialValue
CREATE AGGREGATE spare(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1', MSFUNC = numeric_add, MINVFUNC = numeric_sub, MSTYPE = numeric);
-- production:
DROP AGGREGATE spare(numeric);
CREATE AGGREGATE spare(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1', MSFUNC = numeric_add, MINVFUNC = numeric_sub, MSTYPE = numeric, MINITCOND = '0');

-- change: another size of the moving state
-- drift: changed aggregate public.spare(numeric) movingStateSpace
CREATE AGGREGATE spare(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1', MSFUNC = numeric_add, MINVFUNC = numeric_sub, MSTYPE = numeric);
-- production:
DROP AGGREGATE spare(numeric);
CREATE AGGREGATE spare(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1', MSFUNC = numeric_add, MINVFUNC = numeric_sub, MSTYPE = numeric, MSSPACE = 64);

-- change: a moving final function
-- drift: changed aggregate public.spare(numeric) movingFinal
CREATE AGGREGATE spare(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1', MSFUNC = numeric_add, MINVFUNC = numeric_sub, MSTYPE = numeric);
-- production:
DROP AGGREGATE spare(numeric);
CREATE AGGREGATE spare(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1', MSFUNC = numeric_add, MINVFUNC = numeric_sub, MSTYPE = numeric, MFINALFUNC = numeric_abs);

-- change: a moving final function that changes the state
-- drift: changed aggregate public.spare(numeric) movingFinalModify
CREATE AGGREGATE spare(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1', MSFUNC = numeric_add, MINVFUNC = numeric_sub, MSTYPE = numeric, MFINALFUNC = numeric_abs);
-- production:
DROP AGGREGATE spare(numeric);
CREATE AGGREGATE spare(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1', MSFUNC = numeric_add, MINVFUNC = numeric_sub, MSTYPE = numeric, MFINALFUNC = numeric_abs, MFINALFUNC_MODIFY = READ_WRITE);

-- change: a moving final function with extra arguments
-- drift: changed aggregate public.spare(numeric) movingFinal
-- drift: changed aggregate public.spare(numeric) movingFinalExtra
CREATE FUNCTION spare_final(numeric) RETURNS numeric LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION spare_final(numeric, numeric) RETURNS numeric LANGUAGE sql AS 'SELECT $1';
CREATE AGGREGATE spare(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1', MSFUNC = numeric_add, MINVFUNC = numeric_sub, MSTYPE = numeric, MFINALFUNC = spare_final);
-- production:
DROP AGGREGATE spare(numeric);
CREATE AGGREGATE spare(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1', MSFUNC = numeric_add, MINVFUNC = numeric_sub, MSTYPE = numeric, MFINALFUNC = spare_final, MFINALFUNC_EXTRA);

-- change: another moving state
-- drift: changed aggregate public.spare(integer) movingFinal
-- drift: changed aggregate public.spare(integer) movingInverse
-- drift: changed aggregate public.spare(integer) movingStateType
-- drift: changed aggregate public.spare(integer) movingTransition
CREATE FUNCTION plus8(bigint, integer) RETURNS bigint LANGUAGE sql AS 'SELECT $1 + $2';
CREATE FUNCTION plus8(numeric, integer) RETURNS numeric LANGUAGE sql AS 'SELECT $1 + $2';
CREATE FUNCTION as_text(bigint) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION as_text(numeric) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE spare(integer) (SFUNC = int4pl, STYPE = integer, MSFUNC = plus8, MINVFUNC = plus8, MSTYPE = bigint, MFINALFUNC = as_text);
-- production:
DROP AGGREGATE spare(integer);
CREATE AGGREGATE spare(integer) (SFUNC = int4pl, STYPE = integer, MSFUNC = plus8, MINVFUNC = plus8, MSTYPE = numeric, MFINALFUNC = as_text);

-- change: the state is sent between processes
-- drift: changed aggregate public.spare(numeric) combine
-- drift: changed aggregate public.spare(numeric) deserialize
-- drift: changed aggregate public.spare(numeric) serialize
CREATE AGGREGATE spare(numeric) (SFUNC = numeric_avg_accum, STYPE = internal, FINALFUNC = numeric_avg);
-- production:
DROP AGGREGATE spare(numeric);
CREATE AGGREGATE spare(numeric) (SFUNC = numeric_avg_accum, STYPE = internal, FINALFUNC = numeric_avg,
  COMBINEFUNC = numeric_avg_combine, SERIALFUNC = numeric_avg_serialize, DESERIALFUNC = numeric_avg_deserialize);

-- change: an argument has another name
-- drift: changed aggregate public.spare(numeric) arguments
CREATE AGGREGATE spare(a numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1');
-- production:
DROP AGGREGATE spare(numeric);
CREATE AGGREGATE spare(b numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1');

-- change: an ordered-set aggregate became a hypothetical-set one
-- drift: changed aggregate public.spare(integer, integer) form
CREATE FUNCTION spare_step(integer, integer) RETURNS integer LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION spare_end(integer, integer) RETURNS integer LANGUAGE sql AS 'SELECT $1';
CREATE AGGREGATE spare(integer ORDER BY integer) (SFUNC = spare_step, STYPE = integer, FINALFUNC = spare_end);
-- production:
UPDATE pg_aggregate SET aggkind = 'h' WHERE aggfnoid::oid = 'spare(integer, integer)'::regprocedure;
