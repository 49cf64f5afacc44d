// What the gate remembers of credentials that were refused as they should be: with a bucket, they are tried once a day
// at most, however often somebody deploys, since repeated refusals lock accounts. `gate/<target>.json` in the bucket.
import { EdgeError } from '../errors.ts';
import type { JsonValue } from '../json.ts';
import { lastRefusal, type Refusal } from '../monitor/refused-credentials.ts';
import type { ObjectStore } from '../platform/ports.ts';

interface Place {
  objects: ObjectStore;
  bucket: string | undefined;
  target: string;
}

/** @throws EdgeError when that cannot be known: then nothing must be tried */
export async function lastTried({ objects, bucket, target }: Place, signal: AbortSignal): Promise<Refusal | undefined> {
  if (bucket === undefined) return undefined;
  const found = await objects.get(bucket, keyOf(target), { signal });
  if (!found) return undefined;
  try {
    return lastRefusal(JSON.parse(new TextDecoder().decode(found.body)) as JsonValue);
  } catch (cause) {
    throw new EdgeError('invalid', `s3://${bucket}/${keyOf(target)} does not say what was tried last`, {
      remedy: 'Delete that object: credentials are then tried again.',
      cause,
    });
  }
}

/** @returns what kept it from being remembered, in a sentence */
export async function rememberTried(
  { objects, bucket, target }: Place,
  refusal: Refusal,
  signal: AbortSignal,
): Promise<string | null> {
  if (bucket === undefined) return null;
  try {
    // Of two gates at once, either says the truth: whichever writes last may.
    const options = { contentType: 'application/json', signal };
    await objects.put(bucket, keyOf(target), `${JSON.stringify(refusal)}\n`, options);
    return null;
  } catch (error) {
    if (error instanceof EdgeError) return error.message;
    throw error;
  }
}

function keyOf(target: string): string {
  return `gate/${target}.json`;
}
