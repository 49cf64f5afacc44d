// Findings as lines of a notice: what is marked, in which order, and what is said to do about each.
import { describe, expect, test } from 'vitest';
import { findingLines } from '../../../lambda/monitor/notice/finding-text.ts';
import type { Notice, NoticeEntry, StoredFinding } from '../../../lambda/monitor/notice/notice.ts';

const about = (id: string, more: Partial<StoredFinding> = {}): StoredFinding => ({
  id,
  code: 'schema.column.missing',
  severity: 'warning',
  impact: 'breaks-reads',
  subject: `public.${id}`,
  message: `${id} is missing`,
  remedy: '',
  ...more,
});

function lines(findings: StoredFinding[], more: Partial<NoticeEntry> = {}, shown = findings.length): string[] {
  const entry = { findings, added: [], gone: [], goneCount: 0, change: 'opened', ...more };
  return findingLines(entry as unknown as NoticeEntry, { severity: 'warning' } as Notice, shown);
}

test('marks stand together: what is new, in more places, and not as bad as the notice', () => {
  const findings = [about('a', { severity: 'info' }), about('b')];
  expect(lines(findings, { change: 'updated', added: ['a'], grown: ['a', 'b'] })).toEqual([
    '',
    '1. (NEW, IN MORE PLACES, info) a is missing',
    '',
    '2. (IN MORE PLACES) b is missing',
  ]);
});

test('nothing is new in what opens', () => {
  expect(lines([about('a')], { added: ['a'] })).toEqual(['', 'a is missing']);
});

describe('under what they break', () => {
  const reads = about('a');
  const writes = about('b', { impact: 'breaks-writes' });

  test('what is in order has headings alone', () => {
    expect(lines([reads, writes])).toEqual([
      '',
      'Queries fail or give other results (1 warning):',
      '',
      '1. a is missing',
      '',
      'Writes fail (1 warning):',
      '',
      '2. b is missing',
    ]);
  });

  test('what is not says that repairs run by their numbers', () => {
    const text = lines([writes, reads]);
    expect(text.slice(0, 2)).toEqual(['', 'Grouped by what they break; repairs run in the order of the numbers.']);
    expect(text.filter((line) => /^\d/.test(line))).toEqual(['2. a is missing', '1. b is missing']);
  });

  test('only what is shown counts', () => {
    expect(lines([reads, writes], {}, 1)).toEqual(['', '1. a is missing']);
  });
});

describe('what to do about it', () => {
  const column = { sql: 'ALTER TABLE a ADD b text;', class: 'safe', reason: 'Adds a column.' };
  const otherwise = 'Or accept what production has.';
  const repaired = (repair: unknown[], more: Record<string, string> = {}) =>
    about('a', { remedy: 'the remedy', details: { repair, ...more } as NonNullable<StoredFinding['details']> });

  test.each<[string, StoredFinding, string[]]>([
    ['nothing', about('a'), []],
    ['a sentence', about('a', { remedy: 'Look there.' }), ['Next: Look there.']],
    ['several lines', about('a', { remedy: 'one\ntwo' }), ['Next: one', '  two']],
    [
      'a statement, how dangerous it is, and what else could be done',
      repaired([column], { otherwise }),
      ['Repair, safe: Adds a column.', '  ALTER TABLE a ADD b text;', otherwise],
    ],
    [
      'statements beside what has none',
      repaired([{ none: 'Base types have no repair.' }, column, { with: 'table a' }]),
      [
        'Base types have no repair.',
        'Repair, safe: Adds a column.',
        '  ALTER TABLE a ADD b text;',
        'Repaired together with table a.',
      ],
    ],
    ['no statement at all: its remedy', repaired([{ none: 'Base types have no repair.' }]), ['Next: the remedy']],
    ['steps of a shape that nobody knows: its remedy', repaired([{ sql: 1 }, column]), ['Next: the remedy']],
  ])('%s', (_, finding, expected) => {
    expect(lines([finding])).toEqual(['', 'a is missing', ...expected.map((line) => `   ${line}`)]);
  });
});

test('what is likewise without a statement, or without a name, is told all the same', () => {
  const likewise = { likewise: 'same' };
  const findings = [
    about('a', { details: likewise }),
    about('b', { details: { ...likewise, repair: [{ none: 'None.' }] } }),
    about('c', { details: { ...likewise, difference: 'd1' } }),
  ];
  expect(lines(findings)).toEqual(['', '1. a is missing', '   Likewise, 2 more: public.b, public.c (difference d1)']);
});
