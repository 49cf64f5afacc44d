// What the stack tells the functions through environment variables, read once, with errors that name the variable. The
// only place that knows their names on this side; infra sets them.
import { type NoticeTopic, type NoticeTopicArns, type TopicRole, topicVariable } from '../config/topics.ts';
import { EdgeError } from '../errors.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface CheckEnvironment {
  /** Bucket that holds snapshots, state and evidence. */
  bucket: string;
  settingsPath: string;
}

export interface DispatchEnvironment {
  /** Bucket whose states are swept, and that holds the records of watches. */
  bucket: string;
  queueUrl: string;
  settingsPath: string;
}

const topicArn = /^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]+(\.fifo)?$/;

/** @param settingsBeside where the settings are when DRIFTWATCH_SETTINGS does not say otherwise */
export function checkEnvironment(environment: Environment, settingsBeside: string): CheckEnvironment {
  return {
    bucket: bucketOf(environment),
    settingsPath: environment.DRIFTWATCH_SETTINGS || settingsBeside,
  };
}

export function dispatchEnvironment(environment: Environment, settingsBeside: string): DispatchEnvironment {
  return {
    bucket: bucketOf(environment),
    queueUrl: required(environment, 'DRIFTWATCH_QUEUE_URL', /^https?:\/\/\S+$/, 'the URL of an SQS queue'),
    settingsPath: environment.DRIFTWATCH_SETTINGS || settingsBeside,
  };
}

function bucketOf(environment: Environment): string {
  const shape = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
  return required(environment, 'DRIFTWATCH_BUCKET', shape, 'the name of an S3 bucket');
}

/** Of the topics that the settings want notices on; one that the stack did not make is refused. */
export function noticeTopicArns(environment: Environment, wanted: readonly NoticeTopic[]): NoticeTopicArns {
  const extra = wanted.filter((topic) => topic !== 'alerts').map((topic) => [topic, topicArnOf(environment, topic)]);
  return { alerts: topicArnOf(environment, 'alerts'), ...Object.fromEntries(extra) };
}

export function topicArnOf(environment: Environment, role: TopicRole): string {
  return required(environment, topicVariable(role), topicArn, 'the ARN of an SNS topic');
}

function required(environment: Environment, name: string, shape: RegExp, what: string): string {
  const value = environment[name];
  if (value !== undefined && shape.test(value)) return value;
  const found = value === undefined ? 'it is not set' : value === '' ? 'it is empty' : `"${value}" is not that`;
  throw new EdgeError(
    value === undefined ? 'missing' : 'invalid',
    `the environment variable ${name} has to be ${what}: ${found}`,
    { remedy: 'Deploy the stack again: it sets this variable of the function.' },
  );
}
