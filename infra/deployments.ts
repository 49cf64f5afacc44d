// How a pipeline says that it deployed something: an event on the account's default bus, which starts a watch. All that a
// pipeline needs is `events:PutEvents`. Nothing else on the bus is taken.
import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { deploymentSource } from '../lambda/config/deployment-event.ts';

export function createDeploymentRule(scope: Construct, { check }: { check: IFunction }): Rule {
  const { source, detailType } = deploymentSource;
  return new Rule(scope, 'Deployments', {
    description: 'Deployments that pipelines tell of, each to be watched',
    eventPattern: { source: [source], detailType: [detailType] },
    // What was deployed hours ago is no longer what is to be watched.
    targets: [new LambdaFunction(check, { retryAttempts: 30, maxEventAge: Duration.hours(1) })],
  });
}
