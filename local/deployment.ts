// The sample application as something that is operated: released at a version, released again at another on the same
// address, taken down. Its log goes on through all of it.

import type { ApplicationVersion } from './application/migrations.ts';
import { type Application, type ApplicationOptions, startApplication } from './application.ts';

export interface Deployment {
  /** The same for every version. */
  url: string;
  /** Every log line so far. */
  logs: readonly string[];
  /** Replaces what is running, if anything is. Migrates nothing. */
  release(version: ApplicationVersion): Promise<void>;
  /** Nothing listens until the next release. */
  takeDown(): Promise<void>;
}

export async function deployApplication(options: Omit<ApplicationOptions, 'port'>): Promise<Deployment> {
  const logs: string[] = [];
  const log = (line: string): void => {
    logs.push(line);
    options.log?.(line);
  };
  const first = await startApplication({ ...options, log });
  let running: Application | undefined = first;

  async function takeDown(): Promise<void> {
    const ending = running;
    running = undefined;
    await ending?.close();
  }

  return {
    url: first.url,
    logs,
    takeDown,
    async release(version) {
      await takeDown();
      running = await startApplication({ ...options, version, log, port: first.port });
    },
  };
}
