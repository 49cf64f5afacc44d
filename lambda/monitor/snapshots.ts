// Where published snapshots live in the memory bucket, and which of them is current.
//   snapshots/<model>/<version>.json   written once, never changed
//   snapshots/<model>/current.json     pointer to the newest and to the one before it
// Knows nothing of what a snapshot says.
import * as z from 'zod';
import { EdgeError } from '../errors.ts';
import { canonicalJson, type JsonObject } from '../json.ts';
import type { ObjectStore } from '../platform/ports.ts';
import { decodeSnapshot, encodeSnapshot, type Snapshot } from '../postgres/snapshot.ts';

const published = z.strictObject({
  version: z.string(),
  /** When it became current. */
  publishedAt: z.iso.datetime(),
  /** When it was last published again with the same facts: still what the newest build makes. */
  confirmedAt: z.iso.datetime(),
});
const pointerSchema = z.strictObject({
  formatVersion: z.literal(1),
  current: published,
  previous: published.optional(),
});

/** Which snapshot of a model is the newest, and which one it replaced. */
export type SnapshotPointer = Pick<z.output<typeof pointerSchema>, 'current' | 'previous'>;

/** Safe as a part of an object key. */
const versionPattern = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,127}$/;
const reserved = 'current';

export interface SnapshotStore {
  /** `undefined` when nothing was ever published for the model. */
  pointer(model: string, signal?: AbortSignal): Promise<SnapshotPointer | undefined>;
  /** `undefined` when that version was not published. */
  load(model: string, version: string, signal?: AbortSignal): Promise<Snapshot | undefined>;
  /**
   * Stores the snapshot as a version and moves `current` to it. Publishing the same facts again confirms them.
   * @throws EdgeError `invalid` for a version that cannot be a name, or one already published with other facts
   */
  publish(model: string, version: string, snapshot: Snapshot, now: Date, signal?: AbortSignal): Promise<void>;
}

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
    return object && decodeSnapshot(text(object.body), addressOf(model, version));
  }

  async function writeOnce(model: string, version: string, snapshot: Snapshot, signal: AbortSignal | undefined) {
    try {
      await objects.put(bucket, keyOf(model, version), encodeSnapshot(snapshot), {
        condition: { create: true },
        contentType: 'application/json',
        ...options(signal),
      });
    } catch (cause) {
      if (!(cause instanceof EdgeError && cause.reason === 'conflict')) throw cause;
      const existing = await load(model, version, signal);
      if (existing && sameFacts(existing, snapshot)) return;
      throw new EdgeError(
        'invalid',
        `Version ${version} of model ${model} is already published, with other facts, at ${addressOf(model, version)}.`,
        { remedy: 'Publish under a new version: a published one never changes.', cause },
      );
    }
  }

  async function movePointer(model: string, version: string, now: Date, signal: AbortSignal | undefined) {
    const stored = await readPointer(model, signal);
    const at = now.toISOString();
    const next =
      stored?.pointer.current.version === version
        ? { ...stored.pointer, current: { ...stored.pointer.current, confirmedAt: at } }
        : {
            current: { version, publishedAt: at, confirmedAt: at },
            ...(stored && { previous: stored.pointer.current }),
          };
    await objects.put(bucket, keyOf(model, reserved), `${JSON.stringify({ formatVersion: 1, ...next })}\n`, {
      condition: stored ? { etag: stored.etag } : { create: true },
      contentType: 'application/json',
      ...options(signal),
    });
  }

  return {
    pointer: async (model, signal) => (await readPointer(model, signal))?.pointer,
    load,
    async publish(model, version, snapshot, now, signal) {
      if (!versionPattern.test(version) || version === reserved) {
        throw new EdgeError('invalid', `${JSON.stringify(version)} cannot name a version.`, {
          remedy:
            'Use up to 128 letters, digits, dots, dashes, underscores and plus signs, and not the word "current".',
        });
      }
      await writeOnce(model, version, snapshot, signal);
      await movePointer(model, version, now, signal);
    },
  };
}

function sameFacts(left: Snapshot, right: Snapshot): boolean {
  const comparable = ({ facts, scope, options }: Snapshot) =>
    canonicalJson({ facts, scope, options } as unknown as JsonObject);
  return comparable(left) === comparable(right);
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
