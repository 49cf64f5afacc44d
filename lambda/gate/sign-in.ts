// Which checks of a target sign in to its application.
import type { ProbeSettings } from '../checks/probe/settings.ts';
import type { CheckEntry } from '../config/settings.ts';

export function hasLogin({ kind, settings }: Pick<CheckEntry, 'kind' | 'settings'>): boolean {
  return kind === 'probe' && (settings as Pick<ProbeSettings, 'login'>).login !== undefined;
}
