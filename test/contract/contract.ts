// What the contract suites share: how a suite reaches an implementation, and the one table of differences.
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';

/** One implementation under the suite. Its endpoints are known once the tests run. */
export interface Implementation {
  name: 'local' | 'moto';
  endpoints(): { s3: string; sns: string; sqs: string };
}

/** Where moto does not do what AWS documents, by test, and why; a test listed here must fail against moto. */
const differences: Record<string, string> = {
  'S3: a body that does not have the checksum it came with is refused': 'moto does not verify checksums',
  'S3: the key "line\\nbreak\\ttab" is kept through put, list and get': 'its router takes no line break in a path',
  'SNS: a subject has no line break': 'moto looks at the length only',
  'SNS: a message is not empty': 'moto takes an empty message',
  'SNS: the size of a message is in bytes, not in characters': 'moto counts characters',
  'SNS: attributes count towards the size of a message': 'moto counts the message only',
  'SNS: an HTTP subscription is pending until its link is followed, and then confirmed': 'moto has no handshake',
  'SNS: an email subscription waits for its owner': 'moto counts no pending subscriptions',
  'SNS: subscribing an address again makes no second subscription': 'moto counts no confirmed subscriptions',
  'SNS: a token that was not given confirms nothing': 'moto takes any token',
  'SNS: ten attributes arrive with a notice': 'moto leaves attributes out of what it posts',
  'SQS: of a batch, the messages that cannot be sent are named and the others are sent':
    'moto takes characters that SQS refuses',
};

/** A test of the contract; expected to fail where the implementation is known to differ. */
export function contractTest(implementation: Implementation, name: string, body: () => Promise<void>): void {
  if (implementation.name === 'moto' && differences[name] !== undefined) {
    test.fails(`${name} (differs: ${differences[name]})`, body);
  } else {
    test(name, body);
  }
}

/** How every client of the suites is made; retries would hide what is tested. */
export function clientConfig(endpoint: string) {
  return {
    endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  } satisfies S3ClientConfig;
}

/** Expects an AWS error by its name and, where the protocol has one of its own, HTTP status. */
export async function expectRefusal(promise: Promise<unknown>, name: string | RegExp, status?: number): Promise<void> {
  const error = await promise.then(
    () => {
      throw new Error(`expected ${name}, and the call went through`);
    },
    (reason: unknown) => reason as { name: string; $metadata?: { httpStatusCode?: number } },
  );
  expect(error.name, String(error)).toMatch(typeof name === 'string' ? new RegExp(`^${name}$`) : name);
  if (status !== undefined) expect(error.$metadata?.httpStatusCode).toBe(status);
}

let counter = 0;

/** A name that no other test of this run uses. */
export function uniqueName(prefix: string): string {
  counter += 1;
  return `${prefix}-${process.pid}-${counter}`;
}
