// The digests in one simulated life, of about every third: one becomes due before each calm, and its message is delivered
// some times in chaos, two at once among them, and twice in the calm. Drawn from a seed of their own.
import { seededRandom } from '../support/seeded-random.ts';
import { type Era, type PlannedProcess, processAt } from './eras.ts';

const minute = 60_000;

/** One delivery of its message. */
export interface PlannedDigest extends PlannedProcess {
  at: number;
  /** What it is the digest of: the day before this. */
  due: number;
}

export function digestsOf(seed: number, eras: readonly Era[]): PlannedDigest[] {
  const random = seededRandom(seed + 0xd19e_0000);
  if (random.below(3) !== 0) return [];
  return eras
    .filter(({ calm }) => calm)
    .flatMap(({ at: calmAt }) => {
      const due = calmAt - (5 + random.below(30)) * minute;
      const inChaos = Array.from({ length: 1 + random.below(3) }, () => due + random.pick([0, 1, 1_000, 4 * minute]));
      const times = [...inChaos, calmAt + 3 * minute, calmAt + 30 * minute];
      return times.map((at) => ({ at, due, ...processAt(at, eras, random) }));
    });
}
