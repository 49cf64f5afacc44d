// What comes and goes too often to be told each time.
import { fail, pass } from './builders.ts';
import { production, type Stories, sandbox, tellStories, warning } from './stories.ts';

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
      ...[0, 10].flatMap((minute) => [
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
      ]),
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

tellStories(stories);
