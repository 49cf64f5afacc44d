// How often the schedule of watches fires, for as long as the monitor is deployed: rounds of a watch are a multiple of it.
import { parseDuration } from './duration.ts';

export const watchTick = parseDuration('1m');

/** What a round is called where a schedule's kind of check stands: in messages and figures. */
export const watchRoundKind = 'watch';
