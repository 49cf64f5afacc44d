// How a target's database is reached: where its credentials are (never the credentials), and how far TLS is trusted.
import * as z from 'zod';
import type { SecretReference } from '../platform/ports.ts';
import { secretReference } from './secret-reference.ts';

/** libpq's sslmode: https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION */
export const sslModes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;
export type SslMode = (typeof sslModes)[number];

export interface TlsSettings {
  /** @default 'verify-full' */
  mode: SslMode;
  /** PEM text of the certificate authorities to trust instead of the public ones and those of RDS. */
  ca?: string | undefined;
}

export type DatabaseSettings = {
  tls: TlsSettings;
} & (
  | {
      /** Secret with a postgres URL, or JSON as RDS writes it (`username`, `password`, `host`, `port`, `dbname`). */
      secret: SecretReference;
      /** What these say wins; what they leave out, the secret says. Secrets that RDS manages hold user and password. */
      host?: string | undefined;
      port?: number | undefined;
      database?: string | undefined;
      user?: string | undefined;
    }
  | {
      /** Sign in with an IAM token (RDS): no password exists. */
      iam: true;
      host: string;
      /** @default 5432 */
      port: number;
      database: string;
      user: string;
      /** @default the function's own region */
      region?: string | undefined;
    }
);

const verifying: readonly SslMode[] = ['require', 'verify-ca', 'verify-full'];

const tls = z
  .strictObject({
    /** @default 'verify-full' */
    mode: z.enum(sslModes).default('verify-full'),
    /** PEM text: one or more certificates. @default the public authorities and those of RDS */
    ca: z
      .string()
      .regex(/-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/, 'expected certificates as PEM text')
      .optional(),
  })
  .check((context) => {
    const { mode, ca } = context.value;
    if (ca !== undefined && !verifying.includes(mode)) {
      context.issues.push({
        code: 'custom',
        path: ['ca'],
        input: 'a certificate',
        message: `has no effect with mode "${mode}", which verifies nothing; expected mode "verify-full"`,
      });
    }
    if (ca === undefined && mode === 'verify-ca') {
      context.issues.push({
        code: 'custom',
        path: ['mode'],
        input: mode,
        message: 'expected "verify-full", or a "ca" beside it: any server with a public certificate would be believed',
      });
    }
  })
  .default({ mode: 'verify-full' });

// A name, an IPv4 or IPv6 address, or the folder of a Unix socket.
const hostName = z
  .string()
  .regex(
    /^([A-Za-z0-9._-]+|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*|\/.+)$/,
    'expected a host name or address, without scheme, port, user or database',
  );
const port = z.int().min(1).max(65_535);
const text = z.string().min(1);

const withSecret = z.strictObject({
  iam: z.undefined().optional(),
  secret: secretReference,
  host: hostName.optional(),
  port: port.optional(),
  database: text.optional(),
  user: text.optional(),
  tls,
});

const withIam = z
  .strictObject({
    iam: z.literal(true),
    host: hostName,
    port: port.default(5432),
    database: text,
    user: text,
    region: z
      .string()
      .regex(/^[a-z]{2,}(-[a-z]+)+-\d$/, 'expected an AWS region, such as "eu-central-1"')
      .optional(),
    tls,
  })
  .check((context) => {
    if (verifying.includes(context.value.tls.mode)) return;
    context.issues.push({
      code: 'custom',
      path: ['tls', 'mode'],
      input: context.value.tls.mode,
      message: 'expected "verify-full": an IAM token must not be sent over a connection that may be in plain text',
    });
  });

/** What a settings file says of a database: `{ secret }`, or `{ iam: true, host, database, user }`. */
export const databaseSettings = z.discriminatedUnion('iam', [withSecret, withIam], {
  error: (issue) => (issue.code === 'invalid_union' ? 'expected true, or no "iam" but a "secret"' : undefined),
});
