// Which two versions of a model count: that of the new version, and that of the one which runs now. Between them lies what
// the deployment changes; what production has otherwise than the second is drift, and was there before.
import { probe } from '../../../checks/probe/index.ts';
import type { ProbeSettings } from '../../../checks/probe/settings.ts';
import type { SchemaSettings } from '../../../checks/schema/settings.ts';
import { EdgeError } from '../../../errors.ts';
import { createSnapshotStore, type SnapshotStore } from '../../../monitor/memory/snapshots.ts';
import type { Snapshot } from '../../../postgres/snapshot.ts';
import { contextOf } from '../../check-context.ts';
import type { GateInput } from '../../rule.ts';
import { hasLogin } from '../../sign-in.ts';

export interface NewSnapshot {
  snapshot: Snapshot;
  source: string;
  /** Null when the snapshot does not say. */
  version: string | null;
}

export interface Base {
  snapshot: Snapshot;
  version: string;
  /** `running`: a probe saw it; `published`: the newest that is not the new one. */
  chosenBy: 'running' | 'published';
}

export function storeOf({ bucket, ports }: GateInput): SnapshotStore | undefined {
  return bucket === undefined ? undefined : createSnapshotStore(ports.objects, bucket);
}

/** @throws EdgeError `missing` when there is none */
export async function newSnapshot(
  { model: given, bucket }: GateInput,
  store: SnapshotStore | undefined,
  model: string,
  signal: AbortSignal,
): Promise<NewSnapshot> {
  if (given.from === 'snapshot') {
    const snapshot = await given.load(signal);
    return { snapshot, source: given.source, version: snapshot.applicationVersion ?? null };
  }
  if (!store) {
    throw new EdgeError('missing', 'no model of the new version was given', {
      remedy: 'Name its snapshot (--model), or the bucket that it was published in (--bucket).',
    });
  }
  const version = given.version ?? (await store.pointer(model, signal))?.current.version;
  const snapshot = version === undefined ? undefined : await store.load(model, version, signal);
  if (version !== undefined && snapshot) {
    return { snapshot, source: `s3://${bucket}/snapshots/${model}/${version}.json`, version };
  }
  const what = version === undefined ? 'no version' : `not the version ${version}`;
  throw new EdgeError('missing', `${what} of the model ${model} is published in the bucket ${bucket}`, {
    remedy: 'Publish the snapshot of the new version first (driftwatch snapshot publish), or name it: --model.',
  });
}

export interface Before {
  /** `undefined` when nothing is known of an earlier version. */
  base: Base | undefined;
  /** The version that runs, when nobody published its model. */
  unpublished: string | null;
}

export async function snapshotBefore(
  input: GateInput,
  store: SnapshotStore | undefined,
  settings: SchemaSettings,
  wanted: NewSnapshot,
  signal: AbortSignal,
): Promise<Before> {
  if (!store) return { base: undefined, unpublished: null };
  const running = await runningVersion(input, settings, signal);
  const seen = running === undefined ? undefined : await store.load(settings.model, running, signal);
  if (running !== undefined && seen) {
    return { base: { snapshot: seen, version: running, chosenBy: 'running' }, unpublished: null };
  }
  const pointer = await store.pointer(settings.model, signal);
  // Published ahead of its deployment, the new version is the current one.
  const before = pointer?.current.version === wanted.version ? pointer?.previous : pointer?.current;
  const snapshot = before && (await store.load(settings.model, before.version, signal));
  const base: Base | undefined = snapshot && { snapshot, version: before.version, chosenBy: 'published' };
  return { base, unpublished: running ?? null };
}

/** As the probe sees it that the schema check names; nobody signs in for that. */
async function runningVersion(
  input: GateInput,
  { version }: SchemaSettings,
  signal: AbortSignal,
): Promise<string | undefined> {
  const entry = input.target.checks.find(({ id }) => id === version);
  if (entry?.kind !== 'probe' || hasLogin(entry)) return undefined;
  const settings = entry.settings as ProbeSettings;
  const evidence = await probe.collect(contextOf(input, { id: entry.id, settings }, signal));
  return probe.capturedVersion?.(evidence);
}
