// Functions, procedures and aggregates, each named by its input types. Printing a body in standard SQL form locks the
// relations in it until the transaction ends, so this family comes late.
import { comment, commentOn, grants, owner } from './access.ts';
import { type Family, firstOid, named, notLocked, notOfExtension, schemas, settingsObject } from './family.ts';

/** The constructors that PostgreSQL makes with a range type are a part of that type. */
const routines = `(
  SELECT p.*, n.name AS schema, n.name || '.' || quote_ident(p.proname) || '(' || oidvectortypes(p.proargtypes) || ')' AS id
  FROM pg_proc p
  JOIN ${schemas} n ON n.oid = p.pronamespace
  WHERE ${notLocked('lockedRoutines', 'p.oid')} AND ${notOfExtension('pg_proc', 'p.oid')}
    AND p.oid NOT IN (
      SELECT objid FROM pg_depend
      WHERE refclassid = 'pg_type'::regclass AND deptype = 'i' AND classid = 'pg_proc'::regclass
    )
)`;

/** A base type and the functions that read and write it need each other; that they go with it is what is told. */
const baseTypes = `CASE WHEN p.prorettype >= ${firstOid} OR ${firstOid} <= ANY (p.proargtypes) THEN (
    SELECT json_agg('base type ' || quote_ident(tn.nspname) || '.' || quote_ident(t.typname))
    FROM pg_type t JOIN pg_namespace tn ON tn.oid = t.typnamespace
    WHERE (t.oid = p.prorettype OR t.oid = ANY (p.proargtypes)) AND t.typtype = 'b' AND t.typinput <> 'array_in'::regproc
  ) END`;

const parallel = `CASE p.proparallel WHEN 's' THEN 'safe' WHEN 'r' THEN 'restricted' ELSE 'unsafe' END`;

const access = `${owner('p.proowner')}, ${grants('routine', 'p')}, ${comment}`;

export const routineFamily: Family = (major) => `
SELECT CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END AS kind, p.id, 'schema ' || p.schema AS parent,
  ${baseTypes} AS needs,
  pg_get_function_arguments(p.oid) AS arguments,
  pg_get_function_result(p.oid) AS result,
  quote_ident(l.lanname) AS language,
  CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END AS volatility,
  ${parallel} AS parallel,
  p.proisstrict AS strict,
  p.prosecdef AS "securityDefiner",
  p.proleakproof AS leakproof,
  p.procost AS cost,
  CASE WHEN p.proretset THEN p.prorows END AS rows,
  CASE WHEN p.prokind <> 'p' THEN p.prokind = 'w' END AS "window",
  ${named('p.prosupport', 'regprocedure')} AS support,
  ${settingsObject('p.proconfig')} AS configuration,
  (SELECT json_agg(format_type(t.oid, NULL) ORDER BY t.place)
      FROM unnest(p.protrftypes) WITH ORDINALITY AS t (oid, place)) AS transforms,
  ${major >= 14 ? 'CASE WHEN p.prosqlbody IS NULL THEN p.prosrc END' : 'p.prosrc'} AS body,
  ${major >= 14 ? 'CASE WHEN p.prosqlbody IS NOT NULL THEN pg_get_function_sqlbody(p.oid) END' : 'NULL'} AS "sqlBody",
  p.probin AS library,
  ${access}
FROM ${routines} p
JOIN pg_language l ON l.oid = p.prolang
${commentOn('pg_proc', 'p.oid')}
WHERE p.prokind <> 'a'`;

const modify = (letter: string): string =>
  `CASE ${letter} WHEN 'r' THEN 'read_only' WHEN 's' THEN 'shareable' ELSE 'read_write' END`;

export const aggregateFamily: Family = () => `
SELECT 'aggregate' AS kind, p.id, 'schema ' || p.schema AS parent, NULL AS needs,
  pg_get_function_arguments(p.oid) AS arguments,
  CASE a.aggkind WHEN 'n' THEN 'normal' WHEN 'o' THEN 'ordered-set' ELSE 'hypothetical-set' END AS form,
  pg_get_function_result(p.oid) AS result,
  ${parallel} AS parallel,
  ${named('a.aggtransfn', 'regprocedure')} AS transition,
  format_type(a.aggtranstype, NULL) AS "stateType",
  a.aggtransspace AS "stateSpace",
  a.agginitval AS "initialValue",
  ${named('a.aggfinalfn', 'regprocedure')} AS final,
  a.aggfinalextra AS "finalExtra",
  ${modify('a.aggfinalmodify')} AS "finalModify",
  ${named('a.aggcombinefn', 'regprocedure')} AS combine,
  ${named('a.aggserialfn', 'regprocedure')} AS serialize,
  ${named('a.aggdeserialfn', 'regprocedure')} AS deserialize,
  ${named('a.aggmtransfn', 'regprocedure')} AS "movingTransition",
  ${named('a.aggminvtransfn', 'regprocedure')} AS "movingInverse",
  ${named('a.aggmtranstype', 'regtype')} AS "movingStateType",
  CASE WHEN a.aggmtransfn <> 0 THEN a.aggmtransspace END AS "movingStateSpace",
  a.aggminitval AS "movingInitialValue",
  ${named('a.aggmfinalfn', 'regprocedure')} AS "movingFinal",
  CASE WHEN a.aggmtransfn <> 0 THEN a.aggmfinalextra END AS "movingFinalExtra",
  CASE WHEN a.aggmtransfn <> 0 THEN ${modify('a.aggmfinalmodify')} END AS "movingFinalModify",
  ${named('a.aggsortop', 'regoperator')} AS "sortOperator",
  ${access}
FROM ${routines} p
JOIN pg_aggregate a ON a.aggfnoid = p.oid
${commentOn('pg_proc', 'p.oid')}
WHERE p.prokind = 'a'`;
