import { describe, expect, test } from 'vitest';
import { parsePattern } from '../../../lambda/checks/backup/key-pattern.ts';
import { planListing } from '../../../lambda/checks/backup/listing-plan.ts';

const hour = 3_600_000;
const day = 24 * hour;
const now = new Date('2026-11-20T11:00:00Z');
const plan = (pattern: string, maxAge = 26 * hour, timeZone = 'UTC', at = now) =>
  planListing(parsePattern(pattern), { now: at, maxAge, timeZone });

describe('planListing', () => {
  test('asks for the days that matter, newest first', () => {
    expect(plan('db/b_{YYYY}{MM}{DD}_{HH}{mm}.sql')).toEqual({
      stem: 'db/b_',
      recent: ['db/b_20261121_', 'db/b_20261120_', 'db/b_20261119_', 'db/b_20261118_'],
      lastYear: 'db/b_20251117_',
    });
  });

  test.each([
    [
      'days in folders',
      '{YYYY}/{MM}/{DD}/*.gz',
      ['2026/11/21/', '2026/11/20/', '2026/11/19/', '2026/11/18/'],
      '2025/11/17/',
    ],
    ['months', 'b_{YYYY}-{MM}*.gz', ['b_2026-11'], 'b_2025-11'],
    ['years, when what follows is unknown', 'b_{YYYY}*{MM}{DD}.gz', ['b_2026'], 'b_2025'],
    [
      'days written backwards, whose order is not that of their keys',
      'b_{DD}.{MM}.{YYYY}.gz',
      ['b_21.11.2026.gz', 'b_20.11.2026.gz', 'b_19.11.2026.gz', 'b_18.11.2026.gz'],
      undefined,
    ],
    ['everything, when keys begin with something unknown', '*/b_{YYYY}{MM}{DD}.gz', [''], undefined],
    ['everything under the text, for keys without a date', 'latest/b.gz', ['latest/b.gz'], undefined],
    ['everything under the text before a time without day', 'b_{HH}_{YYYY}{MM}{DD}', ['b_'], undefined],
  ])('asks for %s', (_what, pattern, recent, lastYear) => {
    expect(plan(pattern)).toMatchObject({ recent, lastYear });
  });

  test('asks for months when there are too many days, and for a month once', () => {
    expect(plan('b_{YYYY}{MM}{DD}.gz', 60 * day).recent).toEqual(['b_202611', 'b_202610', 'b_202609']);
    expect(plan('b_{DD}{MM}{YYYY}.gz', 60 * day).recent).toHaveLength(63);
  });

  test('goes by the calendar of the time zone', () => {
    const late = new Date('2026-12-31T23:30:00Z');
    expect(plan('{YYYY}{MM}{DD}', hour, 'Pacific/Kiritimati', late).recent).toEqual([
      '20270102',
      '20270101',
      '20261231',
    ]);
    expect(plan('{YYYY}{MM}{DD}', hour, 'Pacific/Pago_Pago', late).recent).toEqual([
      '20270101',
      '20261231',
      '20261230',
    ]);
  });
});
