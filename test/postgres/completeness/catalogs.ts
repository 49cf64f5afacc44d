// Every catalog of every supported major: either it holds no definitions, or each of its columns has a decision.
import { accessCatalogs } from './access-catalogs.ts';
import { type Decision, type Decisions, not } from './decision.ts';
import { otherCatalogs } from './other-catalogs.ts';
import { relationCatalogs } from './relation-catalogs.ts';
import { typeCatalogs } from './type-catalogs.ts';

/** Catalogs of which no column is a definition, and why. */
export const withoutDefinitions: Readonly<Record<string, string>> = {
  pg_largeobject: 'rows',
  pg_largeobject_metadata: 'owners and rights of large objects, which are data as rows are',
  pg_replication_origin: 'how far replication has come',
  pg_seclabel: 'labels need a module that the server was started with; none of PostgreSQL itself reads them',
  pg_shdepend: 'derived from what is told of owners and rights',
  pg_shseclabel: 'labels need a module that the server was started with; none of PostgreSQL itself reads them',
  pg_statistic: 'what ANALYZE found',
  pg_statistic_ext_data: 'what ANALYZE found',
  pg_subscription_rel: 'how far the first copy of each table has come',
  pg_tablespace: 'of the whole server; which one is used is told by what uses it',
};

/** Of every catalog that has it. */
const ofAll: Readonly<Record<string, Decision>> = {
  oid: not('differs between two databases that the same migrations built'),
};

export const decisions: Decisions = { ...accessCatalogs, ...otherCatalogs, ...relationCatalogs, ...typeCatalogs };

export function decisionAbout(catalog: string, column: string): Decision | undefined {
  return decisions[catalog]?.[column] ?? ofAll[column];
}
