import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Milliseconds } from '../../lambda/config/duration.ts';
import { EdgeError } from '../../lambda/errors.ts';
import type { Secrets } from '../../lambda/platform/ports.ts';
import { createSecrets, type SecretsOptions } from '../../lambda/platform/secrets.ts';
import { type LocalSecretsManager, startSecretsManager } from '../../local/secrets-manager.ts';

const planted = 'Tr0ub4dor-planted';

let service: LocalSecretsManager;
let asked: () => string[];
beforeAll(async () => {
  service = await startSecretsManager();
});
afterAll(() => service.close());
beforeEach(() => {
  service.faults.clear();
  service.put('prod/db', planted);
  const before = service.calls.length;
  asked = () => service.calls.slice(before).map(({ resource }) => resource);
});

function secretsWith(options: Partial<SecretsOptions> & { now?: () => Date } = {}): Secrets {
  const { environment = {}, now = () => new Date(0), client, keepFor } = options;
  return createSecrets({
    environment,
    clock: { now, sleep: () => Promise.reject(new Error('not needed')) },
    ...(keepFor === undefined ? {} : { keepFor }),
    client: {
      endpoint: service.url,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'AKIATEST', secretAccessKey: planted },
      maxAttempts: 1,
      ...client,
    },
  });
}

async function failureOf(promise: Promise<unknown>): Promise<EdgeError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof EdgeError)) throw new Error(`expected an EdgeError, got ${String(error)}`);
  expect(`${error.message} ${error.remedy}`).not.toContain(planted);
  return error;
}

test('a secret is read once, until it is too old or wanted fresh', async () => {
  let time = 0;
  const secrets = secretsWith({ now: () => new Date(time), keepFor: 1_000 as Milliseconds });
  expect(await secrets.read('prod/db')).toBe(planted);
  time = 999;
  expect(await secrets.read('prod/db')).toBe(planted);
  const version = await secrets.version?.('prod/db');
  expect(version).toMatch(/./);
  expect(asked()).toEqual(['prod/db']);

  time = 1_000;
  service.put('prod/db', 'rotated');
  expect(await secrets.read('prod/db')).toBe('rotated');
  expect(await secrets.version?.('prod/db')).not.toBe(version);
  service.put('prod/db', 'rotated again');
  expect(await secrets.read('prod/db')).toBe('rotated');
  expect(await secrets.read('prod/db', { fresh: true })).toBe('rotated again');
  expect(await secrets.read('prod/db')).toBe('rotated again');
  expect(asked()).toHaveLength(3);
});

test('a secret is read by its ARN as well', async () => {
  expect(await secretsWith().read(service.put('prod/db', planted))).toBe(planted);
});

test('an ARN is asked for in its own region, a name in ours', async () => {
  const hosts: string[] = [];
  const requestHandler = {
    handle: ({ hostname }: { hostname: string }) => {
      hosts.push(hostname);
      return Promise.reject(Object.assign(new Error('nobody there'), { code: 'ENOTFOUND' }));
    },
  };
  const secrets = createSecrets({
    environment: {},
    clock: { now: () => new Date(0), sleep: () => Promise.resolve() },
    client: {
      requestHandler,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'AKIATEST', secretAccessKey: planted },
      maxAttempts: 1,
    },
  });
  await failureOf(secrets.read('prod/db'));
  await failureOf(secrets.read('arn:aws:secretsmanager:us-west-2:123456789012:secret:prod/db-AbCdEf'));
  expect(hosts).toEqual(['secretsmanager.eu-central-1.amazonaws.com', 'secretsmanager.us-west-2.amazonaws.com']);
});

test('a failed read is not remembered', async () => {
  const secrets = secretsWith();
  service.faults.inject({ kind: 'answer', status: 500 });
  await failureOf(secrets.read('prod/db'));
  expect(await secrets.read('prod/db')).toBe(planted);
});

test('a secret that is not there, and one that may not be read', async () => {
  expect(await failureOf(secretsWith().read('prod/other'))).toMatchObject({
    reason: 'missing',
    message: 'Secrets Manager has no secret prod/other',
  });
  service.deny('prod/db');
  expect(await failureOf(secretsWith().read('prod/db'))).toMatchObject({ reason: 'denied' });
});

test('env: reads the environment that was given', async () => {
  const secrets = secretsWith({ environment: { DATABASE_URL: planted, EMPTY: '' } });
  expect(await secrets.read('env:DATABASE_URL')).toBe(planted);
  expect(await secrets.version?.('env:DATABASE_URL')).toBeUndefined();
  expect(await failureOf(secrets.read('env:NOT_THERE'))).toMatchObject({
    reason: 'missing',
    message: 'the environment variable NOT_THERE is not set',
  });
  expect((await failureOf(secrets.read('env:EMPTY'))).message).toBe('the environment variable EMPTY is empty');
  expect(asked()).toEqual([]);
});

test.each([
  [400, 'ResourceNotFoundException', 'missing', 'Secrets Manager has no secret prod/db'],
  [400, 'InvalidRequestException', 'missing', 'the secret prod/db is marked for deletion'],
  [400, 'AccessDeniedException', 'denied', 'may not read the secret prod/db'],
  [400, 'DecryptionFailure', 'denied', 'may not read the secret prod/db'],
  [400, 'UnrecognizedClientException', 'authentication', 'AWS did not accept our credentials'],
  [400, 'ExpiredTokenException', 'authentication', 'AWS did not accept our credentials'],
  [400, 'ValidationException', 'invalid', 'does not accept the name prod/db'],
  [400, 'ThrottlingException', 'unavailable', 'could not serve the secret prod/db (ThrottlingException)'],
  [500, 'InternalServiceError', 'unavailable', 'could not serve the secret prod/db (InternalServiceError)'],
])('%i %s is %s', async (status, type, reason, message) => {
  service.faults.inject({ kind: 'answer', status, code: type });
  const error = await failureOf(secretsWith().read('prod/db'));
  expect(error.reason).toBe(reason);
  expect(error.message).toContain(message);
  expect(error.remedy).toMatch(/\.$/);
});

test('a secret without text is refused', async () => {
  service.put('prod/db', '');
  expect(await failureOf(secretsWith().read('prod/db'))).toMatchObject({
    reason: 'invalid',
    message: 'the secret prod/db holds no text',
  });
});

test.each([
  ['nobody there', { endpoint: 'http://127.0.0.1:1' }],
  ['a connection that is cut', {}],
])('%s', async (name, client) => {
  if (name !== 'nobody there') service.faults.inject({ kind: 'reset' });
  const error = await failureOf(secretsWith({ client }).read('prod/db'));
  expect(error).toMatchObject({ reason: 'unreachable' });
  expect(error.message).toContain('prod/db');
});

test('a service that never answers is given up at the deadline', async () => {
  service.faults.inject({ kind: 'silence' });
  const deadline = new AbortController();
  const reading = failureOf(secretsWith().read('prod/db', { signal: deadline.signal }));
  await expect.poll(asked, { timeout: 10_000 }).toHaveLength(1);
  deadline.abort();
  expect(await reading).toMatchObject({
    reason: 'timeout',
    message: 'Secrets Manager did not answer in time for the secret prod/db',
  });
});
