import { defineConfig } from 'vitest/config';

// `unit` needs nothing but what `npm ci` installed (a real PostgreSQL included); `integration` fetches other
// PostgreSQL majors and cross-checks against software from other registries.
export default defineConfig({
  test: {
    reporters: ['default'],
    // Most of the time goes into waiting for servers and processes; by itself, vitest leaves a core of two unused.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/integration/**'],
          globalSetup: ['test/support/global-setup.ts'],
          setupFiles: ['test/support/property-seed.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          setupFiles: ['test/support/property-seed.ts'],
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
