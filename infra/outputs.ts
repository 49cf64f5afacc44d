// What a person needs after a deployment, ready to paste: run everything or one target, read the log, publish a
// snapshot, see that the topics are listened to. The event is read from the command line as it is, and a run may take
// longer than the minute after which the AWS CLI would give up and call again.
import { Aws, CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { DriftMonitor } from './drift-monitor.ts';

export function createOutputs(
  scope: Construct,
  { settings, memory, alerts, events, chat, operator, check, dispatch }: DriftMonitor,
): void {
  const [target] = settings.targets;
  const model = settings.targets.flatMap(({ checks }) => checks).find(({ kind }) => kind === 'schema');
  output('RunEverything', 'Checks everything now; nothing is announced', invoke(check.functionName, {}));
  if (target) {
    output(
      'RunOneTarget',
      'Checks one target now; "checks" takes kinds and ids; "notify": true also remembers and announces',
      invoke(check.functionName, { target: target.name, checks: [target.checks[0]?.kind ?? 'schema'] }),
    );
  }
  output(
    'CountSubscriptions',
    'Counts the confirmed subscriptions now, after you have confirmed yours',
    invoke(dispatch.functionName, { driftwatch: 'housekeeping' }),
  );
  output(
    'ReadLog',
    'Follows the log of the checks',
    `aws logs tail ${check.logGroup.logGroupName} --follow --since 1h --region ${Aws.REGION}`,
  );
  if (model) {
    output(
      'PublishSnapshot',
      'Builds the model schema with your migrations (MIGRATE: the command) and makes it the one that counts',
      `npm run driftwatch -- snapshot --run "$MIGRATE" --publish --model ${modelName(model.settings)} --application-version "$VERSION" --bucket ${memory.bucketName}`,
    );
  }
  output('MemoryBucket', 'Snapshots, state and evidence', memory.bucketName);
  output('AlertsTopic', 'What is wrong with the targets: subscribe here', alerts.topicArn);
  if (events) output('EventsTopic', 'The same as CloudEvents: subscribe pagers and programs here', events.topicArn);
  if (chat) output('ChatTopic', 'The same for Amazon Q Developer: choose it in the chat configuration', chat.topicArn);
  output('OperatorTopic', 'What is wrong with the monitor itself: subscribe here too', operator.topicArn);

  function output(id: string, description: string, value: string): void {
    new CfnOutput(scope, id, { description, value });
  }
}

function modelName(settings: unknown): string {
  return String((settings as { model: unknown }).model);
}

function invoke(functionName: string, event: object): string {
  return [
    `aws lambda invoke --region ${Aws.REGION} --function-name ${functionName}`,
    '--cli-binary-format raw-in-base64-out --cli-read-timeout 900',
    `--payload ${shellQuoted(JSON.stringify(event))} /dev/stdout`,
  ].join(' ');
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
