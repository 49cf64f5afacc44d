import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyMatcher, parsePattern, patternProblem } from '../../../lambda/checks/backup/key-pattern.ts';

function matches(key: string, text: string, options: { files?: string[]; zone?: string } = {}) {
  const { files = [], zone = 'UTC' } = options;
  return keyMatcher(parsePattern(key), files.map(parsePattern), zone)(text);
}

describe('a pattern', () => {
  test.each([
    ['db/backup_{YYYY}{MM}{DD}.sql', 'db/backup_20261120.sql', '2026-11-20T00:00:00Z', '2026-11-21T00:00:00Z'],
    ['b_{YYYY}{MM}{DD}_{HH}{mm}{ss}.sql', 'b_20261120_031500.sql', '2026-11-20T03:15:00Z', '2026-11-20T03:15:01Z'],
    ['b_{YYYY}{MM}{DD}_{HH}{mm}.sql', 'b_20261231_2359.sql', '2026-12-31T23:59:00Z', '2027-01-01T00:00:00Z'],
    ['{YYYY}/{MM}/x.sql', '2026/12/x.sql', '2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z'],
    ['{YYYY}/{MM}/b_{YYYY}{MM}{DD}.sql', '2026/11/b_20261120.sql', '2026-11-20T00:00:00Z', '2026-11-21T00:00:00Z'],
    ['b_{DD}.{MM}.{YYYY}*.gz', 'b_29.02.2028-full.gz', '2028-02-29T00:00:00Z', '2028-03-01T00:00:00Z'],
    ['{YYYY}.sql', '2026.sql', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'],
  ])('%s names the period of %s', (pattern, key, from, to) => {
    expect(patternProblem(pattern)).toBeUndefined();
    expect(matches(pattern, key)).toEqual({ name: key, file: 0, period: { from: new Date(from), to: new Date(to) } });
  });

  test('in another time zone names a day that is not 24 hours long when clocks change', () => {
    const pattern = 'b_{YYYY}{MM}{DD}';
    expect(matches(pattern, 'b_20261025', { zone: 'Europe/Berlin' })?.period).toEqual({
      from: new Date('2026-10-24T22:00:00Z'),
      to: new Date('2026-10-25T23:00:00Z'),
    });
    expect(matches(pattern, 'b_20260329', { zone: 'Europe/Berlin' })?.period).toEqual({
      from: new Date('2026-03-28T23:00:00Z'),
      to: new Date('2026-03-29T22:00:00Z'),
    });
  });

  test('that names an hour which clocks repeat means the later one at the latest', () => {
    expect(matches('b_{YYYY}{MM}{DD}{HH}', 'b_2026102502', { zone: 'Europe/Berlin' })?.period).toEqual({
      from: new Date('2026-10-25T00:00:00Z'),
      to: new Date('2026-10-25T02:00:00Z'),
    });
  });

  test.each([
    ['db/b_{YYYY}{MM}{DD}.sql', 'db/b_20261131.sql'],
    ['db/b_{YYYY}{MM}{DD}.sql', 'db/b_20261301.sql'],
    ['db/b_{YYYY}{MM}{DD}.sql', 'db/b_00000101.sql'],
    ['db/b_{YYYY}{MM}{DD}.sql', 'db/b_2026112.sql'],
    ['db/b_{YYYY}{MM}{DD}.sql', 'db/b_20261120.sql.tmp'],
    ['db/b_{YYYY}{MM}{DD}.sql', 'old/db/b_20261120.sql'],
    ['db/b_{YYYY}{MM}{DD}.sql', 'db/b_20261120xsql'],
    ['b_{YYYY}{MM}{DD}_{HH}', 'b_20261120_24'],
    ['{YYYY}/{MM}/b_{YYYY}{MM}{DD}.sql', '2026/10/b_20261120.sql'],
    ['db/*.sql', 'db/old/a.sql'],
    ['db/?.sql', 'db/ab.sql'],
    ['db/?.sql', 'db//.sql'],
    ['b(1)+[a].sql', 'b11a.sql'],
  ])('%s does not match %s', (pattern, key) => {
    expect(matches(pattern, key)).toBeUndefined();
  });

  test.each([
    ['db/*.sql', 'db/a b.sql'],
    ['*/db_?.sql', 'eu/db_1.sql'],
    ['b(1)+[a]^$|.sql', 'b(1)+[a]^$|.sql'],
    ['a*', 'a'],
  ])('%s matches %s, without a date', (pattern, key) => {
    expect(matches(pattern, key)).toEqual({ name: key, file: 0, period: undefined });
  });

  test('of several files tells which one a key is, and of what backup', () => {
    const files = ['schema.sql', 'data_*.sql'];
    const key = 'base/{YYYY}-{MM}-{DD}/';
    expect(matches(key, 'base/2026-11-20/schema.sql', { files })).toMatchObject({ name: 'base/2026-11-20/', file: 0 });
    expect(matches(key, 'base/2026-11-20/data_users.sql', { files })).toMatchObject({
      name: 'base/2026-11-20/',
      file: 1,
    });
    expect(matches(key, 'base/2026-11-20/', { files })).toBeUndefined();
    expect(matches(key, 'base/2026-11-20/readme', { files })).toBeUndefined();
  });

  test.each([
    ['', 'expected a pattern'],
    ['b_{yyyy}.sql', '"{yyyy}" is no placeholder'],
    ['b_{YYYY-MM-DD}.sql', '"{YYYY-MM-DD}" is no placeholder'],
    ['b_{YYYY.sql', 'is no placeholder'],
    ['b_YYYY}.sql', 'is no placeholder'],
    ['b_{}.sql', 'is no placeholder'],
    ['b_{MM}{DD}.sql', 'a date without {YYYY} names no time'],
    ['b_{YYYY}{DD}.sql', 'a date without {MM} names no time'],
    ['b_{YYYY}{MM}{DD}_{mm}.sql', 'a date without {HH} names no time'],
  ])('%j is refused: %s', (pattern, because) => {
    expect(patternProblem(pattern)).toContain(because);
  });

  test('is refused or read, and then matches what it makes, whatever its text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const pattern = `${text}_{YYYY}{MM}{DD}`;
        fc.pre(patternProblem(pattern) === undefined);
        const key = `${text.replaceAll('?', 'x')}_20261120`;
        expect(matches(pattern, key)?.name).toBe(key);
      }),
    );
  });
});
