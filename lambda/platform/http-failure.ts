// Turns whatever ended an HTTP exchange into an HttpError a person can act on. Knows Node's error codes, so that
// nobody else has to. No message holds a query string, a header or a body: those can carry secrets.
import { performance } from 'node:perf_hooks';
import { type CertificateProblem, HttpError, type HttpPhase, httpPhaseInWords } from '../errors.ts';

/** The request, as messages name it: method and address without query, fragment or user. */
export function nameOf(method: string, url: URL): string {
  return `${method} ${url.origin}${url.pathname}`;
}

export interface Exchange {
  method: string;
  url: URL;
  /** Aborted when the time is up. */
  signal: AbortSignal;
  /** When the request that was asked for began, redirects before this one included; on `performance.now()`. */
  startedAt: number;
}

/** What `cause`, thrown while doing `phase`, means. An HttpError stays as it is. */
export function httpFailure(exchange: Exchange, phase: HttpPhase, cause: unknown): HttpError {
  if (cause instanceof HttpError) return cause;
  const name = nameOf(exchange.method, exchange.url);
  if (exchange.signal.aborted) {
    const waited = `${Math.round(performance.now() - exchange.startedAt)} ms`;
    return new HttpError(
      'timeout',
      `${name}: not finished after ${waited}, given up during ${httpPhaseInWords[phase]}`,
      {
        remedy: 'Find out why the server does not answer in time: overload, a lock, or a network that drops packets.',
        cause,
        phase,
      },
    );
  }
  const code = codeOf(cause);
  if (/^(HPE_|Z_|ERR_INVALID_)/.test(code)) {
    return new HttpError('invalid', `${name}: what was exchanged is not valid HTTP (${code})`, {
      remedy: 'Check that the port speaks HTTP, and that the headers to send hold no control characters.',
      cause,
      phase,
    });
  }
  const known = explanations[code];
  return new HttpError(
    'unreachable',
    `${name}: ${known?.what(exchange.url) ?? `failed during ${httpPhaseInWords[phase]}`} (${code})`,
    {
      remedy: known?.remedy ?? 'Check that the server runs and that the network between lets the connection through.',
      cause,
      phase,
    },
  );
}

/** A certificate that was presented and not accepted. */
export function certificateFailure(exchange: Exchange, code: string, problem: CertificateProblem): HttpError {
  const host = exchange.url.hostname;
  const until = problem.validTo ? problem.validTo.toISOString().slice(0, 10) : 'an unknown date';
  const said = {
    expired: [`the certificate expired on ${until}`, 'Renew the certificate and have the server load it.'],
    'not-yet-valid': [
      'the certificate is not valid yet',
      'Check the clock of the machine that issued the certificate.',
    ],
    'wrong-host': [`the certificate is not for ${host}`, `Serve a certificate that names ${host}.`],
    untrusted: [
      'the certificate is not signed by a trusted authority',
      'Serve the whole chain, intermediates included; for an own authority, give its certificate as "ca".',
    ],
  } as const;
  const [what, remedy] = said[problem.kind];
  return new HttpError('untrusted', `${nameOf(exchange.method, exchange.url)}: ${what} (${code})`, {
    remedy,
    phase: 'TLS',
    certificate: problem,
  });
}

function codeOf(cause: unknown): string {
  // Several addresses tried and none answered: the first says as much as the others.
  if (cause instanceof AggregateError) return codeOf(cause.errors[0]);
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : cause instanceof Error ? cause.message : String(cause);
}

const closed = {
  what: () => 'the connection was closed before the answer was complete',
  remedy: 'Look in the log of the application, and of the proxy in front of it, for a crash or a restart.',
};
const noRoute = {
  what: (url: URL) => `no route to ${url.host}`,
  remedy: 'Check routes and security groups; from a VPC, public addresses need a NAT gateway.',
};

const explanations: Record<string, { what(url: URL): string; remedy: string }> = {
  ENOTFOUND: {
    what: (url) => `the name ${url.hostname} does not exist`,
    remedy: 'Check the host name in the url, and its DNS record.',
  },
  EAI_AGAIN: {
    what: (url) => `no name server could resolve ${url.hostname}`,
    remedy: 'Check the DNS resolver; in a VPC, that DNS support is on.',
  },
  ECONNREFUSED: {
    what: (url) => `nothing accepts connections at ${url.host}`,
    remedy: 'Start the application, or correct the port in the url.',
  },
  ECONNRESET: closed,
  EPIPE: closed,
  EHOSTUNREACH: noRoute,
  ENETUNREACH: noRoute,
  ETIMEDOUT: {
    what: (url) => `${url.host} did not answer the connection attempt`,
    remedy: 'Check that the host is up, and that firewalls and security groups let the connection through.',
  },
};
