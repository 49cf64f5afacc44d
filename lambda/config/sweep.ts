// The sweep: every target whose state is in the bucket is looked after although none of its checks is due, also those
// that the settings no longer have. What it is called in ticks, heartbeats and alarms.
import { parseDuration } from './duration.ts';
import { scheduleKey } from './schedule-key.ts';

/** In the place of a check kind; no check may be called so. */
export const sweepKind = 'sweep';
export const sweepSchedule = { every: parseDuration('15m') };
export const sweepKey = scheduleKey(sweepSchedule);
