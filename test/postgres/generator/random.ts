// Choices for the generator, all of one seed: the seed is the bug report.
import { type SeededRandom, seededRandom } from '../../support/seeded-random.ts';

export interface Random extends SeededRandom {
  /** True in so many of a hundred cases. */
  chance(percent: number): boolean;
  /** From `least` to `most`, both included. */
  between(least: number, most: number): number;
  /** Different items, in a random order. */
  some<Item>(items: readonly Item[], most: number): Item[];
  shuffled<Item>(items: readonly Item[]): Item[];
  /** A number that no other call gives: what is set to it has changed. */
  fresh(): number;
}

export function random(seed: number): Random {
  const seeded = seededRandom(seed);
  // The first numbers of neighbouring seeds resemble each other.
  for (let turn = 0; turn < 8; turn += 1) seeded.below(2);
  let count = 0;
  const shuffled = <Item>(items: readonly Item[]): Item[] => {
    const left = [...items];
    return items.map(() => left.splice(seeded.below(left.length), 1)[0] as Item);
  };
  return {
    ...seeded,
    chance: (percent) => seeded.below(100) < percent,
    between: (least, most) => least + seeded.below(most - least + 1),
    some: (items, most) => shuffled(items).slice(0, most),
    shuffled,
    fresh: () => {
      count += 1;
      return 1000 + count;
    },
  };
}
