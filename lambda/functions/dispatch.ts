// The dispatch function: connects the fan-out to AWS. The connecting happens on the first call, once a process.
import { readFile } from 'node:fs/promises';
import { settingsFromJson } from '../config/index.ts';
import { wantedTopics } from '../config/topics.ts';
import { createClock } from '../platform/clock.ts';
import { dispatchEnvironment, noticeTopicArns, topicArnOf } from '../platform/environment.ts';
import { createObjectStore } from '../platform/object-store.ts';
import { createQueue } from '../platform/queue.ts';
import { createTelemetry } from '../platform/telemetry.ts';
import { createTopic } from '../platform/topic.ts';
import { createDispatchHandler, type DispatchHandler } from './dispatch-handler.ts';
import { once } from './once.ts';
import { settingsBeside } from './settings-path.ts';

const connected = once(async (): Promise<DispatchHandler> => {
  const environment = dispatchEnvironment(process.env, settingsBeside(import.meta.url));
  const settings = settingsFromJson(await readFile(environment.settingsPath, 'utf8'), environment.settingsPath);
  return createDispatchHandler({
    settings,
    queueUrl: environment.queueUrl,
    bucket: environment.bucket,
    objects: createObjectStore(),
    topics: {
      ...noticeTopicArns(process.env, wantedTopics(settings.alerts)),
      operator: topicArnOf(process.env, 'operator'),
    },
    clock: createClock(),
    queue: createQueue(),
    topic: createTopic(),
    telemetry: createTelemetry({ service: settings.name }),
  });
});

export const handler: DispatchHandler = async (event) => (await connected())(event);
