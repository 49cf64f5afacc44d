// What the flags of `driftwatch diff` do: which format, where it goes, and how it ends.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exitCode } from '../../cli/exit-code.ts';
import { program } from '../../cli/program.ts';
import { encodeSnapshot, makeSnapshot } from '../../lambda/postgres/snapshot.ts';

let folder: string;
const place = (name: string) => join(folder, name);

const column = (name: string, attributes: Record<string, string | boolean>) => ({
  kind: 'column',
  id: `public.users.${name}`,
  parent: 'table public.users',
  attributes,
});
const table = { kind: 'table', id: 'public.users', parent: 'schema public', attributes: { form: 'ordinary' } };
const schema = { kind: 'schema', id: 'public', attributes: {} };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'driftwatch-diff-'));
  const write = (name: string, columns: ReturnType<typeof column>[]) =>
    writeFile(
      place(name),
      encodeSnapshot(
        makeSnapshot({
          scope: ['structure'],
          facts: [schema, table, ...columns],
          serverVersion: 180_004,
          options: {},
          source: 'database',
          takenAt: '2026-11-25T09:30:12.000Z',
          takenBy: '0.1.0',
        }),
      ),
    );
  const email = column('email', { type: 'text', nullable: false });
  await write('model.json', [email]);
  await write('info.json', [email, column('note', { type: 'text', nullable: true })]);
  await write('critical.json', []);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function diff(production: string, args: readonly string[] = [], columns?: number) {
  const out: string[] = [];
  const terminal = {
    out: (text: string) => void out.push(text),
    err: (text: string) => void out.push(text),
    environment: {},
    signal: AbortSignal.timeout(20_000),
    ...(columns !== undefined && { columns }),
  };
  const code = await program(terminal).run(['diff', place('model.json'), place(production), ...args]);
  return { code, out: out.join('\n') };
}

test.each([
  ['info.json', [], exitCode.found],
  ['info.json', ['--fail-on', 'info'], exitCode.found],
  ['info.json', ['--fail-on', 'warning'], exitCode.ok],
  ['critical.json', ['--fail-on', 'critical'], exitCode.found],
  ['model.json', ['--fail-on', 'critical'], exitCode.ok],
] as [string, string[], number][])('%s with %j ends with %d', async (production, args, expected) => {
  expect((await diff(production, args)).code).toBe(expected);
});

test.each([
  ['--format', 'xml', 'Allowed choices are text, json, markdown, sarif, sql.'],
  ['--fail-on', 'worst', 'Allowed choices are critical, warning, info.'],
  ['--color', 'red', 'Allowed choices are auto, always, never.'],
])('%s %s is refused with what is allowed', async (flag, value, allowed) => {
  await expect(diff('info.json', [flag, value])).rejects.toMatchObject({
    code: 'commander.invalidArgument',
    message: expect.stringContaining(allowed),
  });
});

test('a report for a file goes there whole, and the shell is told how many', async () => {
  const { code, out } = await diff('critical.json', ['--format', 'markdown', '--out', place('report.md')], 80);
  expect({ code, out }).toEqual({
    code: exitCode.found,
    out: `1 difference, 2 objects equal; written to ${place('report.md')}`,
  });
  const written = await readFile(place('report.md'), 'utf8');
  expect(written).toMatch(/^## Schema drift: 1 difference, 2 objects equal\n/);
  expect(written).toMatch(/[^\n]\n$/);
});

test('colours are for terminals, and for whoever asks', async () => {
  const colour = '\u001b[';
  expect((await diff('critical.json')).out).not.toContain(colour);
  expect((await diff('critical.json', [], 100)).out).toContain(colour);
  expect((await diff('critical.json', ['--color', 'never'], 100)).out).not.toContain(colour);
  expect((await diff('critical.json', ['--color', 'always'])).out).toContain(colour);
  expect((await diff('critical.json', ['--format', 'json', '--color', 'always'])).out).not.toContain(colour);
});

test('repair is shown when asked for, and what loses data is a comment', async () => {
  expect((await diff('info.json')).out).not.toContain('DROP COLUMN');
  expect((await diff('info.json', ['--repair'])).out).toContain('\n-- ALTER TABLE public.users DROP COLUMN note;');
  const { out } = await diff('info.json', ['--format', 'sql', '--include-destructive']);
  expect(out).toContain('\nALTER TABLE public.users DROP COLUMN note;');
});

test('where nothing differs, every format says so', async () => {
  const told = async (format: string) => (await diff('model.json', ['--format', format, '--repair'])).out;
  expect(await told('text')).toMatch(/^No differences, 3 objects equal\n/);
  expect(await told('markdown')).toMatch(/^## Schema drift: No differences, 3 objects equal\n/);
  expect(JSON.parse(await told('json'))).toMatchObject({ drift: [], counts: { differences: 0, equal: 3 } });
  expect(JSON.parse(await told('sarif'))).toMatchObject({ runs: [{ results: [], tool: { driver: { rules: [] } } }] });
  expect(await told('sql')).toContain('-- There is no statement to run.');
});
