import { describe, expect, it } from 'vitest';
import { housekeepingEvent, onDemandEvent } from '../../lambda/functions/events.ts';
import { synth } from './synth.ts';

const outputs = synth().toJSON().Outputs as Record<string, { Value: unknown; Description: string }>;

/** As the deployment prints it, with names in the place of what only it knows. */
function printed(id: string): string {
  const value = outputs[id]?.Value;
  const parts = (value as { 'Fn::Join'?: [string, unknown[]] })['Fn::Join']?.[1] ?? [value];
  return parts
    .map((part) =>
      typeof part === 'string'
        ? part
        : (part as { Ref: string }).Ref.replace(/^Monitor/, '').replace(/[0-9A-F]{8}$/, ''),
    )
    .join('');
}

const payload = (id: string): unknown => JSON.parse(/--payload '(.*)' \/dev\/stdout$/.exec(printed(id))?.[1] ?? '');

describe('outputs', () => {
  it('are commands to paste', () => {
    expect(Object.fromEntries(Object.keys(outputs).map((id) => [id, printed(id)]))).toEqual({
      RunEverything:
        "aws lambda invoke --region AWS::Region --function-name Check --cli-binary-format raw-in-base64-out --cli-read-timeout 900 --payload '{}' /dev/stdout",
      RunOneTarget: `aws lambda invoke --region AWS::Region --function-name Check --cli-binary-format raw-in-base64-out --cli-read-timeout 900 --payload '{"target":"pap-api","checks":["backup"]}' /dev/stdout`,
      CountSubscriptions: `aws lambda invoke --region AWS::Region --function-name Dispatch --cli-binary-format raw-in-base64-out --cli-read-timeout 900 --payload '{"driftwatch":"housekeeping"}' /dev/stdout`,
      ReadLog: 'aws logs tail CheckLogs --follow --since 1h --region AWS::Region',
      PublishSnapshot:
        'npm run driftwatch -- snapshot --run "$MIGRATE" --publish --model pap-api --application-version "$VERSION" --bucket Memory',
      MemoryBucket: 'Memory',
      AlertsTopic: 'Alerts',
      OperatorTopic: 'Operator',
    });
  });

  it('call the functions with events that they read', () => {
    expect(onDemandEvent.parse(payload('RunEverything'))).toEqual({});
    expect(onDemandEvent.parse(payload('RunOneTarget'))).toEqual({ target: 'pap-api', checks: ['backup'] });
    expect(housekeepingEvent.parse(payload('CountSubscriptions'))).toEqual({ driftwatch: 'housekeeping' });
  });

  it('say what they are for', () => {
    for (const { Description } of Object.values(outputs)) expect(Description.length).toBeGreaterThan(10);
  });
});
