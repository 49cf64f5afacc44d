// The schedules: one for every cadence, in a group of their own (so that its metrics are only theirs), each sending
// dispatch a tick; the tick of watches, the digest and the daily housekeeping (as events.ts reads them). A schedule holds no list
// of targets: dispatch finds them in its settings.
import { Aws, Duration, RemovalPolicy, TimeZone } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  ContextAttribute,
  Schedule,
  ScheduleExpression,
  ScheduleGroup,
  ScheduleTargetInput,
  TimeWindow,
} from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { parseDuration } from '../lambda/config/duration.ts';
import type { Schedule as CheckSchedule } from '../lambda/config/settings.ts';
import { sweepKind, sweepSchedule } from '../lambda/config/sweep.ts';
import { watchTick } from '../lambda/config/watch-tick.ts';
import type { Cadence } from './cadences.ts';

export interface SchedulesProps {
  cadences: readonly Cadence[];
  digest: CheckSchedule | undefined;
  dispatch: IFunction;
  failedTicks: Queue;
  encryptionKey: IKey | undefined;
}

const minute = 60_000;

/** Scheduler puts the values in when it fires: they tell a delivery that is repeated from the next tick. */
const firing = { scheduledAt: ContextAttribute.scheduledTime, tickId: ContextAttribute.executionId };

export function createSchedules(scope: Construct, props: SchedulesProps): ScheduleGroup {
  const group = new ScheduleGroup(scope, 'Schedules', { removalPolicy: RemovalPolicy.DESTROY });
  const role = schedulerRole(scope, group, props);
  for (const { kind, schedule, key, targets } of props.cadences) {
    add(
      `${kind} ${key}`,
      schedule,
      `${kind} checks of ${targets.length === 1 ? targets[0] : `${targets.length} targets`}`,
      { driftwatch: 'tick', kind, schedule: key },
    );
  }
  add(sweepKind, sweepSchedule, 'Looks after all states: notices that wait, quiet that is over, removed targets', {
    driftwatch: 'sweep',
  });
  add('watch', { every: watchTick }, 'Hands out the rounds of watches after deployments', { driftwatch: 'watch' });
  add('housekeeping', { every: parseDuration('1d') }, 'Counts the confirmed subscriptions of the topics', {
    driftwatch: 'housekeeping',
  });
  if (props.digest) add('digest', props.digest, 'Sends the digest of every target', { driftwatch: 'digest' });
  return group;

  function add(id: string, schedule: CheckSchedule, description: string, event: Record<string, string>): void {
    new Schedule(scope, `Schedule ${id}`.replaceAll('/', '-'), {
      description,
      schedule: expression(schedule),
      scheduleGroup: group,
      timeWindow: TimeWindow.off(),
      target: new LambdaInvoke(props.dispatch, {
        // It has what it needs; CDK would add every version of the function.
        role: role.withoutPolicyUpdates(),
        input: ScheduleTargetInput.fromObject({ ...event, ...firing }),
        deadLetterQueue: props.failedTicks,
        retryAttempts: 2,
        maxEventAge: Duration.millis(worthRetryingFor(schedule)),
      }),
    });
  }
}

/** A tick is of no use once the next one is due; an hour is long enough for any trouble that retries get over. */
function worthRetryingFor(schedule: CheckSchedule): number {
  return 'every' in schedule ? Math.max(minute, Math.min(schedule.every, 60 * minute)) : 60 * minute;
}

function expression(schedule: CheckSchedule): ScheduleExpression {
  return 'cron' in schedule
    ? ScheduleExpression.expression(`cron(${schedule.cron})`, TimeZone.of(schedule.timeZone))
    : ScheduleExpression.rate(Duration.millis(schedule.every));
}

function schedulerRole(scope: Construct, group: ScheduleGroup, props: SchedulesProps): Role {
  const { dispatch, failedTicks, encryptionKey } = props;
  return new Role(scope, 'SchedulerRole', {
    description: 'What the schedules of the monitor may do',
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: {
        StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID, 'aws:SourceArn': group.scheduleGroupArn },
      },
    }),
    // Inline, so that it is there before the first schedule is: a rate fires at once.
    inlinePolicies: {
      Tick: new PolicyDocument({
        statements: [
          new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [dispatch.functionArn] }),
          new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [failedTicks.queueArn] }),
          ...(encryptionKey
            ? [
                new PolicyStatement({
                  actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
                  resources: [encryptionKey.keyArn],
                }),
              ]
            : []),
        ],
      }),
    },
  });
}
