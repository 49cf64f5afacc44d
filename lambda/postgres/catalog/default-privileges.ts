// What objects that a role will create are granted from the start: for the whole database, or on top of that in one
// schema.
import { defaultGrants, roleName } from './access.ts';
import { type Family, schemas } from './family.ts';

export const defaultPrivilegesFamily: Family = () => `
SELECT 'default privileges' AS kind,
  'for role ' || quote_ident(${roleName('d.defaclrole')}) || COALESCE(' in schema ' || n.name, '') || ' on '
    || CASE d.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions'
      WHEN 'T' THEN 'types' WHEN 'n' THEN 'schemas' ELSE 'large objects' END AS id,
  'schema ' || n.name AS parent, NULL AS needs,
  ${defaultGrants('d')}
FROM pg_default_acl d
LEFT JOIN ${schemas} n ON n.oid = d.defaclnamespace
WHERE d.defaclnamespace = 0 OR n.oid IS NOT NULL`;
