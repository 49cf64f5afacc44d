// Compares production's catalog with the snapshot that counts, and with its neighbour while a deployment is under way.
import type { CollectContext } from '../../monitor/check.ts';
import { createSnapshotStore, type SnapshotStore } from '../../monitor/memory/snapshots.ts';
import { differenceId } from '../../postgres/difference-id.ts';
import type { DriftEntry } from '../../postgres/drift.ts';
import { repair } from '../../postgres/repair/repair.ts';
import { type RepairStep, stepsByDifference } from '../../postgres/repair/statement.ts';
import { isOfAcceptedState } from './baseline.ts';
import { capturedBy } from './captured.ts';
import { chooseSnapshot, type Neighbour } from './choose.ts';
import { count } from './count.ts';
import type { Difference, SchemaEvidence } from './evidence.ts';
import { heldBeside, repairToAccepted } from './held.ts';
import { differencesFrom, modelOf } from './held-to.ts';
import { basisOf, type LastRead, lastReadOf, stillStands } from './last-read.ts';
import { type ComparedProduction, compareCapture, compareDatabase } from './read-production.ts';
import type { SchemaSettings } from './settings.ts';

export async function collect(context: CollectContext<SchemaSettings>): Promise<SchemaEvidence> {
  const { settings, signal, ports, memoryBucket } = context;
  const store = createSnapshotStore(ports.objects, memoryBucket);
  const running = settings.version === undefined ? undefined : context.runningVersion;
  const choice = await chooseSnapshot(store, settings, running, signal);
  if ('evidence' in choice) return choice.evidence;

  const started = ports.clock.now().getTime();
  const model = modelOf(choice.snapshot, settings);
  const held = await heldBeside(context, model.options);
  const basis = basisOf(context, choice.snapshot, held.version);
  const last = standingRead(context, basis);

  const seen = settings.capture
    ? await compareCapture(context, model, held.sides)
    : await compareDatabase(context, model, { beside: held.sides, unchangedSince: last?.token });
  if ('nothingAt' in seen) return { state: 'nothing captured', place: seen.nothingAt };
  if ('error' in seen) {
    const { error, refusal } = seen;
    if (!refusal) throw error;
    return { state: 'credentials refused', refusal, message: error.message, remedy: error.remedy };
  }
  const compared = 'value' in seen ? seen.value : seen;
  const now = ports.clock.now();
  const about = { state: 'compared' as const, model: choice.model, held: held.evidence };
  const times = { readMs: now.getTime() - started, databaseMs: compared.databaseMs };
  if ('unchanged' in compared) {
    if (!last) throw new Error('what is unchanged was read before');
    const { token, readAt, serverVersion, warnings, objects, tenants, equal, drift, repair } = last;
    const found = { serverVersion, warnings, objects, tenants, equal, drift, repair };
    const production = { from: 'database' as const, token, basis, readAt, unchanged: true };
    return { ...about, ...times, ...found, production, notVerified: [], pending: null };
  }
  const { facts, serverVersion } = compared.production;
  const drift = compared.drift.map(named);
  ports.heap?.need(roomFor(drift), `what is to be said of ${drift.length} differences and their repair`);
  const readNow = {
    from: 'database' as const,
    token: compared.token,
    basis,
    readAt: now.toISOString(),
    unchanged: false,
  };
  return {
    ...about,
    ...times,
    production: compared.capture ?? readNow,
    serverVersion,
    warnings: compared.warnings,
    objects: compared.objects,
    tenants: compared.tenants,
    equal: compared.equal,
    drift,
    repair: repairOf(drift, settings, now, (entries) => [
      ...repair(entries.filter(isOfModel), model.facts, facts, { serverVersion, scope: ['structure'] }),
      ...repairToAccepted(entries.filter(isOfAcceptedState), held.sections, compared.production),
    ]),
    notVerified: compared.notVerified,
    pending:
      drift.some(isOfModel) && choice.neighbour
        ? await pendingDeployment(context, store, choice.neighbour, compared, now)
        : null,
  };
}

/** The last full read, when what it found stands for as long as production has the same token. */
function standingRead(
  { memory, onDemand, ports, settings: { fullReadEvery } }: CollectContext<SchemaSettings>,
  basis: string,
): LastRead | undefined {
  const last = onDemand ? undefined : lastReadOf(memory);
  return last && stillStands(last, basis, { now: ports.clock.now(), fullReadEvery }) ? last : undefined;
}

/**
 * The statements for what counts need none of the others: what is ignored or accepted stays as it is. The others follow,
 * for whoever judges this again by other settings.
 */
function repairOf(
  drift: readonly Difference[],
  settings: SchemaSettings,
  now: Date,
  repairFor: (entries: readonly DriftEntry[]) => RepairStep[],
): RepairStep[] {
  const { counted } = count(drift, settings, now);
  if (counted.length === drift.length) return repairFor(drift);
  const those = new Set<Difference>(counted.map(({ difference }) => difference));
  const others = drift.filter((difference) => !those.has(difference));
  const steps = repairFor(drift);
  const forOthers = new Set(others.flatMap(stepsByDifference(steps)));
  return [...repairFor([...those]), ...steps.filter((step) => forOthers.has(step))];
}

/** Measured over thousands of differences of tables with all their parts: entries, repair, findings, evidence. */
function roomFor(drift: readonly Difference[]): number {
  const objects = drift.reduce((sum, { swallowed = [] }) => sum + swallowed.length, 0);
  return drift.length * 6_000 + objects * 500;
}

function isOfModel(entry: DriftEntry): boolean {
  return !isOfAcceptedState(entry);
}

function named(entry: DriftEntry): Difference {
  return { ...entry, id: differenceId(entry) };
}

/** The version before or after the chosen one, which production may equal, when that was published only just now. */
async function pendingDeployment(
  context: CollectContext<SchemaSettings>,
  store: SnapshotStore,
  neighbour: Neighbour,
  compared: ComparedProduction,
  now: Date,
): Promise<Extract<SchemaEvidence, { state: 'compared' }>['pending']> {
  const { settings, signal } = context;
  const until = new Date(Date.parse(neighbour.publishedAt) + settings.grace);
  if (seenAt(compared, now) >= until || compared.notVerified.length > 0) return null;
  const snapshot = await store.load(settings.model, neighbour.version, signal);
  const drift = snapshot && (await differencesFrom(modelOf(snapshot, settings), context, compared));
  if (!drift) return null;
  const { version, side } = neighbour;
  return { version, side, until: until.toISOString(), drift: drift.map(named) };
}

/** What was captured before a deployment says nothing against it. */
function seenAt({ capture }: ComparedProduction, now: Date): Date {
  return capture ? capturedBy(capture) : now;
}
