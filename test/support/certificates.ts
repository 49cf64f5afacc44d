// Certificates made on the spot, for TLS servers in tests: an authority, and what it signs. Nothing is written to disk.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  type Extension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

export interface Certificate {
  /** PEM text of the certificate. */
  cert: string;
  /** PEM text of its private key. */
  key: string;
}

export interface CertificateOptions {
  /** Common name, and the name it is valid for unless it signs others. */
  name: string;
  /** Host names and addresses it is valid for. @default the name, localhost and 127.0.0.1 */
  hosts?: readonly string[];
  /** @default an hour ago */
  validFrom?: Date;
  /** @default in 90 days */
  validTo?: Date;
  /** Whether it signs others. @default false */
  authority?: boolean;
  /** @default itself */
  signedBy?: Signer;
}

export interface Signer extends Certificate {
  name: string;
  privateKey: webcrypto.CryptoKey;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const hourMs = 3_600_000;

export async function createCertificate(options: CertificateOptions): Promise<Signer> {
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;
  const { name, hosts = [name, 'localhost', '127.0.0.1'], authority = false } = options;
  const extensions: Extension[] = authority
    ? [new BasicConstraintsExtension(true, undefined, true)]
    : [
        new SubjectAlternativeNameExtension(
          hosts.map((value) => ({ type: /^[\d.:]+$/.test(value) ? 'ip' : 'dns', value })),
        ),
      ];
  const certificate = await X509CertificateGenerator.create(
    {
      serialNumber: webcrypto.getRandomValues(Buffer.alloc(8)).toString('hex'),
      subject: `CN=${name}`,
      issuer: `CN=${options.signedBy?.name ?? name}`,
      notBefore: options.validFrom ?? new Date(Date.now() - hourMs),
      notAfter: options.validTo ?? new Date(Date.now() + 90 * 24 * hourMs),
      signingAlgorithm: algorithm,
      publicKey: keys.publicKey,
      signingKey: options.signedBy?.privateKey ?? keys.privateKey,
      extensions,
    },
    webcrypto as typeof globalThis.crypto,
  );
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  return {
    name,
    cert: certificate.toString('pem'),
    key: `-----BEGIN PRIVATE KEY-----\n${pkcs8.toString('base64')}\n-----END PRIVATE KEY-----\n`,
    privateKey: keys.privateKey,
  };
}
