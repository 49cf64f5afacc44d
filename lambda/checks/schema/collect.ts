// Compares production's catalog with the snapshot that counts, and with its neighbour while a deployment is under way.
import type { CollectContext } from '../../monitor/check.ts';
import { signIn } from '../../monitor/database-sign-in.ts';
import { createSnapshotStore, type SnapshotStore } from '../../monitor/snapshots.ts';
import { type ComparedDatabase, compareWithDatabase } from '../../postgres/compare-with-database.ts';
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
  const result = await signIn(context, async (database) => {
    const connect = () => ports.databases.connect(database, { signal });
    const session = await connect();
    return compareWithDatabase(choice.snapshot, session, { signal, reconnect: connect }).finally(() => session.close());
  });
  if (!result.ok) {
    const { error, refusal } = result;
    if (!refusal) throw error;
    return { state: 'credentials refused', refusal, message: error.message, remedy: error.remedy };
  }
  const compared = result.value;
  const now = ports.clock.now();
  return {
    state: 'compared',
    model: choice.model,
    serverVersion: compared.production.serverVersion,
    readMs: now.getTime() - started,
    databaseMs: compared.databaseMs,
    warnings: compared.warnings,
    objects: compared.production.facts.length,
    drift: compared.drift,
    repair: repair(compared.drift, choice.snapshot.facts, compared.production.facts, {
      serverVersion: compared.production.serverVersion,
    }),
    notVerified: compared.notVerified,
    pending:
      compared.drift.length > 0 && choice.neighbour
        ? await pendingDeployment(store, settings, choice.neighbour, compared, now, signal)
        : null,
  };
}

/** Production equals the version before or after the chosen one, and that was published only just now. */
async function pendingDeployment(
  store: SnapshotStore,
  settings: SchemaSettings,
  neighbour: Neighbour,
  compared: ComparedDatabase,
  now: Date,
  signal: AbortSignal,
): Promise<Extract<SchemaEvidence, { state: 'compared' }>['pending']> {
  const until = new Date(Date.parse(neighbour.publishedAt) + settings.grace);
  if (now >= until || compared.notVerified.length > 0) return null;
  const snapshot = await store.load(settings.model, neighbour.version, signal);
  if (!snapshot || diff(snapshot, compared.production).drift.length > 0) return null;
  return { version: neighbour.version, side: neighbour.side, until: until.toISOString() };
}
