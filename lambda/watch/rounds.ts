// The rounds of a watch in time: which ticks are one, how many there should have been, which did not run. Pure. Rounds
// are aligned to the clock, so that nobody has to remember the last one to know the next.
import type { Gap, Watching } from './watch.ts';

const keptGaps = 10;

/** Whether the tick of this moment is a round of a watch that looks so often. */
export function isRound(at: Date, everyMs: number, tickMs: number): boolean {
  return Math.floor(at.getTime() / tickMs) % (everyMs / tickMs) === 0;
}

/** Rounds after `from` and before `to`. */
export function roundsBetween(from: string, to: string, everyMs: number): number {
  return Math.max(0, Math.ceil(Date.parse(to) / everyMs) - Math.floor(Date.parse(from) / everyMs) - 1);
}

/**
 * After a round that ran; one that is not newer than the last (a message that came twice) changes nothing.
 * @param firedAt a schedule fires at any second of the minute
 */
export function withRound(
  watch: Pick<Watching, 'rounds' | 'startedAt' | 'everyMs'>,
  firedAt: string,
): Watching['rounds'] {
  const { rounds, startedAt, everyMs } = watch;
  const last = rounds.lastAt ?? startedAt;
  const at = new Date(Math.floor(Date.parse(firedAt) / everyMs) * everyMs).toISOString();
  if (Date.parse(at) <= Date.parse(last)) return rounds;
  return { ...withGap(rounds, last, at, everyMs), ran: rounds.ran + 1, lastAt: at };
}

/** With what was missed between two moments. */
export function withGap(rounds: Watching['rounds'], from: string, to: string, everyMs: number): Watching['rounds'] {
  const missed = roundsBetween(from, to, everyMs);
  if (missed === 0) return rounds;
  const first = (Math.floor(Date.parse(from) / everyMs) + 1) * everyMs;
  const gap: Gap = {
    from: new Date(first).toISOString(),
    to: new Date(first + (missed - 1) * everyMs).toISOString(),
    rounds: missed,
  };
  const gaps = [...rounds.gaps, gap];
  return {
    ...rounds,
    gaps: gaps.slice(0, keptGaps),
    gapsLeftOut: rounds.gapsLeftOut + Math.max(0, gaps.length - keptGaps),
  };
}
