// Compares a model with a live database: no read when its catalog is still the one that was judged last, one when the
// two are equal, two when they are not, since drift is only told when a second read gives it again (confirm.ts).
import type { DatabaseSession } from '../platform/ports.ts';
import { askToken } from './ask-catalog.ts';
import { compareAll } from './compare-all.ts';
import { type ComparedRead, compareTenants } from './compare-tenants.ts';
import { confirmDrift } from './confirm.ts';
import type { ComparedSide } from './diff.ts';
import type { Comparison } from './drift.ts';
import { knownFacts } from './known-facts.ts';
import { type CatalogRead, readSchemas } from './read-catalog.ts';
import type { Scope } from './scope.ts';
import type { Snapshot } from './snapshot.ts';
import { type TenantRule, withoutSchemas } from './tenants.ts';
import { versionWarning } from './versions.ts';
import { vocabularyWarning } from './vocabulary.ts';

export type DatabaseComparison =
  | {
      /** The catalog is the one that has this token: what was said of it still holds. */
      state: 'unchanged';
      token: string;
      databaseMs: number;
    }
  | ComparedDatabase;

export interface ComparedDatabase extends Comparison {
  state: 'compared';
  /** Stands for the catalog that was compared; `null` when not all of it could be, so that it is read again. */
  token: string | null;
  /** Production as the last read gave it; without the schemas of its tenants, which are too many to hold. */
  production: CatalogRead;
  /** How many objects production has, those of its tenants included. */
  objects: number;
  /** How many of its schemas are tenants'. */
  tenants: number;
  /** Time that the server itself was at work, over all reads. */
  databaseMs: number;
  /** What may make the comparison less than whole, one sentence each. */
  warnings: string[];
}

export interface CompareOptions {
  signal: AbortSignal;
  /** Opens another session when a read crosses somebody's DDL. @default such a read fails */
  reconnect?: () => Promise<DatabaseSession>;
  /** The token of the last comparison with the same model and options. @default everything is read */
  unchangedSince?: string;
  /** What of the model counts. @default all that it speaks of */
  scope?: readonly Scope[];
  /** What production is held to beside the model; what differs from it is told with the rest. @default nothing */
  beside?: readonly ComparedSide[];
  /** Schemas of production that one schema of the model stands for. @default every schema stands for itself */
  tenants?: readonly TenantRule[];
}

type Model = Pick<Snapshot, 'facts' | 'options' | 'serverVersion'> &
  Partial<Pick<Snapshot, 'vocabulary' | 'takenBy'>> & { scope?: readonly Scope[] };

/** A comparison that read: what `compareWithDatabase` gives when no token is handed to it. */
export function compareWithDatabase(
  model: Model,
  session: DatabaseSession,
  options: CompareOptions & { unchangedSince?: never },
): Promise<ComparedDatabase>;
/**
 * Production is read as the model was: the same schemas.
 * @throws as readCatalog does
 */
export function compareWithDatabase(
  model: Model,
  session: DatabaseSession,
  options: CompareOptions,
): Promise<DatabaseComparison>;
export async function compareWithDatabase(
  model: Model,
  session: DatabaseSession,
  options: CompareOptions,
): Promise<DatabaseComparison> {
  const { signal, reconnect, unchangedSince, scope = model.scope, beside = [], tenants: rules = [] } = options;
  const asking = { signal, ...(reconnect && { reconnect }) };
  const expected = { ...model, ...(scope && { scope }) };

  const asked = unchangedSince === undefined ? undefined : await askToken(session, asking);
  if (asked && asked.token === unchangedSince) return { state: 'unchanged', ...asked };

  const known = knownFacts(expected.facts);
  const compareOnce = async (): Promise<ComparedRead> => {
    if (rules.length > 0) {
      const compareRest = (production: CatalogRead, without: ReadonlySet<string>) =>
        compareAll(
          [withoutSchemas(expected, without), ...beside.map((side) => withoutSchemas(side, without))],
          production,
        );
      return compareTenants(expected, session, { ...asking, rules, compareRest });
    }
    const read = await readSchemas(session, { matching: [model.options] }, { ...asking, withToken: true, known });
    const { facts, notVerified } = read.catalog;
    const comparison = compareAll([expected, ...beside], read.catalog);
    return { ...read, comparison, objects: facts.length, tenants: 0, whole: notVerified.length === 0 };
  };
  const first = await compareOnce();
  const spent = first.databaseMs + (asked?.databaseMs ?? 0);
  if (first.comparison.drift.length === 0) return compared(model, first, spent);
  const second = await compareOnce();
  const comparison = confirmDrift(first.comparison, second.comparison);
  const steady = comparison.notVerified.length === second.comparison.notVerified.length;
  return compared(model, { ...second, comparison, whole: second.whole && steady }, spent + second.databaseMs);
}

function compared(model: Model, read: ComparedRead, databaseMs: number): ComparedDatabase {
  const { comparison, token, catalog, objects, tenants, whole } = read;
  const warnings = [versionWarning(catalog.serverVersion), vocabularyWarning(model)];
  return {
    state: 'compared',
    ...comparison,
    token: whole ? token : null,
    production: catalog,
    objects,
    tenants,
    databaseMs,
    warnings: warnings.filter((warning) => warning !== undefined),
  };
}
