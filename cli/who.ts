// Who says something by a command: named, or as the pipeline or the machine knows them.
import type { Terminal } from './terminal.ts';

export const byFlag = {
  flags: '--by <name>',
  description: 'who says so (default: $GITHUB_ACTOR, $GITLAB_USER_LOGIN, else $USER)',
} as const;

/** @returns an empty text when nobody is known */
export function whoSays(by: string | undefined, { environment }: Pick<Terminal, 'environment'>): string {
  return by ?? environment.GITHUB_ACTOR ?? environment.GITLAB_USER_LOGIN ?? environment.USER ?? '';
}
