// Endpoints that are well or not, as a test turns them: the smallest trouble that a target can have, one for each name.

import type { MonitorInput } from '../../lambda/config/index.ts';
import { serve } from '../../local/http-server.ts';

export interface Switchboard {
  turn(state: 'well' | 'broken', ...names: readonly string[]): void;
  /** A target whose only check asks after that name, and believes the first answer. */
  target(name: string): MonitorInput['targets'][string];
  close(): Promise<void>;
}

export async function startSwitchboard(): Promise<Switchboard> {
  const broken = new Set<string>();
  const server = await serve(({ path }) => ({ status: broken.has(path.slice(1)) ? 503 : 200 }));
  return {
    turn(state, ...names) {
      for (const name of names) {
        if (state === 'broken') broken.add(name);
        else broken.delete(name);
      }
    },
    target: (name) => ({
      environment: 'test',
      checks: { probe: { url: `${server.url}/${name}`, failAfter: 1, passAfter: 1 } },
    }),
    close: server.close,
  };
}
