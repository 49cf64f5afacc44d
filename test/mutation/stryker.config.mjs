// Mutation testing of what decides and says: does a test notice when a line of it is wrong? Not part of `npm test`: it
// takes the better part of an hour. One file: `npm run mutate -- --mutate lambda/monitor/decide/track.ts`.
const pure = [
  'finding.ts',
  'printable.ts',
  'decide/*.ts',
  'deliver/outbox.ts',
  'notice/body.ts',
  'notice/brief.ts',
  'notice/finding-text.ts',
  'notice/impact-groups.ts',
  'notice/likewise.ts',
  'notice/wording.ts',
];

export default {
  mutate: pure.map((name) => `lambda/monitor/${name}`),
  plugins: ['@stryker-mutator/vitest-runner'],
  testRunner: 'vitest',
  vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
  coverageAnalysis: 'perTest',
  // A busy machine is no endless loop.
  timeoutMS: 20_000,
  concurrency: 2,
  // TypeScript runs as it is: nobody checks the types of a mutant.
  disableTypeChecks: false,
  // TypeScript 7 has no API to read one with, and ours needs no rewriting.
  tsconfigFile: 'none',
  tempDirName: '.stryker-tmp',
  reporters: ['progress-append-only', 'clear-text', 'json', 'html'],
  clearTextReporter: { logTests: false, reportTests: false, allowColor: false },
  jsonReporter: { fileName: 'test/mutation/reports/mutation.json' },
  htmlReporter: { fileName: 'test/mutation/reports/mutation.html' },
  thresholds: { high: 95, low: 85, break: 85 },
};
