// The registry of catalog families, in the order they are read. Those whose printing may wait for a lock come last, and
// those of views are read a slice at a time.
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
};

/** Read once for every slice of views. */
export const slicedFamilies: Readonly<Record<string, Family>> = {
  'materialized views': materializedViewFamily,
  views: viewFamily,
};
