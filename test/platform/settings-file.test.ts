import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readSettingsFile } from '../../lambda/platform/settings-file.ts';

const root = mkdtempSync(join(tmpdir(), 'driftwatch-settings-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(root, name);
  writeFileSync(path, text);
  return path;
}

describe('readSettingsFile', () => {
  it.each([
    ['a module', 'good.mjs', `export default { name: 'demo' };`],
    ['a typed module', 'good.ts', `const name: string = 'demo';\nexport default { name };`],
    ['JSON', 'good.json', '{ "name": "demo" }'],
  ])('reads %s', async (_name, name, text) => {
    expect(await readSettingsFile(file(name, text))).toEqual({ name: 'demo' });
  });

  it.each([
    ['nowhere to be found', () => join(root, 'nowhere.ts'), 'could not be read (ENOENT)'],
    ['not JSON', () => file('broken.json', '{"password": "planted'), 'is not valid JSON'],
    ['broken', () => file('throws.mjs', `throw new Error('on fire');`), 'could not be evaluated: on fire'],
    ['without settings', () => file('empty.mjs', 'export const name = 1;'), 'has no default export'],
  ])('says which file is %s', async (_name, path, message) => {
    const at = path();
    await expect(readSettingsFile(at)).rejects.toThrow(`the settings file ${at} ${message}`);
  });
});
