// The check function: connects the pipeline to AWS. The connecting happens on the first call, once a process.
import { readFile } from 'node:fs/promises';
import { checks } from '../checks/index.ts';
import { settingsFromJson } from '../config/index.ts';
import { wantedTopics } from '../config/topics.ts';
import { checkEnvironment, noticeTopicArns } from '../platform/environment.ts';
import { createTelemetry } from '../platform/telemetry.ts';
import { createTopic } from '../platform/topic.ts';
import { type CheckHandler, createCheckHandler } from './check-handler.ts';
import { once } from './once.ts';
import { connectPorts } from './ports.ts';
import { settingsBeside } from './settings-path.ts';

const connected = once(async (): Promise<CheckHandler> => {
  const { bucket, settingsPath } = checkEnvironment(process.env, settingsBeside(import.meta.url));
  const settings = settingsFromJson(await readFile(settingsPath, 'utf8'), settingsPath);
  const monitor = {
    ...connectPorts(process.env),
    name: settings.name,
    alerts: settings.alerts,
    registry: checks,
    bucket,
    topics: noticeTopicArns(process.env, wantedTopics(settings.alerts)),
    topic: createTopic(),
    telemetry: createTelemetry({ service: settings.name }),
    random: Math.random,
  };
  return createCheckHandler({ monitor, settings });
});

export const handler: CheckHandler = async (event, invocation) => (await connected())(event, invocation);
