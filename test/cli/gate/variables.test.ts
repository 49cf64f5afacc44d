// Files of variables as dotenv has them, read by the command itself.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { variablesOf } from '../../../cli/gate/variables.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'driftwatch-variables-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('quotes, comments, export, a mark and line ends of Windows', async () => {
  const file = join(folder, '.env');
  await writeFile(
    file,
    '\ufeffA=1\r\n# B=2\r\nexport C="x # y"\r\nD=\'two words\' # but this\r\nE=\r\nno line of it\r\n',
  );
  const { source, read } = variablesOf(file, { A: 'of the process' });
  expect(source).toEqual({ file });
  expect(await read()).toEqual({ A: '1', C: 'x # y', D: 'two words', E: '' });
});

test('a file that is not there, or a folder, is told', async () => {
  await expect(variablesOf(join(folder, 'nope'), {}).read()).rejects.toThrow('it does not exist');
  await expect(variablesOf(folder, {}).read()).rejects.toThrow('it is a folder');
});

test('without a file it is the environment of the command', async () => {
  const { source, read } = variablesOf(undefined, { A: '1' });
  expect(source).toBe('process');
  expect(await read()).toEqual({ A: '1' });
});
