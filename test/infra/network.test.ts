import type { Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import {
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpointAwsService,
  SecurityGroup,
  Subnet,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { describe, expect, it } from 'vitest';
import type { DriftMonitorProps } from '../../infra/drift-monitor-props.ts';
import { demo, newStack, resourcesOf, synth } from './synth.ts';

const isolated = (stack: Stack) =>
  new Vpc(stack, 'Vpc', {
    natGateways: 0,
    maxAzs: 2,
    subnetConfiguration: [{ name: 'inner', subnetType: SubnetType.PRIVATE_ISOLATED }],
  });

function withEndpoints(stack: Stack, options: { privateDns?: boolean; leaveOut?: string } = {}): Vpc {
  const vpc = isolated(stack);
  vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 });
  const { SNS, SQS, SECRETS_MANAGER } = InterfaceVpcEndpointAwsService;
  for (const [id, service] of Object.entries({ SNS, SQS, SECRETS_MANAGER })) {
    if (id === options.leaveOut) continue;
    vpc.addInterfaceEndpoint(id, { service, privateDnsEnabled: options.privateDns ?? true });
  }
  return vpc;
}

const imported = (stack: Stack, subnets: Record<string, string[]> = {}) =>
  Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ['eu-central-1a', 'eu-central-1b'],
    ...subnets,
  });

const named = (stack: Stack) => ({ subnets: [Subnet.fromSubnetId(stack, 'Named', 'subnet-0123456789abcdef9')] });

type Network = Omit<DriftMonitorProps, 'settings'>;
const withoutProbes = {
  ...demo,
  targets: { 'pro-tenant': demo.targets['pro-tenant'] },
};

const all = ['s3', 'sns', 'sqs', 'secretsmanager'] as const;

describe('a VPC', () => {
  it.each<[string, (stack: Stack) => Network]>([
    ['with NAT', (stack) => ({ vpc: new Vpc(stack, 'Vpc', { natGateways: 1 }) })],
    ['with all endpoints', (stack) => ({ vpc: withEndpoints(stack) })],
    [
      'imported, with private subnets',
      (stack) => ({
        vpc: imported(stack, { privateSubnetIds: ['subnet-0123456789abcdef1', 'subnet-0123456789abcdef2'] }),
      }),
    ],
    [
      'imported, with endpoints it is said to have',
      (stack) => ({
        vpc: imported(stack, { isolatedSubnetIds: ['subnet-0123456789abcdef1', 'subnet-0123456789abcdef2'] }),
        existingEndpoints: [...all],
      }),
    ],
    [
      'imported, with subnets that are said to have NAT',
      (stack) => ({
        vpc: imported(stack),
        subnets: named(stack),
        natGateway: true,
      }),
    ],
  ])('will do %s', (_name, network) => {
    const template = synth(network);
    for (const { properties } of resourcesOf(template, 'AWS::Lambda::Function').filter(({ id }) =>
      id.startsWith('Monitor'),
    )) {
      expect(properties.VpcConfig).toMatchObject({
        SubnetIds: expect.any(Array),
        SecurityGroupIds: [expect.anything()],
      });
    }
  });

  it.each<[string, (stack: Stack) => Network, string[]]>([
    ['without NAT and endpoints', (stack) => ({ vpc: isolated(stack) }), ['S3', 'SNS', 'SQS', 'Secrets Manager']],
    ['without one of the endpoints', (stack) => ({ vpc: withEndpoints(stack, { leaveOut: 'SNS' }) }), ['SNS']],
    [
      'with endpoints that the SDK does not find',
      (stack) => ({ vpc: withEndpoints(stack, { privateDns: false }) }),
      ['SNS', 'SQS', 'Secrets Manager'],
    ],
    [
      'with NAT that it is said not to have',
      (stack) => ({ vpc: new Vpc(stack, 'Vpc', { natGateways: 1 }), natGateway: false }),
      ['S3', 'SNS', 'SQS', 'Secrets Manager'],
    ],
    [
      'imported, with isolated subnets',
      (stack) => ({
        vpc: imported(stack, { isolatedSubnetIds: ['subnet-0123456789abcdef1', 'subnet-0123456789abcdef2'] }),
      }),
      ['S3', 'SNS', 'SQS', 'Secrets Manager'],
    ],
    [
      'imported, with subnets nothing is known of',
      (stack) => ({ vpc: imported(stack), subnets: named(stack), existingEndpoints: ['s3', 'sqs'] }),
      ['SNS', 'Secrets Manager'],
    ],
    [
      'with private subnets whose NAT is missing',
      (stack) => ({
        vpc: new Vpc(stack, 'Vpc', {
          natGateways: 0,
          subnetConfiguration: [{ name: 'inner', subnetType: SubnetType.PRIVATE_WITH_EGRESS }],
        }),
      }),
      ['S3', 'SNS', 'SQS', 'Secrets Manager'],
    ],
  ])('will not do %s', (_name, network, missing) => {
    let message = '';
    try {
      newStack(network);
    } catch (error) {
      message = (error as Error).message;
    }
    expect([...message.matchAll(/^- ([\w ]+) \(/gm)].map(([, service]) => service)).toEqual(missing);
    expect(message).toContain('probes of public addresses need NAT');
    expect(message).toContain('whose functions are outside the VPC');
  });

  it('belongs to its own endpoints only', () => {
    expect(() =>
      newStack((stack) => {
        withEndpoints(stack);
        return {
          vpc: new Vpc(stack, 'Other', {
            natGateways: 0,
            subnetConfiguration: [{ name: 'inner', subnetType: SubnetType.PRIVATE_ISOLATED }],
          }),
        };
      }),
    ).toThrow('cannot reach');
  });

  it('needs no Secrets Manager for settings without secrets', () => {
    expect(() =>
      newStack((stack) => ({ settings: withoutProbes, vpc: withEndpoints(stack, { leaveOut: 'SECRETS_MANAGER' }) })),
    ).not.toThrow();
  });

  it('without NAT is said to be out of reach of public addresses, when there are probes', () => {
    const warning = Match.stringLikeRegexp('no NAT.*inside the VPC: pap-api probe:login https://pap.example.com ');
    Annotations.fromStack(newStack((stack) => ({ vpc: withEndpoints(stack) })).stack).hasWarning('*', warning);
    const without = newStack((stack) => ({ settings: withoutProbes, vpc: withEndpoints(stack) }));
    Annotations.fromStack(without.stack).hasNoWarning('*', Match.stringLikeRegexp('no NAT'));
  });
});

describe('security groups', () => {
  it('are yours', () => {
    const template = synth((stack) => {
      const vpc = new Vpc(stack, 'Vpc', { natGateways: 1 });
      return { vpc, securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Mine', 'sg-0123456789abcdef0')] };
    });
    template.resourceCountIs('AWS::EC2::SecurityGroup', 0);
    template.hasResourceProperties('AWS::Lambda::Function', {
      VpcConfig: { SecurityGroupIds: ['sg-0123456789abcdef0'] },
    });
  });

  it('are one for both functions, that nothing gets into', () => {
    const template = synth((stack) => ({ vpc: new Vpc(stack, 'Vpc', { natGateways: 1 }) }));
    template.resourceCountIs('AWS::EC2::SecurityGroup', 1);
    template.hasResourceProperties('AWS::EC2::SecurityGroup', { SecurityGroupIngress: Match.absent() });
  });
});
