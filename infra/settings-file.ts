// The settings file, evaluated: a module's default export, or JSON. What it says is read by lambda/config.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MonitorInput } from '../lambda/config/index.ts';

/** @throws Error saying what is wrong with the file itself; what it says is not looked at */
export async function readSettingsFile(path: string): Promise<MonitorInput> {
  const absolute = resolve(path);
  try {
    if (absolute.endsWith('.json')) return JSON.parse(readFileSync(absolute, 'utf8')) as MonitorInput;
    const module = (await import(pathToFileURL(absolute).href)) as { default?: MonitorInput };
    if (module.default !== undefined) return module.default;
  } catch (cause) {
    throw new Error(`the settings file ${path} could not be evaluated: ${(cause as Error).message}`, { cause });
  }
  throw new Error(`the settings file ${path} has no default export: write "export default defineMonitor({ ... })"`);
}
