// Signing in: reading the credentials, and the requests that post them and use the token. Credentials leave this file
// only in that request; whether it may be made is not decided here.
import * as z from 'zod';
import { EdgeError } from '../../errors.ts';
import type { HttpRequest } from '../../platform/ports.ts';
import type { LoginSettings } from './settings.ts';

const credentials = z.object({ username: z.string().min(1), password: z.string().min(1) });
export type Credentials = z.output<typeof credentials>;

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
