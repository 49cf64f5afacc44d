// What a message says of what it does not show: how much that is, and where all of it is.
import { describe, expect, test } from 'vitest';
import { entryText, footer, helpText } from '../../../lambda/monitor/notice/body.ts';
import type { Notice } from '../../../lambda/monitor/notice/notice.ts';
import { fail, finding, pass, story, targetWith } from '../builders.ts';
import { column, sandbox } from '../stories.ts';

const place = { bucket: 'memory' };
const [first = sandbox, ...others] = Array.from({ length: 30 }, (_, index) => column(`c${index}`));

/** The lines about a check in which 30 things are wrong, when so many of them are shown. */
function shownOf(shown: number, { evidence = {} }: { evidence?: Record<string, string> } = {}): string[] {
  const [notice] = story(targetWith(['schema'])).run(0, [fail('schema', 0, [first, ...others])], evidence).notices;
  const [entry] = notice?.entries ?? [];
  return notice && entry ? entryText(entry, notice, place, shown).split('\n') : [];
}

describe('what is left out of the findings', () => {
  const evidence = { schema: 'evidence/run/schema.json' };
  test('is counted, with where all of it is', () => {
    expect(shownOf(25, { evidence }).slice(-2)).toEqual([
      '',
      '5 more are not shown here, nor what to do about it. All 30: s3://memory/evidence/run/schema.json',
    ]);
    expect(shownOf(0, { evidence }).at(-1)).toMatch(/^30 more are not shown here/);
  });
  test('is in the answer of an on-demand run when no evidence is kept', () => {
    expect(shownOf(25).at(-1)).toBe(
      '5 more are not shown here, nor what to do about it. All 30: the answer of an on-demand run of this check',
    );
  });
  test('one is one', () => {
    const [notice] = story(targetWith(['schema'])).run(0, [fail('schema', 0, [sandbox, first])]).notices;
    const [entry] = notice?.entries ?? [];
    const text = notice && entry ? entryText(entry, notice, place, 1) : '';
    expect(text).toContain('1 more is not shown here');
    expect(text).toContain('All 2: ');
  });
  test('nothing left out is not spoken of', () => {
    const [notice] = story(targetWith(['schema'])).run(0, [fail('schema', 0, [sandbox])]).notices;
    const [entry] = notice?.entries ?? [];
    expect(notice && entry && entryText(entry, notice, place, 1)).toBe(
      [
        '== schema ==',
        '1 finding',
        'Effect: queries that read fail.',
        '',
        'users.sandbox is missing',
        '   Next: ALTER TABLE public.users ADD COLUMN api_key_sandbox text;',
      ].join('\n'),
    );
  });
});

describe('what is over', () => {
  const resolved = (shown: number): string[] => {
    const told = story(targetWith(['schema']));
    told.run(0, [fail('schema', 0, [first, ...others.slice(0, 2)])]);
    const [notice] = told.run(90, [pass('schema', 90)]).notices;
    const [entry] = notice?.entries ?? [];
    return notice && entry ? entryText(entry, notice, place, shown).split('\n') : [];
  };
  const span = ['== schema ==', 'All right', 'From 12:00 UTC to 13:30 UTC (1 h 30 min).'];

  test('is named, as much of it as fits', () => {
    const [c0, c1, c2] = [0, 1, 2].map((index) => `- users.c${index} is missing`);
    expect(resolved(3)).toEqual([...span, '', 'What had been wrong:', c0, c1, c2]);
    expect(resolved(2)).toEqual([...span, '', 'What had been wrong:', c0, c1, '- and 1 more']);
    expect(resolved(0)).toEqual(span);
  });

  test('what is gone beside what remains is counted', () => {
    const told = story(targetWith(['schema']));
    told.run(0, [fail('schema', 0, [first, ...others.slice(0, 3)])]);
    const [notice] = told.run(5, [fail('schema', 5, [first])]).notices;
    const [entry] = notice?.entries ?? [];
    const text = (shown: number) => (notice && entry ? entryText(entry, notice, place, shown) : '');
    expect(text(3)).toMatch(/No longer wrong:\n- users.c1 is missing\n- users.c2 is missing\n- users.c3 is missing$/);
    expect(text(2)).toMatch(/No longer wrong:\n- users.c1 is missing\n- users.c2 is missing\n- and 1 more/);
  });
});

test('without backup and runbook there is no help to be had', () => {
  const base = { status: 'opened', at: '2026-11-20T12:00:00.000Z' } as Notice;
  expect(helpText(base)).toEqual([]);
  expect(helpText({ ...base, runbook: 'https://wiki\n/x' })).toEqual(['Runbook: https://wiki\\n/x']);
});

test('the end of a message names what to name when talking about it', () => {
  const [notice] = story(targetWith(['schema', 'probe:login'])).run(0, [
    fail('schema', 0, [sandbox]),
    fail('probe:login', 0, [finding({ subject: 'login', impact: 'availability' })]),
  ]).notices;
  const ids = notice?.entries.map(({ incident }) => incident) ?? [];
  expect(notice && footer(notice, place).split('\n')).toEqual([
    '--',
    `Notice ${notice?.id}, number 1, state of 2026-11-20 12:00:00 UTC`,
    `Incident ${ids[0]} (login), ${ids[1]} (schema)`,
    'Run run-0 of Driftwatch "control-core", which keeps its memory in s3://memory',
  ]);
});
