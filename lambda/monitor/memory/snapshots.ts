// Where published snapshots live in the memory bucket, and which of them is current.
//   snapshots/<model>/<version>.json   written once, never changed
//   snapshots/<model>/current.json     pointer to the newest and to the one before it
// Knows nothing of what a snapshot says.
import * as z from 'zod';
import { EdgeError } from '../../errors.ts';
import { byCodeUnit, canonicalJson, type JsonObject } from '../../json.ts';
import type { ObjectStore, WriteCondition } from '../../platform/ports.ts';
import { diff } from '../../postgres/diff.ts';
import { decodeSnapshot, encodeSnapshot, isOfOlderFormat, type Snapshot } from '../../postgres/snapshot.ts';
import { saysMore } from '../../postgres/vocabulary.ts';
import { isOlderVersion, modelPattern } from './versions.ts';

const published = z.strictObject({
  version: z.string(),
  /** When it became current. */
  publishedAt: z.iso.datetime(),
  /** When it was last published again with the same facts: still what the newest build makes. */
  confirmedAt: z.iso.datetime(),
  /** The snapshot's, so that nobody has to load it to know that it says the same; pointers of old have none. */
  factsHash: z.string().exactOptional(),
});
const pointerSchema = z.strictObject({
  formatVersion: z.literal(1),
  current: published,
  previous: published.optional(),
});

/** Which snapshot of a model is the newest, and which one it replaced. */
export type SnapshotPointer = Pick<z.output<typeof pointerSchema>, 'current' | 'previous'>;

/** What publishing did. */
export interface Publication {
  /** `same`: it was published before, and says the same; `replaced`: by an older Driftwatch, which says less. */
  stored: 'new' | 'same' | 'replaced';
  /** `left`: it stayed with another version, which is newer. */
  current: 'moved' | 'confirmed' | 'moved back' | 'left';
  /** The version that is current afterwards. */
  currentVersion: string;
}

export interface StoredVersion {
  model: string;
  version: string;
  storedAt: Date;
}

/** Safe as a part of an object key. */
const versionPattern = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,127}$/;
const reserved = 'current';

export interface SnapshotStore {
  /** `undefined` when nothing was ever published for the model. */
  pointer(model: string, signal?: AbortSignal): Promise<SnapshotPointer | undefined>;
  /** `undefined` when that version was not published. */
  load(model: string, version: string, signal?: AbortSignal): Promise<Snapshot | undefined>;
  /** Every version that is stored, by model and time. @default of all models */
  versions(model?: string, signal?: AbortSignal): Promise<StoredVersion[]>;
  /**
   * Stores the snapshot as a version and moves `current` to it. Publishing the same facts again confirms them. A
   * version that is older than the current one is stored, and becomes current only if `back` says so.
   * @throws EdgeError `invalid` for a version that cannot be a name, or one already published with other facts
   */
  publish(
    model: string,
    version: string,
    snapshot: Snapshot,
    now: Date,
    options?: { back?: boolean; signal?: AbortSignal },
  ): Promise<Publication>;
}

/** Of pipelines that publish at once, all but one find that the pointer has moved, and decide again. */
const pointerAttempts = 5;

export function createSnapshotStore(objects: ObjectStore, bucket: string): SnapshotStore {
  const keyOf = (model: string, version: string) => `snapshots/${model}/${version}.json`;
  const addressOf = (model: string, version: string) => `s3://${bucket}/${keyOf(model, version)}`;
  const options = (signal: AbortSignal | undefined) => (signal ? { signal } : {});

  async function readPointer(model: string, signal: AbortSignal | undefined) {
    const object = await objects.get(bucket, keyOf(model, reserved), options(signal));
    if (!object) return undefined;
    return { pointer: decodePointer(text(object.body), addressOf(model, reserved)), etag: object.etag };
  }

  async function load(model: string, version: string, signal: AbortSignal | undefined) {
    if (!versionPattern.test(version) || version === reserved) return undefined;
    const object = await objects.get(bucket, keyOf(model, version), options(signal));
    return object && decodeSnapshot(object.body, addressOf(model, version));
  }

  async function writeOnce(model: string, version: string, snapshot: Snapshot, signal: AbortSignal | undefined) {
    const write = (condition: WriteCondition) =>
      objects.put(bucket, keyOf(model, version), encodeSnapshot(snapshot), {
        condition,
        contentType: 'application/json',
        ...options(signal),
      });
    try {
      await write({ create: true });
      return 'new';
    } catch (cause) {
      if (!(cause instanceof EdgeError && cause.reason === 'conflict')) throw cause;
      const existing = await objects.get(bucket, keyOf(model, version), options(signal));
      if (!existing) throw cause;
      if (isOfOlderFormat(existing.body)) {
        await write({ etag: existing.etag });
        return 'replaced';
      }
      const place = addressOf(model, version);
      const before = decodeSnapshot(existing.body, place);
      // Two versions of Driftwatch may say the same of a schema, and one of them more.
      const isSame = sameRange(before, snapshot) && diff(before, snapshot).drift.length === 0;
      if (isSame && saysMore(snapshot.vocabulary, before.vocabulary)) {
        await write({ etag: existing.etag });
        return 'replaced';
      }
      if (isSame) return 'same';
      throw new EdgeError(
        'invalid',
        `Version ${version} of model ${model} is already published, with other facts, at ${place}.`,
        {
          remedy: `Publish under a new version: a published one never changes. \`driftwatch diff ${place} <snapshot>\` says what differs.`,
          cause,
        },
      );
    }
  }

  async function movePointer(
    { model, version, at }: { model: string; version: string; at: string },
    { factsHash }: Snapshot,
    { stored, back }: { stored: Publication['stored']; back: boolean },
    signal: AbortSignal | undefined,
  ): Promise<Publication> {
    for (let attempt = 1; ; attempt += 1) {
      const found = await readPointer(model, signal);
      const { current, previous } = found?.pointer ?? {};
      const confirmed = current?.version === version;
      const older = current && !confirmed && (stored === 'same' || isOlderVersion(version, current.version));
      if (older && !back) return { stored, current: 'left', currentVersion: current.version };
      const next = confirmed
        ? { current: { ...current, confirmedAt: at, factsHash }, ...(previous && { previous }) }
        : { current: { version, publishedAt: at, confirmedAt: at, factsHash }, ...(current && { previous: current }) };
      try {
        await objects.put(bucket, keyOf(model, reserved), `${JSON.stringify({ formatVersion: 1, ...next })}\n`, {
          condition: found ? { etag: found.etag } : { create: true },
          contentType: 'application/json',
          ...options(signal),
        });
        return { stored, current: confirmed ? 'confirmed' : older ? 'moved back' : 'moved', currentVersion: version };
      } catch (error) {
        const lost = error instanceof EdgeError && error.reason === 'conflict';
        if (!lost || attempt === pointerAttempts) throw error;
      }
    }
  }

  return {
    pointer: async (model, signal) => (await readPointer(model, signal))?.pointer,
    load,
    async versions(model, signal) {
      const prefix = model === undefined ? 'snapshots/' : `snapshots/${model}/`;
      const found: StoredVersion[] = [];
      for await (const { key, lastModified } of objects.list(bucket, { prefix, ...options(signal) })) {
        const [, named, version] = /^snapshots\/([^/]+)\/([^/]+)\.json$/.exec(key) ?? [];
        if (!named || !version || version === reserved) continue;
        found.push({ model: named, version, storedAt: lastModified });
      }
      return found.sort(
        (left, right) =>
          byCodeUnit(left.model, right.model) ||
          left.storedAt.getTime() - right.storedAt.getTime() ||
          byCodeUnit(left.version, right.version),
      );
    },
    async publish(model, version, snapshot, now, { back = false, signal } = {}) {
      if (!modelPattern.test(model)) {
        throw new EdgeError('invalid', `${JSON.stringify(model)} cannot name a model.`, {
          remedy:
            'Use the name that the settings of the schema checks have: letters, digits, dots, dashes, underscores.',
        });
      }
      if (!versionPattern.test(version) || version === reserved) {
        throw new EdgeError('invalid', `${JSON.stringify(version)} cannot name a version.`, {
          remedy:
            'Use up to 128 letters, digits, dots, dashes, underscores and plus signs, and not the word "current".',
        });
      }
      const stored = await writeOnce(model, version, snapshot, signal);
      return movePointer({ model, version, at: now.toISOString() }, snapshot, { stored, back }, signal);
    },
  };
}

/** Whether they speak of the same: the same schemas, the same of them. */
function sameRange(left: Snapshot, right: Snapshot): boolean {
  const range = ({ options, scope }: Snapshot) => canonicalJson({ options, scope } as unknown as JsonObject);
  return range(left) === range(right);
}

function decodePointer(content: string, address: string): SnapshotPointer {
  try {
    const { current, previous } = pointerSchema.parse(JSON.parse(content));
    return { current, ...(previous && { previous }) };
  } catch (cause) {
    throw new EdgeError('invalid', `${address} is not a pointer to a snapshot that this Driftwatch can read.`, {
      remedy:
        'Publish the snapshot again with `driftwatch snapshot publish`, or restore the last version of the object.',
      cause,
    });
  }
}

function text(body: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: false }).decode(body);
}
