// Driftwatch's own version: in snapshots, in the user agent of its requests, in the answer to --version.
import manifest from '../package.json' with { type: 'json' };

export const driftwatchVersion: string = manifest.version;
