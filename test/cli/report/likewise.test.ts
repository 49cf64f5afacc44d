// Many objects that differ in the same way are one line for people; for machines each stays a difference of its own.
import { expect, test } from 'vitest';
import { renderReport } from '../../../cli/report/index.ts';
import { driftReport } from '../../../cli/report/report.ts';
import { diff } from '../../../lambda/postgres/diff.ts';
import type { Fact } from '../../../lambda/postgres/fact.ts';
import { fact } from '../../support/snapshots.ts';
import { plain } from './compared.ts';

const serverVersion = 180_000;
const names = Array.from({ length: 12 }, (_, place) => `t${String(place).padStart(2, '0')}`);
const facts = (owner: string): Fact[] => [
  fact('schema', 'public'),
  fact('sequence', 'public.s', { type: 'bigint', owner }, 'schema public'),
  ...names.map((name) => fact('table', `public.${name}`, { form: 'ordinary', owner }, 'schema public')),
];
const side = (owner: string) => ({ source: owner, facts: facts(owner), serverVersion });
const report = driftReport(side('app'), side('postgres'), diff(side('app'), side('postgres')));

test('in text', () => {
  const text = renderReport(report, 'text', plain);
  expect(text.match(/another role may alter/g)).toHaveLength(1);
  expect(text).toContain('likewise for 12 tables: public.t00 [');
  expect(text).toMatch(/public\.t07 \[[0-9a-f]{10}\] and 4 more \(--format json has them all\)/);
  expect(text).toContain('LESS PROTECTED THAN IT SHOULD BE (13 warning)');
});

test('in Markdown', () => {
  const text = renderReport(report, 'markdown', plain);
  expect(text.match(/another role may alter/g)).toHaveLength(1);
  expect(text).toMatch(/likewise for 12 tables: `public\.t00` `[0-9a-f]{10}`, /);
});

test('not in JSON and SARIF', () => {
  expect(JSON.parse(renderReport(report, 'json', plain)).drift).toHaveLength(13);
  expect(JSON.parse(renderReport(report, 'sarif', plain)).runs[0].results).toHaveLength(13);
});
