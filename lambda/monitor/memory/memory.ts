// Where a target's state lies and how it is read and written: `state/<target>.json`, every write on condition that
// nobody wrote in between. What cannot be read is kept aside before anything takes its place; what a newer Driftwatch
// wrote is never touched.
import { EdgeError } from '../../errors.ts';
import type { Clock, ObjectStore, WriteCondition } from '../../platform/ports.ts';
import { withDeadline } from '../deadline.ts';
import { parseState, stateFormat, type TargetState } from './state.ts';
import { stateKey } from './state-key.ts';

export interface MemoryPlace {
  objects: ObjectStore;
  bucket: string;
}

/** The place, with every read and write ended after `ms`, whatever the store does. */
export function withTimeLimit({ objects, bucket }: MemoryPlace, clock: Clock, ms: number): MemoryPlace {
  const limited = <T>(what: string, key: string, call: (signal: AbortSignal) => Promise<T>, outer?: AbortSignal) =>
    withDeadline(clock, ms, () => noAnswer(what, `s3://${bucket}/${key}`, ms), call, outer);
  return {
    bucket,
    objects: {
      list: (name, options) => objects.list(name, options),
      get: (name, key, options) =>
        limited('reading', key, (signal) => objects.get(name, key, { ...options, signal }), options?.signal),
      put: (name, key, body, options) =>
        limited('writing', key, (signal) => objects.put(name, key, body, { ...options, signal }), options.signal),
      delete: (name, key, options) =>
        limited('deleting', key, (signal) => objects.delete(name, key, { ...options, signal }), options?.signal),
    },
  };
}

function noAnswer(what: string, where: string, ms: number): EdgeError {
  return new EdgeError('timeout', `${what} ${where} got no answer within ${ms / 1_000} s`, {
    remedy: 'Look at the service health of S3 and at the route to it (a VPC needs an endpoint for S3, or NAT).',
  });
}

export type Recalled =
  | { kind: 'nothing'; condition: WriteCondition }
  | { kind: 'state'; state: TargetState; condition: WriteCondition }
  | { kind: 'corrupt'; problem: string; body: Uint8Array; condition: WriteCondition };

/** @throws EdgeError `invalid` when a newer Driftwatch wrote it, and what the store throws */
export async function recall(place: MemoryPlace, target: string, signal?: AbortSignal): Promise<Recalled> {
  const key = stateKey(target);
  const found = await place.objects.get(place.bucket, key, signal ? { signal } : {});
  if (!found) return { kind: 'nothing', condition: { create: true } };
  const condition = { etag: found.etag };
  const parsed = parseState(found.body, target);
  switch (parsed.kind) {
    case 'state':
      return { kind: 'state', state: parsed.state, condition };
    case 'corrupt':
      return { kind: 'corrupt', problem: parsed.problem, body: found.body, condition };
    case 'newer':
      throw new EdgeError(
        'invalid',
        `s3://${place.bucket}/${key} has format ${parsed.format}, and this Driftwatch reads up to ${stateFormat}; it was left as it is`,
        { remedy: 'Deploy the newer Driftwatch again; to go back for good, move that object away first.' },
      );
  }
}

/**
 * Copies an unreadable document to a key of its own, before a fresh one takes its place.
 * @returns the key; rejects with `conflict` when there is one of the same millisecond already
 */
export async function keepAside(
  place: MemoryPlace,
  target: string,
  body: Uint8Array,
  now: Date,
  signal?: AbortSignal,
): Promise<string> {
  const key = `state/${target}.corrupt-${now.toISOString().replaceAll(':', '-')}.json`;
  await place.objects.put(place.bucket, key, body, {
    condition: { create: true },
    contentType: 'application/octet-stream',
    ...(signal && { signal }),
  });
  return key;
}

/** Writes what is written once. @returns whether it was not there yet */
export async function createOnce({ objects, bucket }: MemoryPlace, key: string, body: string): Promise<boolean> {
  try {
    await objects.put(bucket, key, body, { condition: { create: true }, contentType: 'application/json' });
    return true;
  } catch (error) {
    if (error instanceof EdgeError && error.reason === 'conflict') return false;
    throw error;
  }
}

/** @returns the state as it is stored now, and the condition for its next write; rejects with `conflict` when somebody wrote first */
export async function remember(
  place: MemoryPlace,
  changed: TargetState,
  condition: WriteCondition,
  signal?: AbortSignal,
): Promise<{ state: TargetState; condition: WriteCondition }> {
  const state = { ...changed, revision: changed.revision + 1 };
  const next = await place.objects.put(place.bucket, stateKey(state.target), JSON.stringify(state), {
    condition,
    contentType: 'application/json',
    ...(signal && { signal }),
  });
  return { state, condition: next };
}
