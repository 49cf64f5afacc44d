// How a target's database is reached: where its credentials are (never the credentials), and how far TLS is trusted.
import { z } from 'zod';
import type { SecretReference } from '../platform/ports.ts';

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
      /** These stand in for what the secret does not say; secrets that RDS manages hold user and password only. */
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

export const databaseSettings: z.ZodType<DatabaseSettings> = z.never();
