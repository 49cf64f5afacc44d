import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { migrate } from '../../local/application/migrations.ts';
import { startWorld, type World } from '../../local/world.ts';

let world: World;
const progress: string[] = [];
beforeAll(async () => {
  world = await startWorld({ onProgress: (line) => progress.push(line) });
  for (const [name, value] of Object.entries(world.environment)) vi.stubEnv(name, value);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await world.stop();
});

test('clients that know nothing but the AWS environment reach every part of it', async () => {
  world.s3.createBucket('memory');
  const s3 = new S3Client({});
  await s3.send(new PutObjectCommand({ Bucket: 'memory', Key: 'state/a.json', Body: '{}', IfNoneMatch: '*' }));
  const read = await s3.send(new GetObjectCommand({ Bucket: 'memory', Key: 'state/a.json' }));
  expect(await read.Body?.transformToString()).toBe('{}');

  world.secrets.put('login', 'secret');
  const secret = await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: 'login' }));
  expect(secret.SecretString).toBe('secret');

  const TopicArn = world.sns.createTopic('alerts');
  world.sns.subscribe(TopicArn, world.subscriber.url);
  await world.sns.settled();
  await new SNSClient({}).send(new PublishCommand({ TopicArn, Subject: 'hello', Message: 'there' }));
  await world.sns.settled();
  expect(world.subscriber.notices).toMatchObject([{ subject: 'hello', message: 'there' }]);

  const QueueUrl = world.sqs.createQueue('checks');
  await new SQSClient({}).send(new SendMessageCommand({ QueueUrl, MessageBody: 'tick' }));
  const seen: string[] = [];
  await world.sqs.drain(QueueUrl, async (event) => {
    seen.push(...event.Records.map((record) => record.body));
  });
  expect(seen).toEqual(['tick']);
});

test('says what it started', () => {
  const parts = progress.map((line) => line.replace(/:\d+$/, '')).sort();
  expect(parts).toEqual(
    ['PostgreSQL', 'S3', 'SNS', 'SQS', 'Secrets Manager', 'Subscriber'].map((name) => `${name} listens on 127.0.0.1`),
  );
});

test('when it stops, nothing of it answers any more', async () => {
  const other = await startWorld();
  const databaseUrl = await other.postgres.createDatabase('pap');
  await migrate(databaseUrl, '1.4.0');
  const { url } = await other.deploy({ version: '1.4.0', databaseUrl });
  expect((await fetch(`${url}/health`)).status).toBe(200);
  await other.stop();
  await other.stop();
  for (const gone of [url, other.s3.url, other.sns.url, other.sqs.url, other.secrets.url, other.subscriber.url]) {
    await expect(fetch(gone)).rejects.toThrow();
  }
});

test('a part that cannot start takes the others down with it', async () => {
  const signal = AbortSignal.abort(new Error('called off'));
  await expect(startWorld({ signal })).rejects.toThrow('called off');
});
