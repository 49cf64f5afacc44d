// One rich comparison in every format, as it is printed. After a change on purpose: `npx vitest run --project unit <this file> -u`, and
// read what changed.
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type ReportFormat, type ReportOptions, renderReport } from '../../../cli/report/index.ts';
import { diffDocument } from '../../../cli/report/json-document.ts';
import type { DriftReport } from '../../../cli/report/report.ts';
import { driftwatchVersion } from '../../../lambda/version.ts';
import { useDatabase } from '../../support/postgres.ts';
import { compareUrls, plain } from './compared.ts';
import { publishedSchema, schemaText } from './published-schema.ts';
import { modelSql, productionSql } from './rich.ts';
import { sarifLog } from './sarif-shape.ts';

const model = useDatabase();
const production = useDatabase();
const locked = 'another session holds or awaits an ACCESS EXCLUSIVE lock on it or on a relation it reads';
let report: DriftReport;

beforeAll(async () => {
  await model.query(`${modelSql}; create table app.locked (id int); create table app.busy (id int)`);
  await production.query(productionSql);
  report = await compareUrls(model.url, production.url, [
    { kind: 'table', subject: 'app.locked', reason: locked },
    { kind: 'table', subject: 'app.busy', reason: 'it was being changed while it was read' },
  ]);
});

const print = (told: DriftReport, format: ReportFormat, options: Partial<ReportOptions> = {}): string =>
  `${renderReport(told, format, { ...plain, ...options })}\n`.replaceAll(driftwatchVersion, '<version>');
const printed = (format: ReportFormat, options: Partial<ReportOptions> = {}) => print(report, format, options);

test.each([
  ['text-repair.txt', 'text', { repair: true }],
  ['markdown-repair.md', 'markdown', { repair: true }],
] as [string, ReportFormat, Partial<ReportOptions>][])('%s', async (file, format, options) => {
  await expect(printed(format, options)).toMatchFileSnapshot(`golden/${file}`);
});

/** A missing column, a new label and another definition: what machines read is long. */
const few = (): DriftReport => ({
  ...report,
  differences: report.differences.filter(
    ({ entry: { kind, verb } }) => ['enum', 'policy'].includes(kind) || (kind === 'column' && verb === 'missing'),
  ),
});

test.each([
  ['few-80-columns.ansi', 'text', { colour: true, width: 80 }],
  ['few.json', 'json', {}],
  ['few.sarif', 'sarif', {}],
] as [string, ReportFormat, Partial<ReportOptions>][])('%s', async (file, format, options) => {
  await expect(print(few(), format, options)).toMatchFileSnapshot(`golden/${file}`);
});

describe('json', () => {
  test('the published JSON Schema says what is printed', async () => {
    const text = schemaText(diffDocument, 'Driftwatch diff, format version 1');
    await expect(text).toMatchFileSnapshot('../../../docs/schemas/diff-1.schema.json');
  });

  test('what is printed has nothing that the schema does not describe, and is valid', async () => {
    const document = JSON.parse(printed('json'));
    expect(diffDocument.safeParse(document).error).toBeUndefined();
    const schema = z.fromJSONSchema(await publishedSchema('diff-1'));
    expect(schema.safeParse(document).error).toBeUndefined();
    expect(schema.safeParse({ ...document, counts: { ...document.counts, equal: -1 } }).success).toBe(false);
    expect(schema.safeParse({ ...document, formatVersion: 2 }).success).toBe(false);
  });

  test('statements have the places at which they run', () => {
    const { drift } = diffDocument.parse(JSON.parse(printed('json')));
    const places = drift.flatMap(({ repair }) => repair.map(({ place }) => place));
    expect(places.sort((left, right) => left - right)).toEqual(report.repair.map((_, index) => index + 1));
  });
});

describe('sarif', () => {
  test('has what the standard and code hosts ask for', () => {
    const { error, data } = sarifLog.safeParse(JSON.parse(printed('sarif')));
    expect(error).toBeUndefined();
    const [run] = data?.runs ?? [];
    const rules = run?.tool.driver.rules ?? [];
    expect(run?.results.map(({ ruleId, ruleIndex }) => rules[ruleIndex]?.id === ruleId)).toEqual(
      report.differences.map(() => true),
    );
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    expect(
      new Set(run?.results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash)).size,
    ).toBe(report.differences.length);
  });
});

test('text tells every difference, its id, and all that could not be verified', () => {
  const text = printed('text');
  for (const { id, message } of report.differences) expect(text).toContain(`[${id}]\n            ${message}\n`);
  for (const { kind, subject } of report.notVerified) expect(text).toContain(`    ${kind} ${subject}\n`);
});

test('text for a terminal keeps to its width', () => {
  for (const line of printed('text', { width: 80 }).split('\n')) {
    // What is not a sentence stays whole.
    if (/^ {12}[a-z]/.test(line) && !/^ {12}(model|production) /.test(line))
      expect(line.length).toBeLessThanOrEqual(80);
  }
});
