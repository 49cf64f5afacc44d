// The public face of the settings: what a settings file calls, and what reads it. A file is evaluated by whoever has
// it (the CLI, the CDK app); here its value is read, or the JSON that was made of it. Does no I/O.
import { checks } from '../checks/index.ts';
import { EdgeError } from '../errors.ts';
import { canonicalJson, type JsonValue } from '../json.ts';
import { type MonitorWritten, readSettings } from './monitor.ts';
import { describeProblems } from './problem.ts';
import type { MonitorSettings } from './settings.ts';

/** What a settings file says; the settings of each check are those of its kind. */
export type MonitorInput = MonitorWritten<typeof checks>;

/**
 * Gives a settings file its types; what it holds is read, and refused, by parseSettings.
 *
 * @example
 * export default defineMonitor({
 *   name: 'control-core',
 *   targets: {
 *     'pap-api': {
 *       environment: 'production',
 *       database: { secret: 'prod/pap-api/database' },
 *       checks: { schema: { model: 'pap-api' }, 'probe:health': { url: 'https://api.example.com/health' } },
 *     },
 *   },
 * });
 */
export function defineMonitor(settings: MonitorInput): MonitorInput {
  return settings;
}

/**
 * @param written what a settings file exports, or the value of its JSON
 * @param source names the file in the error
 * @throws EdgeError `invalid` with every problem there is, each with its path
 */
export function parseSettings(written: unknown, source = 'the settings file'): MonitorSettings {
  const read = readSettings(written, checks);
  if ('settings' in read) return read.settings;
  throw new EdgeError('invalid', describeProblems(read.problems, source), {
    remedy: `Correct ${source}; nothing of it is used until all of it is right.`,
  });
}

/**
 * The settings as they are deployed: what was written, as JSON, the same for the same settings. Read them again with
 * `settingsFromJson`.
 *
 * @throws EdgeError `invalid` as parseSettings does: only what can be read is written
 */
export function settingsToJson(written: MonitorInput, source?: string): string {
  parseSettings(written, source);
  return `${canonicalJson(JSON.parse(JSON.stringify(written)) as JsonValue)}\n`;
}

/** @throws EdgeError `invalid` for what is not JSON, and as parseSettings does */
export function settingsFromJson(text: string, source?: string): MonitorSettings {
  let written: unknown;
  try {
    written = JSON.parse(text);
  } catch {
    // What JSON.parse says quotes the text.
    throw new EdgeError('invalid', `${source ?? 'the settings file'} is not valid JSON`, {
      remedy: 'Check it with an editor that knows JSON: a comma, quote or bracket is wrong or missing.',
    });
  }
  return parseSettings(written, source);
}
