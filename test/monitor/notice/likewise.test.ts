import { describe, expect, test } from 'vitest';
import { findingLines } from '../../../lambda/monitor/notice/finding-text.ts';
import { together } from '../../../lambda/monitor/notice/likewise.ts';
import type { Notice, NoticeEntry, StoredFinding } from '../../../lambda/monitor/notice/notice.ts';

describe('what is so in the same way', () => {
  const groups = (words: string[]) =>
    together(words, (word) => (word.startsWith('-') ? undefined : word.slice(0, 1))).map(({ first, others }) =>
      [first, ...others].join(' '),
    );

  test('is told with the first that is', () => {
    expect(groups(['a1', 'b1', 'a2', 'c1', 'a3'])).toEqual(['a1 a2 a3', 'b1', 'c1']);
  });

  test('is told one by one when it is no more than two', () => {
    expect(groups(['a1', 'b1', 'a2', 'b2'])).toEqual(['a1', 'a2', 'b1', 'b2']);
  });

  test('is never what is told alone', () => {
    expect(groups(['-', '-', '-'])).toEqual(['-', '-', '-']);
  });
});

describe('in a notice', () => {
  const owned = (name: string, more: Partial<StoredFinding> = {}): StoredFinding => ({
    id: name,
    code: 'schema.table.owner.changed',
    severity: 'warning',
    impact: 'security',
    subject: `public.${name}`,
    message: `owner of table ${name} is postgres`,
    remedy: '',
    details: {
      difference: `id_${name}`,
      likewise: 'same',
      repair: [{ sql: `ALTER TABLE public.${name} OWNER TO app;`, class: 'risky', reason: 'Another role.' }],
    },
    ...more,
  });
  const text = (findings: StoredFinding[], added: string[] = []) =>
    findingLines(
      {
        findings,
        added,
        gone: [],
        goneCount: 0,
        change: added.length > 0 ? 'updated' : 'opened',
      } as unknown as NoticeEntry,
      { severity: 'warning' } as Notice,
      25,
    );

  test('others are named, with what to do about each', () => {
    expect(text([owned('a'), owned('b'), owned('c')])).toEqual([
      '',
      '1. owner of table a is postgres (difference id_a)',
      '   Repair, risky: Another role.',
      '     ALTER TABLE public.a OWNER TO app;',
      '   Likewise, 2 more: public.b (difference id_b), public.c (difference id_c)',
      '     ALTER TABLE public.b OWNER TO app;',
      '     ALTER TABLE public.c OWNER TO app;',
    ]);
  });

  test('one that is new is marked, and told by itself', () => {
    const lines = text([owned('a'), owned('b'), owned('c'), owned('d')], ['d']);
    expect(lines).toContain('4. (NEW) owner of table d is postgres (difference id_d)');
    expect(lines.join('\n')).toContain('Likewise, 2 more');
  });

  test('a worse one is told by itself', () => {
    const lines = text([owned('a'), owned('b'), owned('c', { severity: 'critical' }), owned('d')]);
    expect(lines).toContain('3. (critical) owner of table c is postgres (difference id_c)');
  });
});
