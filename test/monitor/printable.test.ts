// Text from outside, made safe to print: every sign that could deceive is shown as what it is.
import { expect, test } from 'vitest';
import { printable, printableLines, subjectLine, utf8Bytes } from '../../lambda/monitor/printable.ts';

test.each([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\u0000', '\\u0000'],
  ['\u001f', '\\u001f'],
  ['\u007f', '\\u007f'],
  ['\u009f', '\\u009f'],
  ['\u00ad', '\\u00ad'],
  ['\u061c', '\\u061c'],
  ['\u200b', '\\u200b'],
  ['\u200e', '\\u200e'],
  ['\u200f', '\\u200f'],
  ['\u2028', '\\u2028'],
  ['\u202e', '\\u202e'],
  ['\u2060', '\\u2060'],
  ['\u2069', '\\u2069'],
  ['\ufeff', '\\ufeff'],
  ['\ufff9', '\\ufff9'],
  ['\ufffb', '\\ufffb'],
])('%j is shown as %s', (sign, shown) => {
  expect(printable(`a${sign}b${sign}`)).toBe(`a${shown}b${shown}`);
});

test.each([
  ' ',
  '~',
  '\u00a0',
  '\u00ac',
  '\u00ae',
  '\u061b',
  '\u061d',
  '\u200a',
  '\u200d',
  '\u2010',
  '\u2027',
  '\u202f',
  '\ufff8',
  '\ufffc',
])('the neighbour %j is left as it is', (sign) => {
  expect(printable(sign)).toBe(sign);
});

test('lines end where any system ends them, and each is printable', () => {
  expect(printableLines('a\nb\r\nc\rd\n\ne\u0000')).toEqual(['a', 'b', 'c', 'd', '', 'e\\u0000']);
});

test('a subject is ASCII without accents, trimmed, and cut at 100 characters', () => {
  expect(subjectLine('  [X] café é\u0301 🚀 名\n ')).toBe('[X] cafe e ? ?\\n');
  expect(subjectLine('x'.repeat(100))).toBe('x'.repeat(100));
  expect(subjectLine('x'.repeat(101))).toBe(`${'x'.repeat(97)}...`);
});

test('bytes are those of UTF-8', () => {
  expect(utf8Bytes('aé🚀')).toBe(7);
});
