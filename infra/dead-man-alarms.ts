// The alarms on silence: checks that have stopped finishing, and topics that nobody listens to. A monitor that died
// sends nothing, so here missing data is the bad news.
import { Annotations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { formatDuration } from '../lambda/config/duration.ts';
import { heartbeatDimensions, metricNames, topicDimension, watchTickDimensions } from '../lambda/config/metrics.ts';
import { sweepKind } from '../lambda/config/sweep.ts';
import type { TopicRole } from '../lambda/config/topics.ts';
import { watchTick } from '../lambda/config/watch-tick.ts';
import { ownMetric, type Raise, silentFor } from './alarm.ts';
import type { Cadence } from './cadences.ts';
import { type SilenceWindow, silenceWindow } from './silence.ts';

const [kindDimension, scheduleDimension] = heartbeatDimensions;

export interface MissedRunsProps {
  monitorName: string;
  cadences: readonly Cadence[];
}

/** One alarm a cadence; a cadence that is too slow for CloudWatch is said at synth. */
export function createMissedRunAlarms(
  scope: Construct,
  raise: Raise,
  { monitorName, cadences }: MissedRunsProps,
): void {
  for (const { kind, key, schedule } of cadences) {
    const window = silenceWindow(schedule);
    if (window === undefined) {
      Annotations.of(scope).addWarningV2(
        'driftwatch:unwatched',
        `nobody will notice when the ${kind} checks "${key}" stop running: CloudWatch looks back 7 days at most. A schedule that runs at least every six days, by weekdays and hours, is watched.`,
      );
      continue;
    }
    raise(`missed ${kind} ${key}`, {
      ...silentFor(window, (options) =>
        ownMetric(monitorName, metricNames.heartbeat, { [kindDimension]: kind, [scheduleDimension]: key }, options),
      ),
      alarmDescription: `No ${kind === sweepKind ? kind : `${kind} check`} (${key}) has finished for ${lengthOf(window)}: look at the schedule, at dispatch, the queue and check. Expected until the first run after a deployment that brought the schedule.`,
    });
  }
}

/** The tick of watches, which says that it lives whether anything is watched or not. */
export function createMissedWatchAlarm(raise: Raise, monitorName: string): void {
  const window = silenceWindow({ every: watchTick });
  if (window === undefined) throw new Error('the tick of watches is too slow for an alarm');
  raise('missed watch ticks', {
    ...silentFor(window, (options) => ownMetric(monitorName, metricNames.heartbeat, watchTickDimensions, options)),
    alarmDescription: `No rounds of watches were handed out for ${lengthOf(window)}: look at the schedule "watch" and at the log of the dispatch function. Deployments are watched at the checks' own cadence until then.`,
  });
}

/** Longer than a day, so that the hour of the count does not matter. */
const sinceLastCount: SilenceWindow = { periodMs: 3_600_000, periods: 27 };

/** Housekeeping counts once a day; no confirmed subscription and no count at all are the same silence. */
export function createUnheardAlarms(raise: Raise, monitorName: string, topics: readonly TopicRole[]): void {
  for (const topic of topics) {
    raise(`${topic} unheard`, {
      ...silentFor(sinceLastCount, (options) =>
        ownMetric(monitorName, metricNames.subscriptionsConfirmed, { [topicDimension]: topic }, options),
      ),
      alarmDescription: `Nobody has confirmed a subscription to the ${topic} topic, or the daily count did not happen: confirm one, then invoke dispatch with {"driftwatch":"housekeeping"}. Expected until the first count after the first deployment.`,
    });
  }
}

function lengthOf({ periodMs, periods }: SilenceWindow): string {
  return formatDuration(periodMs * periods);
}
