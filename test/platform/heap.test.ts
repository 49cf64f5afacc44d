// Memory that is not there is refused with what to raise, before the process dies of it; garbage is no reason.
import { expect, test } from 'vitest';
import { createHeap } from '../../lambda/platform/heap.ts';

const heap = createHeap();

test('what fits is let through, garbage or not', () => {
  for (let round = 0; round < 50; round += 1) {
    // Nothing of it is kept.
    JSON.parse(JSON.stringify(Array.from({ length: 20_000 }, (_, n) => ({ n, text: `${n}` }))));
    expect(() => heap.need(1_000_000, 'this')).not.toThrow();
  }
});

test('what does not fit is refused with the setting to raise', () => {
  expect(() => heap.need(1e12, 'the schema of production')).toThrow(
    expect.objectContaining({
      reason: 'unavailable',
      message: expect.stringMatching(
        /^the schema of production needs more memory than this process has: its heap may hold \d+ MB$/,
      ),
      remedy: expect.stringContaining('checkMemory'),
    }),
  );
});
