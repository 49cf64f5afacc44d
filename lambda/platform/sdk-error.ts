// What the AWS SDK throws, as far as the modules that translate it look at it.

export interface SdkError {
  name?: string;
  /** Of a connection that failed: Node's own. */
  code?: string;
  message?: string;
  $metadata?: { httpStatusCode?: number };
}

export function asSdkError(error: unknown): SdkError {
  return (error ?? {}) as SdkError;
}

/** No connection, or one that was cut. To be asked first: the SDK gives those the name of a timeout. */
export function isConnectionFailure({ code = '' }: SdkError): boolean {
  return /^(ENOTFOUND|EAI_AGAIN|ECONN|EHOST|ENET|EPIPE)/.test(code);
}
