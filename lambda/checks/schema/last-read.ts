// What a schema check remembers of its last full read, so that an unchanged catalog need not be read again: the change
// token, what the verdict rests on beside production, and what was found. Pure. Only what was verified is remembered.

import { createHash } from 'node:crypto';
import * as z from 'zod';
import { canonicalJson, type JsonValue } from '../../json.ts';
import type { CollectContext } from '../../monitor/check.ts';
import { minuteOf } from '../../point-in-time.ts';
import type { Snapshot } from '../../postgres/snapshot.ts';
import { ownVocabulary } from '../../postgres/vocabulary.ts';
import { driftwatchVersion } from '../../version.ts';
import type { ProductionEvidence, SchemaEvidence } from './evidence.ts';
import type { SchemaSettings } from './settings.ts';

type Compared = Extract<SchemaEvidence, { state: 'compared' }>;

/** More than this is read again each time instead: the target's state is read and written by every run. */
const largestMemory = 16_000;

const lastRead = z.object({
  basis: z.string(),
  token: z.string(),
  readAt: z.iso.datetime(),
  serverVersion: z.int(),
  objects: z.int(),
  tenants: z.int(),
  equal: z.int(),
  warnings: z.array(z.string()),
  drift: z.custom<Compared['drift']>(Array.isArray),
  repair: z.custom<Compared['repair']>(Array.isArray),
});

export type LastRead = z.output<typeof lastRead>;

/** What the check remembers of a full read; `undefined` when the next run has to read everything. */
export function rememberedRead({
  production,
  notVerified,
  pending,
  held,
  ...evidence
}: Compared): JsonValue | undefined {
  if (production.from !== 'database' || production.token === null) return undefined;
  if (notVerified.length > 0 || pending !== null || held.unreadable) return undefined;
  const { basis, token, readAt } = production;
  const { serverVersion, objects, tenants, equal, warnings, drift, repair } = evidence;
  const memory = {
    basis,
    token,
    readAt,
    serverVersion,
    objects,
    tenants,
    equal,
    warnings,
    drift,
    repair,
  } satisfies LastRead;
  return JSON.stringify(memory).length > largestMemory ? undefined : memory;
}

/** Memory that is not of this form was written for something else. */
export function lastReadOf(memory: JsonValue | undefined): LastRead | undefined {
  return lastRead.safeParse(memory).data;
}

/**
 * Whether what was found then still stands if production's token is the same.
 * @param basis what it would rest on now
 */
export function stillStands(
  last: LastRead,
  basis: string,
  { now, fullReadEvery }: { now: Date; fullReadEvery: number },
): boolean {
  const ageMs = now.getTime() - Date.parse(last.readAt);
  return last.basis === basis && ageMs >= 0 && ageMs < fullReadEvery;
}

/** A hash over everything but production that a comparison rests on. */
export function basisOf(
  { settings, database }: Pick<CollectContext<SchemaSettings>, 'settings' | 'database'>,
  model: Pick<Snapshot, 'factsHash' | 'serverVersion'>,
  accepted: string | null,
): string {
  const { factsHash, serverVersion } = model;
  // Where the secret is, and nothing of what it says, stands in the settings.
  const content = JSON.parse(
    JSON.stringify({
      driftwatchVersion,
      ownVocabulary,
      factsHash,
      serverVersion,
      accepted,
      settings,
      database: database ?? null,
    }),
  ) as JsonValue;
  return createHash('sha256').update(canonicalJson(content)).digest('hex').slice(0, 32);
}

/** For the summary: "unchanged since the full read of 2026-11-20 12:00 UTC". */
export function unchangedClause(production: ProductionEvidence): string[] {
  if (production.from !== 'database' || !production.unchanged) return [];
  return [`unchanged since the full read of ${minuteOf(production.readAt)}`];
}
