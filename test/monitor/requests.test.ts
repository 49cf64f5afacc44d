// What a person may ask of a target's memory, and what is refused.
import { describe, expect, test } from 'vitest';
import { parseDuration } from '../../lambda/config/duration.ts';
import { acknowledge } from '../../lambda/monitor/decide/acknowledge.ts';
import {
  activeSilences,
  addSilence,
  endSilence,
  type SilenceRequest,
  silenceOf,
} from '../../lambda/monitor/decide/silences.ts';
import { freshState } from '../../lambda/monitor/memory/state.ts';
import { at, fail, finding, noon, pass, story, targetWith, unknown } from './builders.ts';
import { stateOf } from './stories.ts';

const now = new Date(noon);
const state = freshState('pap-api', now);
const request = { reason: 'moving', by: 'ada', forMs: parseDuration('2h') };

describe('a silence', () => {
  test('is kept with who asked for it, why, and for how long', () => {
    const { silences } = stateOf(addSilence(state, { ...request, check: 'probe' }, now));
    const kept = { check: 'probe', reason: 'moving', by: 'ada', from: noon, until: at(120) };
    expect(silences).toEqual([{ id: expect.stringMatching(/^[0-9a-f]{10}$/), ...kept }]);
    expect(stateOf(addSilence(state, request, now)).silences[0]).not.toHaveProperty('check');
  });

  test('has an id of its own', () => {
    const later = new Date(at(1));
    const ids = [
      addSilence(state, request, now),
      addSilence(state, { ...request, check: 'probe' }, now),
      addSilence(state, { ...request, by: 'grace' }, now),
      addSilence(state, { ...request, forMs: 1_000 }, now),
      addSilence(state, { ...request, forMs: request.forMs - 60_000 }, later),
      addSilence(freshState('other', now), request, now),
    ].map((answer) => stateOf(answer).silences[0]?.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('of a week is the longest', () => {
    expect(stateOf(addSilence(state, { ...request, forMs: parseDuration('7d') }, now)).silences).toHaveLength(1);
  });

  test('is refused with what to do instead', () => {
    const remedyOf = (more: Partial<SilenceRequest>) => {
      const answer = addSilence(state, { ...request, ...more }, now);
      return 'remedy' in answer ? answer.remedy : undefined;
    };
    expect([remedyOf({ reason: '' }), remedyOf({ by: ' ' }), remedyOf({ forMs: -1 })]).toEqual([
      'Say why: it is shown to whoever asks.',
      'Say who asks for it.',
      'Ask for less, and again when it ends; for what happens regularly, use a maintenance window in the settings.',
    ]);
  });

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
    expect(addSilence(full, request, now)).toEqual({
      refused: 'there are 50 silences already',
      remedy: 'End some of them first.',
    });
    // Those that are over leave room.
    expect(stateOf(addSilence(full, request, new Date(at(121)))).silences).toHaveLength(1);
  });
});

describe('which silence is about a check', () => {
  const silence = (minutes: number, check?: string) => ({
    id: `${check ?? 'all'} ${minutes}`,
    ...(check !== undefined && { check }),
    reason: 'moving',
    by: 'ada',
    from: noon,
    until: at(minutes),
  });
  const some = [silence(10, 'probe'), silence(30, 'probe:login'), silence(20), silence(60, 'backup:nightly')];

  test.each([
    ['probe:login', 0, 'probe:login 30'],
    ['probe:health', 0, 'all 20'],
    ['backup', 0, 'all 20'],
    ['backup:nightly', 0, 'backup:nightly 60'],
    ['schema', 19, 'all 20'],
    ['schema', 20, undefined],
  ])('%s, after %i minutes', (check, minutes, id) => {
    expect(silenceOf(check, some, new Date(at(minutes)))?.id).toBe(id);
  });

  test('one of the kind is about all of that kind, and of no check that only begins so', () => {
    const probes = [silence(10, 'probe')];
    expect(silenceOf('probe:login', probes, now)?.id).toBe('probe 10');
    expect(silenceOf('probe', probes, now)?.id).toBe('probe 10');
    expect(silenceOf('probes:login', probes, now)).toBeUndefined();
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

  test('is kept with who, since when, until when and what they say', () => {
    const marked = (note?: string) =>
      stateOf(acknowledge(open(), { check: 'schema', by: 'ada', note, forMs: 60_000 }, now)).checks;
    const kept = { by: 'ada', at: noon, until: at(1) };
    expect(marked('on it').schema?.failing.incident?.acknowledged).toEqual({ ...kept, note: 'on it' });
    expect(marked().schema?.failing.incident?.acknowledged).toEqual(kept);
    expect(marked()['probe:login']?.failing.incident).not.toHaveProperty('acknowledged');
  });

  test('reaches what could not be verified and what is cut off, and nothing that was not told', () => {
    const told = story(targetWith(['schema', 'database', 'probe:health', 'backup']));
    for (const minutes of [0, 1, 2]) told.run(minutes, [unknown('schema', minutes)]);
    told.run(3, [
      fail('database', 3, [finding()], { reach: 'unreachable' }),
      fail('probe:health', 3, [finding()], { reach: 'unreachable' }),
      fail('backup', 3, [finding({ severity: 'info' })]),
    ]);
    const { cutOff, checks } = told.state;
    const ids = [checks.schema?.unverified.incident?.id, cutOff.incident?.id];
    const answer = acknowledge(told.state, { by: 'ada', forMs: 60_000 }, now);
    expect(answer).toMatchObject({ incidents: ids });
    expect(stateOf(answer).cutOff.incident?.acknowledged?.by).toBe('ada');
    // Of one check it is not of the whole target.
    expect(acknowledge(told.state, { check: 'schema', by: 'ada', forMs: 60_000 }, now)).toMatchObject({
      incidents: ids.slice(0, 1),
    });
  });

  test('is refused with what to do instead', () => {
    expect(acknowledge(state, { by: 'ada', forMs: 60_000 }, now)).toEqual({
      refused: 'nothing about pap-api is announced and open',
      remedy: 'Look at what is open with an on-demand run.',
    });
    expect(acknowledge(open(), { by: '', forMs: 60_000 }, now)).toMatchObject({ remedy: 'Say who is at it.' });
    expect(acknowledge(open(), { by: 'ada', forMs: 0 }, now)).toMatchObject({
      remedy: 'Ask for less, and again when it ends.',
    });
    expect(acknowledge(open(), { by: 'ada', forMs: parseDuration('7d') }, now)).toHaveProperty('incidents');
    expect(acknowledge(open(), { by: 'ada', forMs: parseDuration('7d') + 1 }, now)).toHaveProperty('refused');
  });

  test.each([
    ['nobody', { by: ' ', forMs: 1_000 }, /name/],
    ['ever', { by: 'ada', forMs: parseDuration('8d') }, /at most 7 d/],
  ])('by or for %s is refused', (_, wrong, message) => {
    expect(acknowledge(open(), wrong, now)).toMatchObject({ refused: expect.stringMatching(message) });
  });
});
