// Compares a model with a live database: one read when they are equal, two when they are not, since drift is only told
// when a second read gives it again (confirm.ts).
import type { DatabaseSession } from '../platform/ports.ts';
import { confirmDrift } from './confirm.ts';
import { diff } from './diff.ts';
import type { Comparison } from './drift.ts';
import { type CatalogRead, readCatalog } from './read-catalog.ts';
import type { Snapshot } from './snapshot.ts';

export interface DatabaseComparison extends Comparison {
  /** Production as the last read gave it. */
  production: CatalogRead;
}

/**
 * Production is read as the model was: the same schemas.
 * @param reconnect opens another session when a read crosses somebody's DDL. @default such a read fails
 * @throws as readCatalog does
 */
export async function compareWithDatabase(
  model: Pick<Snapshot, 'facts' | 'options' | 'serverVersion'>,
  session: DatabaseSession,
  signal: AbortSignal,
  reconnect?: () => Promise<DatabaseSession>,
): Promise<DatabaseComparison> {
  const read = async () => {
    const production = await readCatalog(session, { ...model.options, signal, ...(reconnect && { reconnect }) });
    return { production, comparison: diff(model, production) };
  };
  const first = await read();
  if (first.comparison.drift.length === 0) return { ...first.comparison, production: first.production };
  const second = await read();
  return { ...confirmDrift(first.comparison, second.comparison), production: second.production };
}
