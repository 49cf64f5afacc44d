import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Milliseconds } from '../../lambda/config/duration.ts';
import { EdgeError } from '../../lambda/errors.ts';
import type { Secrets } from '../../lambda/platform/ports.ts';
import { createSecrets, type SecretsOptions } from '../../lambda/platform/secrets.ts';

const planted = 'Tr0ub4dor-planted';

let answer: { status: number; body: object } | 'never';
let asked: { SecretId: string; host: string }[] = [];
let server: Server;
let endpoint: string;

// Secrets Manager's protocol (JSON 1.1): one POST an operation, errors by __type.
beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    asked.push({ ...JSON.parse(body), host: String(request.headers.authorization) });
    if (answer === 'never') return;
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked = [];
  answer = { status: 200, body: { SecretString: planted, VersionId: 'version-1' } };
});

function secretsWith(options: Partial<SecretsOptions> & { now?: () => Date; endpoint?: string } = {}): Secrets {
  return createSecrets({
    environment: options.environment ?? {},
    clock: { now: options.now ?? (() => new Date(0)), sleep: () => Promise.reject(new Error('not needed')) },
    ...(options.keepFor === undefined ? {} : { keepFor: options.keepFor }),
    client: {
      endpoint: options.endpoint ?? endpoint,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'AKIATEST', secretAccessKey: planted },
      maxAttempts: 1,
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
  expect(await secrets.version?.('prod/db')).toBe('version-1');
  expect(asked).toHaveLength(1);

  time = 1_000;
  answer = { status: 200, body: { SecretString: 'rotated', VersionId: 'version-2' } };
  expect(await secrets.read('prod/db')).toBe('rotated');
  answer = { status: 200, body: { SecretString: 'rotated again', VersionId: 'version-3' } };
  expect(await secrets.read('prod/db')).toBe('rotated');
  expect(await secrets.read('prod/db', { fresh: true })).toBe('rotated again');
  expect(await secrets.version?.('prod/db')).toBe('version-3');
  expect(asked.map((request) => request.SecretId)).toEqual(['prod/db', 'prod/db', 'prod/db']);
});

test('an ARN is asked for in its own region, a name in ours', async () => {
  const secrets = secretsWith();
  await secrets.read('prod/db');
  await secrets.read('arn:aws:secretsmanager:us-west-2:123456789012:secret:prod/db-AbCdEf');
  expect(asked.map(({ host }) => /\/(\w+-\w+-\d)\/secretsmanager/.exec(host)?.[1])).toEqual([
    'eu-central-1',
    'us-west-2',
  ]);
});

test('a failed read is not remembered', async () => {
  const secrets = secretsWith();
  answer = { status: 400, body: { __type: 'ResourceNotFoundException' } };
  await failureOf(secrets.read('prod/db'));
  answer = { status: 200, body: { SecretString: planted } };
  expect(await secrets.read('prod/db')).toBe(planted);
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
  expect(asked).toEqual([]);
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
  answer = { status, body: { __type: type, message: 'what the service says' } };
  const error = await failureOf(secretsWith().read('prod/db'));
  expect(error.reason).toBe(reason);
  expect(error.message).toContain(message);
  expect(error.remedy).toMatch(/\.$/);
});

test('a binary secret is refused', async () => {
  answer = { status: 200, body: { SecretBinary: Buffer.from(planted).toString('base64') } };
  expect(await failureOf(secretsWith().read('prod/db'))).toMatchObject({
    reason: 'invalid',
    message: 'the secret prod/db holds no text',
  });
});

test('nobody there', async () => {
  const error = await failureOf(secretsWith({ endpoint: 'http://127.0.0.1:1' }).read('prod/db'));
  expect(error).toMatchObject({ reason: 'unreachable' });
  expect(error.message).toContain('prod/db');
});

test('a service that never answers is given up at the deadline', async () => {
  answer = 'never';
  const deadline = new AbortController();
  const reading = secretsWith().read('prod/db', { signal: deadline.signal });
  await expect.poll(() => asked.length).toBe(1);
  deadline.abort();
  expect(await failureOf(reading)).toMatchObject({
    reason: 'timeout',
    message: 'Secrets Manager did not answer in time for the secret prod/db',
  });
});
