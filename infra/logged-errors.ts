// The alarm on what the functions log as errors: a run that failed but may still succeed, state that was unreadable, an
// outbox that could not be written. None of it makes Lambda count an error, and some of it would otherwise be known only
// an hour later, when the queue has given the run up. What is wrong with a target is never logged as an error.
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { metricNamespace, serviceDimension } from '../lambda/config/metrics.ts';
import { ownMetric, type Raise } from './alarm.ts';

const metricName = 'ErrorsLogged';

export function createLoggedErrorsAlarm(
  scope: Construct,
  raise: Raise,
  { monitorName, logGroups }: { monitorName: string; logGroups: readonly ILogGroup[] },
): void {
  for (const [index, logGroup] of logGroups.entries()) {
    new MetricFilter(scope, `LoggedErrors${index}`, {
      logGroup,
      // As Powertools writes them: both are members of every line.
      filterPattern: FilterPattern.stringValue('$.level', '=', 'ERROR'),
      dimensions: { [serviceDimension]: '$.service' },
      metricNamespace,
      metricName,
      metricValue: '1',
    });
  }
  raise('logged errors', {
    metric: ownMetric(monitorName, metricName, {}),
    alarmDescription:
      'The functions logged an error, and may have lost a run or a notice: read their logs, where level is ERROR.',
  });
}
