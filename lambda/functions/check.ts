// The check function: connects the pipeline to AWS. The connecting happens on the first call, once a process.
import { readFile } from 'node:fs/promises';
import { checks } from '../checks/index.ts';
import { settingsFromJson } from '../config/index.ts';
import { createRedactor, withRedactor } from '../monitor/redact.ts';
import { createClock } from '../platform/clock.ts';
import { createDatabases } from '../platform/database.ts';
import { checkEnvironment } from '../platform/environment.ts';
import { createHttpClient } from '../platform/http.ts';
import { createObjectStore } from '../platform/object-store.ts';
import { createSecrets } from '../platform/secrets.ts';
import { createTelemetry } from '../platform/telemetry.ts';
import { createTopic } from '../platform/topic.ts';
import { driftwatchVersion } from '../version.ts';
import { type CheckHandler, createCheckHandler } from './check-handler.ts';
import { once } from './once.ts';
import { settingsBeside } from './settings-path.ts';

const connected = once(async (): Promise<CheckHandler> => {
  const { bucket, alertsTopicArn, settingsPath } = checkEnvironment(process.env, settingsBeside(import.meta.url));
  const settings = settingsFromJson(await readFile(settingsPath, 'utf8'), settingsPath);
  const clock = createClock();
  const redactor = createRedactor();
  const secrets = withRedactor(createSecrets({ environment: process.env, clock }), redactor);
  const monitor = {
    name: settings.name,
    alerts: settings.alerts,
    registry: checks,
    bucket,
    alertsTopicArn,
    ports: {
      clock,
      objects: createObjectStore(),
      secrets,
      databases: createDatabases({ secrets }),
      // The runtime's API is on loopback: nothing that the settings name may lead there.
      http: createHttpClient({
        version: driftwatchVersion,
        refuseLoopback: process.env.AWS_LAMBDA_RUNTIME_API !== undefined,
      }),
    },
    topic: createTopic(),
    telemetry: createTelemetry({ service: settings.name }),
    redactor,
    random: Math.random,
  };
  return createCheckHandler({ monitor, settings });
});

export const handler: CheckHandler = async (event, invocation) => (await connected())(event, invocation);
