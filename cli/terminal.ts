// Where a command's words go: results to `out` (stdout), progress and complaints to `err` (stderr).
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  environment: Readonly<Record<string, string | undefined>>;
  signal: AbortSignal;
  /** Characters in a line, when a terminal shows what goes to `out`. @default it goes into a file or a pipe */
  columns?: number;
}

/** The command line is wrong; the message says how, `--help` says what is right. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
