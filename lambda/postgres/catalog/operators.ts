// Operators, and the classes and families by which indexes use them. What a class is made of and what was added to its
// family later is one set of rows in the catalog, and which of them a class owns changed between versions: members
// whose left type is the input type of a class are told by the class, the others by the family.
import { comment, commentOn, owner } from './access.ts';
import { type Family, functionKey, named, needsOf, schemas, typeKey, userMade } from './family.ts';

const argument = (type: string): string => `CASE WHEN ${type} = 0 THEN 'NONE' ELSE format_type(${type}, NULL) END`;

export const operatorFamily: Family = () => `
SELECT 'operator' AS kind,
  n.name || '.' || o.oprname || '(' || ${argument('o.oprleft')} || ', ' || ${argument('o.oprright')} || ')' AS id,
  'schema ' || n.name AS parent,
  ${needsOf(functionKey('o.oprcode'), typeKey('o.oprleft'), typeKey('o.oprright'))} AS needs,
  ${named('o.oprcode', 'regprocedure')} AS function,
  format_type(NULLIF(o.oprresult, 0), NULL) AS result,
  ${named('o.oprcom', 'regoperator')} AS commutator,
  ${named('o.oprnegate', 'regoperator')} AS negator,
  ${named('o.oprrest', 'regprocedure')} AS restrict,
  ${named('o.oprjoin', 'regprocedure')} AS "join",
  o.oprcanmerge AS merges,
  o.oprcanhash AS hashes,
  ${owner('o.oprowner')},
  ${comment}
FROM pg_operator o
JOIN ${schemas} n ON n.oid = o.oprnamespace
${commentOn('pg_operator', 'o.oid')}
WHERE ${userMade('pg_operator', 'o.oid')}`;

const operators = (where: string): string => `(
    SELECT json_object_agg(m.amopstrategy || ' (' || format_type(m.amoplefttype, NULL) || ', ' || format_type(m.amoprighttype, NULL) || ')',
      m.amopopr::regoperator::text || CASE WHEN m.amoppurpose = 'o' THEN ' FOR ORDER BY '
        || (SELECT quote_ident(sn.nspname) || '.' || quote_ident(sf.opfname)
            FROM pg_opfamily sf JOIN pg_namespace sn ON sn.oid = sf.opfnamespace WHERE sf.oid = m.amopsortfamily) ELSE '' END)
    FROM pg_amop m WHERE ${where})`;

const functions = (where: string): string => `(
    SELECT json_object_agg(m.amprocnum || ' (' || format_type(m.amproclefttype, NULL) || ', ' || format_type(m.amprocrighttype, NULL) || ')',
      m.amproc::regprocedure::text)
    FROM pg_amproc m WHERE ${where})`;

const outsideClasses = (family: string, leftType: string): string =>
  `${family} = f.oid AND ${leftType} NOT IN (SELECT k.opcintype FROM pg_opclass k WHERE k.opcfamily = f.oid)`;

export const operatorFamilyFamily: Family = () => `
SELECT 'operator family' AS kind, n.name || '.' || quote_ident(f.opfname) || ' USING ' || quote_ident(am.amname) AS id,
  'schema ' || n.name AS parent, NULL AS needs,
  ${operators(outsideClasses('m.amopfamily', 'm.amoplefttype'))} AS operators,
  ${functions(outsideClasses('m.amprocfamily', 'm.amproclefttype'))} AS functions,
  ${owner('f.opfowner')},
  ${comment}
FROM pg_opfamily f
JOIN ${schemas} n ON n.oid = f.opfnamespace
JOIN pg_am am ON am.oid = f.opfmethod
${commentOn('pg_opfamily', 'f.oid')}
WHERE ${userMade('pg_opfamily', 'f.oid')}`;

export const operatorClassFamily: Family = () => `
SELECT 'operator class' AS kind, n.name || '.' || quote_ident(k.opcname) || ' USING ' || quote_ident(am.amname) AS id,
  'schema ' || n.name AS parent,
  ${needsOf(`'operator family ' || family.name || ' USING ' || quote_ident(am.amname)`, typeKey('k.opcintype'))} AS needs,
  family.name AS family,
  format_type(k.opcintype, NULL) AS "inputType",
  CASE WHEN k.opckeytype <> 0 THEN format_type(k.opckeytype, NULL) END AS "storageType",
  k.opcdefault AS "default",
  ${operators('m.amopfamily = k.opcfamily AND m.amoplefttype = k.opcintype')} AS operators,
  ${functions('m.amprocfamily = k.opcfamily AND m.amproclefttype = k.opcintype')} AS functions,
  ${owner('k.opcowner')},
  ${comment}
FROM pg_opclass k
JOIN ${schemas} n ON n.oid = k.opcnamespace
JOIN pg_am am ON am.oid = k.opcmethod
JOIN (
  SELECT f.oid, quote_ident(fn.nspname) || '.' || quote_ident(f.opfname) AS name
  FROM pg_opfamily f
  JOIN pg_namespace fn ON fn.oid = f.opfnamespace
) family ON family.oid = k.opcfamily
${commentOn('pg_opclass', 'k.oid')}
WHERE ${userMade('pg_opclass', 'k.oid')}`;
