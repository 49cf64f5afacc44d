// Nothing is lost: thousands of lives in which everything that can go wrong does, each from a seed, and what must hold of
// all of them. Replay one: SIMULATION_FIRST=<seed> SIMULATION_SEEDS=1 npx vitest run --project unit test/simulation
import { expect, test } from 'vitest';
import { violations } from './invariants.ts';
import { live } from './life.ts';
import { planOf } from './plan.ts';

const first = Number(process.env.SIMULATION_FIRST ?? 0);
const seeds = Number(process.env.SIMULATION_SEEDS ?? 2_000);

test(`${seeds} lives from seed ${first}`, { timeout: seeds * 1_000 }, async () => {
  const broken: string[] = [];
  for (let seed = first; seed < first + seeds && broken.length < 5; seed += 1) {
    const plan = planOf(seed);
    const [problem, ...others] = violations(plan, await live(plan));
    if (problem) broken.push(`seed ${seed}: ${problem}${others.length > 0 ? ` (and ${others.length} more)` : ''}`);
  }
  expect(broken).toEqual([]);
});
