import { Validations } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { type Change, newStack } from './synth.ts';

/** Findings in the construct itself; what a test puts beside it is not its business. */
function findings(change?: Change, plant: (stack: ReturnType<typeof newStack>['stack']) => void = () => {}): string[] {
  const { app, stack } = newStack(change);
  plant(stack);
  const { violations } = new AwsSolutionsChecks(app).validateScope(stack.monitor);
  return violations.map(({ ruleName }) => ruleName);
}

describe('cdk-nag', () => {
  it.each<[string, Change | undefined]>([
    ['as it is', undefined],
    ['with a key', (stack) => ({ encryptionKey: new Key(stack, 'Key', { enableKeyRotation: true }) })],
    ['in a VPC', (stack) => ({ vpc: new Vpc(stack, 'Vpc', { natGateways: 1 }) })],
  ])('finds nothing in the monitor %s', (_name, change) => {
    expect(findings(change)).toEqual([]);
  });

  it('finds what is planted', () => {
    expect(findings(undefined, (stack) => new Queue(stack.monitor, 'Open'))).toEqual([
      'AwsSolutions-SQS3',
      'AwsSolutions-SQS4',
    ]);
  });

  it('finds a wildcard that has no reason, beside those that have', () => {
    const plant = (stack: ReturnType<typeof newStack>['stack']) =>
      stack.monitor.check.addToRolePolicy(
        new PolicyStatement({ actions: ['s3:GetObject*'], resources: ['arn:aws:s3:::x/*'] }),
      );
    expect(findings(undefined, plant)).toEqual([
      'AwsSolutions-IAM5[Action::s3:GetObject*]',
      'AwsSolutions-IAM5[Resource::arn:aws:s3:::x/*]',
    ]);
  });

  it('is told a reason for everything it is asked to overlook', () => {
    const { stack } = newStack((scope) => ({ encryptionKey: new Key(scope, 'Key'), vpc: new Vpc(scope, 'Vpc') }));
    const reasons = stack.monitor.node
      .findAll()
      .flatMap(({ node }) => node.metadata)
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.values(data as Record<string, unknown>));
    expect(reasons.length).toBeGreaterThan(5);
    for (const reason of reasons) expect(JSON.stringify(reason).length).toBeGreaterThan(40);
  });
});
