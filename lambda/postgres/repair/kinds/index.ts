// The registry of repairers: the only place that lists the kinds. A kind of kinds.ts without one does not compile.
import type { Kind } from '../../kinds.ts';
import type { Repairer } from '../repairer.ts';
import { database, databaseSetting, defaultPrivileges, role } from './access.ts';
import { aggregate } from './aggregates.ts';
import { baseType, shellType } from './base-types.ts';
import { column } from './columns.ts';
import { constraint } from './constraints.ts';
import { extensionDependency } from './extension-dependencies.ts';
import { foreignDataWrapper, foreignServer, userMapping } from './foreign-data.ts';
import { index } from './indexes.ts';
import { accessMethod, language } from './languages.ts';
import { cast, operator, operatorClass, operatorFamily, transform } from './operators.ts';
import { comment, privileges } from './others.ts';
import { policy } from './policies.ts';
import { rangeType } from './ranges.ts';
import { publication, publicationSchema, publicationTable, subscription } from './replication.ts';
import { functionRepairer, procedure } from './routines.ts';
import { eventTrigger, rule } from './rules.ts';
import { extension, schema } from './schemas.ts';
import { sequence } from './sequences.ts';
import { statisticsObject } from './statistics.ts';
import { table } from './tables.ts';
import {
  collation,
  conversion,
  textSearchConfiguration,
  textSearchDictionary,
  textSearchParser,
  textSearchTemplate,
} from './texts.ts';
import { trigger } from './triggers.ts';
import { attribute, compositeType, domain, enumType } from './types.ts';
import { materializedView, view } from './views.ts';

const repairers: { readonly [K in Kind]: Repairer<K> } = {
  schema,
  extension,
  table,
  column,
  constraint,
  index,
  enum: enumType,
  domain,
  'composite type': compositeType,
  attribute,
  'range type': rangeType,
  sequence,
  view,
  'materialized view': materializedView,
  function: functionRepairer,
  procedure,
  aggregate,
  trigger,
  policy,
  rule,
  'event trigger': eventTrigger,
  'statistics object': statisticsObject,
  'extension dependency': extensionDependency,
  'base type': baseType,
  'shell type': shellType,
  operator,
  'operator family': operatorFamily,
  'operator class': operatorClass,
  cast,
  transform,
  language,
  'access method': accessMethod,
  collation,
  conversion,
  'text search configuration': textSearchConfiguration,
  'text search dictionary': textSearchDictionary,
  'text search parser': textSearchParser,
  'text search template': textSearchTemplate,
  publication,
  'publication table': publicationTable,
  'publication schema': publicationSchema,
  subscription,
  'foreign data wrapper': foreignDataWrapper,
  'foreign server': foreignServer,
  'user mapping': userMapping,
  role,
  'default privileges': defaultPrivileges,
  database,
  'database setting': databaseSetting,
  privileges,
  comment,
};

/** `undefined` for a kind of a newer snapshot. */
export function repairerOf(kind: string): Repairer | undefined {
  return Object.hasOwn(repairers, kind) ? (repairers[kind as Kind] as Repairer) : undefined;
}
