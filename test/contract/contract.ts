// What the contract suites share: how a suite reaches an implementation, and the one table of differences.
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';

/** One implementation under the suite. Its endpoints are known once the tests run. */
export interface Implementation {
  name: 'local' | 'moto';
  endpoints(): { s3: string; sns: string; sqs: string };
}

/** Where moto does not do what AWS documents, by test; a test listed here must fail against moto. */
const differences: Record<string, string> = {};

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
