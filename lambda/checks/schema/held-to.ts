// A version of the model as production is held to it, and what production that was read already differs from another one.
import type { CollectContext } from '../../monitor/check.ts';
import { compareAll } from '../../postgres/compare-all.ts';
import type { DriftEntry } from '../../postgres/drift.ts';
import { renameRoles } from '../../postgres/role-names.ts';
import type { Snapshot } from '../../postgres/snapshot.ts';
import { type ComparedProduction, compareDatabase } from './read-production.ts';
import type { SchemaSettings } from './settings.ts';
import { tenantRules } from './tenant-settings.ts';

/** Owners, grants and the like are none of the model's business, whatever it holds; roles go by production's names. */
export function modelOf(snapshot: Snapshot, { roles }: SchemaSettings): Snapshot {
  const facts = renameRoles(snapshot.facts, new Map(Object.entries(roles)));
  return { ...snapshot, facts, scope: ['structure'] };
}

/** From another version of the model; of tenants' schemas nothing was kept, so they are read once more. */
export async function differencesFrom(
  model: Snapshot,
  context: CollectContext<SchemaSettings>,
  { production, capture, tenants }: ComparedProduction,
): Promise<DriftEntry[] | undefined> {
  if (capture || tenants === 0) return compareAll([model], production, tenantRules(context.settings.tenants)).drift;
  const again = await compareDatabase(context, model, { beside: [], unchangedSince: undefined });
  return again.ok && 'drift' in again.value ? again.value.drift : undefined;
}
