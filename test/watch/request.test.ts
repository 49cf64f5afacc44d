// What may be asked of a watch.
import { expect, test } from 'vitest';
import { parseDuration } from '../../lambda/config/duration.ts';
import { type Asked, defaultWatch, watchOf } from '../../lambda/watch/request.ts';
import { at, noon } from '../monitor/builders.ts';

const ask = (more: Partial<Asked> = {}) =>
  watchOf('pap-api', { version: '1.5.0', ...defaultWatch, ...more }, new Date(noon));

test('the same deployment has the same id, another one another', () => {
  const watch = ask({ commit: '4f2a91c' });
  expect(watch).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{10}$/),
    version: '1.5.0',
    commit: '4f2a91c',
    startedAt: noon,
    until: at(1_440),
    everyMs: 300_000,
  });
  expect(ask({ commit: '4f2a91c' })).toEqual(watch);
  expect(ask()).not.toMatchObject({ id: 'id' in watch ? watch.id : '' });
});

test('a version is any text that can be printed: it is never run', () => {
  for (const version of ['$(rm -rf /)', '`id`; --x', "1.0 'é' 🚀", 'a'.repeat(100)]) {
    expect(ask({ version })).toMatchObject({ version });
  }
});

test.each<[string, Partial<Asked>, RegExp]>([
  ['no version', { version: ' ' }, /^the version is empty$/],
  ['a line break', { version: '1.0\n2' }, /^the version "1\.0\\n2" has characters that cannot be printed$/],
  ['a mark of direction', { commit: 'a\u202eb' }, /^the commit .* cannot be printed$/],
  ['a bell', { by: 'ada\u0007' }, /^the name .* cannot be printed$/],
  ['a novel', { version: 'a'.repeat(101) }, /^the version is longer than 100 characters$/],
  ['no time at all', { forMs: 0 }, /^a watch lasts 10 min to 7 d$/],
  ['too short', { forMs: parseDuration('9m') }, /^a watch lasts/],
  ['a year', { forMs: parseDuration('365d') }, /^a watch lasts/],
  ['no number', { forMs: Number.NaN }, /^a watch lasts/],
  ['rounds of ninety seconds', { everyMs: parseDuration('90s') }, /^the rounds of a watch are whole minutes apart/],
  ['rounds of no time', { everyMs: 0 }, /^the rounds of a watch/],
  [
    'a single round',
    { forMs: parseDuration('10m'), everyMs: parseDuration('6m') },
    /at most half of its length \(5 min here\)$/,
  ],
])('%s is refused', (_, more, says) => {
  expect(ask(more)).toEqual({ refused: expect.stringMatching(says), remedy: expect.stringMatching(/\S\.$/) });
});
