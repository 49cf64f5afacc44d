// The HttpClient port over node:http and node:tls: one new connection a request, timed phase by phase, within a
// deadline, a body limit, and the addresses that may be visited. Knows nothing of what is asked for or why.
import { lookup } from 'node:dns/promises';
import { performance } from 'node:perf_hooks';
import { HttpError } from '../errors.ts';
import { openConnection, type Resolve } from './http-connect.ts';
import { exchangeOver } from './http-exchange.ts';
import { nameOf } from './http-failure.ts';
import type { HttpClient, HttpRequest, HttpResponse } from './ports.ts';

export interface HttpClientOptions {
  /** Sent as `User-Agent: driftwatch/<version>`. */
  version: string;
  /** True in Lambda, where loopback is the runtime's own API. Link-local and metadata addresses are always refused. */
  refuseLoopback: boolean;
  /** @default the operating system's resolver */
  resolve?: Resolve;
}

const maxRedirects = 5;
const redirects = new Set([301, 302, 303, 307, 308]);

export function createHttpClient(options: HttpClientOptions): HttpClient {
  const resolve = options.resolve ?? ((hostname) => lookup(hostname, { all: true }));

  /** One hop: no redirect is followed here. */
  async function visit(request: HttpRequest, url: URL, signal: AbortSignal, startedAt: number): Promise<HttpResponse> {
    const exchange = { method: request.method, url, signal, startedAt };
    const connection = await openConnection(exchange, {
      resolve,
      refuseLoopback: options.refuseLoopback,
      ca: request.ca,
    });
    const { firstByteMs, downloadMs, ...answer } = await exchangeOver(connection, {
      ...exchange,
      headers: {
        host: url.host,
        'user-agent': `driftwatch/${options.version}`,
        accept: '*/*',
        'accept-encoding': 'identity',
        ...lowerCased(request.headers ?? {}),
      },
      body: request.body,
      maxBodyBytes: request.maxBodyBytes,
    });
    return {
      ...answer,
      url: url.href,
      timings: {
        dnsMs: rounded(connection.dnsMs),
        connectMs: rounded(connection.connectMs),
        tlsMs: rounded(connection.tlsMs),
        firstByteMs: rounded(firstByteMs),
        downloadMs: rounded(downloadMs),
        totalMs: rounded(performance.now() - startedAt),
      },
      ...(connection.certificateValidTo === undefined ? {} : { certificateValidTo: connection.certificateValidTo }),
    };
  }

  return {
    async request(asked, outer) {
      const signal =
        asked.timeoutMs === undefined ? outer : AbortSignal.any([outer, AbortSignal.timeout(asked.timeoutMs)]);
      const startedAt = performance.now();
      let request = asked;
      let url = parsed(asked.url);
      let response = await visit(request, url, signal, startedAt);
      for (let hops = 0; ; hops++) {
        const next = redirectTarget(response, url);
        if (next === undefined) break;
        if (hops === maxRedirects) throw tooManyRedirects(request, url);
        if (asked.carriesCredentials && next.origin !== url.origin) {
          response.refusedRedirect = withoutSecrets(next);
          break;
        }
        request = redirected(request, response.status, next.origin === url.origin);
        try {
          response = await visit(request, next, signal, startedAt);
        } catch (error) {
          if (!(error instanceof HttpError) || error.reason !== 'forbidden-address') throw error;
          response.refusedRedirect = withoutSecrets(next);
          break;
        }
        url = next;
      }
      return response;
    },
  };
}

/** @throws HttpError `invalid` for what is not an http or https URL. */
function parsed(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new HttpError('invalid', 'the url to ask for is not an http or https URL', {
    remedy: 'Give an absolute URL, such as https://api.example.com/health.',
    phase: 'request',
  });
}

function redirectTarget(response: HttpResponse, from: URL): URL | undefined {
  const { location } = response.headers;
  if (!redirects.has(response.status) || location === undefined || !URL.canParse(location, from.href)) return undefined;
  const target = new URL(location, from);
  return target.protocol === 'http:' || target.protocol === 'https:' ? target : undefined;
}

/**
 * The request as it goes on: like a browser, a POST becomes a GET unless the status says to repeat it
 * (https://fetch.spec.whatwg.org/#http-redirect-fetch). Headers are for the origin they were given for.
 */
function redirected(request: HttpRequest, status: number, sameOrigin: boolean): HttpRequest {
  const { body, headers, ...rest } = request;
  const repeats = status === 307 || status === 308 || request.method === 'GET' || request.method === 'HEAD';
  const kept = Object.entries(headers ?? {}).filter(([name]) => repeats || !/^content-/i.test(name));
  return {
    ...rest,
    method: repeats ? request.method : 'GET',
    ...(repeats && body !== undefined ? { body } : {}),
    ...(sameOrigin ? { headers: Object.fromEntries(kept) } : {}),
  };
}

function tooManyRedirects(request: HttpRequest, url: URL): HttpError {
  return new HttpError('invalid', `${nameOf(request.method, url)}: more than ${maxRedirects} redirects in a row`, {
    remedy: 'Give the address that the redirects should end at, or mend the loop.',
    phase: 'answer',
  });
}

function withoutSecrets(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

function lowerCased(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}
