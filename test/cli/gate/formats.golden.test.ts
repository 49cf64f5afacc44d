// The verdict of the gate in every format, as it is printed. After a change on purpose: `npx vitest run --project unit
// <this file> -u`, and read what changed.
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { formatOfFile, type GateFormat, gateFormats, renderGate } from '../../../cli/gate/index.ts';
import { gateDocument } from '../../../cli/gate/json-document.ts';
import { gateMarkdown } from '../../../cli/gate/markdown.ts';
import { proseText, say } from '../../../lambda/gate/prose.ts';
import type { GateReport } from '../../../lambda/gate/run.ts';
import { publishedSchema, schemaText } from '../report/published-schema.ts';
import { hostile, mixed, nasty } from './report.ts';

const plain = { colour: false };

test.each<[string, GateFormat, { colour: boolean; width?: number }]>([
  ['gate.txt', 'text', plain],
  ['gate-80-columns.ansi', 'text', { colour: true, width: 80 }],
  ['gate.md', 'markdown', plain],
  ['gate.xml', 'junit', plain],
  ['gate.json', 'json', plain],
])('%s', async (file, format, options) => {
  await expect(`${renderGate(mixed, format, options)}\n`).toMatchFileSnapshot(`golden/${file}`);
});

test.each<[string, GateFormat]>([
  ['hostile.md', 'markdown'],
  ['hostile.xml', 'junit'],
])('%s', async (file, format) => {
  await expect(`${renderGate(hostile, format, plain)}\n`).toMatchFileSnapshot(`golden/${file}`);
});

describe('names of every nasty kind', () => {
  test('are one line of text each, and nothing that a terminal obeys', () => {
    const text = renderGate(hostile, 'text', plain);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e\ud800]/);
    expect(text.match(/^ {6}- safe: /gm)).toHaveLength(nasty.length);
  });

  test('stand in code in Markdown, one line each, and end no cell of a table', () => {
    const lines = gateMarkdown(hostile).split('\n');
    expect(lines.filter((line) => line.startsWith('- **safe** add `'))).toHaveLength(nasty.length);
    for (const row of lines.filter((line) => line.startsWith('| '))) {
      expect(row.replaceAll('\\|', '').match(/\|/g)).toHaveLength(4);
    }
    // Outside of code there is nothing but what is ours.
    const outside = lines.map((line) => line.replace(/(`+)(?!`).*?[^`]\1(?!`)/g, '')).join('\n');
    expect(outside).not.toMatch(/[<>@$&]|\]\(|GH-1|javascript/);
  });

  test('are whole where machines read', () => {
    const { rules } = gateDocument.parse(JSON.parse(renderGate(hostile, 'json', plain)));
    expect(rules[0]?.details.map(({ sql }) => sql[0])).toEqual(nasty);
  });
});

test('data beside data is one piece, so that no sign of one ends the other', () => {
  expect(proseText(say`${'a`'}${'``b'} c`, (text) => `<${text}>`)).toBe('<a```b> c');
});

describe('junit', () => {
  test.each([
    ['mixed', mixed],
    ['hostile', hostile],
  ])('is well-formed XML 1.0: %s', (_name, report) => {
    const xml = renderGate(report, 'junit', plain);
    expect(problemsOf(xml)).toEqual([]);
  });
  test('counts what it holds', () => {
    const xml = renderGate(mixed, 'junit', plain);
    expect(xml).toContain('tests="6" failures="2" errors="1" skipped="1" time="1.234"');
    expect(xml.match(/<testcase /g)).toHaveLength(6);
  });
  test('the check of it finds what is not well-formed', () => {
    expect(problemsOf('<?xml version="1.0" encoding="UTF-8"?>\n<a b="<"><c></a>')).not.toEqual([]);
    expect(problemsOf('<?xml version="1.0" encoding="UTF-8"?>\n<a>\u0007 & </a>')).toHaveLength(2);
  });
});

describe('json', () => {
  test('the published JSON Schema says what is printed', async () => {
    const text = schemaText(gateDocument, 'Driftwatch gate, format version 1');
    await expect(text).toMatchFileSnapshot('../../../docs/schemas/gate-1.schema.json');
    const document = JSON.parse(renderGate(mixed, 'json', plain));
    const published = z.fromJSONSchema(await publishedSchema('gate-1'));
    expect(published.safeParse(document).error).toBeUndefined();
    expect(published.safeParse({ ...document, formatVersion: 2 }).success).toBe(false);
  });
});

test('more than a pull request holds is counted, not sent', () => {
  const details = Array.from({ length: 3_000 }, (_, at) => ({ tag: 'safe', text: say`add column ${`users.c${at}`}` }));
  const [first, ...others] = mixed.rules;
  const long: GateReport = { ...mixed, rules: first ? [{ ...first, details }, ...others] : [] };
  const markdown = gateMarkdown(long);
  expect(markdown.length).toBeLessThanOrEqual(65_536);
  const shown = markdown.match(/^- \*\*safe\*\*/gm)?.length ?? 0;
  expect(markdown).toContain(`- and ${3_000 - shown} more: \`--format json\` has them all`);
  expect(markdown).toContain('### environment variables');
  expect(renderGate(long, 'text', plain)).toContain('... and 2940 more (--format json has them all)');
});

test('a file says its format by its ending', () => {
  expect(['a.txt', 'a.MD', 'b/c.xml', 'd.json', 'e.html', 'f'].map(formatOfFile)).toEqual([
    'text',
    'markdown',
    'junit',
    'json',
    undefined,
    undefined,
  ]);
  expect(gateFormats).toContain('junit');
});

/** What is wrong with it as an XML document; of a schema or a DTD nothing is known. */
function problemsOf(xml: string): string[] {
  const [, document = ''] = /^<\?xml version="1\.0" encoding="UTF-8"\?>\n(.*)$/s.exec(xml) ?? [];
  const problems: string[] = document === '' ? ['no declaration'] : [];
  if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(document)) problems.push('a forbidden character');
  const open: string[] = [];
  const tag = /<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>/g;
  const rest = document.replace(tag, (_tag, closing: string, name: string, attributes: string, empty: string) => {
    if (closing && open.pop() !== name) problems.push(`</${name}> closes something else`);
    if (!closing && !empty) open.push(name);
    return attributes;
  });
  if (/</.test(rest)) problems.push('a stray <');
  if (/&(?!(?:amp|lt|gt|quot|apos|#\d+);)/.test(rest)) problems.push('a stray &');
  return [...problems, ...open.map((name) => `<${name}> is not closed`)];
}
