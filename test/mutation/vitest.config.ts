// The tests that a mutant has to get past: those of the monitor that need no server and take milliseconds. Properties and
// overlapping runs draw hundreds of cases for every mutant that survives, so what they alone would notice counts as
// survived.
import { defineConfig } from 'vitest/config';

const servers = ['captures', 'deliver', 'memory', 'snapshots'];
const slow = ['decide.properties', 'pipeline.overlap'];

export default defineConfig({
  test: {
    include: ['test/monitor/**/*.test.ts'],
    exclude: [...servers, ...slow].map((name) => `test/monitor/${name}.test.ts`),
    setupFiles: ['test/support/property-seed.ts'],
  },
});
