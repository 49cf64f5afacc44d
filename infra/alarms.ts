// What CloudWatch watches of the monitor itself, without depending on any of its code: failing and throttled functions,
// work and ticks that were given up or wait too long, notices that did not get out.
import type { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Rule } from 'aws-cdk-lib/aws-events';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { metricNames } from '../lambda/config/metrics.ts';
import { fiveMinutes, ownMetric, type Raise } from './alarm.ts';
import type { Queues } from './queues.ts';
import type { NoticeTopics } from './topics.ts';

export interface AlarmsProps {
  monitorName: string;
  functions: { check: IFunction; dispatch: IFunction };
  queues: Queues;
  /** Longest time a message may wait before it counts as late. */
  lateAfter: Duration;
  schedules: ScheduleGroup;
  deployments: Rule;
  topics: NoticeTopics;
}

const summed = { period: fiveMinutes, statistic: Stats.SUM };
const largest = { period: fiveMinutes, statistic: Stats.MAXIMUM };

export function createAlarms(raise: Raise, props: AlarmsProps): void {
  const { monitorName, functions, queues, schedules, deployments } = props;

  for (const [name, fn] of Object.entries(functions)) {
    raise(`${name} errors`, {
      metric: fn.metricErrors(summed),
      alarmDescription: `The ${name} function crashed or timed out, and targets may go unwatched: read its log${name === 'check' ? ', and raise checkMemory when it says out of memory' : ''}.`,
    });
    raise(`${name} throttles`, {
      metric: fn.metricThrottles(summed),
      alarmDescription: `Lambda refused to run the ${name} function: the account's concurrency is used up. Have it raised, or lower maxConcurrency.`,
    });
  }
  raise('failed runs', {
    metric: queues.failedRuns.metricApproximateNumberOfMessagesVisible(largest),
    alarmDescription:
      'Runs were given up after three attempts: read the messages of the FailedRuns queue and the log of the check function, mend the cause, then purge the queue.',
  });
  raise('failed ticks', {
    metric: queues.failedTicks.metricApproximateNumberOfMessagesVisible(largest),
    alarmDescription:
      'Ticks never became runs: read the messages of the FailedTicks queue and the log of the dispatch function, mend the cause, then purge the queue.',
  });
  raise('late runs', {
    metric: queues.work.metricApproximateAgeOfOldestMessage(largest),
    threshold: props.lateAfter.toSeconds(),
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    alarmDescription:
      'Runs wait for the check function: it is disabled, throttled or too slow for the targets it has. Look at its concurrency and duration, then at maxConcurrency.',
  });
  raise('schedules', {
    metric: new MathExpression({
      label: 'Ticks that Scheduler could not deliver',
      expression: 'FILL(errors, 0) + FILL(dropped, 0) + FILL(lost, 0)',
      usingMetrics: {
        errors: schedules.metricTargetErrors(),
        dropped: schedules.metricDropped(),
        lost: schedules.metricFailedToBeSentToDLQ(),
      },
      period: fiveMinutes,
    }),
    alarmDescription:
      'EventBridge Scheduler could not invoke the dispatch function: look at its role and at the function.',
  });
  raise('deployments', {
    metric: new Metric({
      namespace: 'AWS/Events',
      metricName: 'FailedInvocations',
      dimensionsMap: { RuleName: deployments.ruleName },
      ...summed,
    }),
    alarmDescription:
      'EventBridge could not hand a deployment to the check function, and it is not watched: look at the function and its permissions, then start the watch by hand.',
  });
  raise('unpublished notices', {
    metric: ownMetric(monitorName, metricNames.publishFailed, {}),
    alarmDescription:
      "Notices could not be published. They wait in the outbox of their target's state and go out with its next run; the log of the check function says why.",
  });
  raise('undeliverable notices', {
    metric: ownMetric(monitorName, metricNames.undeliverable, {}),
    alarmDescription:
      'A topic will never take some notices, so nobody was told by it: read them below undeliverable/ in the memory bucket, which also says why, mend the cause, and delete them.',
  });
  for (const [role, topic] of Object.entries(props.topics)) {
    raise(role === 'alerts' ? 'undelivered notices' : `undelivered ${role}`, {
      metric: topic.metricNumberOfNotificationsFailed(summed),
      alarmDescription: `SNS could not deliver notices to a subscriber: look at the subscriptions of the ${role} topic.`,
    });
  }
}
