// A settings file, evaluated: the default export of a TypeScript or JavaScript module, or JSON. What it says is not
// looked at here: lambda/config reads it.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MonitorInput } from '../config/index.ts';
import { EdgeError } from '../errors.ts';

/** Where it is looked for when nobody names another. */
export const defaultSettingsFile = 'driftwatch.config.ts';

/**
 * @returns what the file says, in the type that its author was shown and that parseSettings does not rely on
 * @throws EdgeError `missing` or `invalid`, for what is wrong with the file itself
 */
export async function readSettingsFile(path: string): Promise<MonitorInput> {
  const absolute = resolve(path);
  const text = await readFile(absolute, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new EdgeError('missing', `the settings file ${path} could not be read (${cause.code})`, {
      remedy: 'Name it: --config <file> for the driftwatch command, -c config=<file> for cdk.',
      cause,
    });
  });
  if (absolute.endsWith('.json')) return fromJson(text, path);
  try {
    const module = (await import(pathToFileURL(absolute).href)) as { default?: MonitorInput };
    if (module.default !== undefined) return module.default;
  } catch (cause) {
    throw new EdgeError('invalid', `the settings file ${path} could not be evaluated: ${(cause as Error).message}`, {
      remedy: 'Correct it; node runs a module as it is, without building it first.',
      cause,
    });
  }
  throw new EdgeError('invalid', `the settings file ${path} has no default export`, {
    remedy: 'Write "export default defineMonitor({ ... })".',
  });
}

function fromJson(text: string, path: string): MonitorInput {
  try {
    return JSON.parse(text) as MonitorInput;
  } catch {
    // What JSON.parse says quotes the text, and with it a secret that should not be there.
    throw new EdgeError('invalid', `the settings file ${path} is not valid JSON`, {
      remedy: 'Check it with an editor that knows JSON: a comma, quote or bracket is wrong or missing.',
    });
  }
}
