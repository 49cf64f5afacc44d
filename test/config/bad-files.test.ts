// One bad settings file a rule, and beside it, as text, everything that is said of it.
import { readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { expect, test } from 'vitest';
import { readSettings } from '../../lambda/config/monitor.ts';
import { describeProblems } from '../../lambda/config/problem.ts';
import { registry } from './registry.ts';

const folder = join(import.meta.dirname, 'bad');
const files = readdirSync(folder).filter((file) => /\.(ts|json)$/.test(file));

test('every bad file has its text, and every text its file', () => {
  const names = (pattern: RegExp): string[] =>
    readdirSync(folder)
      .filter((file) => pattern.test(file))
      .map((file) => basename(file, extname(file)));
  expect(names(/\.txt$/)).toEqual(names(/\.(ts|json)$/));
});

test.each(files)('%s', async (file) => {
  const { default: written } = await import(join(folder, file));
  const read = readSettings(written, registry);
  if (!('problems' in read)) throw new Error(`nothing wrong was found in ${file}`);
  const text = describeProblems(read.problems, `driftwatch.config${extname(file)}`);
  expect(text).not.toContain('planted');
  await expect(`${text}\n`).toMatchFileSnapshot(join(folder, `${basename(file, extname(file))}.txt`));
});
