// The outside as the commands use it: the same modules that the functions run on, connected for one process.
import { createClock } from '../lambda/platform/clock.ts';
import { createDatabases } from '../lambda/platform/database.ts';
import { databaseFromUrl } from '../lambda/platform/database-url.ts';
import { createObjectStore } from '../lambda/platform/object-store.ts';
import type { Clock, DatabaseSession, ObjectStore } from '../lambda/platform/ports.ts';
import type { Terminal } from './terminal.ts';

export interface Platform {
  clock: Clock;
  /** Made on first use: most commands need no S3. */
  objects(): ObjectStore;
  /** Opens a database given as a URL; what the URL leaves out is as libpq has it. */
  connect(url: string, signal: AbortSignal): Promise<DatabaseSession>;
}

/** A server that accepts and never answers must not hold a terminal for ever. */
const connectTimeoutMs = 30_000;

export function cliPlatform({ environment }: Terminal): Platform {
  let objects: ObjectStore | undefined;
  return {
    clock: createClock(),
    objects: () => (objects ??= createObjectStore()),
    connect(url, signal) {
      const { settings, secrets } = databaseFromUrl(url, { environment });
      const deadline = AbortSignal.any([signal, AbortSignal.timeout(connectTimeoutMs)]);
      return createDatabases({ secrets }).connect(settings, { signal: deadline });
    },
  };
}
