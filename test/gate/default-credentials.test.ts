// Credentials that everybody knows, tried at a real server: once, and passed only when they were seen to be refused.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { EdgeError } from '../../lambda/errors.ts';
import type { GateInput } from '../../lambda/gate/rule.ts';
import { createHttpClient } from '../../lambda/platform/http.ts';
import { createObjectStore } from '../../lambda/platform/object-store.ts';
import type { Secrets } from '../../lambda/platform/ports.ts';
import { type LocalS3, startS3 } from '../../local/s3.ts';
import { startHttpServer } from '../support/http-server.ts';
import { inputFor, type Told, verdictOf } from './gate-input.ts';

const http = createHttpClient({ version: '0.0.0-test', refuseLoopback: false });
const password = 'planted-admin-password';

let answer: (request: IncomingMessage, response: ServerResponse) => void;
let attempts: string[];
let url: string;
let s3: LocalS3;
let now: Date;

beforeAll(async () => {
  s3 = await startS3();
  s3.createBucket('memory');
  const server = await startHttpServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    attempts.push(`${request.method} ${request.url} ${body}`);
    answer(request, response);
  });
  url = server.url;
});
afterAll(() => s3.close());
beforeEach(() => {
  attempts = [];
  now = new Date('2026-11-28T09:00:00Z');
  s3.delete('memory', 'gate/pap-api.json');
});

const says = (status: number, body: unknown = {}) => {
  answer = (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
};

async function gate(
  more: Partial<GateInput> = {},
  kept = JSON.stringify({ username: 'admin', password }),
): Promise<Told> {
  const secrets: Secrets = {
    read: async (reference) => {
      if (reference === 'env:DEFAULT_ADMIN') return kept;
      throw new EdgeError('denied', `may not read the secret ${reference}`, { remedy: 'Allow it.' });
    },
  };
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const objects = createObjectStore({ client: { endpoint: s3.url, region: 'eu-central-1', credentials } });
  const clock = { now: () => now, sleep: () => new Promise<void>(() => undefined) };
  const input = inputFor(
    {
      checks: {
        'probe:health': { url: `${url}/health` },
        'probe:login': {
          url: `${url}/auth/login`,
          login: { credentials: 'own', call: { url: `${url}/users/me` } },
          retries: 3,
        },
      },
      gate: { defaultCredentials: { credentials: 'env:DEFAULT_ADMIN' } },
    },
    { ports: { http, secrets, objects, clock }, ...more },
  );
  const told = await verdictOf('defaultCredentials', input);
  expect(JSON.stringify(told)).not.toContain(password);
  return told;
}

test('refused is what they have to be, with one attempt', async () => {
  says(401);
  expect(await gate()).toEqual({
    status: 'pass',
    summary: `POST ${url}/auth/login refused the default credentials with 401`,
    details: [],
    remedy: undefined,
  });
  expect(attempts).toEqual([`POST /auth/login ${JSON.stringify({ username: 'admin', password })}`]);
});

test('accepted is told, and the token is not used', async () => {
  says(200, { access_token: 'a-token' });
  expect(await gate()).toMatchObject({
    status: 'fail',
    summary: `the default credentials are accepted: POST ${url}/auth/login answered 200 with a token`,
    remedy: 'Change the password of that account in production before anything else.',
  });
  expect(attempts).toHaveLength(1);
});

test.each<[string, () => void, string]>([
  ['an application that fails', () => says(500), 'answered 500, which neither accepts nor refuses'],
  ['a login that is not there', () => says(404), 'answered 404'],
  ['an account that is locked', () => says(429), 'answered 429'],
  ['an answer without a token', () => says(200, { detail: 'wrong' }), 'answered 200'],
  ['a server that hangs up', () => (answer = (request) => request.socket.destroy()), 'not verified: '],
])('%s has refused nobody, and is asked once', async (_name, prepare, summary) => {
  prepare();
  expect(await gate()).toMatchObject({ status: 'unknown', summary: expect.stringContaining(summary) });
  expect(attempts).toHaveLength(1);
});

test('credentials that cannot be read are not verified, and nothing is asked', async () => {
  const told = await gate({}, 'admin:admin');
  expect(told).toMatchObject({ status: 'unknown', summary: expect.stringContaining('does not hold JSON') });
  expect(attempts).toEqual([]);
});

test('with a bucket they are tried once a day', async () => {
  says(401);
  const bucket = 'memory';
  expect(await gate({ bucket })).toMatchObject({ status: 'pass' });
  now = new Date('2026-11-28T18:00:00Z');
  expect(await gate({ bucket })).toMatchObject({
    status: 'pass',
    summary: `POST ${url}/auth/login refused the default credentials with 401 on 2026-11-28 09:00 UTC; they are not tried again that day`,
  });
  expect(attempts).toHaveLength(1);
  now = new Date('2026-11-29T09:00:01Z');
  says(200, { access_token: 'a-token' });
  expect(await gate({ bucket })).toMatchObject({ status: 'fail' });
  expect(attempts).toHaveLength(2);
  expect(Buffer.from(s3.read(bucket, 'gate/pap-api.json') ?? []).toString()).not.toContain(password);
});

test('what was tried has to be known before it is tried again, and a memory that is not kept is told', async () => {
  says(401);
  expect(await gate({ bucket: 'nowhere' })).toMatchObject({ status: 'unknown' });
  expect(attempts).toEqual([]);
  s3.put('memory', 'gate/pap-api.json', Buffer.from('{'));
  expect(await gate({ bucket: 'memory' })).toMatchObject({
    status: 'unknown',
    summary: expect.stringContaining('s3://memory/gate/pap-api.json does not say what was tried last'),
  });
  expect(attempts).toEqual([]);
});
