import { Duration } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { describe, expect, it } from 'vitest';
import { metricNamespace } from '../../lambda/config/metrics.ts';
import { resourcesOf, synth } from './synth.ts';

const template = synth();
const functionNamed = (name: string) => {
  const found = resourcesOf(template, 'AWS::Lambda::Function').find(({ id }) => id.includes(name));
  if (!found) throw new Error(`no function ${name}`);
  return found;
};

describe('the functions', () => {
  it('run on Node 24 and arm64, traced, with JSON in log groups of their own that do not grow for ever', () => {
    template.resourceCountIs('AWS::Lambda::Function', 2);
    template.allResourcesProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: Match.stringLikeRegexp('Logs') } },
      VpcConfig: Match.absent(),
      ReservedConcurrentExecutions: Match.absent(),
    });
    template.resourceCountIs('AWS::Logs::LogGroup', 2);
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
  });

  it('learn from the environment what the stack made', () => {
    const id = (type: string, part: string) =>
      resourcesOf(template, type).find((resource) => resource.id.includes(part))?.id;
    template.allResourcesProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: {
          DRIFTWATCH_BUCKET: { Ref: id('AWS::S3::Bucket', 'Memory') },
          DRIFTWATCH_ALERTS_TOPIC_ARN: { Ref: id('AWS::SNS::Topic', 'Alerts') },
          DRIFTWATCH_OPERATOR_TOPIC_ARN: { Ref: id('AWS::SNS::Topic', 'Operator') },
          DRIFTWATCH_QUEUE_URL: { Ref: id('AWS::SQS::Queue', 'Work') },
          POWERTOOLS_SERVICE_NAME: 'demo',
          POWERTOOLS_METRICS_NAMESPACE: metricNamespace,
        },
      },
    });
  });

  it('have as large a heap as their memory has room for', () => {
    for (const [name, options] of [
      ['Check', '--enable-source-maps --max-old-space-size=912 --max-semi-space-size=16'],
      ['Dispatch', '--enable-source-maps --max-old-space-size=144 --max-semi-space-size=4'],
    ] as const) {
      expect(functionNamed(name).properties.Environment).toMatchObject({ Variables: { NODE_OPTIONS: options } });
    }
  });

  it('are told apart by their roles', () => {
    const roles = ['Check', 'Dispatch'].map((name) => JSON.stringify(functionNamed(name).properties.Role));
    expect(new Set(roles).size).toBe(2);
  });

  it('keep ticks that dispatch could not handle, and repeat what nobody waits for', () => {
    const ofFunction = (name: string) => ({ FunctionName: { Ref: functionNamed(name).id } });
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      ...ofFunction('Dispatch'),
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: 900,
      DestinationConfig: {
        OnFailure: { Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp('FailedTicks'), 'Arn'] } },
      },
    });
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      ...ofFunction('Check'),
      MaximumRetryAttempts: 2,
    });
  });

  it('take one message at a time, some targets at once', () => {
    template.resourceCountIs('AWS::Lambda::EventSourceMapping', 1);
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionName: { Ref: functionNamed('Check').id },
      EventSourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('Work'), 'Arn'] },
      BatchSize: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 10 },
    });
  });

  it.each([
    ['as it is', {}],
    ['with a check that takes long', { checkTimeout: Duration.minutes(15) }],
  ])('never see a message twice while they work on it, %s', (_name, props) => {
    const changed = synth(() => props);
    const timeouts = resourcesOf(changed, 'AWS::Lambda::Function').map(({ properties }) => Number(properties.Timeout));
    const work = resourcesOf(changed, 'AWS::SQS::Queue').find(({ id }) => id.includes('Work'))?.properties;
    const visibility = Number(work?.VisibilityTimeout);
    expect(visibility).toBeGreaterThanOrEqual(6 * Math.max(...timeouts));
    const { maxReceiveCount } = (work?.RedrivePolicy ?? {}) as { maxReceiveCount: number };
    expect(Number(work?.MessageRetentionPeriod)).toBeGreaterThan(visibility * maxReceiveCount);
  });

  it('have what they were given', () => {
    const changed = synth(() => ({
      checkTimeout: Duration.minutes(7),
      checkMemory: 2_048,
      maxConcurrency: 2,
      logRetention: RetentionDays.ONE_YEAR,
    }));
    changed.hasResourceProperties('AWS::Lambda::Function', { Timeout: 420, MemorySize: 2_048 });
    changed.hasResourceProperties('AWS::Lambda::EventSourceMapping', { ScalingConfig: { MaximumConcurrency: 2 } });
    changed.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 365 });
  });
});
