// What a person may ask of a target's memory, and what is refused.
import { describe, expect, test } from 'vitest';
import { parseDuration } from '../../lambda/config/duration.ts';
import { acknowledge } from '../../lambda/monitor/acknowledge.ts';
import { activeSilences, addSilence, endSilence } from '../../lambda/monitor/silences.ts';
import { freshState } from '../../lambda/monitor/state.ts';
import { at, fail, finding, noon, pass, story, targetWith } from './builders.ts';
import { stateOf } from './stories.ts';

const now = new Date(noon);
const state = freshState('pap-api', now);
const request = { reason: 'moving', by: 'ada', forMs: parseDuration('2h') };

describe('a silence', () => {
  test.each([
    ['no reason', { ...request, reason: ' ' }, /reason/],
    ['no name', { ...request, by: '' }, /name/],
    ['no time', { ...request, forMs: 0 }, /at most 7 d/],
    ['more than a week', { ...request, forMs: parseDuration('7d') + 1 }, /at most 7 d/],
    ['not a time', { ...request, forMs: Number.NaN }, /at most 7 d/],
  ])('with %s is refused', (_, wrong, message) => {
    expect(addSilence(state, wrong, now)).toMatchObject({ refused: expect.stringMatching(message) });
  });

  test('ends by itself, or before; others stay', () => {
    const first = stateOf(addSilence(state, request, now));
    const second = stateOf(addSilence(first, { ...request, check: 'probe', forMs: parseDuration('7d') }, now));
    const [one, two] = activeSilences(second, now);
    expect([one?.until, two?.check]).toEqual([at(120), 'probe']);
    expect(activeSilences(second, new Date(at(120))).map(({ id }) => id)).toEqual([two?.id]);
    expect(activeSilences(endSilence(second, two?.id ?? ''), now).map(({ id }) => id)).toEqual([one?.id]);
    expect(endSilence(second, 'none')).toBe(second);
  });

  test('does not pile up', () => {
    let full = state;
    for (let count = 0; count < 50; count += 1)
      full = stateOf(addSilence(full, { ...request, reason: `${count}` }, now));
    expect(addSilence(full, request, now)).toMatchObject({ refused: 'there are 50 silences already' });
    // Those that are over leave room.
    expect(stateOf(addSilence(full, request, new Date(at(121)))).silences).toHaveLength(1);
  });
});

describe('an acknowledgement', () => {
  const open = () => {
    const told = story(targetWith(['schema', 'probe:login', 'backup']));
    const login = fail('probe:login', 0, [finding({ subject: 'login' })]);
    told.run(0, [fail('schema', 0, [finding()]), login, pass('backup', 0)]);
    return told.state;
  };

  test('is of everything that is open, or of one check or kind', () => {
    const of = (check?: string) => {
      const answer = acknowledge(open(), { check, by: 'ada', forMs: 1_000 }, now);
      return 'refused' in answer ? answer.refused : answer.incidents.length;
    };
    expect([of(), of('schema'), of('probe'), of('backup')]).toEqual([
      2,
      1,
      1,
      'nothing about backup of pap-api is announced and open',
    ]);
  });

  test.each([
    ['nobody', { by: ' ', forMs: 1_000 }, /name/],
    ['ever', { by: 'ada', forMs: parseDuration('8d') }, /at most 7 d/],
  ])('by or for %s is refused', (_, wrong, message) => {
    expect(acknowledge(open(), wrong, now)).toMatchObject({ refused: expect.stringMatching(message) });
  });
});
