import { expect, test } from 'vitest';
import { createClock } from '../../lambda/platform/clock.ts';

const clock = createClock();

test('sleeping ends', async () => {
  const before = clock.now();
  await expect(clock.sleep(5)).resolves.toBeUndefined();
  expect(clock.now()).not.toBe(before);
});

test('sleeping ends with the reason of its signal, before or while it sleeps', async () => {
  const reason = new Error('enough');
  await expect(clock.sleep(60_000, AbortSignal.abort(reason))).rejects.toBe(reason);
  const caller = new AbortController();
  const sleeping = clock.sleep(60_000, caller.signal);
  caller.abort(reason);
  await expect(sleeping).rejects.toBe(reason);
});
