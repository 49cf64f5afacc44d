// Everything Driftwatch watches and talks to, on this machine: PostgreSQL, S3, SNS, SQS, Secrets Manager, a subscriber
// and deployments of the sample application. The product is pointed at it with standard AWS variables and nothing else.
import type { ApplicationVersion } from './application/migrations.ts';
import { accountId, region } from './aws-service.ts';
import { type Deployment, deployApplication } from './deployment.ts';
import { type PostgresMajor, type PostgresServer, startPostgres } from './postgres.ts';
import { type LocalS3, startS3 } from './s3.ts';
import { type LocalSecretsManager, startSecretsManager } from './secrets-manager.ts';
import { type LocalSns, startSns } from './sns.ts';
import { type LocalSqs, startSqs } from './sqs.ts';
import { type ReceivedNotice, type Subscriber, startSubscriber } from './subscriber.ts';

export interface World {
  postgres: PostgresServer;
  s3: LocalS3;
  sns: LocalSns;
  sqs: LocalSqs;
  secrets: LocalSecretsManager;
  /** Confirms what it is subscribed to: `sns.subscribe(topicArn, subscriber.url)`. */
  subscriber: Subscriber;
  /** Lay it over a child process's environment: AWS endpoints, region and credentials that are good here only. */
  environment: Record<string, string>;
  /** Starts the sample application; it ends with the world at the latest. */
  deploy(options: {
    version: ApplicationVersion;
    databaseUrl: string;
    log?: (line: string) => void;
  }): Promise<Deployment>;
  /** Ends everything and removes its data. */
  stop(): Promise<void>;
}

export interface WorldOptions {
  /** @default 18, which `npm ci` installed */
  major?: PostgresMajor;
  /** Told what has started, line by line. */
  onProgress?: (line: string) => void;
  /** Told of each notice as the subscriber receives it. */
  onNotice?: (notice: ReceivedNotice) => void;
  signal?: AbortSignal;
}

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const { onProgress = () => {}, onNotice, major, signal } = options;
  const endings: (() => Promise<unknown>)[] = [];

  /** Starts one part; whatever happens to the others, it will be ended. */
  async function part<T extends { port: number }>(
    label: string,
    starting: Promise<T>,
    end: (part: T) => Promise<unknown>,
  ): Promise<T> {
    const started = await starting;
    endings.unshift(() => end(started));
    onProgress(`${label} listens on 127.0.0.1:${started.port}`);
    return started;
  }
  const close = (server: { close(): Promise<void> }) => server.close();
  async function stop(): Promise<void> {
    // The applications first, the servers they use last.
    for (const end of endings.splice(0)) await end();
  }

  const starting = [
    part(
      'PostgreSQL',
      startPostgres({ onProgress, ...(major === undefined ? {} : { major }), ...(signal ? { signal } : {}) }),
      (server) => server.stop(),
    ),
    part('S3', startS3(), close),
    part('SNS', startSns(), close),
    part('SQS', startSqs(), close),
    part('Secrets Manager', startSecretsManager(), close),
    part('Subscriber', startSubscriber(onNotice ? { onNotice } : {}), close),
  ] as const;
  const [postgres, s3, sns, sqs, secrets, subscriber] = await Promise.all(starting).catch(async (error: unknown) => {
    await Promise.allSettled(starting);
    await stop();
    throw error;
  });

  return {
    postgres,
    s3,
    sns,
    sqs,
    secrets,
    subscriber,
    environment: {
      AWS_ENDPOINT_URL_S3: s3.url,
      AWS_ENDPOINT_URL_SNS: sns.url,
      AWS_ENDPOINT_URL_SQS: sqs.url,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ACCOUNT_ID: accountId,
      // Whatever the user has set up for the real AWS stays out of it.
      AWS_SESSION_TOKEN: '',
      AWS_PROFILE: '',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    async deploy(how) {
      const deployment = await deployApplication(how);
      endings.unshift(() => deployment.takeDown());
      return deployment;
    },
    stop,
  };
}
