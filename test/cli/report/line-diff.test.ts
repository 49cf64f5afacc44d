import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DiffLine, lineDiff } from '../../../cli/report/line-diff.ts';

const show = (lines: readonly DiffLine[]) =>
  lines.map((line) => ('skipped' in line ? `~${line.skipped}` : line.sign + line.text));
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}`);

test.each([
  ['nothing', [], [], []],
  ['equal lines', ['a', 'b'], ['a', 'b'], ['~2']],
  ['one replaced', ['a', 'b', 'c'], ['a', 'x', 'c'], [' a', '-b', '+x', ' c']],
  ['one added at the end', ['a'], ['a', 'b'], [' a', '+b']],
  ['all gone', ['a', 'b'], [], ['-a', '-b']],
  ['moved', ['a', 'b', 'c'], ['b', 'c', 'a'], ['-a', ' b', ' c', '+a']],
  [
    'far apart',
    numbered(12),
    numbered(12).map((line, index) => (index === 1 || index === 10 ? `${line}!` : line)),
    [
      ' line 0',
      '-line 1',
      '+line 1!',
      ' line 2',
      ' line 3',
      '~4',
      ' line 8',
      ' line 9',
      '-line 10',
      '+line 10!',
      ' line 11',
    ],
  ],
] as [string, string[], string[], string[]][])('%s', (_, left, right, expected) => {
  expect(show(lineDiff(left, right))).toEqual(expected);
});

test('is quick and whole for lists too long to compare line by line', () => {
  const left = numbered(3_000);
  const backwards = left.toReversed();
  expect(lineDiff(left, backwards)).toHaveLength(6_000);
});

test('both sides can be read out of it, when nothing is far away', () => {
  const words = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 5 });
  fc.assert(
    fc.property(words, words, (left, right) => {
      const lines = lineDiff(left, right);
      const skipped = lines.reduce((sum, line) => sum + ('skipped' in line ? line.skipped : 0), 0);
      const side = (other: string) => lines.filter((line) => 'sign' in line && line.sign !== other).length + skipped;
      expect(side('+')).toBe(left.length);
      expect(side('-')).toBe(right.length);
    }),
  );
});
