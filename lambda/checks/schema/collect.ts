// Compares production's catalog with the snapshot that counts, and with its neighbour while a deployment is under way.
import { EdgeError } from '../../errors.ts';
import type { CollectContext } from '../../monitor/check.ts';
import { createSnapshotStore, type SnapshotStore } from '../../monitor/snapshots.ts';
import { compareWithDatabase, type DatabaseComparison } from '../../postgres/compare-with-database.ts';
import { diff } from '../../postgres/diff.ts';
import { repair } from '../../postgres/repair/repair.ts';
import { chooseSnapshot, type Neighbour } from './choose.ts';
import type { SchemaEvidence } from './evidence.ts';
import type { SchemaSettings } from './settings.ts';

export async function collect(context: CollectContext<SchemaSettings>): Promise<SchemaEvidence> {
  const { settings, signal, ports, memoryBucket } = context;
  const store = createSnapshotStore(ports.objects, memoryBucket);
  const running = settings.version === undefined ? undefined : context.runningVersion;
  const choice = await chooseSnapshot(store, settings.model, running, signal);
  if ('evidence' in choice) return choice.evidence;

  const started = ports.clock.now().getTime();
  const session = await ports.databases.connect(databaseOf(context), { signal });
  const compared = await compareWithDatabase(choice.snapshot, session, signal).finally(() => session.close());
  const now = ports.clock.now();
  return {
    state: 'compared',
    model: choice.model,
    serverVersion: session.serverVersion,
    readMs: now.getTime() - started,
    objects: compared.production.facts.length,
    drift: compared.drift,
    repair: repair(compared.drift, choice.snapshot.facts, compared.production.facts, {
      serverVersion: session.serverVersion,
    }),
    notVerified: compared.notVerified,
    pending:
      compared.drift.length > 0 && choice.neighbour
        ? await pendingDeployment(store, settings, choice.neighbour, compared, now, signal)
        : null,
  };
}

function databaseOf(context: CollectContext<SchemaSettings>) {
  if (context.database) return context.database;
  throw new EdgeError('missing', `Target ${context.target} has a schema check and no database in its settings.`, {
    remedy: 'Say where its database is: `database: { secret: ... }`.',
  });
}

/** Production equals the version before or after the chosen one, and that was published only just now. */
async function pendingDeployment(
  store: SnapshotStore,
  settings: SchemaSettings,
  neighbour: Neighbour,
  compared: DatabaseComparison,
  now: Date,
  signal: AbortSignal,
): Promise<Extract<SchemaEvidence, { state: 'compared' }>['pending']> {
  const until = new Date(Date.parse(neighbour.publishedAt) + settings.grace);
  if (now >= until || compared.notVerified.length > 0) return null;
  const snapshot = await store.load(settings.model, neighbour.version, signal);
  if (!snapshot || diff(snapshot, compared.production).drift.length > 0) return null;
  return { version: neighbour.version, side: neighbour.side, until: until.toISOString() };
}
