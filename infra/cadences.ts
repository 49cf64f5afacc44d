// Which schedules the settings call for: one for every check kind and cadence, over all targets. Pure.
import { scheduleKey } from '../lambda/config/schedule-key.ts';
import type { MonitorSettings, Schedule } from '../lambda/config/settings.ts';
import { sweepKey, sweepKind, sweepSchedule } from '../lambda/config/sweep.ts';
import { byCodeUnit } from '../lambda/json.ts';

export interface Cadence {
  kind: string;
  schedule: Schedule;
  /** scheduleKey() of the schedule. */
  key: string;
  /** Names of the targets with such checks, sorted. */
  targets: string[];
}

/** Not of a check, and watched like those of checks. */
export const sweepCadence: Cadence = { kind: sweepKind, schedule: sweepSchedule, key: sweepKey, targets: [] };

/** Sorted by kind and key, so that the order of the settings changes nothing. */
export function cadencesOf(settings: MonitorSettings): Cadence[] {
  const cadences = new Map<string, Cadence & { names: Set<string> }>();
  for (const target of settings.targets) {
    for (const { kind, schedule } of target.checks) {
      const key = scheduleKey(schedule);
      const id = `${kind} ${key}`;
      const cadence = cadences.get(id) ?? { kind, schedule, key, targets: [], names: new Set() };
      cadence.names.add(target.name);
      cadences.set(id, cadence);
    }
  }
  return [...cadences]
    .sort(([left], [right]) => byCodeUnit(left, right))
    .map(([, { kind, schedule, key, names }]) => ({ kind, schedule, key, targets: [...names].sort(byCodeUnit) }));
}
