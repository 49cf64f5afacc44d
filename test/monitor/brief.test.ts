// Findings in the size in which they are remembered and sent: what is left out is said.
import { expect, test } from 'vitest';
import { brief } from '../../lambda/monitor/brief.ts';
import { findingLines } from '../../lambda/monitor/finding-text.ts';
import { fail, finding, story, targetWith } from './builders.ts';

const statement = 'CREATE FUNCTION f() RETURNS int AS $$ SELECT 1 $$;';

test('a remedy that is too long ends with a whole line and says so', () => {
  const remedy = Array.from({ length: 200 }, () => statement).join('\n');
  const [short] = brief([finding({ remedy })], 1);
  const lines = short?.remedy.split('\n') ?? [];
  expect(short?.remedy.length).toBeLessThanOrEqual(4_000);
  expect(new Set(lines.slice(0, -1))).toEqual(new Set([statement]));
  expect(lines.at(-1)).toMatch(/^\[cut here, \d+ of 10199 characters: all of it is in the evidence\]$/);
});

test('details that are too large lose their largest members, and keep the name of the difference', () => {
  const [short] = brief(
    [finding({ details: { difference: '0123456789', actual: 'x'.repeat(20_000), verb: 'changed' } })],
    1,
  );
  expect(short?.details).toEqual({ difference: '0123456789', verb: 'changed' });
  const [nothing] = brief([finding({ details: { actual: 'x'.repeat(20_000) } })], 1);
  expect(nothing).not.toHaveProperty('details');
});

test('a notice names the difference, so that it can be accepted', () => {
  const { notices } = story(targetWith(['schema'])).run(0, [
    fail('schema', 0, [finding({ message: 'users.email is missing', details: { difference: '0123456789' } })]),
  ]);
  const [notice] = notices;
  const [entry] = notice?.entries ?? [];
  expect(notice && entry && findingLines(entry, notice, 1)).toContain('users.email is missing (difference 0123456789)');
});
