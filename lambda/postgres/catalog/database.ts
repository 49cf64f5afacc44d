// The database itself, and what is set for it and for roles in it. Its name is nobody's model: it appears nowhere.
import { comment, grants, owner, sharedCommentOn } from './access.ts';
import { type Family, openSetting } from './family.ts';
import { concernedRoles, thisDatabase } from './roles.ts';

const locale = (major: number): string => (major >= 17 ? 'd.datlocale' : major >= 15 ? 'd.daticulocale' : 'NULL');

export const databaseFamily: Family = (major) => `
SELECT 'database' AS kind, 'the database' AS id, NULL AS parent, NULL AS needs,
  pg_encoding_to_char(d.encoding) AS encoding,
  d.datcollate AS collation,
  d.datctype AS "characterType",
  ${major >= 15 ? "CASE d.datlocprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END" : "'libc'"} AS "localeProvider",
  ${locale(major)} AS locale,
  ${major >= 16 ? 'd.daticurules' : 'NULL'} AS "icuRules",
  NULLIF(d.datconnlimit, -1) AS "connectionLimit",
  d.datistemplate AS template,
  CASE WHEN ts.spcname <> 'pg_default' THEN quote_ident(ts.spcname) END AS tablespace,
  ${owner('d.datdba')},
  ${grants('database', 'd')},
  ${comment}
FROM pg_database d
JOIN pg_tablespace ts ON ts.oid = d.dattablespace
${sharedCommentOn('pg_database', 'd.oid')}
WHERE d.datname = current_database()`;

export const settingFamily: Family = () => `
WITH RECURSIVE ${concernedRoles}
SELECT 'database setting' AS kind,
  s.name || CASE WHEN r.rolname IS NOT NULL THEN ' for role ' || quote_ident(r.rolname) WHEN s.setdatabase = 0 THEN ' for every role' ELSE '' END
    || CASE WHEN s.setdatabase = 0 THEN ' in every database' ELSE '' END AS id,
  NULL AS parent, NULL AS needs,
  ${openSetting('s.name', 's.value')} AS value
FROM (
  SELECT setdatabase, setrole, option_name AS name, option_value AS value
  FROM pg_db_role_setting
  CROSS JOIN LATERAL pg_options_to_table(setconfig)
) s
LEFT JOIN pg_roles r ON r.oid = s.setrole
WHERE s.setdatabase = ${thisDatabase}
  OR (s.setdatabase = 0 AND (s.setrole = 0 OR s.setrole IN (SELECT oid FROM concerned)))`;
