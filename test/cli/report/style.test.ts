import { expect, test } from 'vitest';
import { painter, wantsColour, wrap } from '../../../cli/report/style.ts';

test.each([
  ['auto', {}, true, true],
  ['auto', {}, false, false],
  ['auto', { TERM: 'dumb' }, true, false],
  ['auto', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
  ['auto', { NO_COLOR: '' }, true, true],
  ['auto', { FORCE_COLOR: '1' }, false, true],
  ['auto', { FORCE_COLOR: '0' }, true, false],
  ['always', { NO_COLOR: '1' }, false, true],
  ['never', { FORCE_COLOR: '1' }, true, false],
] as const)('--color %s with %j, terminal %s: %s', (choice, environment, terminal, expected) => {
  expect(wantsColour(choice, environment, terminal)).toBe(expected);
});

test('colours are set whatever stdout is, or not at all', () => {
  expect(painter(true)('red', 'x')).toBe('\u001b[31mx\u001b[39m');
  expect(painter(false)('red', 'x')).toBe('x');
});

test('lines end between words; a long word stays whole', () => {
  expect(wrap('one two three', '  ', undefined)).toEqual(['  one two three']);
  expect(wrap('one two three four five six', '  ', 24)).toEqual(['  one two three four', '  five six']);
  expect(wrap(`a ${'x'.repeat(40)} b`, '', 20)).toEqual(['a', 'x'.repeat(40), 'b']);
});
