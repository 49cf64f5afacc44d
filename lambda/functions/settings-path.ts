// Where a function finds the settings it was deployed with.
import { fileURLToPath } from 'node:url';

/** `settings.json` in the folder of the module. */
export function settingsBeside(moduleUrl: string): string {
  return fileURLToPath(new URL('settings.json', moduleUrl));
}
