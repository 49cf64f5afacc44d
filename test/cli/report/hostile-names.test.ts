// Names of every nasty kind in every format: none becomes a line, markup, a link, a mention, a placeholder or a
// statement of its own, and where machines read they are whole.
import pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { renderReport } from '../../../cli/report/index.ts';
import { diffDocument } from '../../../cli/report/json-document.ts';
import { type DriftReport, driftReport } from '../../../cli/report/report.ts';
import type { DriftEntry } from '../../../lambda/postgres/drift.ts';
import { hostileSchema } from '../../support/hostile-schema.ts';
import { useDatabase } from '../../support/postgres.ts';
import { compareUrls, plain } from './compared.ts';
import { sarifLog } from './sarif-shape.ts';

const names = [
  `o'quote"double`,
  'two\nlines',
  'old\rmac',
  '\n\nNOT VERIFIED (0)\n--\n',
  '\n; drop table kept; --',
  '*/ drop table kept; /*',
  '\r\n```\n</details><script>alert(1)</script>',
  '`````` ` ``',
  '`',
  ' lead and trail ',
  '| a | b |',
  '[click](javascript:alert)',
  '![x](https://example.com/x.png)',
  '@everyone #1 GH-1',
  '<img src=x onerror="alert(1)">',
  '{0} {{1}} {it} $& $1',
  '\\\\backslash\\',
  'right\u202eto left\u0007\u001b[31m',
  'zero\u200bwidth',
  '🚀 café ｗｉｄｅ',
  '$(rm -rf /); `id` %s',
  'a-name-of-sixty-three-bytes-which-is-as-long-as-one-can-ever-be',
];
const quoted = names.map((name) => pg.escapeIdentifier(name));

const build = hostileSchema(names).join(';\n');
const kept = 'create table kept (id int)';

const model = useDatabase();
const production = useDatabase();
const bare = useDatabase();
/** The model has them, production does not; and the other way round. */
let missing: DriftReport;
let unexpected: DriftReport;
/** Of a snapshot that somebody else made. */
let foreign: DriftReport;

beforeAll(async () => {
  await model.query(`${kept}; ${build}`);
  await production.query(kept);
  await bare.query(kept);
  missing = await compareUrls(model.url, production.url);
  unexpected = await compareUrls(production.url, model.url);
  const side = {
    source: '<b>`|.json',
    applicationVersion: '`1`|<i>',
    commit: '@me',
    facts: [],
    serverVersion: 180_004,
  };
  foreign = driftReport(side, side, {
    drift: names.flatMap((name, at) => entriesOf(name, quoted[at] ?? '')),
    notVerified: names.map((name) => ({ kind: name, subject: name, reason: name })),
    equal: 0,
  });
});

/** What a newer snapshot may hold: kinds and attributes that nobody here knows. */
function entriesOf(name: string, quotedName: string): DriftEntry[] {
  const long = `select 1\n${name}\nfrom x`;
  return [
    {
      kind: 'view',
      subject: `public.${quotedName}`,
      verb: 'changed',
      attribute: 'definition',
      expected: long,
      actual: `${long} ${name}`,
      tenants: [name],
    },
    { kind: name, subject: name, verb: 'missing', expected: { [name]: long }, actual: null, swallowed: [`${name} x`] },
    {
      kind: 'column',
      subject: quotedName,
      parent: `table ${name}`,
      verb: 'changed',
      attribute: name,
      expected: name,
      actual: [name, { [name]: name }],
      swallowed: [`${name} y`],
    },
  ];
}

const reports: [string, () => DriftReport][] = [
  ['missing', () => missing],
  ['unexpected', () => unexpected],
  ['foreign', () => foreign],
];

/** What a terminal obeys, but for the line breaks that a report is made of. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const treacherous = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069]/;

test.each(reports)('text, %s: a name is never a line of its own, nor anything that a terminal obeys', (_, report) => {
  const text = renderReport(report(), 'text', plain);
  expect(text).not.toMatch(treacherous);
  // Lines at the margin are headings of ours.
  const atMargin = text.split('\n').filter((line) => /^\S/.test(line));
  for (const line of atMargin)
    expect(line).toMatch(/^(\d+ differences, |[A-Z ,]+ \((\d+( critical| warning| info)?(, )?)+\)$)/);
});

describe.each(reports)('markdown, %s', (_, report) => {
  test('outside of code there are only words of ours', () => {
    const markdown = renderReport(report(), 'markdown', { ...plain, repair: true });
    expect(markdown.length).toBeLessThanOrEqual(65_536);
    const words = withoutCode(markdown).replaceAll(/<code>[^<>]*<\/code>|<\/?(details|summary)>|<br>/g, '');
    expect(words).not.toMatch(/[<>@#[\]{}\\!`&$%"]/);
    expect(words).not.toContain('drop table');
  });
});

/** By CommonMark's rules: fences end with a line of at least as many backticks, code spans with as many. */
function withoutCode(markdown: string): string {
  const kept: string[] = [];
  let fence: string | undefined;
  for (const line of markdown.split(/\r\n|\r|\n/)) {
    const ticks = /^ {0,3}(`{3,})([^`]*)$/.exec(line);
    if (fence === undefined && ticks) fence = ticks[1];
    else if (fence !== undefined) {
      if (ticks?.[2]?.trim() === '' && (ticks[1] ?? '').length >= fence.length) fence = undefined;
    } else kept.push(/^#{2,3} [\w ]/.test(line) ? line.replace(/^#+/, '') : line);
  }
  expect(fence).toBeUndefined();
  return kept.join('\n').replaceAll(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, 'CODE');
}

test.each(reports)('sarif, %s: placeholders and links are none, names are whole', (_, report) => {
  const text = renderReport(report(), 'sarif', plain);
  const { error, data } = sarifLog.safeParse(JSON.parse(text));
  expect(error).toBeUndefined();
  const [run] = data?.runs ?? [];
  const results = run?.results ?? [];
  const subjects = results.flatMap(({ locations: [{ logicalLocations }] }) => logicalLocations[0].fullyQualifiedName);
  expect(subjects.sort()).toEqual(
    report()
      .differences.map(({ entry }) => entry.subject)
      .sort(),
  );
  for (const { message } of results) expect(message.text).not.toMatch(/(?<!\\)\[[^\]]*(?<!\\)\]\(/);
});

test.each(reports)('json, %s: names are whole', (_, report) => {
  const { drift } = diffDocument.parse(JSON.parse(renderReport(report(), 'json', plain)));
  expect(drift.map(({ subject }) => subject)).toEqual(report().differences.map(({ entry }) => entry.subject));
});

describe('sql', () => {
  const script = (report: DriftReport, destructive: 'commented' | 'as-is' = 'commented') =>
    renderReport(report, 'sql', { ...plain, destructive });
  const tables = async () => {
    const rows = await production.query<{ name: string }>(
      "select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace",
    );
    return rows.map(({ name }) => name).sort();
  };

  test('runs as a whole, and does what it says', async () => {
    await production.query(script(missing));
    expect((await compareUrls(model.url, production.url)).differences).toEqual([]);
  });

  test('what loses data is a comment, whatever its name', async () => {
    await production.query(script(unexpected));
    expect(await tables()).toEqual([...names, 'kept'].sort());
  });

  test('asked for, it is a statement', async () => {
    await production.query(script(await compareUrls(bare.url, production.url), 'as-is'));
    expect(await tables()).toEqual(['kept']);
    expect((await compareUrls(bare.url, production.url)).differences).toEqual([]);
  });
});
