import { expect, test } from 'vitest';
import { checkEnvironment, dispatchEnvironment } from '../../lambda/platform/environment.ts';

const whole = {
  DRIFTWATCH_BUCKET: 'driftwatch-memory',
  DRIFTWATCH_ALERTS_TOPIC_ARN: 'arn:aws:sns:eu-central-1:123456789012:alerts',
  DRIFTWATCH_OPERATOR_TOPIC_ARN: 'arn:aws-cn:sns:cn-north-1:123456789012:operator',
  DRIFTWATCH_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/123456789012/work',
};

test('what the stack sets is read', () => {
  expect(checkEnvironment(whole, '/var/task/settings.json')).toEqual({
    bucket: 'driftwatch-memory',
    alertsTopicArn: whole.DRIFTWATCH_ALERTS_TOPIC_ARN,
    settingsPath: '/var/task/settings.json',
  });
  expect(dispatchEnvironment({ ...whole, DRIFTWATCH_SETTINGS: '/elsewhere.json' }, '/var/task/settings.json')).toEqual({
    queueUrl: whole.DRIFTWATCH_QUEUE_URL,
    alertsTopicArn: whole.DRIFTWATCH_ALERTS_TOPIC_ARN,
    operatorTopicArn: whole.DRIFTWATCH_OPERATOR_TOPIC_ARN,
    settingsPath: '/elsewhere.json',
  });
});

test.each([
  [
    'DRIFTWATCH_BUCKET',
    undefined,
    'the environment variable DRIFTWATCH_BUCKET has to be the name of an S3 bucket: it is not set',
  ],
  [
    'DRIFTWATCH_BUCKET',
    'Not A Bucket',
    'the environment variable DRIFTWATCH_BUCKET has to be the name of an S3 bucket: "Not A Bucket" is not that',
  ],
  [
    'DRIFTWATCH_ALERTS_TOPIC_ARN',
    '',
    'the environment variable DRIFTWATCH_ALERTS_TOPIC_ARN has to be the ARN of an SNS topic: it is empty',
  ],
  [
    'DRIFTWATCH_ALERTS_TOPIC_ARN',
    'alerts',
    'the environment variable DRIFTWATCH_ALERTS_TOPIC_ARN has to be the ARN of an SNS topic: "alerts" is not that',
  ],
])('%s as %j is refused by name', (name, value, message) => {
  expect(() => checkEnvironment({ ...whole, [name]: value }, 'x')).toThrow(message);
});

test.each([
  ['DRIFTWATCH_QUEUE_URL', undefined, 'DRIFTWATCH_QUEUE_URL has to be the URL of an SQS queue: it is not set'],
  ['DRIFTWATCH_QUEUE_URL', 'work', 'DRIFTWATCH_QUEUE_URL has to be the URL of an SQS queue: "work" is not that'],
  [
    'DRIFTWATCH_OPERATOR_TOPIC_ARN',
    undefined,
    'DRIFTWATCH_OPERATOR_TOPIC_ARN has to be the ARN of an SNS topic: it is not set',
  ],
])('of dispatch, %s as %j is refused by name', (name, value, message) => {
  expect(() => dispatchEnvironment({ ...whole, [name]: value }, 'x')).toThrow(message);
});
