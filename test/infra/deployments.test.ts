import { describe, expect, it } from 'vitest';
import { deploymentEvent } from '../../lambda/functions/events.ts';
import { resourcesOf, synth } from './synth.ts';

const template = synth();

describe('deployments', () => {
  const [rule] = resourcesOf(template, 'AWS::Events::Rule');

  it('are the one kind of event that is taken, from the default bus', () => {
    expect(resourcesOf(template, 'AWS::Events::Rule')).toHaveLength(1);
    expect(rule?.properties).toMatchObject({
      State: 'ENABLED',
      EventPattern: { source: ['driftwatch'], 'detail-type': ['deployment'] },
      Targets: [{ Arn: { 'Fn::GetAtt': [expect.stringContaining('Check'), 'Arn'] } }],
    });
    expect(rule?.properties).not.toHaveProperty('EventBusName');
  });

  it('reach the check function as it reads them, and nobody else may call it so', () => {
    const { source, 'detail-type': kind } = (rule?.properties.EventPattern ?? {}) as Record<string, string[]>;
    const event = { source: source?.[0], 'detail-type': kind?.[0], time: '2026-11-20T12:00:00Z' };
    expect(deploymentEvent.parse({ ...event, detail: { target: 'pap-api', version: '1.5.0' } })).toMatchObject(event);
    expect(resourcesOf(template, 'AWS::Lambda::Permission').map(({ properties }) => properties)).toMatchObject([
      { Principal: 'events.amazonaws.com', SourceArn: { 'Fn::GetAtt': [rule?.id, 'Arn'] } },
    ]);
  });

  it('are tried again when the function fails', () => {
    const [config] = resourcesOf(template, 'AWS::Lambda::EventInvokeConfig').filter(({ id }) => id.includes('Check'));
    expect(config?.properties).toMatchObject({ MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 3_600 });
  });
});
