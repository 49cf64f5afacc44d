// The variables that a new version is started with: a file as dotenv and docker compose read it, or the environment that
// the command itself was started with.
import { parseEnv } from 'node:util';
import type { Variables } from '../../lambda/gate/rule.ts';
import { readTextFile } from '../files.ts';
import type { Terminal } from '../terminal.ts';

export function variablesOf(file: string | undefined, environment: Terminal['environment']): Variables {
  if (file === undefined) return { source: 'process', read: async () => environment };
  return { source: { file }, read: async () => parseEnv(withoutMark(await readTextFile(file))) };
}

/** Editors on Windows write one; the first name would begin with it. */
function withoutMark(text: string): string {
  return text.replace(/^\ufeff/, '');
}
