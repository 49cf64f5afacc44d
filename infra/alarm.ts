// How every alarm about the monitor is made: named so that its e-mail says what it is about, told to the operator topic
// when it starts and when it ends, quiet without data unless it is the silence that it watches.
import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { metricNamespace, serviceDimension } from '../lambda/config/metrics.ts';
import type { SilenceWindow } from './silence.ts';

export const fiveMinutes = Duration.minutes(5);

/** Raised by a single datapoint of 1 or more, unless `alarm` says otherwise. `id` ends the alarm's name. */
export type Raise = (id: string, alarm: Partial<AlarmProps> & Pick<AlarmProps, 'metric' | 'alarmDescription'>) => void;

export function raiseTo(operator: ITopic, scope: Construct, monitorName: string): Raise {
  const notify = new SnsAction(operator);
  return (id, alarm) => {
    const created = new Alarm(scope, `Alarm ${id}`.replaceAll('/', '-'), {
      // Two monitors of one name would also share their metrics: the second deployment fails here instead.
      alarmName: `driftwatch/${monitorName}/${id}`,
      threshold: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...alarm,
    });
    created.addAlarmAction(notify);
    created.addOkAction(notify);
  };
}

/** A metric that the functions write; these and the monitor's name are all the dimensions it has. */
export function ownMetric(
  monitorName: string,
  metricName: string,
  dimensions: Record<string, string>,
  { period = fiveMinutes, statistic = Stats.SUM }: { period?: Duration; statistic?: string } = {},
): Metric {
  return new Metric({
    namespace: metricNamespace,
    metricName,
    dimensionsMap: { [serviceDimension]: monitorName, ...dimensions },
    period,
    statistic,
  });
}

/** What makes it an alarm on nothing being counted in a whole window; no data is what it is raised by. */
export function silentFor(
  { periodMs, periods }: SilenceWindow,
  metric: (options: { period: Duration; statistic: string }) => Metric,
): Pick<AlarmProps, 'metric'> & Partial<AlarmProps> {
  return {
    metric: metric({ period: Duration.millis(periodMs), statistic: Stats.MAXIMUM }),
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: periods,
    datapointsToAlarm: periods,
    treatMissingData: TreatMissingData.BREACHING,
  };
}
