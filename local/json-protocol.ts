// The JSON protocol of SQS and Secrets Manager: the operation in a header, the input and output as JSON, errors with
// a type. Knows no operation.
import { z } from 'zod';
import { Refusal } from './aws-service.ts';
import type { Answer, Received } from './http-server.ts';

/** `AmazonSQS.SendMessage` and `secretsmanager.GetSecretValue` name the operation after the dot. */
export function operationOf(request: Received): string {
  const target = request.headers['x-amz-target'];
  return typeof target === 'string' ? (target.split('.').at(-1) ?? '') : '';
}

/** @throws Refusal for a body that is not JSON or not what the operation takes. */
export function inputOf<T>(schema: z.ZodType<T>, request: Received): T {
  let value: unknown;
  try {
    value = JSON.parse(request.body.toString());
  } catch {
    throw new Refusal(400, 'SerializationException', 'the body is not JSON');
  }
  const input = schema.safeParse(value);
  if (!input.success) throw new Refusal(400, 'ValidationException', z.prettifyError(input.error));
  return input.data;
}

/** A name taken from a body that nothing has checked yet, for a call's resource. */
export function fieldOf(request: Received, field: string): string {
  const body = z.record(z.string(), z.unknown()).safeParse(safeJson(request.body.toString()));
  const value = body.success ? body.data[field] : undefined;
  return typeof value === 'string' ? value : '';
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function jsonAnswer(value: unknown): Answer {
  return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: JSON.stringify(value) };
}

/** Refusals of a service whose error types live in `namespace` (`com.amazonaws.sqs`). */
export function jsonRefusal(namespace: string): (refusal: Refusal, requestId: string) => Answer {
  return (refusal, requestId) => ({
    status: refusal.status,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': requestId },
    body: JSON.stringify({ __type: `${namespace}#${refusal.code}`, message: refusal.message }),
  });
}
