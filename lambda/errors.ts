// The one shape of an expected failure at the edge: what was being done, to what, why it failed, what to do next.
// Modules that talk to the outside translate what their SDK throws into it; nothing inside inspects SDK errors.

/**
 * Why something outside could not be used.
 * - `denied`: we were recognised and refused (a permission is missing)
 * - `authentication`: our credentials were not accepted
 * - `missing`: the thing named does not exist
 * - `conflict`: somebody else changed it first; read again and decide again
 * - `timeout`: no answer in the time allowed
 * - `unreachable`: no connection (name resolution, refused, reset, a handshake that failed)
 * - `untrusted`: it answered, and does not prove that it is who we asked for: by its certificate, or for want of one
 * - `unavailable`: it answered that it cannot serve now (throttled, 5xx)
 * - `refused`: it does not take what it was given, and will not take the same again
 * - `invalid`: it answered with something that is not what it should be
 * - `forbidden-address`: we refuse to go there
 */
export type EdgeReason =
  | 'denied'
  | 'authentication'
  | 'missing'
  | 'conflict'
  | 'timeout'
  | 'unreachable'
  | 'untrusted'
  | 'unavailable'
  | 'refused'
  | 'invalid'
  | 'forbidden-address';

export class EdgeError extends Error {
  override readonly name = 'EdgeError';
  readonly reason: EdgeReason;
  /** What the reader should do next; one sentence. */
  readonly remedy: string;

  constructor(reason: EdgeReason, message: string, options: { remedy: string; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.reason = reason;
    this.remedy = options.remedy;
  }
}

/** What a log line says of a failure: what happened to what, and what to do when that is known. */
export function failureFields(error: unknown): { error: string; remedy?: string } {
  if (error instanceof EdgeError) return { error: error.message, remedy: error.remedy };
  return { error: error instanceof Error ? error.message : String(error) };
}

/** How far an HTTP exchange came: what was being done when it failed. */
export type HttpPhase = 'name resolution' | 'connection' | 'TLS' | 'request' | 'answer' | 'download';

/** As what follows `during`. */
export const httpPhaseInWords: Readonly<Record<HttpPhase, string>> = {
  'name resolution': 'the name resolution',
  connection: 'the connection',
  TLS: 'the TLS handshake',
  request: 'sending the request',
  answer: 'the wait for an answer',
  download: 'the download of the answer',
};

/** What is wrong with a certificate that was presented and not accepted. */
export interface CertificateProblem {
  kind: 'expired' | 'not-yet-valid' | 'wrong-host' | 'untrusted';
  /** The end of validity of the earliest-expiring certificate presented. */
  validTo: Date | undefined;
}

/** An EdgeError of an HTTP exchange that gave no answer. */
export class HttpError extends EdgeError {
  readonly phase: HttpPhase;
  readonly certificate: CertificateProblem | undefined;

  constructor(
    reason: EdgeReason,
    message: string,
    options: { remedy: string; cause?: unknown; phase: HttpPhase; certificate?: CertificateProblem | undefined },
  ) {
    super(reason, message, options);
    this.phase = options.phase;
    this.certificate = options.certificate;
  }
}
