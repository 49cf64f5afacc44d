// A VPC as the command line names it, for those who deploy the stack of this repository as it is:
// `-c vpcId=vpc-... -c subnetIds=subnet-a,subnet-b -c securityGroupIds=sg-...`, with `-c natGateway=true` or
// `-c endpoints=s3,sns,sqs,secretsmanager` for what cannot be seen of a VPC without asking AWS.
import { Annotations, type Stack } from 'aws-cdk-lib';
import { SecurityGroup, Subnet, Vpc } from 'aws-cdk-lib/aws-ec2';
import { type DriftMonitorProps, endpointServices } from './drift-monitor-props.ts';

type NetworkProps = Pick<DriftMonitorProps, 'vpc' | 'subnets' | 'securityGroups' | 'natGateway' | 'existingEndpoints'>;

/** @throws Error naming what is missing beside what was given, or not a word that may stand there */
export function networkFromContext(stack: Stack): NetworkProps {
  const [vpcId] = list(stack, 'vpcId');
  const subnetIds = list(stack, 'subnetIds');
  const securityGroupIds = list(stack, 'securityGroupIds');
  const natGateway = flag(stack, 'natGateway');
  const existingEndpoints = list(stack, 'endpoints').map((name) => oneOf('endpoints', name, endpointServices));
  if (vpcId === undefined) {
    const [stray] = ['subnetIds', 'securityGroupIds', 'natGateway', 'endpoints'].filter(
      (key) => list(stack, key).length > 0,
    );
    if (stray !== undefined) throw new Error(`-c ${stray} has no meaning without -c vpcId=vpc-...`);
    return {};
  }
  if (subnetIds.length === 0) throw new Error('-c vpcId needs -c subnetIds=subnet-...,subnet-... beside it');
  return {
    // Which zones they are in does not matter: the functions are put into these subnets.
    vpc: Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId, availabilityZones: ['any'] }),
    subnets: {
      subnets: subnetIds.map((id) => {
        const subnet = Subnet.fromSubnetId(stack, `Subnet ${id}`, id);
        Annotations.of(subnet).acknowledgeWarning('@aws-cdk/aws-ec2:noSubnetRouteTableId', 'Its routes are declared.');
        return subnet;
      }),
    },
    ...(securityGroupIds.length === 0
      ? {}
      : {
          securityGroups: securityGroupIds.map((id) =>
            // Its rules are its owner's: nothing is added to them from here.
            SecurityGroup.fromSecurityGroupId(stack, `Group ${id}`, id, { mutable: false }),
          ),
        }),
    ...(natGateway === undefined ? {} : { natGateway }),
    existingEndpoints,
  };
}

function list(stack: Stack, key: string): string[] {
  const value: unknown = stack.node.tryGetContext(key);
  if (value === undefined) return [];
  return String(value)
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function flag(stack: Stack, key: string): boolean | undefined {
  const [text] = list(stack, key);
  return text === undefined ? undefined : oneOf(key, text, ['true', 'false'] as const) === 'true';
}

function oneOf<Word extends string>(key: string, text: string, words: readonly Word[]): Word {
  const word = words.find((each) => each === text);
  if (word === undefined) throw new Error(`-c ${key}: "${text}" is not one of ${words.join(', ')}`);
  return word;
}
