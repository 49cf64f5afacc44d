// What one run has to say about one check: the verdict, when it was collected and what it leans on. Plain data, so
// that decide needs neither the registry nor the checks. An outcome is never `pass` unless something was verified.
import type { JsonValue } from '../json.ts';
import type { Judgement } from './check.ts';

export type OutcomeStatus = Judgement['status'];

/** Whether anything answered where the check looks; absent for checks that say nothing about it. */
export type Reach = 'reached' | 'unreachable';

export interface Outcome {
  /** Id of the check: `schema`, `probe:login`. */
  check: string;
  kind: string;
  /** When collecting began, ISO 8601 in UTC: of two outcomes of one check the later one counts. */
  collectedAt: string;
  durationMs: number;
  /** It was not asked for: it ran because another check of the run depends on it. */
  cameAlong?: boolean;
  judgement: Judgement;
  /** Ids of the checks that explain this one's failure while they fail; sorted. */
  dependsOn: string[];
  reach?: Reach;
  /** The application version that this check captured. */
  version?: string;
  /** What the check's next run must know of this one; absent when what it remembered before still stands. */
  memory?: { value?: JsonValue };
  /** What was collected; absent when collecting failed. */
  evidence?: JsonValue;
}

/** The status of several outcomes together: something found, else something unverified, else all verified. */
export function overallStatus(statuses: readonly OutcomeStatus[]): OutcomeStatus {
  if (statuses.includes('fail')) return 'fail';
  return statuses.length === 0 || statuses.includes('unknown') ? 'unknown' : 'pass';
}
