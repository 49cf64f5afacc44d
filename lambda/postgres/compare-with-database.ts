// Compares a model with a live database: no read when its catalog is still the one that was judged last, one when the
// two are equal, two when they are not, since drift is only told when a second read gives it again (confirm.ts).
import type { DatabaseSession } from '../platform/ports.ts';
import { compareAll } from './compare-all.ts';
import { confirmDrift } from './confirm.ts';
import type { ComparedSide } from './diff.ts';
import type { Comparison } from './drift.ts';
import { type CatalogRead, readCatalogWithToken, readToken, type TokenedRead } from './read-catalog.ts';
import type { Scope } from './scope.ts';
import type { Snapshot } from './snapshot.ts';
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
  /** Production as the last read gave it. */
  production: CatalogRead;
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
  const { signal, reconnect, unchangedSince, scope = model.scope, beside = [] } = options;
  const reading = { ...model.options, signal, ...(reconnect && { reconnect }) };
  const sides = [{ ...model, ...(scope && { scope }) }, ...beside] as const;

  const asked = unchangedSince === undefined ? undefined : await readToken(session, { signal });
  if (asked && asked.token === unchangedSince) return { state: 'unchanged', ...asked };

  const first = await readCatalogWithToken(session, reading);
  const spent = first.databaseMs + (asked?.databaseMs ?? 0);
  const comparison = compareAll(sides, first.catalog);
  if (comparison.drift.length === 0) return compared(model, comparison, first, spent);
  const second = await readCatalogWithToken(session, reading);
  const confirmed = confirmDrift(comparison, compareAll(sides, second.catalog));
  return compared(model, confirmed, second, spent + second.databaseMs);
}

function compared(model: Model, comparison: Comparison, read: TokenedRead, databaseMs: number): ComparedDatabase {
  const warnings = [versionWarning(read.catalog.serverVersion), vocabularyWarning(model)];
  return {
    state: 'compared',
    ...comparison,
    token: comparison.notVerified.length > 0 ? null : read.token,
    production: read.catalog,
    databaseMs,
    warnings: warnings.filter((warning) => warning !== undefined),
  };
}
