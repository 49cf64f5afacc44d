// Which server versions two compared values come from, and whether a change of PostgreSQL's own lies between them.

/** The `server_version_num` each side was read from: 150018. */
export interface Versions {
  expected: number;
  actual: number;
}

export function majorOf(serverVersion: number): number {
  return Math.floor(serverVersion / 10_000);
}

/** One side is older than the major version, the other is not. */
export function crosses(major: number, { expected, actual }: Versions): boolean {
  return majorOf(expected) >= major !== majorOf(actual) >= major;
}
