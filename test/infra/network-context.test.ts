import { Stack } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { networkFromContext } from '../../infra/network-context.ts';
import { newApp, newStack } from './synth.ts';

const vpcId = 'vpc-0123456789abcdef0';
const subnetIds = 'subnet-0123456789abcdef0, subnet-0123456789abcdef1';
const stackWith = (context: Record<string, string>) => new Stack(newApp(context), 'Stack');

describe('networkFromContext', () => {
  it('is no network without any', () => {
    expect(networkFromContext(stackWith({}))).toEqual({});
  });

  it('is the network that is named', () => {
    const props = networkFromContext(
      stackWith({
        vpcId,
        subnetIds,
        securityGroupIds: 'sg-0123456789abcdef0',
        natGateway: 'true',
        endpoints: 's3,sns',
      }),
    );
    expect(props.vpc?.vpcId).toBe(vpcId);
    expect(props.subnets?.subnets?.map(({ subnetId }) => subnetId)).toEqual(subnetIds.split(', '));
    expect(props.securityGroups?.map(({ securityGroupId }) => securityGroupId)).toEqual(['sg-0123456789abcdef0']);
    expect(props).toMatchObject({ natGateway: true, existingEndpoints: ['s3', 'sns'] });
  });

  it.each<[string, Record<string, string>, string]>([
    ['a VPC without subnets', { vpcId }, '-c vpcId needs -c subnetIds='],
    ['subnets without a VPC', { subnetIds }, '-c subnetIds has no meaning without -c vpcId='],
    ['NAT without a VPC', { natGateway: 'true' }, '-c natGateway has no meaning without -c vpcId='],
    ['an endpoint that there is not', { vpcId, subnetIds, endpoints: 's3,s4' }, '"s4" is not one of s3, sns, sqs, '],
    ['neither yes nor no', { vpcId, subnetIds, natGateway: 'yes' }, '"yes" is not one of true, false'],
  ])('refuses %s', (_name, context, message) => {
    expect(() => networkFromContext(stackWith(context))).toThrow(message);
  });

  it('is looked at as any other network is', () => {
    const context = { vpcId, subnetIds, endpoints: 's3,sns' };
    expect(() => newStack(networkFromContext, context)).toThrow(/cannot reach:\n- SQS .*\n- Secrets Manager /);
    expect(() => newStack(networkFromContext, { ...context, endpoints: 's3,sns,sqs,secretsmanager' })).not.toThrow();
    expect(() => newStack(networkFromContext, { vpcId, subnetIds, natGateway: 'true' })).not.toThrow();
  });
});
