// Mutation testing of what decides and says: does a test notice when a line of it is wrong? Not part of `npm test`: it
// takes the better part of an hour. One file: `npm run mutate -- --mutate lambda/monitor/track.ts`.
const pure = [
  'acknowledge',
  'announce',
  'body',
  'brief',
  'cases',
  'decide',
  'finding',
  'finding-text',
  'flapping',
  'grouping',
  'history',
  'holds',
  'impact-groups',
  'likewise',
  'maintenance',
  'occurrences',
  'outbox',
  'printable',
  'reason',
  'record',
  'saying',
  'silences',
  'track',
  'wording',
];

export default {
  mutate: pure.map((name) => `lambda/monitor/${name}.ts`),
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
