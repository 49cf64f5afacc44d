// What the rest of the product may ask of the outside world. Types only: collect, run and deliver depend on this
// file, the modules beside it implement it, and the functions, the CLI and the embedded world connect the two.
// Every method rejects with an EdgeError (lambda/errors.ts); none of them logs, and no message holds a secret.
import type { DatabaseSettings } from '../config/database.ts';

export interface Clock {
  now(): Date;
  /** Resolves after `ms`; rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The memory that what is read is kept in. */
export interface Heap {
  /**
   * Asked before so much more is kept. Synchronous: what asks is about to fill it.
   * @param what begins the sentence of the refusal: "the schema of production"
   * @throws EdgeError `unavailable` when it is not there, with what to raise
   */
  need(bytes: number, what: string): void;
}

export interface StoredObject {
  key: string;
  sizeBytes: number;
  lastModified: Date;
  etag: string;
}

/** When a write may happen: `create` only if nothing is there, `etag` only if that version still is. */
export type WriteCondition = { create: true } | { etag: string };

export interface ObjectStore {
  /** Objects in key order, page by page; stop iterating and no further page is asked for. */
  list(
    bucket: string,
    options: { prefix: string; startAfter?: string; signal?: AbortSignal },
  ): AsyncIterable<StoredObject>;
  /** `undefined` when there is no such key; a missing bucket is an EdgeError `missing`. */
  get(
    bucket: string,
    key: string,
    options?: { signal?: AbortSignal },
  ): Promise<{ body: Uint8Array; etag: string; lastModified: Date } | undefined>;
  /** EdgeError `conflict` when the condition does not hold (S3's 412, 409, and 404 for `If-Match`). */
  put(
    bucket: string,
    key: string,
    body: string | Uint8Array,
    options: { condition?: WriteCondition; contentType?: string; signal?: AbortSignal },
  ): Promise<{ etag: string }>;
  /** That there is no such key is no error. */
  delete(bucket: string, key: string, options?: { signal?: AbortSignal }): Promise<void>;
}

export interface TopicMessage {
  /** ASCII, at most 100 characters, no line breaks. */
  subject: string;
  body: string;
  /** For filter policies, at most 10; a list (SNS's String.Array) is matched by any one of its values. */
  attributes: Record<string, string | readonly string[]>;
}

export interface Topic {
  publish(topicArn: string, message: TopicMessage, signal?: AbortSignal): Promise<{ messageId: string }>;
  /** How many subscriptions have been confirmed and how many wait for it. */
  subscriptions(topicArn: string, signal?: AbortSignal): Promise<{ confirmed: number; pending: number }>;
}

export interface Queue {
  /** Sends every body, in batches; rejects naming what was not accepted. */
  send(queueUrl: string, bodies: readonly string[], signal?: AbortSignal): Promise<void>;
}

/** A secret's place: the name or ARN of a Secrets Manager secret, or `env:NAME`. */
export type SecretReference = string;

export interface Secrets {
  /** The secret's text; `fresh` goes past the cache, since secrets rotate. */
  read(reference: SecretReference, options?: { fresh?: boolean; signal?: AbortSignal }): Promise<string>;
  /**
   * The opaque name of the version that `read` with these options gives (Secrets Manager's VersionId): it changes when
   * the secret does, and says nothing of it. `undefined` where the place has no versions (`env:NAME`).
   */
  version?(
    reference: SecretReference,
    options?: { fresh?: boolean; signal?: AbortSignal },
  ): Promise<string | undefined>;
}

export interface DatabaseSession {
  /** `server_version_num`, for example 150018. */
  readonly serverVersion: number;
  /**
   * Sends all statements as one message (simple query protocol) and gives the rows of each, in order. With `take`, rows
   * may be handed to it instead, as they come and with the place of their statement: a large answer is then never held.
   */
  queryAll(
    statements: readonly string[],
    signal?: AbortSignal,
    take?: (row: Record<string, unknown>, statement: number) => void,
  ): Promise<Record<string, unknown>[][]>;
  close(): Promise<void>;
}

export interface Databases {
  /** One connection, in read-only mode. An authentication failure re-reads the secret once. */
  connect(settings: DatabaseSettings, options: { signal: AbortSignal }): Promise<DatabaseSession>;
}

export interface HttpRequest {
  method: 'GET' | 'HEAD' | 'POST' | 'OPTIONS';
  url: string;
  headers?: Record<string, string>;
  body?: string;
  /**
   * Redirects within the same origin (scheme, host and port) are followed, at most 5. Off it, they are followed
   * unless credentials are sent.
   */
  carriesCredentials: boolean;
  maxBodyBytes: number;
  /** Longest time from start to the body's end, redirects included; without it, the signal alone ends the wait. */
  timeoutMs?: number;
  /** PEM text of certificate authorities to trust beside the public ones. */
  ca?: string;
}

export interface HttpTimings {
  /** Name resolution; 0 for an address. */
  dnsMs: number;
  connectMs: number;
  /** 0 without TLS. */
  tlsMs: number;
  /** From the request's last byte to the response's first. */
  firstByteMs: number;
  downloadMs: number;
  /** The whole exchange; the phases are those of the last request when redirects were followed. */
  totalMs: number;
}

export interface HttpResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
  bodyTruncated: boolean;
  /** Where the response came from, after redirects. */
  url: string;
  /** A redirect that was not followed: it leaves the origin while credentials are sent, or leads where we never go. */
  refusedRedirect?: string;
  timings: HttpTimings;
  /** The end of validity of the earliest-expiring certificate of the chain that was presented, roots aside. */
  certificateValidTo?: Date;
}

export interface HttpClient {
  /**
   * Any answer resolves, whatever its status; every request opens a connection of its own.
   * Rejects with HttpError, which says how far the exchange came.
   */
  request(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse>;
}

/** One line about the product's own work; fields hold no secret and no row of a monitored database. */
export interface Telemetry {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  /** The monitor itself is in trouble: raises an alarm for its operator. Never for what is wrong with a target. */
  error(message: string, fields?: Record<string, unknown>): void;
  /** A figure for CloudWatch, with dimensions. */
  metric(name: string, value: number, unit: 'Count' | 'Milliseconds', dimensions?: Record<string, string>): void;
}
