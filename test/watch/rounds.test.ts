// Rounds in time: which ticks are one, and which were missed.
import { expect, test } from 'vitest';
import { isRound, roundsBetween, withRound } from '../../lambda/watch/rounds.ts';
import { at } from '../monitor/builders.ts';

const minute = 60_000;
const five = 5 * minute;

test('every fifth tick of a minute is a round of five minutes, whenever the watch began', () => {
  const rounds = [0, 1, 2, 3, 4, 5, 6, 10].filter((minutes) => isRound(new Date(at(minutes)), five, minute));
  expect(rounds).toEqual([0, 5, 10]);
  expect(isRound(new Date(at(3)), minute, minute)).toBe(true);
});

test.each([
  [0, 0, 0],
  [0, 5, 0],
  [0, 6, 1],
  [3, 16, 3],
  [0, 60, 11],
  [7, 3, 0],
])('between %i and %i minutes lie %i rounds', (from, to, count) => {
  expect(roundsBetween(at(from), at(to), five)).toBe(count);
});

test('what did not run is a gap with its first and last round; what comes twice or late changes nothing', () => {
  let watch = { startedAt: at(2), everyMs: five, rounds: { ran: 0, gaps: [], gapsLeftOut: 0 } } as Parameters<
    typeof withRound
  >[0];
  for (const minutes of [5, 10, 10, 30, 15, 35]) watch = { ...watch, rounds: withRound(watch, at(minutes)) };
  expect(watch.rounds).toEqual({
    ran: 4,
    lastAt: at(35),
    gaps: [{ from: at(15), to: at(25), rounds: 3 }],
    gapsLeftOut: 0,
  });
});

test('a schedule fires at any second of its minute: that is no gap', () => {
  let watch = { startedAt: at(2), everyMs: five, rounds: { ran: 0, gaps: [], gapsLeftOut: 0 } } as Parameters<
    typeof withRound
  >[0];
  for (const minutes of [5.75, 10.75, 20.75, 20.9]) watch = { ...watch, rounds: withRound(watch, at(minutes)) };
  expect(watch.rounds).toEqual({
    ran: 3,
    lastAt: at(20),
    gaps: [{ from: at(15), to: at(15), rounds: 1 }],
    gapsLeftOut: 0,
  });
});

test('gaps are bounded, and counted beyond', () => {
  let watch = { startedAt: at(0), everyMs: five, rounds: { ran: 0, gaps: [], gapsLeftOut: 0 } } as Parameters<
    typeof withRound
  >[0];
  for (let round = 1; round <= 12; round += 1) watch = { ...watch, rounds: withRound(watch, at(round * 10)) };
  expect(watch.rounds.gaps).toHaveLength(10);
  expect(watch.rounds.gapsLeftOut).toBe(2);
});
