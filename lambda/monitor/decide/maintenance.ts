// Whether a check is in a maintenance window at a moment. Pure: occurrences are computed from the settings and the time.
import type { MaintenanceWindow } from '../../config/settings.ts';
import { lastOccurrence } from './occurrences.ts';

export interface ActiveWindow {
  reason: string;
  until: string;
}

/** The window about this check that lasts longest of those that `now` is in. */
export function windowAt(windows: readonly MaintenanceWindow[], check: string, now: Date): ActiveWindow | undefined {
  const kind = check.split(':', 1)[0] ?? check;
  return windows
    .filter(({ checks }) => checks === undefined || checks.includes(check) || checks.includes(kind))
    .flatMap((window) => {
      const until = endOf(window, now);
      return until === undefined ? [] : [{ reason: window.reason, until: until.toISOString() }];
    })
    .sort((left, right) => Date.parse(right.until) - Date.parse(left.until))[0];
}

/** When the occurrence ends that `now` is in. */
function endOf(window: MaintenanceWindow, now: Date): Date | undefined {
  if ('from' in window) {
    const [from, until] = [new Date(window.from), new Date(window.until)];
    return from <= now && now < until ? until : undefined;
  }
  // Of occurrences that overlap, the last one ends last.
  const begin = lastOccurrence(window, now);
  const end = begin && new Date(begin.getTime() + window.lasts);
  return end && end > now ? end : undefined;
}
