// What the outside does to the calls of one process: drawn from a seed before it begins.
import { type NoticeTopic, noticeTopics } from '../../lambda/config/topics.ts';
import type { SeededRandom } from '../support/seeded-random.ts';

export interface Faults {
  seed: number;
  /** Of a hundred calls: how many fail before their effect, and how many after it. */
  failing: number;
  /** Longest that a call takes, each way. */
  delayMs: number;
  /** The process dies at this call (from 1), before or after its effect. */
  death: { call: number; when: 'before' | 'after' } | undefined;
  /** Of a hundred messages, how many arrive twice. */
  doubled: number;
  /** A topic that takes nothing. */
  brokenTopic: NoticeTopic | undefined;
}

export function faultsOf(random: SeededRandom): Faults {
  return {
    seed: random.below(1_000_000_000),
    failing: random.pick([0, 5, 20, 60]),
    delayMs: random.pick([0, 500, 4_000, 20_000]),
    death: random.below(3) === 0 ? { call: 1 + random.below(8), when: random.pick(['before', 'after']) } : undefined,
    doubled: random.pick([0, 20]),
    brokenTopic: random.below(4) === 0 ? random.pick(noticeTopics) : undefined,
  };
}
