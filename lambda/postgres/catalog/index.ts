// The registry of catalog families, in the order they are read: those whose printing keeps locks until the
// transaction ends come last, so that they keep them shortest.
import { columnFamily } from './columns.ts';
import { domainConstraintFamily, tableConstraintFamily } from './constraints.ts';
import { extensionFamily } from './extensions.ts';
import type { Family } from './family.ts';
import { indexFamily } from './indexes.ts';
import { policyFamily } from './policies.ts';
import { aggregateFamily, routineFamily } from './routines.ts';
import { schemaFamily } from './schemas.ts';
import { sequenceFamily } from './sequences.ts';
import { tableFamily } from './tables.ts';
import { triggerFamily } from './triggers.ts';
import { attributeFamily, compositeTypeFamily, domainFamily, enumFamily, rangeTypeFamily } from './types.ts';
import { materializedViewFamily, viewFamily } from './views.ts';

export const families: Readonly<Record<string, Family>> = {
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
  sequences: sequenceFamily,
  triggers: triggerFamily,
  aggregates: aggregateFamily,
  policies: policyFamily,
  routines: routineFamily,
  'materialized views': materializedViewFamily,
  views: viewFamily,
};
