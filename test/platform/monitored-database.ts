// A monitored database in tests: secrets that say what the test wants, and failures that are looked through for
// planted passwords.
import { inspect } from 'node:util';
import { expect } from 'vitest';
import type { DatabaseSettings } from '../../lambda/config/database.ts';
import { EdgeError } from '../../lambda/errors.ts';
import { createDatabases } from '../../lambda/platform/database.ts';
import type { DatabaseSession, Secrets } from '../../lambda/platform/ports.ts';

/** In every password of these tests; no error may hold it. */
export const planted = 'Tr0ub4dor-planted';

/** Secrets whose text is the one given: the first time, the second time, and so on; the last one stays. */
export function secretsSaying(...texts: string[]): Secrets & { reads: ('fresh' | 'kept')[] } {
  const reads: ('fresh' | 'kept')[] = [];
  return {
    reads,
    async read(_, { fresh = false } = {}) {
      reads.push(fresh ? 'fresh' : 'kept');
      return texts[Math.min(reads.length, texts.length) - 1] ?? '';
    },
  };
}

export const plain = { secret: 'prod/db', tls: { mode: 'disable' } } as const satisfies DatabaseSettings;

export function connect(
  secrets: Secrets,
  settings: DatabaseSettings = plain,
  signal: AbortSignal = new AbortController().signal,
): Promise<DatabaseSession> {
  return createDatabases({ secrets }).connect(settings, { signal });
}

export async function failureOf(promise: Promise<unknown>): Promise<EdgeError> {
  const error: unknown = await promise.then(
    () => new Error('it succeeded'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof EdgeError)) throw new Error(`expected an EdgeError, got ${inspect(error)}`);
  expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(planted);
  expect(error.remedy).toMatch(/[.]$/);
  return error;
}

/** What becomes true in its own time: on a busy machine, that takes longer than expect.poll waits by itself. */
export const eventually = <Value>(read: () => Value) => expect.poll(read, { timeout: 10_000, interval: 10 });
