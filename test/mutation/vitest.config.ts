// The tests that a mutant has to get past: the quick ones that are about the mutated files themselves. What only a
// property, an overlapping run or the simulation would notice counts as survived.
import { defineConfig } from 'vitest/config';

const quick = [
  'body',
  'brief',
  'compose.golden',
  'cut-off',
  'decide',
  'decisions',
  'finding',
  'finding-text',
  'flapping',
  'grouping',
  'history',
  'impact-groups',
  'likewise',
  'maintenance',
  'outbox',
  'printable',
  'quiet',
  'reason',
  'requests',
  'state',
  'wording',
];

export default defineConfig({
  test: {
    // Files share what they import: a mutant takes a second instead of five. None of them keeps state in a module.
    isolate: false,
    include: [...quick.map((name) => `test/monitor/**/${name}.test.ts`), 'test/watch/*.test.ts'],
  },
});
