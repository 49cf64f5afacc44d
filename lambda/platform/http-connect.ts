// Opens one connection for one request: resolves the name, vets every address, connects to a vetted one, and for
// https finishes the handshake and the verification of the certificate. Nothing of a request is written before all of
// that has succeeded, and no name is resolved twice, so the address that was vetted is the address that is spoken to.
import { once } from 'node:events';
import { connect as connectTcp, isIP, type LookupFunction, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { connect as connectTls, getCACertificates } from 'node:tls';
import { HttpError, type HttpPhase } from '../errors.ts';
import { whyForbidden } from './http-address.ts';
import { certificateProblem, earliestExpiry } from './http-certificate.ts';
import { certificateFailure, type Exchange, httpFailure, nameOf } from './http-failure.ts';

export interface ResolvedAddress {
  address: string;
  family: number;
}

/** All addresses of a name. */
export type Resolve = (hostname: string) => Promise<ResolvedAddress[]>;

export interface Connection {
  socket: Socket;
  dnsMs: number;
  connectMs: number;
  tlsMs: number;
  certificateValidTo: Date | undefined;
}

export interface ConnectOptions {
  resolve: Resolve;
  refuseLoopback: boolean;
  ca: string | undefined;
}

export async function openConnection(exchange: Exchange, options: ConnectOptions): Promise<Connection> {
  const { url } = exchange;
  const [addresses, dnsMs] = await timed(exchange, 'name resolution', () => resolveVetted(exchange, options));
  const plain = connectTcp({
    host: hostOf(url),
    port: Number(url.port || (url.protocol === 'https:' ? 443 : 80)),
    lookup: answerWith(addresses),
    noDelay: true,
  });
  keepQuiet(plain);
  try {
    const [, connectMs] = await timed(exchange, 'connection', () => once(plain, 'connect', exchange));
    if (url.protocol === 'http:') {
      return { socket: plain, dnsMs, connectMs, tlsMs: 0, certificateValidTo: undefined };
    }
    const [secured, tlsMs] = await timed(exchange, 'TLS', () => secure(exchange, plain, options.ca));
    return { ...secured, dnsMs, connectMs, tlsMs };
  } catch (error) {
    plain.destroy();
    throw error;
  }
}

/** The URL's host without the brackets of an IPv6 address. */
function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

async function resolveVetted(exchange: Exchange, options: ConnectOptions): Promise<ResolvedAddress[]> {
  const host = hostOf(exchange.url);
  const family = isIP(host);
  const all = family === 0 ? await unlessAborted(options.resolve(host), exchange.signal) : [{ address: host, family }];
  const allowed = all.filter(({ address }) => whyForbidden(address, options) === undefined);
  const [first] = all;
  if (allowed.length > 0 || first === undefined) return allowed;
  throw new HttpError(
    'forbidden-address',
    `${nameOf(exchange.method, exchange.url)}: ${host} is ${first.address}, ${whyForbidden(first.address, options)}`,
    { remedy: 'Give the address that users of the application reach it at.', phase: 'name resolution' },
  );
}

/** Gives `net.connect` the addresses already vetted, so that it asks no name server itself. */
function answerWith(addresses: ResolvedAddress[]): LookupFunction {
  return (hostname, options, callback) => {
    const [first] = addresses;
    if (first === undefined) {
      callback(Object.assign(new Error(`no address for ${hostname}`), { code: 'ENOTFOUND' }), []);
    } else if (options.all) {
      callback(null, addresses);
    } else {
      callback(null, first.address, first.family);
    }
  };
}

/**
 * The handshake is let finish whatever the certificate, so that its dates can be told when it is refused; the verdict
 * is taken before the socket is handed on.
 */
async function secure(
  exchange: Exchange,
  plain: Socket,
  ca: string | undefined,
): Promise<Pick<Connection, 'socket' | 'certificateValidTo'>> {
  const host = hostOf(exchange.url);
  const socket = connectTls({
    socket: plain,
    host,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: false,
    ...(ca === undefined ? {} : { ca: [...getCACertificates('default'), ca] }),
  });
  keepQuiet(socket);
  await once(socket, 'secureConnect', exchange);
  if (!socket.authorized) {
    const code = String(socket.authorizationError);
    throw certificateFailure(exchange, code, certificateProblem(code, socket));
  }
  return { socket, certificateValidTo: earliestExpiry(socket) };
}

/** An error event between two awaits must not end the process: the next await finds the socket destroyed. */
function keepQuiet(socket: Socket): void {
  socket.on('error', () => undefined);
}

/** Name resolution cannot be cancelled, only no longer waited for. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const stop = new AbortController();
  const aborted = once(signal, 'abort', { signal: stop.signal }).then(() => {
    throw signal.reason;
  });
  aborted.catch(() => undefined);
  try {
    return await Promise.race([work, aborted]);
  } finally {
    stop.abort();
  }
}

async function timed<T>(exchange: Exchange, phase: HttpPhase, work: () => Promise<T>): Promise<[T, number]> {
  const start = performance.now();
  try {
    return [await work(), performance.now() - start];
  } catch (error) {
    throw httpFailure(exchange, phase, error);
  }
}
