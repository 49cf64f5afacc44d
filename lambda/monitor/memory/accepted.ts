// The state of production that people accepted, of what no model speaks of: owners, grants, roles, settings, publications.
//   accepted/<target>.json   one object a target, each scope with who accepted it, when and why
// Earlier states stay as the object's earlier versions. Knows nothing of what the facts say.
import * as z from 'zod';
import { EdgeError } from '../../errors.ts';
import type { ObjectStore } from '../../platform/ports.ts';
import type { Fact } from '../../postgres/fact.ts';
import { type Scope, scopes } from '../../postgres/scope.ts';
import { isFact } from '../../postgres/snapshot.ts';

/** What can be accepted: the structure is the model's. */
export const acceptedScopes = scopes.filter((scope): scope is AcceptedScope => scope !== 'structure');
export type AcceptedScope = Exclude<Scope, 'structure'>;

const acceptedFormat = 1;

const section = z.strictObject({
  acceptedAt: z.iso.datetime(),
  acceptedBy: z.string(),
  reason: z.string(),
  /** The Driftwatch that read it. */
  takenBy: z.string(),
  /** What that one can say. */
  vocabulary: z.record(z.string(), z.array(z.string())),
  /** `server_version_num` of production then. */
  serverVersion: z.int().positive(),
  facts: z.custom<Fact[]>((value) => Array.isArray(value) && value.every(isFact), 'expected a list of facts'),
});
const document = z.strictObject({
  formatVersion: z.literal(acceptedFormat),
  scopes: z.partialRecord(z.enum(acceptedScopes), section),
});

export type AcceptedSection = z.output<typeof section>;
export type AcceptedState = Partial<Record<AcceptedScope, AcceptedSection>>;

export interface StoredAcceptedState {
  state: AcceptedState;
  /** For the condition of the next write; `undefined` when nothing was ever accepted. */
  etag: string | undefined;
}

export interface AcceptedStates {
  address(target: string): string;
  /** @throws EdgeError `invalid` for an object that this Driftwatch cannot read */
  load(target: string, signal?: AbortSignal): Promise<StoredAcceptedState>;
  /** @throws EdgeError `conflict` when somebody else accepted since `before` was loaded */
  store(target: string, state: AcceptedState, before: StoredAcceptedState, signal?: AbortSignal): Promise<void>;
}

export function createAcceptedStates(objects: ObjectStore, bucket: string): AcceptedStates {
  const keyOf = (target: string) => `accepted/${target}.json`;
  const addressOf = (target: string) => `s3://${bucket}/${keyOf(target)}`;
  return {
    address: addressOf,
    async load(target, signal) {
      const object = await objects.get(bucket, keyOf(target), signal ? { signal } : {});
      if (!object) return { state: {}, etag: undefined };
      return { state: decode(new TextDecoder().decode(object.body), addressOf(target)), etag: object.etag };
    },
    async store(target, state, { etag }, signal) {
      const content = JSON.stringify({ formatVersion: acceptedFormat, scopes: state });
      await objects.put(bucket, keyOf(target), `${content}\n`, {
        condition: etag === undefined ? { create: true } : { etag },
        contentType: 'application/json',
        ...(signal && { signal }),
      });
    },
  };
}

function decode(text: string, address: string): AcceptedState {
  try {
    const { scopes } = document.parse(JSON.parse(text));
    // What is not there is not a member either.
    return Object.fromEntries(Object.entries(scopes).filter(([, value]) => value !== undefined));
  } catch (cause) {
    throw new EdgeError('invalid', `${address} is not an accepted state that this Driftwatch can read.`, {
      remedy: 'Update Driftwatch to the version that wrote it, or restore an earlier version of the object.',
      cause,
    });
  }
}
