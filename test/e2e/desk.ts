// Where a person sits who asks a monitor by command: a folder with its settings, its world in the environment, a name.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MonitorInput } from '../../lambda/config/index.ts';
import type { World } from '../../local/world.ts';
import { driftwatch, type Ended } from './command.ts';
import { bucket } from './watched-world.ts';

export interface Desk {
  /** Runs the command as `ada`, with the monitor's bucket and settings named. */
  run(...args: string[]): Promise<Ended>;
  /** Removes the folder. */
  leave(): Promise<void>;
}

export async function openDesk({ environment }: Pick<World, 'environment'>, settings: MonitorInput): Promise<Desk> {
  const folder = await mkdtemp(join(tmpdir(), 'driftwatch-e2e-'));
  await writeFile(join(folder, 'settings.json'), JSON.stringify(settings));
  return {
    run: (...args) =>
      driftwatch([...args, '--bucket', bucket, '--config', 'settings.json'], {
        environment: { ...environment, HOME: folder, USER: 'ada' },
        folder,
      }),
    leave: () => rm(folder, { recursive: true, force: true }),
  };
}
