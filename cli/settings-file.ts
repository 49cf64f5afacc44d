// A settings file as the commands find and read it: the TypeScript module people write, or JSON.
import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseSettings, settingsFromJson } from '../lambda/config/index.ts';
import type { MonitorSettings } from '../lambda/config/settings.ts';
import { EdgeError } from '../lambda/errors.ts';
import { readTextFile } from './files.ts';

/** Looked for in the working folder when none is named. */
export const defaultSettingsFile = 'driftwatch.config.ts';

/** @throws EdgeError `missing` or `invalid`, the latter with every problem there is */
export async function readSettingsFile(path: string): Promise<MonitorSettings> {
  const absolute = resolve(path);
  if (path.endsWith('.json')) return settingsFromJson(await readTextFile(absolute), path);
  await access(absolute).catch((cause: unknown) => {
    throw new EdgeError('missing', `There is no settings file ${path}.`, { remedy: 'Name it with --config.', cause });
  });
  const module: { default?: unknown } = await import(pathToFileURL(absolute).href).catch((cause: unknown) => {
    throw new EdgeError(
      'invalid',
      `${path} could not be evaluated: ${cause instanceof Error ? cause.message : cause}`,
      {
        remedy: 'Correct the module; `node` runs it as it is.',
        cause,
      },
    );
  });
  return parseSettings(module.default, path);
}
