// One function, with what is the same for all of them: runtime, logs, tracing, environment, a role of their own that starts
// with nothing but its log group. What else they may do is granted in permissions.ts.
import { createHash } from 'node:crypto';
import { AssetHashType, DockerImage, type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IDestination } from 'aws-cdk-lib/aws-lambda';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { metricNamespace } from '../lambda/config/metrics.ts';
import { bundleFile, bundleFunction, type FunctionEntry } from './bundle.ts';
import { acknowledgeWildcards, allow } from './grants.ts';
import type { FunctionNetwork } from './network.ts';

export interface FunctionProps {
  entry: FunctionEntry;
  description: string;
  settingsJson: string;
  monitorName: string;
  environment: Record<string, string>;
  memoryMb: number;
  timeout: Duration;
  logRetention: RetentionDays;
  /** How asynchronous calls that fail are treated; event sources and synchronous calls have their own way. */
  asynchronous: { retries: 0 | 1 | 2; maxEventAge: Duration; onFailure?: IDestination };
  network: FunctionNetwork | undefined;
}

export interface DeployedFunction {
  fn: LambdaFunction;
  role: Role;
  logGroup: LogGroup;
}

export function createFunction(scope: Construct, id: string, props: FunctionProps): DeployedFunction {
  const logGroup = new LogGroup(scope, `${id}Logs`, {
    retention: props.logRetention,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new Role(scope, `${id}Role`, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    description: `What the ${props.entry} function of the monitor ${props.monitorName} may do`,
  });
  allow(role, {
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [logGroup.logGroupArn],
  });
  acknowledgeWildcards(
    role,
    { resources: ['*'] },
    'CDK grants the writing of traces; X-Ray knows no resources for it.',
  );
  if (props.network) {
    allow(role, {
      actions: [
        'ec2:CreateNetworkInterface',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeSubnets',
        'ec2:DeleteNetworkInterface',
        'ec2:AssignPrivateIpAddresses',
        'ec2:UnassignPrivateIpAddresses',
      ],
      resources: ['*'],
      wildcardReason:
        'Lambda checks these without a resource before it makes the network interfaces of a function in a VPC.',
    });
  }
  const { retries, maxEventAge, onFailure } = props.asynchronous;
  const fn = new LambdaFunction(scope, id, {
    description: props.description,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    code: bundledCode(props.entry, props.settingsJson),
    handler: `${bundleFile.replace(/\.mjs$/, '')}.handler`,
    memorySize: props.memoryMb,
    timeout: props.timeout,
    role,
    logGroup,
    loggingFormat: LoggingFormat.JSON,
    tracing: Tracing.ACTIVE,
    environment: {
      POWERTOOLS_SERVICE_NAME: props.monitorName,
      POWERTOOLS_METRICS_NAMESPACE: metricNamespace,
      ...processEnvironment(props.memoryMb),
      ...props.environment,
    },
    retryAttempts: retries,
    maxEventAge,
    ...(onFailure ? { onFailure } : {}),
    ...(props.network
      ? {
          vpc: props.network.vpc,
          vpcSubnets: props.network.subnets,
          securityGroups: props.network.securityGroups,
        }
      : {}),
  });
  return { fn, role, logGroup };
}

/** What a process takes beside its heap: Node itself, the bundle, bodies of requests. */
const besideHeapMb = 112;

/**
 * What makes a process fit in the memory of its function. Stack traces in the log name the sources' files and lines. The
 * heap is as large as fits: the runtime's own choice, 90 percent of the memory, lets garbage grow until Lambda ends the
 * process. And what was allocated beside the heap goes back to the system when it is freed: by itself, the C library
 * keeps some 40 MB of a large snapshot's buffers. https://man7.org/linux/man-pages/man3/mallopt.3.html
 */
export function processEnvironment(memoryMb: number): Record<string, string> {
  const young = Math.max(4, Math.min(16, Math.floor(memoryMb / 64)));
  return {
    NODE_OPTIONS: `--enable-source-maps --max-old-space-size=${memoryMb - besideHeapMb} --max-semi-space-size=${young}`,
    MALLOC_ARENA_MAX: '1',
    MALLOC_MMAP_THRESHOLD_: '65536',
  };
}

/** The bundle as an asset of the assembly, made only when the stack is synthesized. */
function bundledCode(entry: FunctionEntry, settingsJson: string): Code {
  return Code.fromAsset(import.meta.dirname, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // The local way never fails over to this image.
      image: DockerImage.fromRegistry('scratch'),
      // CDK takes assets with equal options for one and the same, and cannot look into a function below.
      command: [entry, createHash('sha256').update(settingsJson).digest('hex')],
      local: {
        tryBundle(outputDir: string): boolean {
          bundleFunction(entry, outputDir, { settingsJson });
          return true;
        },
      },
    },
  });
}
