// Which snapshot counts. The one of the application version that a probe saw running; with no version known, the
// newest published. The founding incident must not pass because nobody published the new model.
import type { RunningVersion } from '../../monitor/check.ts';
import type { SnapshotPointer, SnapshotStore } from '../../monitor/memory/snapshots.ts';
import type { Snapshot } from '../../postgres/snapshot.ts';
import type { ModelEvidence, SchemaEvidence } from './evidence.ts';
import type { SchemaSettings } from './settings.ts';

/** A snapshot beside the chosen one, which production may equal while a deployment is under way. */
export interface Neighbour {
  version: string;
  side: 'previous' | 'next';
  /** When the newer of the two was published; ISO 8601. */
  publishedAt: string;
}

export type Choice =
  | { evidence: Extract<SchemaEvidence, { state: 'nothing published' | 'version not published' }> }
  | { snapshot: Snapshot; model: ModelEvidence; neighbour: Neighbour | undefined };

export async function chooseSnapshot(
  store: SnapshotStore,
  { model, capture }: Pick<SchemaSettings, 'model' | 'capture'>,
  running: RunningVersion | undefined,
  signal: AbortSignal,
): Promise<Choice> {
  const pointer = await store.pointer(model, signal);
  const version = running?.version ?? pointer?.current.version;
  if (version === undefined) return { evidence: { state: 'nothing published', model } };
  const snapshot = await store.load(model, version, signal);
  if (!snapshot) {
    const newest = pointer?.current.version ?? null;
    return running
      ? { evidence: { state: 'version not published', model, running, newest } }
      : { evidence: { state: 'nothing published', model } };
  }
  const confirmedAt = version === pointer?.current.version ? pointer.current.confirmedAt : snapshot.takenAt;
  const chosenBy = running ? 'running version' : 'newest published';
  return {
    snapshot,
    model: { model, version, chosenBy, confirmedAt },
    neighbour: neighbourOf(version, pointer, running, capture !== undefined),
  };
}

/**
 * While a version is known to run, production may be ahead of it, migrated first; behind it, every query that needs
 * what is missing fails already. With no version known, production may be behind: the deployment is still to come. A
 * capture may be from before it.
 */
function neighbourOf(
  version: string,
  pointer: SnapshotPointer | undefined,
  running: RunningVersion | undefined,
  isCaptured: boolean,
): Neighbour | undefined {
  if (!pointer?.previous) return undefined;
  const { current, previous } = pointer;
  const { publishedAt } = current;
  if (!running || (isCaptured && version === current.version)) {
    return { version: previous.version, side: 'previous', publishedAt };
  }
  return version === previous.version ? { version: current.version, side: 'next', publishedAt } : undefined;
}
