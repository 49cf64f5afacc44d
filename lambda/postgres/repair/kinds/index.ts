// The registry of repairers: the only place that lists the kinds. A kind of kinds.ts without one does not compile.
import type { Kind } from '../../kinds.ts';
import type { Repairer } from '../repairer.ts';
import { aggregate } from './aggregates.ts';
import { column } from './columns.ts';
import { constraint } from './constraints.ts';
import { index } from './indexes.ts';
import { policy } from './policies.ts';
import { rangeType } from './ranges.ts';
import { functionRepairer, procedure } from './routines.ts';
import { extension, schema } from './schemas.ts';
import { sequence } from './sequences.ts';
import { table } from './tables.ts';
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
};

/** `undefined` for a kind of a newer snapshot. */
export function repairerOf(kind: string): Repairer | undefined {
  return Object.hasOwn(repairers, kind) ? (repairers[kind as Kind] as Repairer) : undefined;
}
