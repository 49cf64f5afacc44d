// Signing in: reading the credentials, forming the request that posts them, and the rule that refused ones are not
// tried again for a day, since repeated refusals lock accounts. Credentials leave this file only in that request.
import { z } from 'zod';
import { parseDuration } from '../../config/duration.ts';
import { EdgeError } from '../../errors.ts';
import type { JsonValue } from '../../json.ts';
import type { HttpRequest } from '../../platform/ports.ts';
import type { Refusal } from './evidence.ts';
import type { LoginSettings } from './settings.ts';

const day = parseDuration('24h');

const credentials = z.object({ username: z.string().min(1), password: z.string().min(1) });
export type Credentials = z.output<typeof credentials>;

const refusal = z.strictObject({
  refusedAt: z.iso.datetime(),
  status: z.int(),
  url: z.string(),
  credentials: z.string(),
  secretVersion: z.string().nullable(),
});

/** @throws EdgeError `invalid` when the secret does not hold JSON with username and password. */
export function parseCredentials(secret: string, reference: string): Credentials {
  const parsed = credentials.safeParse(parsedJson(secret));
  if (parsed.success) return parsed.data;
  throw new EdgeError('invalid', `the secret ${reference} does not hold JSON with "username" and "password"`, {
    remedy: 'Store {"username": "...", "password": "..."} in it.',
  });
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The request's body and its content type. */
export function loginBody(
  { encoding, usernameField, passwordField, fields }: LoginSettings,
  { username, password }: Credentials,
): { body: string; headers: Record<string, string> } {
  const members = { ...fields, [usernameField]: username, [passwordField]: password };
  return encoding === 'json'
    ? { body: JSON.stringify(members), headers: { 'content-type': 'application/json' } }
    : {
        body: new URLSearchParams(members).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      };
}

/** The call with the token. */
export function callRequest(
  url: string,
  token: string,
): Pick<HttpRequest, 'method' | 'url' | 'headers' | 'carriesCredentials'> {
  return { method: 'GET', url, headers: { authorization: `Bearer ${token}` }, carriesCredentials: true };
}

/** The refusal in what was remembered; memory that is not of this form was written for something else. */
export function lastRefusal(memory: JsonValue | undefined): Refusal | undefined {
  return refusal.safeParse(memory).data;
}

/** Whether it forbids another attempt now: same place, same credentials, unchanged, and less than a day ago. */
export function stillHolds(
  last: Refusal,
  now: Date,
  about: Pick<Refusal, 'url' | 'credentials' | 'secretVersion'>,
): boolean {
  const same = last.url === about.url && last.credentials === about.credentials;
  return same && last.secretVersion === about.secretVersion && now.getTime() < mayTryAgainAt(last).getTime();
}

export function mayTryAgainAt({ refusedAt }: Pick<Refusal, 'refusedAt'>): Date {
  return new Date(Date.parse(refusedAt) + day);
}
