// The course of a life: how the settings are from a time on, whether the outside is honest, and so what a process that
// starts then is like.
import type { SeededRandom } from '../support/seeded-random.ts';
import { type Faults, faultsOf } from './faults.ts';
import type { Settings } from './plan.ts';

const minute = 60_000;

export interface Era {
  at: number;
  settings: Settings;
  calm: boolean;
}

export interface PlannedProcess {
  settings: Settings;
  /** How far this machine's clock is off. */
  skewMs: number;
  /** How its calls to the outside go; absent in calm. */
  faults?: Faults;
}

export function processAt(at: number, eras: readonly Era[], random: SeededRandom): PlannedProcess {
  const { settings, calm } = eraAt(at, eras);
  if (calm) return { settings, skewMs: 0 };
  return {
    settings,
    skewMs: random.below(4) === 0 ? random.below(4 * minute) - 2 * minute : 0,
    faults: faultsOf(random),
  };
}

export function eraAt(at: number, eras: readonly Era[]): Era {
  const era = eras.findLast((one) => one.at <= at);
  if (!era) throw new Error(`the plan has no settings at ${at}`);
  return era;
}
