// What a TLS server's certificates say: until when they hold and, when they were not accepted, why. Reads a finished
// handshake; decides nothing about whether to go on.
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';
import type { CertificateProblem } from '../errors.ts';

/**
 * The end of validity of the earliest-expiring certificate that was presented: an intermediate that expires breaks
 * clients as surely as the server's own. Roots are left out (the reader cannot renew them) unless the server presented
 * nothing else.
 */
export function earliestExpiry(socket: TLSSocket): Date | undefined {
  const ends: number[] = [];
  const seen = new Set<string>();
  let certificate: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
  while (certificate?.fingerprint256 !== undefined && !seen.has(certificate.fingerprint256)) {
    seen.add(certificate.fingerprint256);
    const isRoot = certificate.issuerCertificate?.fingerprint256 === certificate.fingerprint256;
    if (!isRoot || ends.length === 0) ends.push(Date.parse(certificate.valid_to));
    certificate = certificate.issuerCertificate;
  }
  return ends.length === 0 ? undefined : new Date(Math.min(...ends));
}

/** Why the certificate was not accepted, by OpenSSL's verification code or Node's for a name that does not match. */
export function certificateProblem(code: string, socket: TLSSocket): CertificateProblem {
  return { kind: kinds[code] ?? 'untrusted', validTo: earliestExpiry(socket) };
}

// https://nodejs.org/docs/latest-v24.x/api/tls.html#x509-certificate-error-codes
const kinds: Record<string, CertificateProblem['kind']> = {
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'not-yet-valid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'wrong-host',
};
