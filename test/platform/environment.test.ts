import { expect, test } from 'vitest';
import {
  checkEnvironment,
  dispatchEnvironment,
  noticeTopicArns,
  topicArnOf,
} from '../../lambda/platform/environment.ts';

const whole = {
  DRIFTWATCH_BUCKET: 'driftwatch-memory',
  DRIFTWATCH_ALERTS_TOPIC_ARN: 'arn:aws:sns:eu-central-1:123456789012:alerts',
  DRIFTWATCH_OPERATOR_TOPIC_ARN: 'arn:aws-cn:sns:cn-north-1:123456789012:operator',
  DRIFTWATCH_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/123456789012/work',
};

test('what the stack sets is read', () => {
  expect(checkEnvironment(whole, '/var/task/settings.json')).toEqual({
    bucket: 'driftwatch-memory',
    settingsPath: '/var/task/settings.json',
  });
  expect(dispatchEnvironment({ ...whole, DRIFTWATCH_SETTINGS: '/elsewhere.json' }, '/var/task/settings.json')).toEqual({
    bucket: 'driftwatch-memory',
    queueUrl: whole.DRIFTWATCH_QUEUE_URL,
    settingsPath: '/elsewhere.json',
  });
});

test('of the topics, those are read that the settings want', () => {
  const events = 'arn:aws:sns:eu-central-1:123456789012:events';
  expect(noticeTopicArns({ ...whole, DRIFTWATCH_EVENTS_TOPIC_ARN: events }, ['alerts'])).toEqual({
    alerts: whole.DRIFTWATCH_ALERTS_TOPIC_ARN,
  });
  expect(noticeTopicArns({ ...whole, DRIFTWATCH_EVENTS_TOPIC_ARN: events }, ['alerts', 'events'])).toEqual({
    alerts: whole.DRIFTWATCH_ALERTS_TOPIC_ARN,
    events,
  });
  expect(() => noticeTopicArns(whole, ['alerts', 'chat'])).toThrow('DRIFTWATCH_CHAT_TOPIC_ARN has to be the ARN');
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
])('%s as %j is refused by name', (name, value, message) => {
  expect(() => checkEnvironment({ ...whole, [name]: value }, 'x')).toThrow(message);
});

test.each([
  ['DRIFTWATCH_QUEUE_URL', undefined, 'DRIFTWATCH_QUEUE_URL has to be the URL of an SQS queue: it is not set'],
  ['DRIFTWATCH_QUEUE_URL', 'work', 'DRIFTWATCH_QUEUE_URL has to be the URL of an SQS queue: "work" is not that'],
])('of dispatch, %s as %j is refused by name', (name, value, message) => {
  expect(() => dispatchEnvironment({ ...whole, [name]: value }, 'x')).toThrow(message);
});

test.each([
  [undefined, 'DRIFTWATCH_OPERATOR_TOPIC_ARN has to be the ARN of an SNS topic: it is not set'],
  ['', 'DRIFTWATCH_OPERATOR_TOPIC_ARN has to be the ARN of an SNS topic: it is empty'],
  ['operator', 'DRIFTWATCH_OPERATOR_TOPIC_ARN has to be the ARN of an SNS topic: "operator" is not that'],
])('the ARN of a topic as %j is refused by name', (value, message) => {
  expect(() => topicArnOf({ ...whole, DRIFTWATCH_OPERATOR_TOPIC_ARN: value }, 'operator')).toThrow(message);
});
