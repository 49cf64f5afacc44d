// The probe against real servers: what it collects, and what is judged of it.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { ProbeEvidence } from '../../../lambda/checks/probe/evidence.ts';
import { probe } from '../../../lambda/checks/probe/index.ts';
import type { probeSettings } from '../../../lambda/checks/probe/settings.ts';
import { EdgeError } from '../../../lambda/errors.ts';
import type { JsonValue } from '../../../lambda/json.ts';
import type { Judgement } from '../../../lambda/monitor/check.ts';
import { createHttpClient } from '../../../lambda/platform/http.ts';
import type { Secrets } from '../../../lambda/platform/ports.ts';
import { createCertificate, type Signer } from '../../support/certificates.ts';
import { type StartedServer, startHttpServer, startTcpServer } from '../../support/http-server.ts';

type Written = z.input<typeof probeSettings>;

const password = 'Pa55word"with quotes & more';
const token = 'tok-3n-that-nobody-may-see';
const http = createHttpClient({ version: '0.0.0-test', refuseLoopback: false });

let now: Date;
let kept: Record<string, { text: string; version: string | undefined }>;
const secrets: Secrets = {
  read: async (reference) => {
    const secret = kept[reference];
    if (secret) return secret.text;
    throw new EdgeError('denied', `may not read the secret ${reference}`, { remedy: 'Allow it.' });
  },
  version: async (reference) => {
    await secrets.read(reference);
    return kept[reference]?.version;
  },
};

beforeEach(() => {
  now = new Date('2026-11-20T03:00:00Z');
  kept = {
    monitor: { text: JSON.stringify({ username: 'monitor', password }), version: 'v1' },
    'api-key': { text: `${token}\n`, version: 'v1' },
  };
});

interface Run {
  evidence: ProbeEvidence;
  judgement: Judgement;
  memory: JsonValue | undefined;
}

async function run(written: Written, memory?: JsonValue, signal = new AbortController().signal): Promise<Run> {
  const settings = probe.settings.parse(written);
  const about = { target: 'pap-api', check: 'probe:test', settings };
  const evidence = await probe.collect({
    ...about,
    database: undefined,
    runningVersion: undefined,
    memory,
    memoryBucket: 'memory',
    signal,
    ports: {
      clock: { now: () => now, sleep: async () => undefined },
      http,
      secrets,
      objects: undefined as never,
      databases: undefined as never,
    },
  });
  // Evidence is stored, and judged as it was stored.
  const stored = JSON.parse(JSON.stringify(evidence)) as ProbeEvidence;
  expect(stored).toEqual(evidence);
  const judgement = probe.judge(stored, { ...about, now });
  for (const secret of [password, JSON.stringify(password).slice(1, -1), encodeURIComponent(password), token]) {
    expect(JSON.stringify({ stored, judgement })).not.toContain(secret);
  }
  return { evidence, judgement, memory: probe.remember?.(evidence) };
}

function findingsOf({ judgement }: Run) {
  return judgement.status === 'fail' ? judgement.findings : [];
}

let server: StartedServer;
let answer: (request: IncomingMessage, response: ServerResponse, body: string) => void;
let requests: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[];
beforeAll(async () => {
  server = await startHttpServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
    answer(request, response, body);
  });
});
beforeEach(() => {
  requests = [];
});
afterEach(() => {
  answer = () => expect.unreachable();
});

function json(response: ServerResponse, status: number, body: JsonValue): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

describe('health', () => {
  test('that is well passes, with what each phase took', async () => {
    answer = (_request, response) => json(response, 200, { status: 'ok', version: '1.4.2' });
    const outcome = await run({
      url: `${server.url}/health`,
      expect: { json: ["status == 'ok'"], contains: ['ok'], excludes: ['error'], maxLatency: '30s' },
      version: 'version',
    });
    expect(outcome.judgement).toMatchObject({
      status: 'pass',
      summary: expect.stringMatching(/^GET http:\/\/127\.0\.0\.1:\d+\/health answered as expected \(\d+ ms\)$/),
    });
    const names = outcome.judgement.measures.map(({ name, unit }) => `${name} ${unit}`);
    expect(names).toEqual(['dns ms', 'connect ms', 'tls ms', 'first-byte ms', 'download ms', 'total ms']);
    expect(probe.capturedVersion?.(outcome.evidence)).toBe('1.4.2');
    expect(outcome.memory).toBeUndefined();
    // Of the body, only what was asked about is kept.
    expect(outcome.evidence.steps[0]).toMatchObject({ excerpt: null, assertions: [{ result: true }] });
  });

  test.each([
    [
      'a wrong status',
      {},
      (response: ServerResponse) => json(response, 503, { detail: 'database\n is   down', password: 'geheim' }),
      'probe.status',
      /^The endpoint is broken: GET \S+\/health answered 503 instead of 200: connection and request worked, the application failed while it handled them \(after \d+ ms\); whoever depends on it is affected\. It said: \{"detail":"database\\n is down","password":"\*\*\*"\}$/,
    ],
    [
      'a wrong status of a page',
      {},
      (response: ServerResponse) =>
        response
          .writeHead(404, { 'content-type': 'text/html' })
          .end(`<html><style>p{}</style><p>Not\u202e <b>found</b></p>${'x'.repeat(300)}`),
      'probe.status',
      /It said: Not\\u202e found x{100,200}…$/,
    ],
    [
      'a wrong status of something binary',
      {},
      (response: ServerResponse) => response.writeHead(500, { 'content-type': 'image/png' }).end('\x89PNG'),
      'probe.status',
      /affected\.$/,
    ],
    [
      'a wrong value',
      { json: ["status == 'ok'"] },
      (response: ServerResponse) => json(response, 200, { status: 'degraded' }),
      'probe.assertion',
      /^The endpoint is broken: the answer to GET \S+ should satisfy status == 'ok', but status is "degraded"\.$/,
    ],
    [
      'a missing value',
      { json: ["status != 'down'"] },
      (response: ServerResponse) => json(response, 200, {}),
      'probe.assertion',
      /should satisfy status != 'down', but status is missing\.$/,
    ],
    [
      'a value that is not comparable',
      { json: ['length(queue) < `5`'] },
      (response: ServerResponse) => json(response, 200, { queue: 7 }),
      'probe.assertion',
      /but queue is 7, .*length/,
    ],
    [
      'a body that is not JSON',
      { json: ["status == 'ok'"] },
      (response: ServerResponse) => response.end('<html>'),
      'probe.not-json',
      /answered 200 with a body that is not JSON/,
    ],
    [
      'a missing text',
      { contains: ['Welcome'] },
      (response: ServerResponse) => response.end('Sorry'),
      'probe.text',
      /should contain "Welcome", and does not\.$/,
    ],
    [
      'an unwanted text',
      { excludes: ['Sorry'] },
      (response: ServerResponse) => response.end('Sorry'),
      'probe.text',
      /should not contain "Sorry", and does\.$/,
    ],
    [
      'a body too large to judge',
      { contains: ['end'] },
      (response: ServerResponse) => response.end(`${'x'.repeat(2_000)}end`),
      'probe.body-too-large',
      /answered with more than 1\.0 kB/,
    ],
  ])('with %s fails', async (_what, expected, respond, code, message) => {
    answer = (_request, response) => void respond(response);
    const outcome = await run({ url: `${server.url}/health?deep=1`, expect: expected, maxBody: '1kB' });
    expect(findingsOf(outcome)).toMatchObject([{ code, message: expect.stringMatching(message) }]);
    expect(findingsOf(outcome)[0]?.subject).toContain(`GET ${server.url}/health`);
    expect(JSON.stringify(outcome)).not.toContain('geheim');
    expect(requests, 'a wrong answer is not asked for again').toHaveLength(1);
  });

  test('with two troubles has two findings, and with the same one twice the same', async () => {
    answer = (_request, response) => json(response, 200, { status: 'down', queue: 9 });
    const written: Written = { url: server.url, expect: { json: ["status == 'ok'", 'queue < `5`'] } };
    const subjects = findingsOf(await run(written)).map(({ subject }) => subject);
    expect(subjects).toEqual([`GET ${server.url}/ status == 'ok'`, `GET ${server.url}/ queue < \`5\``]);
    expect(findingsOf(await run(written)).map(({ subject }) => subject)).toEqual(subjects);
  });

  test('that is slow is a warning', async () => {
    answer = (_request, response) => void setTimeout(() => response.end('ok'), 30);
    const outcome = await run({ url: server.url, expect: { maxLatency: '20ms' } });
    expect(findingsOf(outcome)).toMatchObject([
      {
        code: 'probe.slow',
        severity: 'warning',
        message: expect.stringMatching(/took \d+ ms; at most 20 ms are allowed\. Most of it was first byte: \d+ ms\.$/),
      },
    ]);
  });

  test('that does not tell its version is a warning', async () => {
    answer = (_request, response) => json(response, 200, { version: { major: 1 } });
    const outcome = await run({ url: server.url, version: 'version' });
    expect(findingsOf(outcome)).toMatchObject([{ code: 'probe.version-missing', severity: 'warning' }]);
    expect(probe.capturedVersion?.(outcome.evidence)).toBeUndefined();
  });

  test('with a secret header sends it there, and nowhere else', async () => {
    answer = (_request, response) => void response.writeHead(302, { location: 'https://elsewhere.example/' }).end();
    const outcome = await run({ url: server.url, headers: { 'X-Api-Key': { secret: 'api-key' }, 'X-Env': 'prod' } });
    expect(requests[0]?.headers).toMatchObject({ 'x-api-key': token, 'x-env': 'prod' });
    expect(findingsOf(outcome)).toMatchObject([
      { code: 'probe.redirect-refused', message: expect.stringContaining('https://elsewhere.example/') },
    ]);
  });

  test('whose secret header cannot be read is not verified', async () => {
    const outcome = await run({ url: server.url, headers: { 'X-Api-Key': { secret: 'lost' } } });
    expect(outcome.judgement).toMatchObject({
      status: 'unknown',
      reason: 'may not read the secret lost',
      remedy: 'Allow it.',
    });
    expect(requests).toEqual([]);
  });
});

describe('no answer', () => {
  test('is asked for again, and then told with its phase', async () => {
    let connections = 0;
    const rude = await startTcpServer((socket) => {
      connections++;
      socket.on('data', () => socket.destroy());
    });
    const outcome = await run({ url: `${rude.url}/health?key=1`, retries: 2 });
    expect(connections).toBe(3);
    expect(findingsOf(outcome)).toMatchObject([
      {
        code: 'probe.unreachable',
        severity: 'critical',
        impact: 'availability',
        message: expect.stringMatching(
          /closed before the answer was complete .*\(3 attempts\); that was during the wait for an answer\./,
        ),
      },
    ]);
    expect(probe.unreachable?.(outcome.evidence)).toBe(true);
    expect(JSON.stringify(outcome)).not.toContain('key=1');
  });

  test('the first time is no finding when the second is well', async () => {
    let connections = 0;
    const recovering = await startTcpServer((socket) => {
      const first = connections++ === 0;
      socket.on('data', () => (first ? socket.destroy() : socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n')));
    });
    const outcome = await run({ url: recovering.url });
    expect(outcome.judgement.status).toBe('pass');
    expect(outcome.evidence.steps).toMatchObject([{ attempts: 2 }]);
    expect(probe.unreachable?.(outcome.evidence)).toBe(false);
  });

  test('within the time of one attempt is a finding', async () => {
    const silent = await startTcpServer(() => undefined);
    const outcome = await run({ url: silent.url, requestTimeout: '50ms' });
    expect(findingsOf(outcome)).toMatchObject([
      { code: 'probe.unreachable', details: { phase: 'answer', attempts: 2 } },
    ]);
  });

  test("because the run's own time was up is not verified", async () => {
    const stop = new AbortController();
    const silent = await startTcpServer((socket) => void socket.on('data', () => stop.abort()));
    const outcome = await run({ url: silent.url }, undefined, stop.signal);
    expect(outcome.judgement).toMatchObject({
      status: 'unknown',
      reason: expect.stringContaining('the time of the check was up'),
    });
    expect(probe.unreachable?.(outcome.evidence)).toBe(false);
  });

  test('that is HTTP is a finding', async () => {
    const ssh = await startTcpServer((socket) => void socket.on('data', () => socket.end('SSH-2.0-OpenSSH\r\n')));
    expect(findingsOf(await run({ url: ssh.url }))).toMatchObject([{ code: 'probe.invalid-answer' }]);
  });

  test('from an address that is never visited is not verified', async () => {
    const outcome = await run({ url: 'http://169.254.169.254/latest/meta-data/' });
    expect(outcome.judgement).toMatchObject({ status: 'unknown', reason: expect.stringContaining('metadata address') });
  });
});

describe('certificates', () => {
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
  let authority: Signer;
  beforeAll(async () => {
    authority = await createCertificate({ name: 'Authority', authority: true });
  });
  beforeEach(() => {
    now = new Date();
  });
  async function probed(options: Partial<Parameters<typeof createCertificate>[0]>, written: Partial<Written> = {}) {
    const certificate = await createCertificate({ name: 'localhost', signedBy: authority, ...options });
    const { url } = await startHttpServer((_request, response) => void response.end('ok'), certificate);
    return run({ url, ca: authority.cert, ...written });
  }

  test('that hold long enough pass, with the days that are left', async () => {
    const { judgement } = await probed({ validTo: inDays(40.5) });
    expect(judgement.status).toBe('pass');
    expect(judgement.measures).toContainEqual({ name: 'certificate-days', value: 40, unit: 'days' });
  });

  test.each([
    ['expire soon', { validTo: inDays(10) }, {}, 'probe.certificate-expiring', 'warning'],
    ['expire within days', { validTo: inDays(2) }, {}, 'probe.certificate-expiring', 'critical'],
    [
      'expire sooner than wanted',
      { validTo: inDays(40) },
      { expect: { certificateDays: 60 } },
      'probe.certificate-expiring',
      'warning',
    ],
    ['have expired', { validFrom: inDays(-9), validTo: inDays(-1) }, {}, 'probe.certificate-expired', 'critical'],
    ['are for another host', { hosts: ['other.example'] }, {}, 'probe.certificate-wrong-host', 'critical'],
    ['nobody vouches for', {}, { ca: undefined }, 'probe.certificate-untrusted', 'critical'],
  ])('that %s are a finding', async (_what, options, written, code, severity) => {
    const outcome = await probed(options, written as Partial<Written>);
    expect(findingsOf(outcome)).toMatchObject([{ code, severity }]);
    expect(probe.unreachable?.(outcome.evidence)).toBe(false);
  });
});

describe('login', () => {
  const login = (more: Partial<NonNullable<Written['login']>> = {}): Written => ({
    url: `${server.url}/auth/login`,
    login: { credentials: 'monitor', ...more },
  });

  test('posts the credentials, finds the token and makes a call with it', async () => {
    answer = (request, response) => {
      if (request.url === '/auth/login') json(response, 200, { access_token: token, version: '2' });
      else json(response, 200, { user: 'monitor' });
    };
    const call = { url: `${server.url}/me`, expect: { json: ["user == 'monitor'"] } };
    const outcome = await run({ ...login({ call }), version: 'version' });
    expect(outcome.judgement.status).toBe('pass');
    expect(requests).toMatchObject([
      { method: 'POST', headers: { 'content-type': 'application/json' } },
      { method: 'GET', url: '/me', headers: { authorization: `Bearer ${token}` } },
    ]);
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({ username: 'monitor', password });
    expect(outcome.judgement.measures.map(({ name }) => name)).toEqual(expect.arrayContaining(['total', 'call-total']));
    expect(probe.capturedVersion?.(outcome.evidence)).toBe('2');
  });

  test('posts a form with other names when asked to', async () => {
    answer = (_request, response) => json(response, 200, { data: { token } });
    await run(
      login({
        encoding: 'form',
        usernameField: 'email',
        passwordField: 'pass',
        fields: { grant_type: 'password' },
        tokenPath: 'data.token',
      }),
    );
    expect(requests[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(Object.fromEntries(new URLSearchParams(requests[0]?.body))).toEqual({
      grant_type: 'password',
      email: 'monitor',
      pass: password,
    });
  });

  test('that fails as in the founding incident says what failed, where, what that breaks and what to do', async () => {
    answer = (_request, response) =>
      json(response, 500, { detail: 'column users.api_key_sandbox does not exist', input: { password } });
    const outcome = await run(login());
    expect(findingsOf(outcome)).toMatchObject([
      {
        code: 'probe.status',
        severity: 'critical',
        impact: 'availability',
        subject: `POST ${server.url}/auth/login`,
        message: expect.stringMatching(
          /^Login is broken: POST \S+\/auth\/login answered 500 instead of 200: connection and request worked, the application failed while it handled them \(after \d+ ms\); nobody can log in\. It said: \{"detail":"column users\.api_key_sandbox does not exist","input":\{"password":"\*\*\*/,
        ),
        remedy: expect.stringContaining('a migration is missing'),
      },
    ]);
    expect(outcome.memory, 'it was not the credentials').toBeUndefined();
  });

  test.each([
    ['no token', (response: ServerResponse) => json(response, 200, { token_type: 'bearer' }), 'probe.no-token'],
    [
      'a token that is null',
      (response: ServerResponse) => json(response, 200, { access_token: null }),
      'probe.no-token',
    ],
    ['an empty token', (response: ServerResponse) => json(response, 200, { access_token: '' }), 'probe.no-token'],
    ['no JSON', (response: ServerResponse) => response.end('welcome'), 'probe.no-token'],
    [
      'a token and the wrong status',
      (response: ServerResponse) => json(response, 201, { access_token: token }),
      'probe.status',
    ],
  ])('that answers with %s fails', async (_what, respond, code) => {
    answer = (_request, response) => void respond(response);
    expect(findingsOf(await run(login()))).toMatchObject([{ code, severity: 'critical' }]);
  });

  test.each([
    [401, 'probe.token-refused', /the token that the login has just issued was refused by GET/],
    [500, 'probe.status', /^The application is broken after login: GET .* whoever logs in gets no further/],
  ])('whose token then meets a %i fails', async (status, code, message) => {
    answer = (request, response) => {
      if (request.url === '/auth/login') json(response, 200, { access_token: token });
      else json(response, status, { detail: `no: ${token}` });
    };
    const outcome = await run(login({ call: { url: `${server.url}/me` } }));
    expect(findingsOf(outcome)).toMatchObject([{ code, message: expect.stringMatching(message) }]);
    expect(outcome.memory).toBeUndefined();
  });

  test('does not send credentials on to another host', async () => {
    const other = await startHttpServer(() => expect.unreachable());
    answer = (_request, response) => void response.writeHead(307, { location: `${other.url}/login` }).end();
    expect(findingsOf(await run(login()))).toMatchObject([{ code: 'probe.redirect-refused' }]);
  });

  test.each(['not JSON', '{"user":"a"}', '[]', '{"username":"a","password":""}'])(
    'with a secret that is %s is not verified',
    async (text) => {
      kept.monitor = { text, version: 'v1' };
      const { judgement } = await run(login());
      expect(judgement).toMatchObject({
        status: 'unknown',
        reason: 'the secret monitor does not hold JSON with "username" and "password"',
      });
      expect(requests).toEqual([]);
    },
  );
});

describe('refused credentials', () => {
  const written = (): Written => ({ url: `${server.url}/auth/login`, login: { credentials: 'monitor' } });
  beforeEach(() => {
    answer = (_request, response) => json(response, 401, { detail: 'no' });
  });
  const hours = (count: number) => new Date(Date.parse('2026-11-20T03:00:00Z') + count * 3_600_000);

  test('are a finding, are remembered, and are not tried again for a day', async () => {
    const first = await run(written());
    expect(findingsOf(first)).toMatchObject([
      {
        code: 'probe.login-refused',
        severity: 'critical',
        message: expect.stringMatching(
          /refused the credentials of the secret monitor with 401 on 2026-11-20 03:00 UTC\. They are not tried again, since repeated refusals lock accounts; the next attempt is made from 2026-11-21 03:00 UTC, or at once with a new version of the secret\.$/,
        ),
      },
    ]);
    now = hours(23.9);
    const second = await run(written(), first.memory);
    expect(requests, 'the second run asked nothing').toHaveLength(1);
    expect(findingsOf(second)).toMatchObject([
      {
        code: 'probe.login-refused',
        subject: `POST ${server.url}/auth/login`,
        message: expect.stringContaining('They were not tried now'),
      },
    ]);
    expect(second.memory).toEqual(first.memory);

    now = hours(24);
    const third = await run(written(), second.memory);
    expect(requests).toHaveLength(2);
    expect(third.memory).toMatchObject({ refusedAt: hours(24).toISOString() });
  });

  test.each([
    ['the secret has a new version', () => (kept.monitor = { text: kept.monitor?.text ?? '', version: 'v2' })],
    ['another secret is named', () => (kept.other = { text: kept.monitor?.text ?? '', version: 'v1' })],
  ])('are tried at once when %s', async (_what, change) => {
    const { memory } = await run(written());
    change();
    answer = (_request, response) => json(response, 200, { access_token: token });
    const named = kept.other ? { ...written(), login: { credentials: 'other' } } : written();
    const again = await run(named, memory);
    expect(again.judgement.status).toBe('pass');
    expect(again.memory).toBeUndefined();
  });

  test('stay held while their secret cannot be read, or something else was remembered', async () => {
    const { memory } = await run(written());
    const secret = kept.monitor;
    delete kept.monitor;
    const blind = await run(written(), memory);
    expect(blind.judgement.status).toBe('unknown');
    expect(blind.memory).toEqual(memory);
    if (secret) kept.monitor = secret;
    await run(written(), { refusedAt: 'garbage' });
    expect(requests).toHaveLength(2);
  });

  test('without versions (environment) are held for the day all the same', async () => {
    kept.monitor = { text: kept.monitor?.text ?? '', version: undefined };
    const { memory } = await run(written());
    const held = await run(written(), memory);
    expect(requests).toHaveLength(1);
    expect(findingsOf(held)[0]?.message).toMatch(/from 2026-11-21 03:00 UTC\.$/);
  });

  test('may be told by another status', async () => {
    answer = (_request, response) => json(response, 400, { detail: 'LOGIN_BAD_CREDENTIALS' });
    const refusing: Written = { ...written(), login: { credentials: 'monitor', refusedStatus: [400] } };
    expect(findingsOf(await run(refusing))).toMatchObject([{ code: 'probe.login-refused' }]);
    expect(findingsOf(await run(written()))).toMatchObject([{ code: 'probe.status' }]);
  });
});
