// What a DriftMonitor can be given. Only `settings` has to be.
import type { Duration } from 'aws-cdk-lib';
import type { ISecurityGroup, IVpc, SubnetSelection, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { MonitorInput } from '../lambda/config/index.ts';

/** What the functions talk to. */
export const endpointServices = ['s3', 'sns', 'sqs', 'secretsmanager'] as const;
export type EndpointService = (typeof endpointServices)[number];

export interface DriftMonitorProps {
  /** What defineMonitor() takes. It becomes JSON at synth, so it can hold no value that only a deployment knows. */
  settings: MonitorInput;
  /**
   * Where the functions run. They need a way to S3, SNS, SQS and, for secrets, Secrets Manager: NAT or endpoints.
   * @default outside any VPC, with access to public addresses only
   */
  vpc?: IVpc | Vpc;
  /** @default the private subnets of `vpc` */
  subnets?: SubnetSelection;
  /** What the databases' own security groups let in. @default a new group that may connect to anything */
  securityGroups?: ISecurityGroup[];
  /** Endpoints that `vpc` has although they are not defined in this app. @default none */
  existingEndpoints?: EndpointService[];
  /** Whether the subnets have a route to the internet. @default read from the subnets, or from how they were imported */
  natGateway?: boolean;
  /**
   * A key of yours for the bucket, the queues and both topics. When it is imported, its own policy must let
   * cloudwatch.amazonaws.com use it. A key costs 1 USD a month.
   * @default keys that S3, SQS and SNS own; the operator topic none (topics.ts says why)
   */
  encryptionKey?: IKey;
  /** Keys of yours that backups and secrets are encrypted with. @default none */
  readableKeys?: IKey[];
  /** Where CloudWatch's alarms go; an existing topic's policy must let cloudwatch.amazonaws.com in. @default a new topic */
  operatorTopic?: ITopic;
  /** @default one month */
  logRetention?: RetentionDays;
  /** How long the evidence of failing runs is kept. @default 30 days */
  evidenceRetention?: Duration;
  /**
   * Longest run of one target, at most 15 minutes; the queue's visibility timeout is six times that.
   * @default 5 minutes, or as long as the longest check of the settings needs
   */
  checkTimeout?: Duration;
  /**
   * MB for the check function, and with it its share of a CPU (1 769 MB are one). A schema of 500 tables needs less than
   * 150, one of 100,000 objects less than 256, also with thousands of differences; the rest makes the start and the
   * comparison quick.
   * @default 1024
   */
  checkMemory?: number;
  /**
   * How many targets are checked at once, 2 to 1 000, and so how many connections the databases see. No concurrency is
   * reserved for it: new accounts have none to spare.
   * @default 10
   */
  maxConcurrency?: number;
}
