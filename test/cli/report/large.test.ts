// Reports of more than anybody reads: nothing is left out without a count.
import { describe, expect, test } from 'vitest';
import { renderReport } from '../../../cli/report/index.ts';
import { reportMarkdown } from '../../../cli/report/markdown.ts';
import { driftReport } from '../../../cli/report/report.ts';
import type { DriftEntry } from '../../../lambda/postgres/drift.ts';
import { plain } from './compared.ts';

const side = { source: 'x.json', facts: [], serverVersion: 180_004 };
const body = (word: string) => Array.from({ length: 300 }, (_, line) => `-- ${word} ${line}`).join('\n');

const changed: DriftEntry[] = Array.from({ length: 400 }, (_, number) => ({
  kind: 'function',
  subject: `public.f${String(number).padStart(3, '0')}()`,
  verb: 'changed',
  attribute: 'body',
  expected: body('old'),
  actual: body('new'),
}));
const missing: DriftEntry[] = Array.from({ length: 3 }, (_, number) => ({
  kind: 'column',
  subject: `public.t.c${number}`,
  parent: 'table public.t',
  verb: 'missing',
  expected: { type: 'text', nullable: true },
  actual: null,
}));
const unread = Array.from({ length: 50 }, (_, number) => ({
  kind: 'table',
  subject: `public.t${number}`,
  reason: 'locked',
}));
const report = driftReport(side, side, { drift: [...changed, ...missing], notVerified: unread, equal: 0 });

const leftOut = (text: string) => {
  const left = report.differences.filter(({ id }) => !text.includes(id)).length;
  return `**${left} more differences left out (${left} warning): `;
};

describe('markdown', () => {
  const markdown = reportMarkdown(report, { repair: 'commented' });

  test('fits into a comment, the worst first', () => {
    expect(markdown.length).toBeLessThanOrEqual(65_536);
    expect(markdown.length).toBeGreaterThan(60_000);
    for (const { subject } of missing) expect(markdown).toContain(subject);
  });

  test('counts what is left out', () => {
    expect(markdown).toContain(leftOut(markdown));
    expect(markdown).toContain('- and 30 more');
    expect(markdown).toMatch(/\*\*404 lines of remarks of the repair left out/);
  });

  test('an even smaller place is kept to as well', () => {
    const small = reportMarkdown(report, { limit: 4_000, repair: 'commented' });
    expect(small.length).toBeLessThanOrEqual(4_000);
    expect(small).toContain(leftOut(small));
  });
});

test('text counts the lines it leaves out', () => {
  const text = renderReport(report, 'text', plain);
  expect(text.match(/\.\.\. and 561 more lines \(--format json has them all\)/g)).toHaveLength(400);
  for (const { subject } of unread) expect(text).toContain(`    table ${subject}\n`.trimEnd());
});
