// The rule that refused credentials are tried once a day at most, since repeated refusals lock accounts: what a check
// remembers of a refusal, and until when it holds. Pure; knows places and versions of secrets, never what they say.

import * as z from 'zod';
import { parseDuration } from '../config/duration.ts';
import type { JsonValue } from '../json.ts';
import { minuteOf } from '../point-in-time.ts';

const day = parseDuration('24h');

const refusal = z.object({
  /** When it was last tried. */
  refusedAt: z.iso.datetime(),
  /** Where: `POST https://...`, or the database of a target. */
  place: z.string(),
  /** What was answered, for people. */
  said: z.string(),
  /** The reference of the secret that holds them. */
  credentials: z.string(),
  /** Of that secret: another version counts as other credentials. Null where secrets have no versions. */
  secretVersion: z.string().nullable(),
});

export type Refusal = z.output<typeof refusal>;

/** The refusal in what a check remembered; memory that is not of this form was written for something else. */
export function lastRefusal(memory: JsonValue | undefined): Refusal | undefined {
  return refusal.safeParse(memory).data;
}

/** Whether it forbids another attempt now: same place, same credentials, unchanged, and less than a day ago. */
export function stillHolds(last: Refusal, now: Date, about: Omit<Refusal, 'refusedAt' | 'said'>): boolean {
  const same = last.place === about.place && last.credentials === about.credentials;
  return same && last.secretVersion === about.secretVersion && now.getTime() < Date.parse(last.refusedAt) + day;
}

/** From when on it may be tried again, for people: `2026-11-21 03:00 UTC, or at once with a new version of the secret`. */
export function triedAgainFrom({ refusedAt, secretVersion }: Refusal): string {
  const from = minuteOf(new Date(Date.parse(refusedAt) + day).toISOString());
  return secretVersion === null ? from : `${from}, or at once with a new version of the secret`;
}
