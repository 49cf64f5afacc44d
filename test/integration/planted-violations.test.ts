// Holds that every part of `npm run check` can fail: a copy of the project gets one violation at a time, and the check
// that is there for it must name it. A checker that checks nothing would pass unnoticed.
import { execFile } from 'node:child_process';
import { appendFile, cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);
let copy: string;

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'driftwatch-planted-'));
  const { stdout } = await run('git', ['ls-files', '-z'], { cwd: root });
  for (const file of stdout.split('\0').filter(Boolean)) await cp(join(root, file), join(copy, file));
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  // Biome reads .gitignore through git.
  await run('git', ['init', '--quiet'], { cwd: copy });
});
afterAll(() => rm(copy, { recursive: true, force: true }));

/** What a check prints, and whether it passed. */
async function check(script: string): Promise<{ passed: boolean; output: string }> {
  const options = { cwd: copy, maxBuffer: 64 * 1024 * 1024, env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' } };
  return run('npm', ['run', '--silent', script], options).then(
    ({ stdout, stderr }) => ({ passed: true, output: stdout + stderr }),
    ({ stdout, stderr }: { stdout: string; stderr: string }) => ({ passed: false, output: stdout + stderr }),
  );
}

describe.each(['check:types', 'check:lint', 'check:dead'])('%s', (script) => {
  test('passes on the project as it is', async () => {
    const { passed, output } = await check(script);
    expect(passed, output).toBe(true);
  });
});

const planted: [name: string, script: string, file: string, source: string, reported: RegExp][] = [
  ['a type error', 'check:types', 'cli/planted.ts', 'export const planted: number = "text";\n', /planted\.ts.*TS2322/],
  [
    'an index that may be undefined',
    'check:types',
    'cli/planted.ts',
    'export const planted = (list: string[]): string => list[0];\n',
    /planted\.ts.*TS2322/,
  ],
  ['a lint error', 'check:lint', 'cli/planted.ts', 'export const planted = (a: any) => a;\n', /noExplicitAny/],
  ['bad formatting', 'check:lint', 'cli/planted.ts', 'export const  planted=1\n', /planted\.ts[\s\S]*format/],
  [
    'a forbidden import',
    'check:lint',
    'lambda/postgres/planted.ts',
    "export { readFileSync } from 'node:fs';\n",
    /This room does no I\/O/,
  ],
  [
    'a file nobody uses',
    'check:dead',
    'cli/planted.ts',
    'export const planted = 1;\n',
    /Unused files[\s\S]*cli\/planted\.ts/,
  ],
];

test.each(planted)('%s is found by %s', async (_name, script, file, source, reported) => {
  await writeFile(join(copy, file), source);
  const { passed, output } = await check(script);
  await rm(join(copy, file));
  expect(passed).toBe(false);
  expect(output).toMatch(reported);
});

test('an export nobody uses is found by check:dead', async () => {
  const file = join(copy, 'cli/exit-code.ts');
  await appendFile(file, 'export const planted = 1;\n');
  const { passed, output } = await check('check:dead');
  await cp(join(root, 'cli/exit-code.ts'), file);
  expect(passed).toBe(false);
  expect(output).toMatch(/Unused exports[\s\S]*planted/);
});
