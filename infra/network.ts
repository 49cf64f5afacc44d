// Whether functions inside a VPC can reach what they need, found out at synth: a monitor that cannot reach S3 or SNS
// would otherwise be deployed without complaint and then say nothing at all.
import { Annotations, Stack } from 'aws-cdk-lib';
import {
  CfnRoute,
  CfnVPCEndpoint,
  type ISecurityGroup,
  type ISubnet,
  type IVpc,
  SecurityGroup,
  Subnet,
  type SubnetSelection,
} from 'aws-cdk-lib/aws-ec2';
import type { Construct, IConstruct } from 'constructs';
import type { Access } from './access.ts';
import { type DriftMonitorProps, type EndpointService, endpointServices } from './drift-monitor-props.ts';

/** What the functions are given of a VPC that has been found fit. */
export interface FunctionNetwork {
  vpc: IVpc;
  subnets: SubnetSelection;
  securityGroups: ISecurityGroup[];
}

const publicAddresses =
  'probes of public addresses need NAT, or a monitor of their own whose functions are outside the VPC';

/**
 * @returns undefined outside a VPC
 * @throws Error listing every service that has neither an endpoint nor NAT to go through
 */
export function networkOf(scope: Construct, props: DriftMonitorProps, access: Access): FunctionNetwork | undefined {
  const { existingEndpoints = [] } = props;
  if (props.vpc === undefined) return undefined;
  // Under exactOptionalPropertyTypes CDK's own Vpc is no IVpc.
  const vpc = props.vpc as IVpc;
  const { subnets } = vpc.selectSubnets(props.subnets);
  const network = {
    vpc,
    subnets: { subnets },
    securityGroups: props.securityGroups ?? [newSecurityGroup(scope, vpc)],
  };
  if (props.natGateway ?? subnets.every((subnet) => hasEgress(vpc, subnet))) return network;

  const present = new Set<EndpointService>([...existingEndpoints, ...endpointsOf(vpc)]);
  const needed = endpointServices.filter((service) => service !== 'secretsmanager' || access.secrets.length > 0);
  const missing = needed.filter((service) => !present.has(service));
  if (missing.length > 0) {
    throw new Error(
      [
        'the functions would run in a VPC without NAT, where they cannot reach:',
        ...missing.map((service) => `- ${descriptions[service]}`),
        'Add these endpoints to the VPC, with private DNS; name them in existingEndpoints if they are there already; or use subnets with NAT, and say natGateway: true where that cannot be seen from here.',
        `Note that ${publicAddresses}.`,
      ].join('\n'),
    );
  }
  if (access.calls.length > 0) {
    Annotations.of(scope).addWarningV2(
      'driftwatch:calls-without-nat',
      `the VPC has no NAT: ${publicAddresses}. These reach only addresses inside the VPC: ${access.calls.join(', ')}`,
    );
  }
  return network;
}

function newSecurityGroup(scope: Construct, vpc: IVpc): ISecurityGroup {
  return new SecurityGroup(scope, 'SecurityGroup', {
    vpc,
    description: 'The functions of a Driftwatch monitor: nothing comes in, anything goes out',
  });
}

const descriptions: Record<EndpointService, string> = {
  s3: 'S3 (gateway endpoint, com.amazonaws.<region>.s3): state, snapshots, backups',
  sns: 'SNS (interface endpoint, com.amazonaws.<region>.sns): alerts',
  sqs: 'SQS (interface endpoint, com.amazonaws.<region>.sqs): runs',
  secretsmanager: 'Secrets Manager (interface endpoint, com.amazonaws.<region>.secretsmanager): credentials',
};

/** Endpoints of this VPC that are defined anywhere in the app and that the AWS SDK would use by itself. */
function endpointsOf(vpc: IVpc): EndpointService[] {
  return resources(vpc, CfnVPCEndpoint)
    .filter((endpoint) => same(vpc, endpoint.vpcId, vpc.vpcId))
    .filter((endpoint) => endpoint.vpcEndpointType !== 'Interface' || endpoint.privateDnsEnabled === true)
    .flatMap((endpoint) => {
      const name = JSON.stringify(Stack.of(endpoint).resolve(endpoint.serviceName));
      return endpointServices.filter((service) => name.includes(`.${service}"`));
    });
}

/** A subnet of this app by its routes; one from outside by what its VPC was imported as. */
function hasEgress(vpc: IVpc, subnet: ISubnet): boolean {
  const defined = subnet instanceof Subnet;
  if (!defined) return vpc.privateSubnets.some(({ subnetId }) => same(vpc, subnetId, subnet.subnetId));
  // A function in a VPC has no public address, so an internet gateway is of no use to it.
  return resources(vpc, CfnRoute).some(
    (route) =>
      same(vpc, route.routeTableId, subnet.routeTable.routeTableId) &&
      route.destinationCidrBlock === '0.0.0.0/0' &&
      route.gatewayId === undefined,
  );
}

function resources<Resource extends IConstruct>(
  scope: IConstruct,
  kind: abstract new (...never: never[]) => Resource,
): Resource[] {
  return scope.node.root.node.findAll().filter((node): node is Resource => node instanceof kind);
}

/** Whether two values are the same once CDK has put references in the place of tokens. */
function same(scope: IConstruct, left: unknown, right: unknown): boolean {
  const resolve = (value: unknown) => JSON.stringify(Stack.of(scope).resolve(value));
  return resolve(left) === resolve(right);
}
