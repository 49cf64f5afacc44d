// The README shows what is true: its alerts are the texts that compose is held to, its commands are there, its links lead
// somewhere.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

const alerts = [...readme.matchAll(/<!-- alert: ([\w-]+) -->\n```\n([\s\S]*?)\n```/g)];

test('it shows three alerts', () => {
  expect(alerts).toHaveLength(3);
});

test.each(alerts.map(([, name, text]) => [name, text]))('its alert %s is what is sent', (name, text) => {
  const golden = readFileSync(join(root, `test/monitor/notice/golden/${name}.txt`), 'utf8');
  // The golden files end with the attributes, which no reader of a mail sees.
  expect(text).toBe(golden.replace(/\n\[target=[^\n]*\]\s*$/, '').trimEnd());
});

test('every npm script that it names is there', () => {
  const named = [...readme.matchAll(/npm (?:run (?:--silent )?)?([a-z][\w:]*)/g)].map(([, name]) => name as string);
  const builtIn = ['ci', 'run'];
  expect(named.filter((name) => !(name in scripts) && !builtIn.includes(name) && name !== 'or')).toEqual([]);
  expect(named).toEqual(expect.arrayContaining(['start', 'test', 'synth', 'bench', 'driftwatch']));
});

test('every file that it links to is there', () => {
  const links = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map(([, path]) => path as string);
  expect(links.length).toBeGreaterThan(3);
  expect(links.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
