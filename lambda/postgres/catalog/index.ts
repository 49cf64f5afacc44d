// The registry of catalog families, in the order they are read. Those whose printing may wait for a lock come last, and
// those of views are read a slice at a time.
import { baseTypeFamily, shellTypeFamily } from './base-types.ts';
import { castFamily, transformFamily } from './casts.ts';
import { collationFamily, conversionFamily } from './collations.ts';
import { columnFamily } from './columns.ts';
import { domainConstraintFamily, tableConstraintFamily } from './constraints.ts';
import { databaseFamily, settingFamily } from './database.ts';
import { defaultPrivilegesFamily } from './default-privileges.ts';
import { eventTriggerFamily } from './event-triggers.ts';
import { extensionDependencyFamily } from './extension-dependencies.ts';
import { extensionFamily } from './extensions.ts';
import type { Family } from './family.ts';
import { foreignDataWrapperFamily, foreignServerFamily, userMappingFamily } from './foreign-data.ts';
import { indexFamily } from './indexes.ts';
import { accessMethodFamily, languageFamily } from './languages.ts';
import { operatorClassFamily, operatorFamily, operatorFamilyFamily } from './operators.ts';
import { otherCommentsFamily } from './other-comments.ts';
import { otherPrivilegesFamily } from './other-privileges.ts';
import { policyFamily } from './policies.ts';
import {
  publicationFamily,
  publicationSchemaFamily,
  publicationTableFamily,
  subscriptionFamily,
} from './publications.ts';
import { roleFamily } from './roles.ts';
import { aggregateFamily, routineFamily } from './routines.ts';
import { ruleFamily } from './rules.ts';
import { schemaFamily } from './schemas.ts';
import { sequenceFamily } from './sequences.ts';
import { statisticsFamily } from './statistics.ts';
import { tableFamily } from './tables.ts';
import {
  textSearchConfigurationFamily,
  textSearchDictionaryFamily,
  textSearchParserFamily,
  textSearchTemplateFamily,
} from './text-search.ts';
import { triggerFamily } from './triggers.ts';
import { attributeFamily, compositeTypeFamily, domainFamily, enumFamily, rangeTypeFamily } from './types.ts';
import { materializedViewFamily, viewFamily } from './views.ts';

export const families: Readonly<Record<string, Family>> = {
  database: databaseFamily,
  'database settings': settingFamily,
  roles: roleFamily,
  'default privileges': defaultPrivilegesFamily,
  'other privileges': otherPrivilegesFamily,
  schemas: schemaFamily,
  extensions: extensionFamily,
  tables: tableFamily,
  columns: columnFamily,
  'table constraints': tableConstraintFamily,
  'domain constraints': domainConstraintFamily,
  indexes: indexFamily,
  enums: enumFamily,
  domains: domainFamily,
  'composite types': compositeTypeFamily,
  attributes: attributeFamily,
  'range types': rangeTypeFamily,
  'base types': baseTypeFamily,
  'shell types': shellTypeFamily,
  casts: castFamily,
  transforms: transformFamily,
  languages: languageFamily,
  'access methods': accessMethodFamily,
  operators: operatorFamily,
  'operator families': operatorFamilyFamily,
  'operator classes': operatorClassFamily,
  collations: collationFamily,
  conversions: conversionFamily,
  'text search configurations': textSearchConfigurationFamily,
  'text search dictionaries': textSearchDictionaryFamily,
  'text search parsers': textSearchParserFamily,
  'text search templates': textSearchTemplateFamily,
  'foreign data wrappers': foreignDataWrapperFamily,
  'foreign servers': foreignServerFamily,
  'user mappings': userMappingFamily,
  publications: publicationFamily,
  'publication schemas': publicationSchemaFamily,
  subscriptions: subscriptionFamily,
  'event triggers': eventTriggerFamily,
  'extension dependencies': extensionDependencyFamily,
  sequences: sequenceFamily,
  'other comments': otherCommentsFamily,
  triggers: triggerFamily,
  aggregates: aggregateFamily,
  policies: policyFamily,
  routines: routineFamily,
  statistics: statisticsFamily,
  'publication tables': publicationTableFamily,
  rules: ruleFamily,
};

/** Read once for every slice of views. */
export const slicedFamilies: Readonly<Record<string, Family>> = {
  'materialized views': materializedViewFamily,
  views: viewFamily,
};
