import { once } from 'node:events';
import type { IncomingMessage, RequestListener } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { HttpError } from '../../lambda/errors.ts';
import { createHttpClient } from '../../lambda/platform/http.ts';
import type { HttpRequest } from '../../lambda/platform/ports.ts';
import { createCertificate, type Signer } from '../support/certificates.ts';
import { type StartedServer, startHttpServer, startTcpServer } from '../support/http-server.ts';

const client = createHttpClient({ version: '0.0.0-test', refuseLoopback: false });
const never = new AbortController().signal;

function get(url: string, more: Partial<HttpRequest> = {}): HttpRequest {
  return { method: 'GET', url, carriesCredentials: false, maxBodyBytes: 10_000, ...more };
}

async function failureOf(request: HttpRequest, signal = never, through = client): Promise<HttpError> {
  const outcome = await through.request(request, signal).catch((error: unknown) => error);
  if (outcome instanceof HttpError) return outcome;
  throw new Error(`expected an HttpError, got ${JSON.stringify(outcome)}`);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}

describe('an answer', () => {
  let server: StartedServer;
  let seen: IncomingMessage[];
  beforeAll(async () => {
    seen = [];
    server = await startHttpServer(async (request, response) => {
      seen.push(request);
      const routes: Record<string, () => void> = {
        '/health?deep=1': () => response.setHeader('content-type', 'application/json').end('{"status":"ok"}'),
        '/teapot': () => response.writeHead(418).end('no'),
        '/large': () => response.end('x'.repeat(20_000)),
        '/endless': () => void setInterval(() => response.write('x'.repeat(5_000)), 1).unref(),
        '/gzip': () => response.setHeader('content-encoding', 'gzip').end(gzipSync('zipped')),
        '/bomb': () => response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(50_000_000))),
        '/latin1': () => response.end(Buffer.from('caf\xe9', 'latin1')),
      };
      routes[request.url ?? '']?.();
    });
  });

  test('comes with status, headers, body and what each phase took', async () => {
    const response = await client.request(get(`${server.url}/health?deep=1`), never);
    expect(response).toMatchObject({
      status: 200,
      body: '{"status":"ok"}',
      bodyTruncated: false,
      url: `${server.url}/health?deep=1`,
    });
    expect(response.headers['content-type']).toBe('application/json');
    expect(response.certificateValidTo).toBeUndefined();
    const { dnsMs, connectMs, tlsMs, firstByteMs, downloadMs, totalMs } = response.timings;
    expect(tlsMs).toBe(0);
    for (const ms of [dnsMs, connectMs, firstByteMs, downloadMs]) expect(ms).toBeGreaterThanOrEqual(0);
    expect(totalMs).toBeGreaterThanOrEqual(Math.max(connectMs, firstByteMs, downloadMs));
  });

  test('says who asks, on a connection of its own that is not kept', async () => {
    seen.length = 0;
    await client.request(get(`${server.url}/teapot`), never);
    await client.request(get(`${server.url}/teapot`, { headers: { 'X-Probe': 'yes' } }), never);
    const [first, second] = seen;
    expect(first?.headers).toMatchObject({
      host: new URL(server.url).host,
      'user-agent': 'driftwatch/0.0.0-test',
      connection: 'close',
    });
    expect(second?.headers['x-probe']).toBe('yes');
    expect(second?.socket).not.toBe(first?.socket);
  });

  test('of any status is an answer', async () => {
    expect(await client.request(get(`${server.url}/teapot`), never)).toMatchObject({ status: 418, body: 'no' });
  });

  test.each(['/large', '/endless', '/bomb'])('%s is cut at the limit', async (path) => {
    const response = await client.request(get(server.url + path), never);
    expect(response.bodyTruncated).toBe(true);
    expect(response.body).toHaveLength(10_000);
  });

  test('exactly as long as the limit is whole', async () => {
    const response = await client.request(get(`${server.url}/large`, { maxBodyBytes: 20_000 }), never);
    expect(response.bodyTruncated).toBe(false);
  });

  test('that is compressed unasked is unpacked', async () => {
    expect(await client.request(get(`${server.url}/gzip`), never)).toMatchObject({ body: 'zipped' });
  });

  test('that is no UTF-8 has replacement characters', async () => {
    expect(await client.request(get(`${server.url}/latin1`), never)).toMatchObject({ body: 'caf\ufffd' });
  });
});

describe('a redirect', () => {
  let here: StartedServer;
  let there: StartedServer;
  const arrivals: { path: string; method: string; body: string; authorization: string | undefined; probe: unknown }[] =
    [];
  beforeAll(async () => {
    const handler: RequestListener = async (request, response) => {
      const body = await bodyOf(request);
      const { authorization, 'x-probe': probe } = request.headers;
      arrivals.push({ path: request.url ?? '', method: request.method ?? '', body, authorization, probe });
      const [, status, to] = /^\/(30\d)\?(.*)$/.exec(request.url ?? '') ?? [];
      if (status === undefined) response.end('arrived');
      else response.writeHead(Number(status), { location: decodeURIComponent(to ?? '') }).end();
    };
    here = await startHttpServer(handler);
    there = await startHttpServer(handler);
  });
  const to = (status: number, target: string) => `${here.url}/${status}?${encodeURIComponent(target)}`;

  test.each([301, 302, 303, 307, 308])('%i within the origin is followed, with credentials', async (status) => {
    arrivals.length = 0;
    const request = get(to(status, '/end'), { carriesCredentials: true, headers: { Authorization: 'Bearer t' } });
    const response = await client.request(request, never);
    expect(response).toMatchObject({ status: 200, body: 'arrived', url: `${here.url}/end` });
    expect(arrivals.at(-1)).toMatchObject({ path: '/end', authorization: 'Bearer t' });
  });

  test.each([
    [302, 'GET', ''],
    [303, 'GET', ''],
    [307, 'POST', 'a=1'],
    [308, 'POST', 'a=1'],
  ])('%i turns a POST into %s', async (status, method, body) => {
    arrivals.length = 0;
    await client.request(get(to(status, '/end'), { method: 'POST', body: 'a=1' }), never);
    expect(arrivals.at(-1)).toMatchObject({ path: '/end', method, body });
  });

  test('to another origin is refused while credentials are sent: nothing arrives there', async () => {
    arrivals.length = 0;
    const request = get(to(307, `${there.url}/end?state=1`), {
      method: 'POST',
      body: 'password=1',
      carriesCredentials: true,
    });
    const response = await client.request(request, never);
    expect(response).toMatchObject({ status: 307, refusedRedirect: `${there.url}/end` });
    expect(arrivals).toHaveLength(1);
  });

  test('to another origin is followed without credentials, and without the headers of the first', async () => {
    arrivals.length = 0;
    const response = await client.request(get(to(302, `${there.url}/end`), { headers: { 'X-Probe': '1' } }), never);
    expect(response).toMatchObject({ status: 200, url: `${there.url}/end` });
    expect(arrivals.at(-1)?.probe).toBeUndefined();
  });

  test('to the metadata address is refused', async () => {
    const response = await client.request(get(to(302, 'http://169.254.169.254/latest/meta-data/')), never);
    expect(response).toMatchObject({
      status: 302,
      url: to(302, 'http://169.254.169.254/latest/meta-data/'),
      refusedRedirect: 'http://169.254.169.254/latest/meta-data/',
    });
  });

  test('to something that is not HTTP is not followed', async () => {
    expect(await client.request(get(to(302, 'file:///etc/passwd')), never)).toMatchObject({ status: 302 });
  });

  test('in a circle ends', async () => {
    const server = await startHttpServer((_request, response) => void response.writeHead(302, { location: '/' }).end());
    expect(await failureOf(get(`${server.url}/?secret=1`))).toMatchObject({
      reason: 'invalid',
      message: `GET ${server.url}/: more than 5 redirects in a row`,
    });
  });
});

describe('an address', () => {
  const refusing = createHttpClient({ version: '0', refuseLoopback: true });

  test.each([
    'http://169.254.169.254/latest/meta-data/iam/',
    'http://[fe80::1]/',
    'http://[fd00:ec2::254]/',
    'http://[::ffff:169.254.169.254]/',
    'http://0.0.0.0:1/',
    'http://2852039166/',
    'http://0xa9.0xfe.0xa9.0xfe/',
  ])('%s is refused', async (url) => {
    expect(await failureOf(get(url))).toMatchObject({ reason: 'forbidden-address', phase: 'name resolution' });
  });

  test.each(['http://127.0.0.1:9001/', 'http://[::1]:9001/', 'http://localhost:9001/', 'http://2130706433/'])(
    '%s is refused where loopback is',
    async (url) => {
      expect(await failureOf(get(url), never, refusing)).toMatchObject({ reason: 'forbidden-address' });
    },
  );

  test('is the one that was vetted: the name is resolved once, whatever it would say next', async () => {
    const server = await startHttpServer((_request, response) => void response.end('the right one'));
    const answers = ['127.0.0.1', '169.254.169.254'];
    const rebinding = createHttpClient({
      version: '0',
      refuseLoopback: false,
      resolve: async () => [{ address: answers.shift() ?? 'none left', family: 4 }],
    });
    const url = `http://rebind.test:${server.port}/`;
    expect(await rebinding.request(get(url), never)).toMatchObject({ body: 'the right one' });
    expect(answers).toEqual(['169.254.169.254']);
    expect(await failureOf(get(url), never, rebinding)).toMatchObject({ reason: 'forbidden-address' });
  });

  test('that is refused among others is passed over', async () => {
    const server = await startHttpServer((_request, response) => void response.end('reached'));
    const mixed = createHttpClient({
      version: '0',
      refuseLoopback: false,
      resolve: async () => [
        { address: 'fe80::1', family: 6 },
        { address: '127.0.0.1', family: 4 },
      ],
    });
    expect(await mixed.request(get(`http://mixed.test:${server.port}/`), never)).toMatchObject({ body: 'reached' });
  });
});

describe('no answer', () => {
  test('from a name that does not exist', async () => {
    const resolve = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
    const lost = createHttpClient({ version: '0', refuseLoopback: false, resolve });
    expect(await failureOf(get('http://api.example.test/health?key=s3cret'), never, lost)).toMatchObject({
      reason: 'unreachable',
      phase: 'name resolution',
      message: 'GET http://api.example.test/health: the name api.example.test does not exist (ENOTFOUND)',
    });
  });

  test('from a port nothing listens on', async () => {
    // Bound a moment ago and released, so that nothing else has it.
    const placeholder = createServer().listen(0, '127.0.0.1');
    await once(placeholder, 'listening');
    const { port } = placeholder.address() as AddressInfo;
    placeholder.close();
    await once(placeholder, 'close');
    expect(await failureOf(get(`http://127.0.0.1:${port}/`))).toMatchObject({
      reason: 'unreachable',
      phase: 'connection',
      message: `GET http://127.0.0.1:${port}/: nothing accepts connections at 127.0.0.1:${port} (ECONNREFUSED)`,
    });
  });

  test.each([
    ['that hangs up at once', '', 'unreachable', 'answer'],
    ['that speaks something else', 'SSH-2.0-OpenSSH_9.6\r\n', 'invalid', 'answer'],
    ['that hangs up in the middle', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf', 'unreachable', 'download'],
    [
      'that changes the protocol',
      'HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
      'invalid',
      'answer',
    ],
    ['whose headers never end', `HTTP/1.1 200 OK\r\n${'x-filler: yes\r\n'.repeat(5_000)}`, 'invalid', 'answer'],
    ['whose compression is broken', 'HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\nno', 'invalid', 'download'],
  ])('from a server %s', async (_what, says, reason, phase) => {
    const server = await startTcpServer((socket) => {
      socket.on('data', () => socket.end(says));
    });
    expect(await failureOf(get(`${server.url}/`))).toMatchObject({ reason, phase });
  });

  test.each([
    ['never answers', undefined, 'answer'],
    ['never finishes', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf', 'download'],
  ])('in time from a server that %s', async (_what, says, phase) => {
    const stop = new AbortController();
    const server = await startTcpServer((socket) => {
      socket.on('data', () => {
        if (says !== undefined) socket.write(says);
        setTimeout(() => stop.abort(), 50);
      });
    });
    expect(await failureOf(get(`${server.url}/`), stop.signal)).toMatchObject({ reason: 'timeout', phase });
    expect(await failureOf(get(`${server.url}/`, { timeoutMs: 500 }))).toMatchObject({ reason: 'timeout', phase });
  });

  test('in time from a name server, or a TLS server', async () => {
    const deaf = createHttpClient({ version: '0', refuseLoopback: false, resolve: () => new Promise(() => undefined) });
    const request = get('http://api.example.test/', { timeoutMs: 50 });
    expect(await failureOf(request, never, deaf)).toMatchObject({ reason: 'timeout', phase: 'name resolution' });
    const silent = await startTcpServer(() => undefined);
    const tls = get(`https://127.0.0.1:${silent.port}/`, { timeoutMs: 50 });
    expect(await failureOf(tls)).toMatchObject({ reason: 'timeout', phase: 'TLS' });
  });

  test('when the time was up before it began', async () => {
    expect(await failureOf(get('http://127.0.0.1:1/'), AbortSignal.abort())).toMatchObject({ reason: 'timeout' });
  });

  test('to a header that cannot be sent', async () => {
    const server = await startHttpServer((_request, response) => void response.end());
    const request = get(server.url, { headers: { 'x-broken': 'a\r\nhost: evil' } });
    const failure = await failureOf(request);
    expect(failure).toMatchObject({ reason: 'invalid', phase: 'request' });
    expect(failure.message).not.toContain('evil');
  });

  test('to what is no URL', async () => {
    expect(await failureOf(get('ftp://example.com/'))).toMatchObject({ reason: 'invalid' });
  });
});

describe('TLS', () => {
  const day = 86_400_000;
  // One moment for all of them, in whole seconds as certificates have them.
  const start = Math.floor(Date.now() / 1_000) * 1_000;
  const inDays = (days: number) => new Date(start + days * day);
  let root: Signer;
  let requests = 0;
  const handler: RequestListener = (_request, response) => {
    requests++;
    response.end('secured');
  };
  beforeAll(async () => {
    root = await createCertificate({ name: 'Test Root', authority: true, validTo: inDays(5) });
  });
  const serve = async (options: Partial<Parameters<typeof createCertificate>[0]>) =>
    startHttpServer(handler, await createCertificate({ name: 'localhost', signedBy: root, ...options }));

  test('with a certificate of a given authority is verified and timed', async () => {
    const { url } = await serve({ validTo: inDays(40) });
    const response = await client.request(get(url, { ca: root.cert }), never);
    expect(response).toMatchObject({ body: 'secured', certificateValidTo: inDays(40) });
    expect(response.timings.tlsMs).toBeGreaterThan(0);
  });

  test('names the intermediate that expires first, and leaves the root aside', async () => {
    const between = { name: 'Test Intermediate', authority: true, signedBy: root, validTo: inDays(12) };
    const intermediate = await createCertificate(between);
    const leaf = await createCertificate({ name: 'localhost', signedBy: intermediate, validTo: inDays(80) });
    const { url } = await startHttpServer(handler, { ...leaf, chain: [intermediate.cert] });
    const response = await client.request(get(url, { ca: root.cert }), never);
    expect(response.certificateValidTo).toEqual(inDays(12));
  });

  test.each([
    ['expired', { validFrom: inDays(-9), validTo: inDays(-2) }, 'the certificate expired on'],
    ['not-yet-valid', { validFrom: inDays(2) }, 'the certificate is not valid yet (CERT_NOT_YET_VALID)'],
    ['wrong-host', { hosts: ['api.example.com'] }, 'the certificate is not for 127.0.0.1'],
  ] as const)('with a certificate that is %s is refused, and nothing is sent', async (kind, options, message) => {
    const { url } = await serve(options);
    requests = 0;
    const failure = await failureOf(get(url, { ca: root.cert }));
    expect(failure).toMatchObject({ reason: 'untrusted', phase: 'TLS', certificate: { kind } });
    expect(failure.message).toContain(message);
    expect(failure.certificate?.validTo).toBeInstanceOf(Date);
    expect(requests).toBe(0);
  });

  test('with an unknown authority is refused, and its end of validity told', async () => {
    const { url } = await serve({ validTo: inDays(40) });
    expect(await failureOf(get(url))).toMatchObject({
      reason: 'untrusted',
      phase: 'TLS',
      certificate: { kind: 'untrusted', validTo: inDays(40) },
    });
  });

  test('with a self-signed certificate is refused unless it is given', async () => {
    const self = await createCertificate({ name: 'localhost', validTo: inDays(30) });
    const { url } = await startHttpServer(handler, self);
    expect(await failureOf(get(url))).toMatchObject({ certificate: { kind: 'untrusted', validTo: inDays(30) } });
    const response = await client.request(get(url, { ca: self.cert }), never);
    expect(response.certificateValidTo).toEqual(inDays(30));
  });

  test('where there is none fails in the handshake', async () => {
    const plain = await startHttpServer(handler);
    expect(await failureOf(get(`https://127.0.0.1:${plain.port}/`))).toMatchObject({
      reason: 'unreachable',
      phase: 'TLS',
      certificate: undefined,
    });
  });

  test('to plain is another origin', async () => {
    const plain = await startHttpServer(handler);
    const certificate = await createCertificate({ name: 'localhost', signedBy: root });
    const { url } = await startHttpServer(
      (_request, response) => void response.writeHead(302, { location: `${plain.url}/` }).end(),
      certificate,
    );
    requests = 0;
    const response = await client.request(get(url, { ca: root.cert, carriesCredentials: true }), never);
    expect(response.refusedRedirect).toBe(`${plain.url}/`);
    expect(requests).toBe(0);
  });
});
