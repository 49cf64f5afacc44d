// What comes and goes too often to be told each time.
import { describe, expect, test } from 'vitest';
import { isFlapping, isSteady, turnsWith } from '../../../lambda/monitor/decide/flapping.ts';
import { alerts, at, fail, pass, story } from '../builders.ts';
import { one, production, type Run, type Stories, sandbox, tellStories, warning } from '../stories.ts';

/** Opened and resolved at 0 and 5, and at 10 and 15: the next one is one too many. */
const cameAndWentTwice: Run[] = [0, 10].flatMap((minute) => [
  {
    at: minute,
    outcomes: [fail('schema', minute, [sandbox])],
    says: ['critical opened: schema'],
    because: ['schema: first-notice'],
  },
  {
    at: minute + 5,
    outcomes: [pass('schema', minute + 5)],
    says: ['critical resolved: schema'],
    because: ['schema: all-gone'],
  },
]);

const stories: Stories = {
  'what comes and goes is told once, and when it stays away': {
    runs: [
      ...[0, 10, 20].flatMap((minute) => [
        {
          at: minute,
          outcomes: [fail('schema', minute, [sandbox])],
          says: minute < 20 ? ['critical opened: schema'] : ['critical opened: schema'],
          because: minute < 20 ? ['schema: first-notice'] : ['schema: flapping'],
        },
        {
          at: minute + 5,
          outcomes: [pass('schema', minute + 5)],
          says: minute < 20 ? ['critical resolved: schema'] : [],
          because: minute < 20 ? ['schema: all-gone'] : ['schema: unsteady'],
        },
      ]),
      { at: 30, outcomes: [fail('schema', 30, [sandbox])], because: ['schema: unchanged'] },
      { at: 35, outcomes: [fail('schema', 35, [sandbox, production])], because: ['schema: unsteady'] },
      { at: 40, outcomes: [pass('schema', 40)], because: ['schema: unsteady'] },
      { at: 65, outcomes: [pass('schema', 65)], because: ['schema: unsteady'] },
      { at: 70, outcomes: [pass('schema', 70)], says: ['critical resolved: schema'], because: ['schema: all-gone'] },
      {
        at: 75,
        outcomes: [fail('schema', 75, [sandbox])],
        says: ['critical opened: schema'],
        because: ['schema: first-notice'],
      },
    ],
  },
  'what came and went and then stays is told': {
    runs: [
      ...cameAndWentTwice,
      {
        at: 20,
        outcomes: [fail('schema', 20, [sandbox])],
        says: ['critical opened: schema'],
        because: ['schema: flapping'],
      },
      { at: 49, outcomes: [fail('schema', 49, [sandbox])], because: ['schema: unchanged'] },
      {
        at: 50,
        outcomes: [fail('schema', 50, [sandbox])],
        says: ['critical updated: schema'],
        because: ['schema: steady'],
      },
      { at: 55, outcomes: [pass('schema', 55)], says: ['critical resolved: schema'], because: ['schema: all-gone'] },
    ],
  },
  'what gets worse while it comes and goes is told': {
    runs: [
      ...[0, 10].flatMap((minute) => [
        {
          at: minute,
          outcomes: [fail('schema', minute, [warning])],
          says: ['warning opened: schema'],
          because: ['schema: first-notice'],
        },
        {
          at: minute + 5,
          outcomes: [pass('schema', minute + 5)],
          says: ['warning resolved: schema'],
          because: ['schema: all-gone'],
        },
      ]),
      {
        at: 20,
        outcomes: [fail('schema', 20, [warning])],
        says: ['warning opened: schema'],
        because: ['schema: flapping'],
      },
      {
        at: 25,
        outcomes: [fail('schema', 25, [sandbox])],
        says: ['critical updated: schema +1 -1'],
        because: ['schema: worse'],
      },
    ],
  },
};

const flaps: Run = {
  at: 20,
  outcomes: [fail('schema', 20, [sandbox])],
  says: ['critical opened: schema'],
  because: ['schema: flapping'],
};

const aroundTheCalm: Stories = {
  'the calm is counted from the last turn, also from one back to trouble': {
    runs: [
      ...cameAndWentTwice,
      flaps,
      { at: 25, outcomes: [pass('schema', 25)], because: ['schema: unsteady'] },
      { at: 30, outcomes: [fail('schema', 30, [sandbox])], because: ['schema: unchanged'] },
      { at: 59, outcomes: [fail('schema', 59, [sandbox])], because: ['schema: unchanged'] },
      {
        at: 60,
        outcomes: [fail('schema', 60, [sandbox])],
        says: ['critical updated: schema'],
        because: ['schema: steady'],
      },
    ],
  },
  'what goes while it comes and goes is not told': {
    runs: [
      ...cameAndWentTwice,
      { ...flaps, outcomes: [fail('schema', 20, [sandbox, production])] },
      { at: 25, outcomes: [fail('schema', 25, [sandbox])], because: ['schema: unsteady'] },
    ],
  },
  'what is steady again may come and go as often as before': {
    runs: [
      ...cameAndWentTwice,
      flaps,
      {
        at: 50,
        outcomes: [fail('schema', 50, [sandbox])],
        says: ['critical updated: schema'],
        because: ['schema: steady'],
      },
      { at: 55, outcomes: [pass('schema', 55)], says: ['critical resolved: schema'], because: ['schema: all-gone'] },
      {
        at: 60,
        outcomes: [fail('schema', 60, [sandbox])],
        says: ['critical opened: schema'],
        because: ['schema: first-notice'],
      },
    ],
  },
  'what comes and goes seldom is told each time': {
    runs: [
      ...cameAndWentTwice,
      // The first turn, at noon, is two hours ago and counts no more.
      {
        at: 120,
        outcomes: [fail('schema', 120, [sandbox])],
        says: ['critical opened: schema'],
        because: ['schema: first-notice'],
      },
    ],
  },
};

tellStories({ ...stories, ...aroundTheCalm });

test('a notice says since when it comes and goes, and how often it did', () => {
  const told = story(one);
  for (const { at: minute, outcomes } of cameAndWentTwice) told.run(minute, outcomes);
  const [notice] = told.run(flaps.at, flaps.outcomes).notices;
  expect(notice?.entries[0]?.flapping).toEqual({ since: at(0), changes: 5 });
});

describe('turns', () => {
  const policy = alerts.flapping;
  test('count for two hours, the newest ones', () => {
    expect(turnsWith([at(-120), at(-119)], at(0), policy)).toEqual([at(-119), at(0)]);
    expect(turnsWith([1, 2, 3, 4, 5, 6].map(at), at(7), policy)).toEqual([3, 4, 5, 6, 7].map(at));
  });
  test('are too many from the fifth on', () => {
    expect(isFlapping([1, 2, 3, 4].map(at), policy)).toBe(false);
    expect(isFlapping([1, 2, 3, 4, 5].map(at), policy)).toBe(true);
  });
  test('are over half an hour after the last, or when there are none', () => {
    expect(isSteady([at(0), at(10)], at(39), policy)).toBe(false);
    expect(isSteady([at(0), at(10)], at(40), policy)).toBe(true);
    expect(isSteady([], at(0), policy)).toBe(true);
  });
});
