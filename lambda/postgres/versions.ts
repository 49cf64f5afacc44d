// Which server versions two compared values come from, and whether a change of PostgreSQL's own lies between them.

/** The `server_version_num` each side was read from: 150018. */
export interface Versions {
  expected: number;
  actual: number;
}

/** The major versions whose catalogs the families know. */
export const oldestMajor = 13;
export const newestMajor = 18;

export function majorOf(serverVersion: number): number {
  return Math.floor(serverVersion / 10_000);
}

/** One side is older than the major version, the other is not. */
export function crosses(major: number, { expected, actual }: Versions): boolean {
  return majorOf(expected) >= major !== majorOf(actual) >= major;
}

/** What to tell about a server that is newer than the families; it is read as the newest that they know. */
export function versionWarning(serverVersion: number): string | undefined {
  const major = majorOf(serverVersion);
  if (major <= newestMajor) return undefined;
  return `The server is PostgreSQL ${major}, newer than this Driftwatch knows: what is new since ${newestMajor} is not compared.`;
}

/** 150018 as PostgreSQL writes it: 15.18. */
export function showServerVersion(serverVersion: number): string {
  return `${majorOf(serverVersion)}.${serverVersion % 10_000}`;
}
