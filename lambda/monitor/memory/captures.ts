// Where captures of production schemas live, beside databases that cannot be reached: new objects below a prefix, named by
// time. Whoever captures and whoever judges agree on it here. Knows nothing of what a capture says.
import type { ObjectStore } from '../../platform/ports.ts';

export interface CapturePlace {
  bucket: string;
  /** What the keys of all captures begin with; ends with a slash. */
  prefix: string;
}

export interface StoredCapture {
  key: string;
  /** By the clock of the bucket, which is nobody's who captures. */
  writtenAt: Date;
}

/** In the monitor's own bucket; what a lifecycle rule removes and the check function may read. */
export const captureRoot = 'captures/';

/** Where a target's captures are when its settings do not say. */
export function captureFolder(target: string): string {
  return `${captureRoot}${target}/`;
}

const named = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z-[0-9a-f]{8}\.json$/;

/**
 * `captures/pap-api/2026-11-20T12-00-00-000Z-1f3a9c2b.json`: in the order of time, which the bucket knows to the
 * second; two at once have names of their own.
 * @param contentHash of the capture: `sha256:` and hex
 */
export function captureKey(prefix: string, takenAt: string, contentHash: string): string {
  return `${prefix}${stamp(new Date(takenAt))}-${contentHash.replace('sha256:', '').slice(0, 8)}.json`;
}

/**
 * The capture that was written last, by the bucket's clock: one with a name in the future does not hide those that
 * come after it.
 * @param since captures named later than this are looked at first, which are few
 */
export async function newestCapture(
  objects: ObjectStore,
  { bucket, prefix }: CapturePlace,
  since: Date,
  signal: AbortSignal,
): Promise<StoredCapture | undefined> {
  const newest = async (startAfter?: string): Promise<StoredCapture | undefined> => {
    let found: StoredCapture | undefined;
    const options = { prefix, signal, ...(startAfter !== undefined && { startAfter }) };
    for await (const { key, lastModified } of objects.list(bucket, options)) {
      if (!named.test(key.slice(prefix.length))) continue;
      if (!found || lastModified >= found.writtenAt) found = { key, writtenAt: lastModified };
    }
    return found;
  };
  return (await newest(`${prefix}${stamp(since)}`)) ?? newest();
}

function stamp(time: Date): string {
  return time.toISOString().replace(/[:.]/g, '-');
}
