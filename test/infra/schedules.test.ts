import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  digestEvent,
  housekeepingEvent,
  schedulerContext,
  sweepEvent,
  tickEvent,
  watchTickEvent,
} from '../../lambda/functions/events.ts';
import { resourcesOf, synth } from './synth.ts';

const template = synth();
const schedules = resourcesOf(template, 'AWS::Scheduler::Schedule').map(({ properties }) => properties);

interface Target {
  Arn: unknown;
  Input: string;
  RoleArn: unknown;
  DeadLetterConfig: { Arn: unknown };
  RetryPolicy: unknown;
}
const targetOf = (schedule: Record<string, unknown>) => schedule.Target as Target;
const inputOf = (schedule: Record<string, unknown>) => JSON.parse(targetOf(schedule).Input) as Record<string, string>;

describe('schedules', () => {
  it('are one for every kind of check and cadence, and one each for the sweep, the digest, watches and housekeeping', () => {
    const found = schedules.map((schedule) => {
      const { kind, schedule: key, driftwatch } = inputOf(schedule);
      return [driftwatch, kind, key, schedule.ScheduleExpression, schedule.ScheduleExpressionTimezone];
    });
    expect(found).toEqual([
      ['tick', 'backup', 'cron 0 6 * * ? * in Europe/Berlin', 'cron(0 6 * * ? *)', 'Europe/Berlin'],
      ['tick', 'database', 'every 5m', 'rate(5 minutes)', 'Etc/UTC'],
      ['digest', undefined, undefined, 'cron(0 8 ? * MON *)', 'Europe/Berlin'],
      ['housekeeping', undefined, undefined, 'rate(1 day)', 'Etc/UTC'],
      ['tick', 'probe', 'every 5m', 'rate(5 minutes)', 'Etc/UTC'],
      ['tick', 'schema', 'every 15m', 'rate(15 minutes)', 'Etc/UTC'],
      ['sweep', undefined, undefined, 'rate(15 minutes)', 'Etc/UTC'],
      ['watch', undefined, undefined, 'rate(1 minute)', 'Etc/UTC'],
    ]);
  });

  it('send what dispatch reads, with the time and id that Scheduler fills in', () => {
    for (const schedule of schedules) {
      const input = inputOf(schedule);
      expect(input).toMatchObject(schedulerContext);
      const delivered = {
        ...input,
        scheduledAt: '2026-11-20T06:00:00Z',
        tickId: '8ff6d2b0-9f3c-4f6e-a0a1-8b3e0e1d2c3b',
      };
      const event = z.discriminatedUnion('driftwatch', [
        tickEvent,
        sweepEvent,
        watchTickEvent,
        digestEvent,
        housekeepingEvent,
      ]);
      expect(event.parse(delivered)).toEqual(delivered);
    }
  });

  it('fire exactly when they say, in a group of their own', () => {
    template.allResourcesProperties('AWS::Scheduler::Schedule', {
      FlexibleTimeWindow: { Mode: 'OFF' },
      State: 'ENABLED',
      GroupName: resourcesOf(template, 'AWS::Scheduler::ScheduleGroup')[0]?.properties.Name,
      StartDate: Match.absent(),
      EndDate: Match.absent(),
    });
  });

  it('give up before the next tick is due, and keep what they gave up', () => {
    const [failedTicks] = resourcesOf(template, 'AWS::SQS::Queue').filter(({ id }) => id.includes('FailedTicks'));
    expect(schedules.map((schedule) => targetOf(schedule).RetryPolicy)).toEqual(
      [3_600, 300, 3_600, 3_600, 300, 900, 900, 60].map((age) => ({
        MaximumEventAgeInSeconds: age,
        MaximumRetryAttempts: 2,
      })),
    );
    for (const schedule of schedules) {
      expect(targetOf(schedule).DeadLetterConfig.Arn).toEqual({ 'Fn::GetAtt': [failedTicks?.id, 'Arn'] });
    }
  });

  it('may do nothing but invoke dispatch and keep failed ticks, and only for this group', () => {
    const role = resourcesOf(template, 'AWS::IAM::Role').find(({ id }) => id.includes('SchedulerRole'));
    const [group] = resourcesOf(template, 'AWS::Scheduler::ScheduleGroup');
    expect(role?.properties.AssumeRolePolicyDocument).toMatchObject({
      Statement: [
        {
          Principal: { Service: 'scheduler.amazonaws.com' },
          Condition: {
            StringEquals: {
              'aws:SourceAccount': { Ref: 'AWS::AccountId' },
              'aws:SourceArn': { 'Fn::GetAtt': [group?.id, 'Arn'] },
            },
          },
        },
      ],
    });
    const dispatch = targetOf(schedules[0] as Record<string, unknown>);
    expect(role?.properties.Policies).toMatchObject([
      {
        PolicyDocument: {
          Statement: [
            { Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: dispatch.Arn },
            { Action: 'sqs:SendMessage', Effect: 'Allow', Resource: dispatch.DeadLetterConfig.Arn },
          ],
        },
      },
    ]);
    // No policy beside it adds to that.
    const roleId = role?.id as string;
    for (const { properties } of resourcesOf(template, 'AWS::IAM::Policy')) {
      expect(properties.Roles).not.toContainEqual({ Ref: roleId });
    }
  });
});
