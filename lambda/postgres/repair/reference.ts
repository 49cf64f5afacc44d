// How statements about any kind of object name it: `TABLE public.users`, `TRIGGER watch ON public.users`.
import type { Fact } from '../fact.ts';
import type { Catalog } from './catalog.ts';
import { ownName } from './identifier.ts';
import { aggregateSignature } from './kinds/aggregates.ts';
import { parentOf } from './kinds/common.ts';

/** Kinds that are named by their id, with PostgreSQL's word where it is not the kind itself. */
const byId: Readonly<Record<string, string>> = {
  schema: 'SCHEMA',
  extension: 'EXTENSION',
  index: 'INDEX',
  enum: 'TYPE',
  domain: 'DOMAIN',
  'composite type': 'TYPE',
  'range type': 'TYPE',
  'base type': 'TYPE',
  sequence: 'SEQUENCE',
  view: 'VIEW',
  'materialized view': 'MATERIALIZED VIEW',
  function: 'FUNCTION',
  procedure: 'PROCEDURE',
  'event trigger': 'EVENT TRIGGER',
  'statistics object': 'STATISTICS',
  operator: 'OPERATOR',
  'operator family': 'OPERATOR FAMILY',
  'operator class': 'OPERATOR CLASS',
  cast: 'CAST',
  transform: 'TRANSFORM',
  language: 'LANGUAGE',
  'access method': 'ACCESS METHOD',
  collation: 'COLLATION',
  conversion: 'CONVERSION',
  'text search configuration': 'TEXT SEARCH CONFIGURATION',
  'text search dictionary': 'TEXT SEARCH DICTIONARY',
  'text search parser': 'TEXT SEARCH PARSER',
  'text search template': 'TEXT SEARCH TEMPLATE',
  publication: 'PUBLICATION',
  subscription: 'SUBSCRIPTION',
  'foreign data wrapper': 'FOREIGN DATA WRAPPER',
  'foreign server': 'SERVER',
};

/** As COMMENT ON and ALTER ... OWNER TO name it; `undefined` for what they do not know, or what is no part of a schema. */
export function referenceTo(fact: Fact, catalog: Catalog): string | undefined {
  const { kind, id, attributes } = fact;
  switch (kind) {
    case 'table':
      return `${attributes.form === 'foreign' ? 'FOREIGN TABLE' : 'TABLE'} ${id}`;
    case 'column':
    case 'attribute':
      return `COLUMN ${id}`;
    case 'aggregate':
      return `AGGREGATE ${aggregateSignature(fact)}`;
    case 'constraint':
    case 'trigger':
    case 'policy':
    case 'rule': {
      const owner = parentOf(fact, catalog);
      const on = owner.kind === 'domain' ? 'ON DOMAIN' : 'ON';
      return `${kind.toUpperCase()} ${ownName(fact, owner)} ${on} ${owner.id}`;
    }
    default:
      return Object.hasOwn(byId, kind) ? `${byId[kind]} ${id}` : undefined;
  }
}

/** As GRANT ... ON names it; `undefined` for what nothing can be granted on. Columns are named in the privileges. */
export function grantReferenceTo(fact: Fact, catalog: Catalog): string | undefined {
  const { kind, id } = fact;
  switch (kind) {
    case 'table':
    case 'view':
    case 'materialized view':
      return `TABLE ${id}`;
    case 'column':
      return `TABLE ${parentOf(fact, catalog).id}`;
    case 'aggregate':
      return `FUNCTION ${id}`;
    case 'foreign server':
      return `FOREIGN SERVER ${id}`;
    case 'schema':
    case 'sequence':
    case 'function':
    case 'procedure':
    case 'enum':
    case 'domain':
    case 'composite type':
    case 'range type':
    case 'base type':
    case 'language':
    case 'foreign data wrapper':
      return `${byId[kind]} ${id}`;
    default:
      return undefined;
  }
}
