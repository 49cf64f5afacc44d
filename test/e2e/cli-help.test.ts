// Help as somebody finds it who has never used the command.
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { driftwatch } from './command.ts';

const commands = [
  ['demo'],
  ['snapshot'],
  ['snapshot', 'publish'],
  ['snapshot', 'list'],
  ['snapshot', 'show'],
  ['diff'],
  ['check'],
  ['gate'],
  ['accept'],
  ['capture'],
  ['silence', 'start'],
  ['silence', 'list'],
  ['silence', 'end'],
  ['acknowledge'],
  ['watch', 'start'],
  ['watch', 'status'],
  ['watch', 'stop'],
];

const named = [[], ...commands].map((command) => ({ command, words: ['driftwatch', ...command].join(' ') }));

test.concurrent.each(named)('$words --help', async ({ command }) => {
  const { code, stdout, stderr } = await driftwatch([...command, '--help']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(new RegExp(`^Usage: driftwatch${command.map((word) => ` ${word}`).join('')} `));
  expect(stdout, 'a default is told once').not.toMatch(/\(default:[^)]*\)\s+\(default/);
  if (command.length > 0) return expect(stdout).toMatch(/^Examples?:\n {2}\$ (driftwatch|npm start)/m);
  expect(stdout).toContain('Exit codes: 0 nothing wrong, 1 something found');
  const listed = [...stdout.matchAll(/^ {2}([a-z]+) .*$/gm)].map(([, name]) => name);
  expect(listed).toEqual([...new Set(commands.map(([name]) => name)), 'help']);
});

test('says which version it is', async () => {
  const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(await driftwatch(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});
