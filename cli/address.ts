// What a person may name on the command line as a place: a file, an `s3://` address or a postgres URL.
import { UsageError } from './terminal.ts';

export type Address =
  | { kind: 'database'; url: string }
  | { kind: 'object'; bucket: string; key: string; text: string }
  | { kind: 'file'; path: string };

/** @throws UsageError for a scheme that means nothing here, or half an s3:// address */
export function parseAddress(text: string): Address {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  // Applications write their driver into the scheme: postgresql+psycopg2://.
  if (scheme !== undefined && /^postgres(ql)?(\+[a-z0-9]+)?$/.test(scheme)) return { kind: 'database', url: text };
  switch (scheme) {
    case undefined:
      return { kind: 'file', path: text };
    case 's3': {
      const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/i.exec(text) ?? [];
      if (bucket && key) return { kind: 'object', bucket, key, text };
      throw new UsageError(`"${text}" is not s3://bucket/key.`);
    }
    default:
      throw new UsageError(`A place is a file, s3://bucket/key or postgres://..., and not ${scheme}://.`);
  }
}

/** The same place without its password, for messages. */
export function showAddress(address: Address): string {
  switch (address.kind) {
    case 'file':
      return address.path;
    case 'object':
      return address.text;
    case 'database':
      return showUrl(address.url);
  }
}

function showUrl(text: string): string {
  if (!URL.canParse(text)) return 'the database';
  const { host, pathname } = new URL(text);
  return `postgres://${host}${pathname}`;
}
